// DD3nnn: what shows when a script runs.

extension Explanation {
    static let running: [Explanation] = types + structures + calls + limits

    private static let types: [Explanation] = [
        Explanation(
            "DD3001", "an operator that does not work on these values",
            "Values are never converted silently: a number is no text, and a missing field reads as null.",
            wrong: "print 1 + \"a\"", right: "print text(1) + \"a\""),
        Explanation(
            "DD3002", "values that cannot be ordered",
            "Only values of one kind have an order: numbers, texts, durations, quantities.",
            wrong: "print 1 < \"a\"", right: "print 1 < number(\"2\")"),
        Explanation(
            "DD3003", "an order with null",
            "A missing field reads as null, which is neither less nor greater than anything.",
            wrong: "node add w\nexpect not (node/w .metadata.labels.disk < \"ssd\")",
            right: "node add w\nexpect node/w .metadata.labels.disk absent"),
        Explanation(
            "DD3004", "a condition that is neither true nor false",
            "No other value counts as true or false.",
            wrong: "node add w\nif node/w .metadata.name { settle }",
            right: "node add w\nif node/w .metadata.name == \"w\" { settle }"),
        Explanation(
            "DD3005", "no number where one is due", "The operation needs a number.",
            wrong: "let x = \"3\"\nprint -x", right: "let x = \"3\"\nprint -number(x)"),
        Explanation(
            "DD3006", "no integer where one is due",
            "Indices, counts and bounds of ranges are integers.",
            wrong: "let x = 2.5\nfor n in 1..x { print n }",
            right: "let x = 2.5\nfor n in 1..floor(x) { print n }"),
        Explanation(
            "DD3007", "nothing to go through",
            "`for`, `where` and many functions go through a list, a map or a range.",
            wrong: "for x in 5 { print x }", right: "for x in 1..5 { print x }"),
        Explanation(
            "DD3008", "no function where one is due",
            "What stands before the parentheses is no function.",
            wrong: "let f = [3]\nprint f[0](1)", right: "let f = [fn(x) => x]\nprint f[0](1)"),
        Explanation(
            "DD3009", "`5m`: minutes or thousandths",
            "`m` is a unit of durations and of quantities, and the other side does not decide which.",
            wrong: "let d = 5m\nlet limit = \"5m\"\nprint d == limit",
            right: "let d = duration(\"5m\")\nprint d == duration(\"5m\")"),
        Explanation(
            "DD3010", "no duration where one is due", "Times are durations, such as `30s`.",
            wrong: "let d = \"soon\"\nexpect within d: count(nodes[]) == 0",
            right: "let d = 5s\nexpect within d: count(nodes[]) == 0"),
        Explanation(
            "DD3011", "no quantity where one is due",
            "Quantities are numbers with a suffix, or texts of that form.",
            wrong: "node add w\nexpect node/w .status.capacity.memory != \"much\"",
            right: "node add w\nexpect node/w .status.capacity.memory != \"2Gi\""),
        Explanation(
            "DD3012", "no text where one is due", "The operation works on texts.",
            wrong: "let x = 3\nprint x =~ \"3\"", right: "let x = 3\nprint text(x) =~ \"3\""),
        Explanation(
            "DD3013", "another number of names than of values",
            "Several names take a list of as many values apart.",
            wrong: "let a, b = [1, 2, 3]\nprint a, b", right: "let a, b = [1, 2]\nprint a, b"),
        Explanation(
            "DD3014", "a variable that has no value yet",
            "The function was called before the `let` of the variable was reached.",
            wrong: "fn f() => later\nprint f()\nlet later = 1",
            right: "fn f() => later\nlet later = 1\nprint f()"),
        Explanation(
            "DD3015", "a table without rows",
            "The scenario would never run, and so would hide that it tests nothing.",
            without: "It is told of a scenario and not of a statement."),
    ]

