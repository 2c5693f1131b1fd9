/// Scripts, and how they look laid out.
enum FormatterCases {
    struct Row: Sendable, CustomStringConvertible {
        let name: String
        let text: String
        let expected: String

        init(_ name: String, _ text: String, _ expected: String) {
            self.name = name
            self.text = text
            self.expected = expected
        }

        var description: String { name }
    }

    /// A text of sixty characters.
    private static let words = "one two three four five six seven eight nine ten eleven on."

    static let all: [Row] = [
        Row(
            "indentation by blocks",
            "scenario \"a\"   {\nnode add w\n      if x == 1 {\nprint x\n} else {\nprint 2\n}\n   }\n",
            """
            scenario "a" {
              node add w
              if x == 1 {
                print x
              } else {
                print 2
              }
            }

            """),
        Row(
            "parts of an exercise",
            "exercise   \"a\"{\ntitle \"t\"   zh \"u\"\nstory   <<EOF\n  text\nEOF\nhint when a==b\n\"t\"\nzh \"u\"\nalways \"t\" :x>=1\nwrong {\nget pods\n}   expects   goal \"g\"\n}\n",
            """
            exercise "a" {
              title "t" zh "u"
              story <<EOF
              text
            EOF
              hint when a == b
                "t"
                zh "u"
              always "t": x >= 1
              wrong {
                get pods
              } expects goal "g"
            }

            """),
        Row(
            "long parts of an exercise: texts and translations on lines of their own",
            "exercise \"a\" {\ngoal \"\(words)\" zh \"\(words)\" { settle }\n"
                + "hint when pod/web .status.phase == \"Pending\" \"\(words)\" zh \"\(words)\"\n"
                + "pitfall \"a\" when deployment/report .spec.template.spec.containers[0].resources.limits.memory < quantity(peak) \"t\"\n}\n",
            """
            exercise "a" {
              goal "\(words)"
                  zh "\(words)" { settle }
              hint when pod/web .status.phase == "Pending"
                "\(words)"
                zh "\(words)"
              pitfall "a" when
                deployment/report .spec.template.spec.containers[0].resources.limits.memory < quantity(peak)
                "t"
            }

            """),
        Row(
            "blanks of expressions",
            "let x=1+2*-y\nlet m = { a:1 ,b : [ 1,2 ]}\nlet f=fn( a,b=2 )=>a\nexpect pods[ app = web,tier in ( a,b ) ,!c ] !=[]\n",
            """
            let x = 1 + 2 * -y
            let m = {a: 1, b: [1, 2]}
            let f = fn(a, b = 2) => a
            expect pods[app=web, tier in (a, b), !c] != []

            """),
        Row(
            "words of commands keep their quotes and lose extra blanks",
            "kubectl   get pods   -o 'custom  columns'    | grep  \"a  b\"|wc -l&&echo  ok   >  x.txt\n",
            "kubectl get pods -o 'custom  columns' | grep \"a  b\" | wc -l && echo ok >  x.txt\n"),
        Row(
            "empty lines: one at most, none at the ends of blocks",
            "\n\nsetup {\n\n\n  settle\n\n\n\n  settle\n\n}\n\n\n\nprint 1\n\n",
            "setup {\n  settle\n\n  settle\n}\n\nprint 1\n"),
        Row(
            "comments stay, those behind lines stand below each other",
            """
            #!/usr/bin/drydock
            # head
            setup { # why
            node add w # one
            node add worker-2   # two
                # own line
            settle

            advance 5s # alone
            # last
            }
            """,
            """
            #!/usr/bin/drydock
            # head
            setup {  # why
              node add w         # one
              node add worker-2  # two
              # own line
              settle

              advance 5s  # alone
              # last
            }

            """),
        Row(
            "here-documents stay byte for byte",
            "scenario \"x\" {\nfile \"a\" <<EOF\n   a:   1\n\n\n\tb: 2  \nEOF\n      apply -f - <<'X' # c\n  k\n  X\nsettle\n}\n",
            "scenario \"x\" {\n  file \"a\" <<EOF\n   a:   1\n\n\n\tb: 2  \nEOF\n  apply -f - <<'X'  # c\n  k\n  X\n  settle\n}\n"
        ),
        Row(
            "a line that is too long is broken inside its widest bracket",
            "let rows = [{name: \"first\", ports: [80, 443]}, {name: \"second\", ports: [8080]}, {name: \"third\", ports: []}]\n",
            """
            let rows = [
              {name: "first", ports: [80, 443]},
              {name: "second", ports: [8080]},
              {name: "third", ports: []}
            ]

            """),
        Row(
            "single items fill lines",
            "let numbers = [1000001, 1000002, 1000003, 1000004, 1000005, 1000006, 1000007, 1000008, 1000009, 1000010, 1000011, 7]\n",
            """
            let numbers = [
              1000001, 1000002, 1000003, 1000004, 1000005, 1000006, 1000007, 1000008, 1000009, 1000010, 1000011,
              7
            ]

            """),
        Row(
            "conditions are broken after `and`, headers deeper than their blocks",
            "if deployment/web .status.readyReplicas == 3 and deployment/api .status.readyReplicas == 3 and ready {\nprint 1\n}\n",
            """
            if deployment/web .status.readyReplicas == 3 and
                deployment/api .status.readyReplicas == 3 and
                ready {
              print 1
            }

            """),
        Row(
            "expect within: the condition on its own line",
            "expect within 30s: deployment/web .status.conditions[type=Available].message == \"Deployment has minimum availability.\"\n",
            """
            expect within 30s:
              deployment/web .status.conditions[type=Available].message ==
              "Deployment has minimum availability."

            """),
        Row(
            "blocks on one line stay there while they fit",
            "setup { node add w; settle }\nat 10s{delete pod x}\nbehavior nginx:1.* {ready:false}\nfn f() { }\n",
            "setup { node add w; settle }\nat 10s { delete pod x }\nbehavior nginx:1.* { ready: false }\nfn f() { }\n"
        ),
        Row(
            "a block that holds line ends has its braces on lines of their own",
            "setup { node add w\n settle }\n", "setup {\n  node add w\n  settle\n}\n"),
        Row(
            "line ends of the author stay",
            "for a, b in [\n[1,2],[3,4],\n[5, 6]] {\nprint a\n}\nlet t = (1 +\n2)\n",
            """
            for a, b in [
              [1, 2], [3, 4],
              [5, 6]
            ] {
              print a
            }
            let t = (1 +
              2)

            """),
        Row(
            "lines of a shell",
            "for i in 1 2;do\necho $i\ndone\nif true;then\necho a;\nelse\necho b\nfi\ncase x in\na|b) echo 1;;\n*)\necho 2\n;;\nesac\nget pods \\\n-o wide|\ngrep x\n",
            """
            for i in 1 2; do
              echo $i
            done
            if true; then
              echo a
            else
              echo b
            fi
            case x in
              a|b) echo 1;;
              *)
                echo 2
                ;;
            esac
            get pods \\
              -o wide |
              grep x

            """),
        Row(
            "semicolons that end lines go", "print 1;\nprint 2; # two\n",
            "print 1\nprint 2  # two\n"),
        Row(
            "line ends of Windows stay", "setup {\r\nsettle\r\n}\r\n",
            "setup {\r\n  settle\r\n}\r\n"),
        Row("nothing", "\n\n", ""),
        Row("only a comment", "   # a  \n", "# a\n"),
    ]
}
