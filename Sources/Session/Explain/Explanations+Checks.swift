// DD20nn: what the check of names, kinds and structure says.

extension Explanation {
    static let checks: [Explanation] = names + structure

    private static let names: [Explanation] = [
        Explanation(
            "DD2001", "an unknown name",
            "No variable, function or built-in of this name can be seen from here. Text belongs in quotes.",
            wrong: "let replicas = 3\nprint replcas", right: "let replicas = 3\nprint replicas"),
        Explanation(
            "DD2002", "an unknown name in a pasted text",
            "A here-document after `<<EOF` of a command takes `${…}`; what was meant for something else needs "
                + "`<<'EOF'`.",
            wrong: "cat <<EOF\nsite: ${SITE}\nEOF", right: "cat <<'EOF'\nsite: ${SITE}\nEOF"),
        Explanation(
            "DD2003", "an assignment to what was never declared",
            "`let` declares a variable, `=` changes it. So a misspelt name is found.",
            wrong: "total = 1", right: "let total = 1\nprint total"),
        Explanation(
            "DD2004", "a name that is declared twice",
            "One block holds one variable of a name. An inner block may have its own.",
            wrong: "let x = 1\nlet x = 2\nprint x", right: "let x = 1\nx = 2\nprint x"),
        Explanation(
            "DD2005", "a variable before its declaration",
            "Statements run from top to bottom, and the value is given further down.",
            wrong: "print x\nlet x = 1\nfn f() => x\nprint f()", right: "let x = 1\nprint x"),
        Explanation(
            "DD2006", "an assignment to a function",
            "The name belongs to a function of this script.",
            wrong: "fn f() => 1\nf = 2\nprint f()", right: "fn f() => 1\nlet g = 2\nprint f(), g"),
        Explanation(
            "DD2007", "a variable named as a kind",
            "`pods[x]` would be a list of objects for one reader and an index for another, so no variable has the "
                + "name of a kind.",
            wrong: "let pods = 3\nprint pods", right: "let podCount = 3\nprint podCount"),
        Explanation(
            "DD2008", "an item where there is none",
            "`it` and a leading `.field` mean the item at hand: after `where`, `has` and `by`, and in `map`. A "
                + "path follows what it is a path of.",
            wrong: "print .spec.replicas", right: "print map(deployments[], .spec.replicas)"),
        Explanation(
            "DD2009", "a shell's assignment to a variable of the language",
            "`x=1` without blanks sets a variable of the shell, which has nothing to do with the `x` of `let`.",
            wrong: "let x = 1\nx=2\nprint x", right: "let x = 1\nx = 2\nprint x"),
        Explanation(
            "DD2010", "`break` or `continue` outside a loop",
            "They leave, or go on with, the `for` or `while` around them.",
            wrong: "break", right: "for n in 1..3 { if n == 2 { break } }"),
        Explanation(
            "DD2011", "`return` outside a function",
            "It leaves the function around it. `skip` ends a scenario, `fail(…)` ends it as failed.",
            wrong: "return 1", right: "fn one() { return 1 }\nprint one()"),
        Explanation(
            "DD2012", "a jump out of a block that is watched",
            "The blocks of `always`, `expect fails` and the like run to their end, or fail.",
            wrong: "for n in 1..3 { always count(nodes[]) < 9 { break } }",
            right: "for n in 1..3 {\n  always count(nodes[]) < 9 { settle }\n  break\n}"),
        Explanation(
            "DD2020", "a wrong number of arguments",
            "The function takes another number of arguments; the hint shows its form.",
            wrong: "print upper()", right: "print upper(\"a\")"),
        Explanation(
            "DD2022", "a parameter without a default after one with a default",
            "Arguments are given by place, so those that may be left out come last.",
            wrong: "fn f(a = 1, b) => a + b\nprint f(1, 2)",
            right: "fn f(b, a = 1) => a + b\nprint f(2)"),
        Explanation(
            "DD2030", "an unknown kind",
            "`kind/name` and `kinds[…]` begin with a kind by any name that kubectl takes.",
            wrong: "expect count(pdos[]) == 0", right: "expect count(pods[]) == 0"),
        Explanation(
            "DD2031", "a field that the kind does not have",
            "The fields of every built-in kind are known, so a misspelt one is found before anything runs.",
            wrong: "expect pod/web .spec.nodename == \"worker-1\"",
            right: "expect count(pods[] where .spec.nodeName == \"worker-1\") == 0"),
        Explanation(
            "DD2032", "a field of a list",
            "A list has items and no fields: say which item, or `[*]` for all of them.",
            wrong: "print pod/web .spec.containers.image",
            right: "run web --image=nginx\nprint pod/web .spec.containers[0].image"),
        Explanation(
            "DD2033", "a field of a scalar",
            "A number, text or boolean has nothing inside.",
            wrong: "print deployment/web .spec.replicas.count",
            right: "create deployment web --image=nginx\nprint deployment/web .spec.replicas"),
        Explanation(
            "DD2034", "a value that the field never has",
            "Fields such as a pod's phase have a few values that the cluster writes; a comparison with another "
                + "one never holds.",
            wrong: "expect count(pods[] where .status.phase == \"Runing\") == 0",
            right: "expect count(pods[] where .status.phase == \"Running\") == 0"),
    ]

