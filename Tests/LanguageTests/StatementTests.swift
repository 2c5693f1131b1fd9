import Testing
import Value

@testable import Language

@Suite("Statements")
struct StatementTests {
    @Test(
        "print what they should",
        arguments: [
            ("let x = 1\nx = x + 1\nx += 3\nprint x\n", "5\n"),
            ("let a, b = [1, 2]\nprint a, b\n", "1 2\n"),
            (
                "let m = {a: [1, 2]}\nm.a[1] = 5\nm.b = {c: 1}\nm.b.c += 2\nprint m\n",
                "{\"a\":[1,5],\"b\":{\"c\":3}}\n"
            ),
            ("let a = [1]\nlet b = a\nb += [2]\nprint a, b\n", "[1] [1,2]\n"),
            ("let a = [1]\nlet b = a\nb = b + [2]\nprint a, b\n", "[1] [1,2]\n"),
            ("let l = [1]\nl = l + l\nl = l + l\nprint l\n", "[1,1,1,1]\n"),
            ("let s = \"a\"\ns = s + \"b\"\ns = s + s\nprint s\n", "abab\n"),
            (
                "let l = [1]\nfn more() {\n l += [9]\n return [2]\n}\nl = l + more()\nprint l\n",
                "[1,2]\n"
            ),
            (
                "fn f() {\n let l = [1]\n let more = fn() {\n l = l + [9]\n return [2]\n }\n"
                    + " l = l + more()\n l = l + [3]\n return l\n}\nprint f()\n", "[1,2,3]\n"
            ),
            (
                "let kept = []\nlet l = []\nfor i in 1..3 {\n l = l + [i]\n kept += [l]\n}\nprint kept\n",
                "[[1],[1,2],[1,2,3]]\n"
            ),
            ("for i in 1..3 { print i }\n", "1\n2\n3\n"),
            ("for k, v in {a: 1, b: 2} { print k, v }\n", "a 1\nb 2\n"),
            (
                "for i in [1, 2, 3, 4] {\n if i == 2 { continue }\n if i == 4 { break }\n print i\n}\n",
                "1\n3\n"
            ),
            ("let n = 0\nwhile n < 3 { n += 1 }\nprint n\n", "3\n"),
            (
                "let x = 5\nif x < 3 { print \"a\" } else if x < 6 { print \"b\" } else { print \"c\" }\n",
                "b\n"
            ),
            (
                "fn fib(n) {\n if n < 2 { return n }\n return fib(n - 1) + fib(n - 2)\n}\nprint fib(15)\n",
                "610\n"
            ),
            ("fn f(a, b = a * 2) => a + b\nprint f(1), f(1, 1)\n", "3 2\n"),
            (
                "fn even(n) => if n == 0 then true else odd(n - 1)\n"
                    + "fn odd(n) => if n == 0 then false else even(n - 1)\nprint even(10)\n",
                "true\n"
            ),
            (
                "fn counter() {\n let n = 0\n return fn() {\n n += 1\n return n\n }\n}\n"
                    + "let c = counter()\nc()\nprint c(), counter()()\n", "2 1\n"
            ),
            (
                "let fs = []\nfor i in 1..3 { fs += [fn() => i] }\nprint map(fs, fn(f) => f())\n",
                "[1,2,3]\n"
            ),
            (
                "fn outer() {\n fn inner(n) => if n == 0 then 0 else inner(n - 1) + 1\n"
                    + " return inner(4)\n}\nprint outer()\n", "4\n"
            ),
            ("let total = 0\nfn add(n) { total += n }\nadd(2)\nadd(3)\nprint total\n", "5\n"),
            ("let x = 1\nfn get() => x\nx = 7\nprint get()\n", "7\n"),
            ("fn f(xs) {\n xs += [1]\n return xs\n}\nlet a = [0]\nprint f(a), a\n", "[0,1] [0]\n"),
            ("let g = fn(f, x) => f(f(x))\nprint g(fn(n) => n * n, 3)\n", "81\n"),
            ("echo a ${1 + 1} 'b c'\n", "a 2 b c\n"),
            (
                "let xs = [\"a\", \"b\"]\nwords ${xs} \"x${1}y\" pre-${xs[0]}\n",
                "<a><b><x1y><pre-a>\n"
            ),
            (
                "let n = 3\nwords {\"spec\": {\"replicas\": ${n}, \"t\": \"v${n}\"}}\n",
                "<{\"spec\": {\"replicas\": 3, \"t\": \"v3\"}}>\n"
            ),
            ("let out = output { echo hi }\nprint upper(trim(out))\n", "HI\n"),
            ("echo a && echo b || echo c\n", "a\nb\n"),
            ("fail x || echo c\n", "error: x\nc\n"),
            ("echo $(words a b)\n", "<a><b>\n"),
            ("let s = 0\nfor i in 1..3 {\n for j in [i, i] { s += j }\n}\nprint s\n", "12\n"),
            (
                "fn f() {\n let a = 1\n let g = fn() => a\n a = 2\n return g()\n}\nprint f()\n",
                "2\n"
            ),
            ("fn f() {\n let a = 1\n a = 2\n return a\n}\nlet a = 5\nprint f(), a\n", "2 5\n"),
            (
                "fn f(a) {\n at 1s { a += 1\n print a }\n advance 2s\n return a\n}\nprint f(1)\n",
                "2\n2\n"
            ),
            (
                "fn f(n) {\n let r = []\n for i in 1..n {\n let k = i * 2\n r += [fn() => k]\n }\n return r\n}\n"
                    + "print map(f(3), it())\n", "[2,4,6]\n"
            ),
            ("let f = fn(n) { return n }\nfor x in [f] { print x(2) }\n", "2\n"),
            (
                "let c = 0\nfor p in pods[app=web] { if p.status.phase == \"Running\" { c += 1 } }\nprint c\n",
                "1\n"
            ),
            ("print pod/web-0 .metadata.name, deployment/web .status.readyReplicas\n", "web-0 0\n"),
            ("for i in 0..1 { print pod/web-${i} .status.phase }\n", "Running\nPending\n"),
            ("let kind = \"pod\"\nprint ${kind}/web-0 .status.restarts\n", "0\n"),
            ("print pods[][*].metadata.name\n", "[\"web-0\",\"web-1\",\"db-0\"]\n"),
            ("print pod/web-0 .metadata.labels[\"a/b\"]\n", "x\n"),
            (
                "print pod/web-0 .spec.containers[name=side].image, pod/web-0 .spec.containers[-1].name\n",
                "proxy:2 side\n"
            ),
            (
                "print pod/web-0 .spec.containers[0].cpu == 0.5, node/a .status.grace == 90s\n",
                "true true\n"
            ),
            (
                "print pod/web-0 .spec.containers[0].cpu < 1, deployment/web .spec.surge == 25%\n",
                "true true\n"
            ),
            (
                "print pod/none exists, pod/none absent, pod/web-0 .spec.nodeName exists\n",
                "false true false\n"
            ),
            (
                "let p = pod/web-0\nset pods/web-0 .status.phase Failed\nprint p.status.phase\n",
                "Running\n"
            ),
            (
                "advance 30s\nprint now()\nat 5s { print now() }\nevery 10s { print \"tick\" }\nadvance 25s\n",
                "30s\n35s\ntick\ntick\n"
            ),
            ("file \"a.txt\" <<EOF\nraw ${x}\nEOF\nprint \"done\"\n", "done\n"),
            (
                "let n = 0\nfn i() {\n n += 1\n return n\n}\nlet xs = [0, 0, 0]\nxs[i()] += 5\n"
                    + "print xs, n\n", "[0,5,0] 1\n"
            ),
            (
                "let n = 0\nfn i() {\n n += 1\n return n - 1\n}\n"
                    + "print [[1], [2], [3]][*][i()], n\n", "[1,2,3] 1\n"
            ),
            ("fn f(n) => if n == 0 then [] else f(n - 1) + [n]\nprint f(4)\n", "[1,2,3,4]\n"),
            (
                "fn f(xs) {\n for x in xs { if x > 1 { return x } }\n}\nprint f([1, 2, 3]), f([])\n",
                "2 null\n"
            ),
            ("fail a || get pods { print \"block\" }\n", "error: a\n(get pods)\nblock\n"),
        ])
    func statements(script: String, output: String) {
        let ran = run(script, prepare: smallWorld)
        #expect(ran.trouble == "")
        #expect(ran.output == output)
    }

    @Test("files, behaviors and here-documents reach the host")
    func hostStatements() {
        let ran = run(
            """
            let v = 2
            file "a.yaml" <<$EOF
              a: ${v}
              EOF
            behavior nginx:1.* { startDelay: 2s, exitCode: v }
            apply -f - <<'EOF'
            raw ${x}
            EOF
            """ + "\n")
        #expect(ran.trouble == "")
        #expect(ran.host.files == ["a.yaml": "a: 2\n"])
        #expect(ran.host.behaviors.count == 1)
        #expect(ran.host.behaviors.first?.target == ["nginx:1.*"])
        #expect(ran.host.behaviors.first?.settings.map(\.name) == ["startDelay", "exitCode"])
        #expect(ran.host.inputs == ["raw ${x}\n"])
    }

    @Test("a script may have many variables")
    func manyVariables() {
        let lets = (0..<300).map { "let v\($0) = \($0)\n" }.joined()
        #expect(run(lets + "print v299\n").output == "299\n")
    }
}