    private static let structures: [Explanation] = [
        Explanation(
            "DD3020", "a result that cannot be held",
            "Numbers are exact or an error: a result beyond 64 bits is never rounded or wrapped.",
            wrong: "print 9223372036854775807 + 1", right: "print 9223372036854775806 + 1"),
        Explanation(
            "DD3021", "a division by zero",
            "Nothing can be divided by zero, nor is there a remainder.",
            wrong: "print 1 / 0", right: "print 1 / 2"),
        Explanation(
            "DD3022", "an index outside the list",
            "Indices count from 0, or with a minus from the end.",
            wrong: "let xs = [1, 2]\nprint xs[2]", right: "let xs = [1, 2]\nprint xs[-1]"),
        Explanation(
            "DD3023", "an index of a wrong type",
            "Lists are indexed by integers, maps by texts.",
            wrong: "let xs = [1, 2]\nprint xs[true]", right: "let xs = [1, 2]\nprint xs[0]"),
        Explanation(
            "DD3024", "a field of a list",
            "A list has items and no fields: say which item, or `[*]` for all of them.",
            wrong: "let xs = [{a: 1}]\nprint xs.a", right: "let xs = [{a: 1}]\nprint xs[*].a"),
        Explanation(
            "DD3025", "a field of a scalar", "A number, text or boolean has nothing inside.",
            wrong: "let x = {a: 1}\nprint x.a.b", right: "let x = {a: {b: 1}}\nprint x.a.b"),
        Explanation(
            "DD3026", "an assignment inside a scalar",
            "Only maps and lists have parts that can be set.",
            wrong: "let x = \"a\"\nx.b = 1\nprint x", right: "let x = {}\nx.b = 1\nprint x"),
        Explanation(
            "DD3027", "a field that the kind does not have",
            "Seen when the script ran, because the object came through a variable or function.",
            wrong: "fn name(o) => o.metadata.nam\nnode add w\nprint name(node/w)",
            right: "fn name(o) => o.metadata.name\nnode add w\nprint name(node/w)"),
        Explanation(
            "DD3028", "a function as text or as a part of an object",
            "Functions are values of the script; they cannot be written down.",
            wrong: "let f = fn(x) => x\nprint \"${f}\"",
            right: "let f = fn(x) => x\nprint \"${f(1)}\""),
        Explanation(
            "DD3029", "a duration or quantity that cannot be held",
            "Durations are held in whole milliseconds and quantities exactly, both within 64 bits.",
            wrong: "print duration(\"99999999999999h\")", right: "print duration(\"9h\")"),
    ]

    private static let calls: [Explanation] = [
        Explanation(
            "DD3030", "a wrong number of arguments",
            "Seen when the script ran, because the function came through a variable.",
            wrong: "let f = fn(x) => x\nlet g = f\nprint (g)(1, 2)",
            right: "let f = fn(x) => x\nlet g = f\nprint (g)(1)"),
        Explanation(
            "DD3031", "an argument of a wrong type",
            "The built-in function wants another kind of value.",
            wrong: "print upper(3)", right: "print upper(text(3))"),
        Explanation(
            "DD3032", "a built-in function that cannot do this",
            "The message says what was wrong with the arguments together.",
            wrong: "print format(\"{} {}\", 1)", right: "print format(\"{} {}\", 1, 2)"),
        Explanation(
            "DD3040", "an object that does not exist",
            "A field was asked of an object that is not there. `exists` and `absent` ask whether it is.",
            wrong: "print pod/web .status.phase", right: "expect pod/web absent"),
        Explanation(
            "DD3041", "an unknown kind", "The kind came from a variable, and is no name of one.",
            wrong: "let k = \"pdo\"\nexpect ${k}/web absent",
            right: "let k = \"pod\"\nexpect ${k}/web absent"),
        Explanation(
            "DD3042", "no label selector", "The text inserted into `[…]` is no selector.",
            wrong: "let s = \"a b c\"\nprint pods[${s}]",
            right: "let s = \"app=web\"\nprint pods[${s}]"),
        Explanation(
            "DD3043", "null in a command", "A missing field would make a word of nothing.",
            wrong: "node add w\necho ${node/w .metadata.labels.disk}",
            right: "node add w\necho ${default(node/w .metadata.labels.disk, \"none\")}"),
        Explanation(
            "DD3044", "a value that is no word",
            "Texts and numbers can be inserted into a word; a list makes several words where it stands alone.",
            wrong: "let xs = [1]\necho a${xs}", right: "let xs = [1]\necho a ${xs}"),
        Explanation(
            "DD3045", "a condition over time that acts",
            "A function that it calls runs commands. Conditions are evaluated at every change, and only read.",
            wrong:
                "fn f() {\n  echo hi\n  return count(nodes[]) == 0\n}\nalways count(nodes[]) == 0 and f() { settle }",
            right: "fn f() => count(nodes[]) == 0\nalways count(nodes[]) == 0 and f() { settle }"),
        Explanation(
            "DD3046", "a list that is empty and cannot be otherwise",
            "`every` over an empty list fails, and `none` and `never` over one that nothing can ever fill prove "
                + "nothing: usually a label is misspelt.",
            without: "It takes a world in which no object ever had the label."),
        Explanation(
            "DD3050", "a statement that the world refuses",
            "The command, or a setting of `behavior`, cannot be carried out as written.",
            wrong: "behavior nginx { startDelay: \"soon\" }",
            right:
                "behavior nginx { startDelay: 2s }\nnode add w\nrun web --image=nginx\nadvance 5s"),
        Explanation(
            "DD3051", "trouble in the words of a shell",
            "What bash would say of an expansion, such as a sum that cannot be computed.",
            wrong: "for i in 1; do echo $((i / 0)); done",
            right: "for i in 1; do echo $((i / 1)); done"),
        Explanation(
            "DD3052", "a `behavior` that was for nothing",
            "No container of the run had such an image: usually the image is misspelt.",
            without: "It is told of a scenario when it ends."),
        Explanation(
            "DD3053", "a block of `at` or `every` that never ran",
            "The scenario ended before the time came: let it pass with `advance` or `settle`.",
            without: "It is told of a scenario when it ends."),
    ]