    private static let structure: [Explanation] = [
        Explanation(
            "DD2040", "a statement beside scenarios",
            "Every scenario starts from an empty cluster, so what is to happen stands in one, or in `setup`.",
            wrong: "node add w\nscenario \"a\" { settle }",
            right: "setup { node add w }\nscenario \"a\" { settle }"),
        Explanation(
            "DD2041", "a scenario inside a block",
            "`scenario` and `setup` stand at the top of a file.",
            wrong: "if true { setup { settle } }", right: "setup { settle }"),
        Explanation(
            "DD2042", "an `include` inside a block",
            "Files are joined before anything runs, so `include` stands at the top.",
            wrong: "if true { include \"lib.dock\" }", right: "settle"),
        Explanation(
            "DD2043", "an included file that cannot be read",
            "The path counts from the folder of the script that includes, and leads to a file below it (or below "
                + "a folder of `--allow-read`).",
            wrong: "include \"nowhere.dock\"", right: "settle"),
        Explanation(
            "DD2044", "files that include each other too deep",
            "Included files may include others, up to a limit.",
            without: "It takes many files."),
        Explanation(
            "DD2045", "a scenario in an included file",
            "An included file brings functions, variables and files; scenarios are run by themselves.",
            without: "It takes two files."),
        Explanation(
            "DD2046", "files that include each other",
            "An included file may include others, but none that leads back to it. Put what both need into a third.",
            without: "It takes two files."),
        Explanation(
            "DD2047", "`finally` before the end",
            "`finally { }` says what is done after all else of a scenario, so it stands last, once, and not in a "
                + "block.",
            wrong: "finally { print \"done\" }\nprint \"at work\"",
            right: "print \"at work\"\nfinally { print \"done\" }"),
        Explanation(
            "DD2048", "`teardown` without scenarios",
            "`teardown { }` runs after each scenario of a file. A script that is one scenario itself ends with "
                + "`finally { }`.",
            wrong: "print 1\nteardown { print \"done\" }",
            right: "print 1\nfinally { print \"done\" }"),
        Explanation(
            "DD2049", "`skip` after the run",
            "A scenario is skipped by its head, by `setup` or by its own first statements. `finally` and `teardown` "
                + "run when that is decided.",
            wrong: "print 1\nfinally { skip \"too late\" }",
            right: "print 1\nfinally { print \"done\" }"),
        Explanation(
            "DD2050", "a condition over time that reads nothing",
            "`always`, `never` and `expect within` look again whenever an object changes. Variables keep the value "
                + "they have: the resource itself must stand in the condition.",
            wrong: "let ready = count(nodes[])\nexpect within 5s: ready == 0",
            right: "expect within 5s: count(nodes[]) == 0"),
        Explanation(
            "DD2051", "a condition over time that reads the clock",
            "Such conditions are evaluated when something changes, not as time passes; the time limit is that of "
                + "`within`.",
            wrong: "always now() < 5s and count(nodes[]) == 0 { settle }",
            right: "always count(nodes[]) == 0 { settle }"),
        Explanation(
            "DD2052", "a condition over time that acts",
            "It is evaluated at every change, so it only reads.",
            wrong: "expect within 1m: count(pods[]) == 0 and output { get pods } == \"\"",
            right: "expect within 1m: count(pods[]) == 0"),
        Explanation(
            "DD2053", "a block of `at` or `every` that lets time pass",
            "The block runs within one instant, while the script goes on.",
            wrong: "at 10s {\n  advance 3s\n}\nadvance 20s",
            right: "at 10s { get pods }\nat 13s { get pods }\nadvance 20s"),
        Explanation(
            "DD2054", "`5m`: minutes or thousandths",
            "`m` is a unit of both, and nothing beside it decides.",
            wrong: "print 5m == 300", right: "print duration(\"5m\") == duration(300)"),
        Explanation(
            "DD2055", "no duration where one is due",
            "Times are numbers with a unit.",
            wrong: "expect within 30: count(nodes[]) == 0",
            right: "expect within 30s: count(nodes[]) == 0"),
        Explanation(
            "DD2060", "an unknown or misused command",
            "Verbs and flags are kubectl's, the world's and the tools of a terminal; `help` lists them.",
            wrong: "gte pods", right: "get pods"),
        Explanation(
            "DD2061", "no regular expression",
            "The text after `=~` or `matches` is no regular expression; docs/regex.md has the dialect.",
            wrong: "expect \"a\" =~ \"(a\"", right: "expect \"a\" =~ \"(a)\""),
        Explanation(
            "DD2062", "a setting that is given twice",
            "One of the two would be without effect.",
            wrong: "behavior nginx { exitCode: 1, exitCode: 2 }",
            right:
                "behavior nginx { exitAfter: 1s, exitCode: 2 }\nnode add w\nrun web --image=nginx\nadvance 5s"
        ),
        Explanation(
            "DD2063", "a duration or quantity that cannot be held",
            "Durations are held in whole milliseconds and quantities exactly, both within 64 bits.",
            wrong: "print seconds(99999999999999h)",
            right: "print seconds(9h)"),
        Explanation(
            "DD2070", "a function that is too large",
            "A function has a limit of variables and intermediate values at once.",
            without: "It takes thousands of variables."),
        Explanation(
            "DD2071", "braces that stand for too many words",
            "Several braces in one word multiply.",
            wrong: "touch {1..200}-{1..200}", right: "touch {1..2}-{1..2}"),
        Explanation(
            "DD2080", "a `param` inside a block",
            "Parameters belong to the whole script: they stand at its top, beside `let` and `fn`.",
            wrong: "if true { param image = \"nginx\" }",
            right: "param image = \"nginx\"\nprint image"),
        Explanation(
            "DD2081", "a parameter's default that is no literal",
            "The default says the type of the values that may come from outside, so it is read before anything runs: "
                + "a text, true or false, a number, a duration, a quantity, a percentage or a list of one of these.",
            wrong: "param replicas = 1 + 2\nprint replicas",
            right: "param replicas = 3\nprint replicas"),
        Explanation(
            "DD2082", "a parameter's value of another type",
            "What `--set` or drydock.yaml gives is read as the type of the parameter's default.",
            without: "It takes a value from outside."),
    ]
}
