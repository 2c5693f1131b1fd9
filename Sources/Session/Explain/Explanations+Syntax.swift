// DD1nnn: what the parser says.

extension Explanation {
    static let syntax: [Explanation] = [
        Explanation(
            "DD1001", "something else was due",
            "The text cannot go on like this: the message says what could stand at the place instead.",
            wrong: "let = 3", right: "let replicas = 3"),
        Explanation(
            "DD1002", "a bracket is not closed",
            "A bracket, brace or quote that was opened has no partner before the statement, or the file, ends.",
            wrong: "expect count(nodes[]) == (1 + 2", right: "expect count(nodes[]) != (1 + 2)"),
        Explanation(
            "DD1003", "a bracket closes nothing",
            "A closing bracket without an opening one: usually one was closed too early further up.",
            wrong: "setup { settle } }", right: "setup { settle }"),
        Explanation(
            "DD1004", "`else` on a line of its own",
            "A line end ends the `if`, so `else` belongs on the line of the `}` before it.",
            wrong: "if count(nodes[]) == 0 {\n  settle\n}\nelse {\n  get nodes\n}",
            right: "if count(nodes[]) == 0 {\n  settle\n} else {\n  get nodes\n}"),
        Explanation(
            "DD1005", "a keyword as a name",
            "Words that begin statements or join expressions cannot name variables. As fields of a path, as "
                + "keys of a map and in commands they are fine.",
            wrong: "let file = 3\nprint file", right: "let fileName = 3\nprint fileName"),
        Explanation(
            "DD1006", "a far-reaching form inside another operator",
            "`where`, `sort by`, `has`, `if … then … else` and `fn` reach to the end of the expression. Inside "
                + "another operator they need parentheses that say where they end.",
            wrong: "expect not every nodes[] has .spec.taints absent",
            right: "expect not (every nodes[] has .spec.taints absent)"),
        Explanation(
            "DD1007", "words after `&`",
            "A command that ends in `&` runs in the background and ends the statement.",
            wrong: "sleep 5 & get pods", right: "sleep 5 && get pods"),
        Explanation(
            "DD1008", "`within` behind the condition",
            "The time stands before the condition, so that what waits is seen at once.",
            wrong: "expect count(nodes[]) == 0 within 30s",
            right: "expect within 30s: count(nodes[]) == 0"),
        Explanation(
            "DD1101", "a string without its end",
            "A string of the language ends on its line. Text of several lines is a here-document.",
            wrong: "print \"hello", right: "print \"hello\""),
        Explanation(
            "DD1102", "a here-document without its end",
            "The text after `<<EOF` goes on to a line that holds nothing but `EOF`, which is missing here.",
            wrong: "file \"note.txt\" <<EOF\nhello", right: "file \"note.txt\" <<EOF\nhello\nEOF"),
        Explanation(
            "DD1103", "a here-document without a name",
            "After `<<` stands the word that ends the text.",
            wrong: "file \"note.txt\" <<\nhello\n", right: "file \"note.txt\" <<EOF\nhello\nEOF"),
        Explanation(
            "DD1104", "an unknown escape",
            "In `\"…\"` a backslash begins one of a few escapes. A raw string `'…'` has none.",
            wrong: "print \"C:\\data\"", right: "print 'C:\\data'"),
        Explanation(
            "DD1105", "`\\u{…}` without a number",
            "`\\u{…}` holds the number of a character in 1 to 6 hexadecimal digits.",
            wrong: "print \"\\u{zz}\"", right: "print \"\\u{e9}\""),
        Explanation(
            "DD1106", "a character that means nothing",
            "No token of an expression begins with this character. Text belongs in quotes.",
            wrong: "print ¤", right: "print \"¤\""),
        Explanation(
            "DD1107", "a backquote",
            "In commands backquotes come in pairs and hold a command, as in a shell; expressions have none.",
            wrong: "let names = `get pods`", right: "let _names = output { get pods }"),
        Explanation(
            "DD1108", "`$(…)` in an expression",
            "`$(…)` inserts what a command prints into a word of another command. In an expression the same is "
                + "`output { … }`.",
            wrong: "let text = $(get pods)", right: "let _text = output { get pods }"),
        Explanation(
            "DD1109", "`${…}` in an expression",
            "`${…}` inserts an expression into a text. In an expression the name stands alone.",
            wrong: "let a = 1\nlet b = ${a}\nprint b", right: "let a = 1\nlet b = a\nprint b"),
        Explanation(
            "DD1201", "a number that breaks off",
            "A decimal point has digits on both sides.", wrong: "print .5", right: "print 0.5"),
        Explanation(
            "DD1202", "a leading zero",
            "`007` is seven in some languages and octal in others, so it is neither here.",
            wrong: "print 007", right: "print 7"),
        Explanation(
            "DD1203", "an integer that is too large",
            "Integers have 64 bits with a sign. Numbers are exact or an error, never rounded silently.",
            wrong: "print 99999999999999999999", right: "print 9223372036854775807"),
        Explanation(
            "DD1204", "a number that is too large",
            "Numbers with a fraction or exponent are IEEE doubles, which end at about 1.8e308.",
            wrong: "print 1e999", right: "print 1e300"),
        Explanation(
            "DD1205", "an unknown unit",
            "Letters glued to a number are the unit of a duration (`ms s m h d`) or of a quantity (`m k M G … "
                + "Ki Mi Gi …`).",
            wrong: "advance 3s\nlet limit = 3sec\nprint limit",
            right: "let limit = 3s\nadvance ${limit}"),
        Explanation(
            "DD1206", "a number that is too small",
            "Doubles that are nearer to 0 than about 2.3e-308 lose digits.",
            wrong: "print 1e-400", right: "print 1e-300"),
        Explanation(
            "DD1301", "a lone `=` in a comparison",
            "`=` assigns, and an assignment is a statement; `==` compares.",
            wrong: "expect count(nodes[]) = 0", right: "expect count(nodes[]) == 0"),
        Explanation(
            "DD1302", "a chain of comparisons",
            "`a < b < c` would compare true or false with `c`. Two comparisons are joined with `and`.",
            wrong: "expect 0 <= count(nodes[]) < 3",
            right: "let n = count(nodes[])\nexpect 0 <= n and n < 3"),
        Explanation(
            "DD1303", "a division without blanks",
            "`kind/name` is an object, so a division has a blank on both sides of `/`.",
            wrong: "print 10/2", right: "print 10 / 2"),
        Explanation(
            "DD1304", "a path glued to a name",
            "Names of objects may hold dots, so the path of a field follows after a blank.",
            wrong: "expect deployment/web.spec.replicas == 3",
            right:
                "create deployment web --image=nginx --replicas=3\nexpect deployment/web .spec.replicas == 3"
        ),
        Explanation(
            "DD1305", "a blank before an index",
            "An index stands right behind what it indexes; after a blank a list would begin.",
            wrong: "let items = [1, 2]\nprint items [0]",
            right: "let items = [1, 2]\nprint items[0]"),
        Explanation(
            "DD1306", "an operator of other languages",
            "`and`, `or` and `not` are words here; `&&` and `||` join commands.",
            wrong: "expect 1 == 1 && 2 == 2", right: "expect 1 == 1 and 2 == 2"),
        Explanation(
            "DD1307", "an assignment without blanks",
            "`x=1` sets a variable of the shell, `x = 1` one of the language; `x= 1` could be either.",
            wrong: "let x = 1\nx= 3\nprint x", right: "let x = 1\nx = 3\nprint x"),
        Explanation(
            "DD1308", "a namespace without brackets",
            "`pods@kube-system[]` is the list of the pods there, `pod/name@kube-system` one of them.",
            wrong: "print count(pods@kube-system)", right: "print count(pods@kube-system[])"),
        Explanation(
            "DD1401", "a word of a shell where no command can begin",
            "`do`, `done`, `then`, `fi` and the like belong to the loops and tests of a shell. Blocks of the "
                + "language stand in braces.",
            wrong: "done", right: "for i in 1 2; do\n  echo $i\ndone"),
        Explanation(
            "DD1402", "a function of a shell",
            "Functions are declared with `fn` and called with parentheses.",
            wrong: "greet() {\n  echo hello\n}", right: "fn greet() {\n  echo hello\n}\ngreet()"),
        Explanation(
            "DD1403", "an array of a shell",
            "Lists are values of the language.",
            wrong: "names=(a b)",
            right: "let names = [\"a\", \"b\"]\nfor name in names { print name }"),
        Explanation(
            "DD1404", "a menu of a shell",
            "`select` asks somebody at a terminal, and a script has to run without anybody.",
            wrong: "select x in a b; do echo $x; done", right: "for x in a b; do echo $x; done"),
        Explanation(
            "DD1405", "trouble in the words of a shell",
            "The text was read as `bash -c` reads it, and this is what bash would say.",
            without: "It is said of texts that a shell reads, not of scripts."),
        Explanation(
            "DD1901", "a script that is too large",
            "A script has at most 8 MiB. Manifests can be files of their own, and `include` joins scripts.",
            without: "A script of 8 MiB would be too long."),
        Explanation(
            "DD1902", "nesting that is too deep",
            "Blocks and brackets stand at most 150 deep inside each other, so that no script can exhaust the "
                + "parser.",
            wrong: "let x = " + String(repeating: "[", count: 160)
                + String(repeating: "]", count: 160),
            right: "let x = [[]]\nprint x"),
        Explanation(
            "DD1903", "an expression with too many levels",
            "An expression has at most 400 levels of operators. `let` splits it, a list with `sum` replaces a "
                + "long chain of `+`.",
            wrong: "print 1" + String(repeating: " + 1", count: 410), right: "print sum([1, 1, 1])"),
        Explanation(
            "DD1904", "more errors than are shown",
            "After 50 errors the rest is only counted: many follow from the first ones.",
            without: "It stands under fifty others."),
        Explanation(
            "DD1905", "braces that stand for too many words",
            "`{1..20000}` would make that many words of one command. A loop does it one by one.",
            wrong: "touch file{1..20000}", right: "touch file{1..20}"),
        Explanation(
            "DD1906", "a layout that would change the meaning",
            "`drydock fmt` reads its own text before it writes it. Were it to mean something else, the file stays "
                + "as it is.",
            without: "That would be a fault of the formatter; please report the script."),
    ]
}