    private static let limits: [Explanation] = [
        Explanation(
            "DD3060", "too many steps",
            "A loop that never ends would keep the run for ever: a script has half a billion loop rounds and calls.",
            without: "It takes a while."),
        Explanation(
            "DD3061", "calls that are too deep",
            "A function calls itself, directly or through others, without end.",
            wrong: "fn down(n) => down(n + 1)\nprint down(0)",
            right: "fn down(n) => if n == 0 then 0 else down(n - 1)\nprint down(9)"),
        Explanation(
            "DD3062", "blocks and functions inside each other too deep",
            "Blocks that the cluster runs, and built-in functions that call functions, use the program's own "
                + "stack.",
            without: "It takes hundreds of levels."),
        Explanation(
            "DD3063", "a text that is too large",
            "Texts have a limit, so that no script can exhaust the memory.",
            wrong: "print count(repeat(\"a\", 999999999999))",
            right: "print count(repeat(\"a\", 9))"),
        Explanation(
            "DD3064", "a list that is too long",
            "Lists have a limit, so that no script can exhaust the memory.",
            wrong: "print count(range(999999999999))", right: "print count(range(9))"),
        Explanation(
            "DD3065", "a value that is too deep",
            "Lists and maps stand inside each other only so deep.",
            wrong: "let x = []\nfor _n in 1..2000 { x = [x] }\nprint x",
            right: "let x = []\nfor _n in 1..20 { x = [x] }\nprint x"),
        Explanation(
            "DD3066", "a regular expression that takes too long",
            "The search is linear in the text for every step of the expression, and there is a limit to both "
                + "together.",
            without: "It takes a text of megabytes."),
        Explanation(
            "DD3067", "no regular expression",
            "The text that came from a variable is no regular expression.",
            wrong: "let re = \"a[\"\nprint \"a\" =~ re",
            right: "let re = \"[a]\"\nprint \"a\" =~ re"),
        Explanation(
            "DD3068", "too many cases",
            "The tables of a file's scenarios have too many rows together.",
            without: "It takes many thousand rows."),
        Explanation(
            "DD3070", "a scenario that took too long",
            "`--timeout` limits each scenario by the clock on the wall.",
            without: "It takes a clock on the wall."),
        Explanation(
            "DD3071", "too much virtual time",
            "`--max-virtual` limits how much virtual time may pass in a scenario.",
            without: "It takes a flag of the run."),
        Explanation(
            "DD3072", "a script that ended the program",
            "`drydock test` runs files in programs of their own, so that the others run on. This is a fault of "
                + "drydock: please report it with the script.",
            without: "None is known."),
        Explanation(
            "DD3080", "an answer of an exercise that comes out otherwise",
            "A solution does not solve its exercise, or a wrong answer is not refused by what it expects.",
            without: "It takes a whole exercise; see the one of DD2301."),
        Explanation(
            "DD3999", "a fault of the program",
            "Nothing a script does should lead here. Please report it with the script.",
            without: "None is known."),
    ]
}
