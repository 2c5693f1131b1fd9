import Testing
import Value

@testable import Language

@Suite("Limits")
struct LimitTests {
    private func limits(_ change: (inout Limits) -> Void) -> Limits {
        var limits = Limits.standard
        change(&limits)
        return limits
    }

    @Test(
        "an endless loop ends in an error",
        arguments: [
            "while true { }\n", "fn f() => f()\nwhile true { f() }\n",
            "let i = 0\nwhile true { i += 1 }\n",
        ])
    func endlessLoop(script: String) {
        let ran = run(
            script,
            limits: limits {
                $0.steps = 20_000; $0.callDepth = 50_000
            })
        #expect(
            message(ran.trouble)
                == "error[DD3060]: the script took more than 20000 loop rounds and calls")
    }

    @Test("endless recursion ends in an error")
    func recursion() {
        let ran = run("fn f(n) => f(n + 1) + 1\nprint f(0)\n")
        #expect(
            message(ran.trouble)
                == "error[DD3061]: functions call each other more than 10000 levels deep")
    }

    @Test("deep recursion within the limit works")
    func deepRecursion() {
        let ran = run("fn f(n) => if n == 0 then 0 else f(n - 1) + 1\nprint f(9000)\n")
        #expect(ran.output == "9000\n")
    }

    @Test("recursion through blocks and loops has as much room as any other")
    func recursionThroughBlocks() {
        let ran = run(
            "fn f(n) {\n for i in 1..2 { while true { if n > 0 { return [f(n + 1)] } } }\n}\n"
                + "f(1)\n")
        #expect(
            message(ran.trouble)
                == "error[DD3061]: functions call each other more than 10000 levels deep")
    }

    @Test(
        "recursion through any construct ends in an error",
        arguments: [
            "fn f(n) => if n == 0 then 0 else {a: [map([n], f(it + 1))]}\nf(1)\n",
            "fn f(xs) => map(xs, f(xs))\nf([1])\n", "fn f(xs) => every xs has f(xs)\nf([1])\n",
            "fn f(n) => \"${f(n + 1)}\"\nf(1)\n", "fn f(a = f()) => a\nf()\n",
            "fn f() {\n expect f() == 1\n}\nf()\n",
        ])
    func recursionThroughConstructs(script: String) {
        #expect(
            message(run(script, limits: limits { $0.callDepth = 1_000 }).trouble)
                == "error[DD3061]: functions call each other more than 1000 levels deep")
    }

    @Test("where the native stack ends before the limit on calls, the error is the same")
    func nativeStack() {
        let sum = (0..<60).map { _ in "1 + (" }.joined()
        let script = "fn f(n) => \(sum)f(n + 1)\(String(repeating: ")", count: 60))\nf(0)\n"
        let ran = run(script, limits: limits { $0.callDepth = 100_000_000 })
        #expect(message(ran.trouble).hasPrefix("error[DD3061]: functions call each other more"))
    }

    @Test("a chain of closures is made, run over and freed however long it is")
    func closureChain() {
        let ran = run(
            """
            let f = fn(x) => x
            for i in 1..60000 {
              let g = f
              f = fn(x) => g(x)
            }
            let xs = []
            for i in 1..60000 {
              let ys = xs
              xs = [fn() => ys]
            }
            print 1

            """)
        #expect(ran.trouble == "")
        #expect(ran.output == "1\n")
    }

    @Test("blocks inside blocks through functions end in an error")
    func nativeDepth() {
        let ran = run("fn f() {\n expect output { f() } == \"\"\n}\nf()\n")
        #expect(message(ran.trouble).hasPrefix("error[DD3062]"))
    }

    @Test(
        "texts and lists cannot grow without end",
        arguments: [
            ("let s = \"aaaaaaaaaa\"\nwhile true { s = s + s }\n", "DD3063"),
            ("let s = \"aaaaaaaaaa\"\nwhile true { s = \"${s}${s}\" }\n", "DD3063"),
            ("print repeat(\"a\", 1000000)\n", "DD3063"),
            ("print padLeft(1, 1000000)\n", "DD3063"),
            ("print join(range(0, 400), repeat(\"a\", 500))\n", "DD3063"),
            ("print replace(repeat(\"a\", 1000), \"a\", repeat(\"b\", 1000))\n", "DD3063"),
            ("let xs = [1]\nwhile true { xs += xs }\n", "DD3064"),
            ("let xs = [1]\nwhile true { xs = xs + [1] }\n", "DD3064"),
            ("print count(list(0..1000000000))\n", "DD3064"),
            ("print count(range(0, 9000000000000000000))\n", "DD3064"),
            ("print count((0..1000000000) where it >= 0)\n", "DD3064"),
            ("fn grow(xs) {\n xs += xs\n return grow(xs)\n}\ngrow([1])\n", "DD3064"),
        ])
    func sizes(script: String, code: String) {
        let ran = run(
            script,
            limits: limits {
                $0.textBytes = 100_000; $0.items = 10_000
            })
        #expect(message(ran.trouble).hasPrefix("error[\(code)]"), "\(ran.trouble)")
    }

    @Test("structures cannot nest without end")
    func nesting() {
        for step in [
            "x = [x]", "x = {a: x}", "x = map([1], fn(i) => x)", "x = zip([x], [1])", "x[0] = x",
        ] {
            let ran = run(
                "let x = [1]\nfor i in 1..1000 { \(step) }\n", limits: limits { $0.items = 50_000 })
            #expect(message(ran.trouble).hasPrefix("error[DD3065]"), "\(step): \(ran.trouble)")
        }
    }

    @Test("structures that share their parts are counted in full")
    func sharing() {
        for step in ["x = [x, x]", "x = {a: x, b: x}"] {
            let ran = run(
                "let x = [1]\nfor i in 1..100 { \(step) }\n", limits: limits { $0.items = 50_000 })
            #expect(message(ran.trouble).hasPrefix("error[DD3064]"), "\(step): \(ran.trouble)")
            let shown = run(
                "let x = [1]\nfor i in 1..15 { \(step) }\nprint x\n",
                limits: limits { $0.items = 10_000 })
            #expect(message(shown.trouble).hasPrefix("error[DD3064]"), "\(step): \(shown.trouble)")
        }
    }

    @Test("a hostile pattern is bounded")
    func patterns() {
        let ran = run(
            "print repeat(\"a\", 5000) =~ \"(a*)*(a*)*b\"\n",
            limits: limits { $0.patternSteps = 10_000 })
        #expect(message(ran.trouble).hasPrefix("error[DD3066]"), "\(ran.trouble)")
        #expect(
            message(run("print \"\" =~ \"((a{1000}){1000}){1000}\"\n").trouble)
                .hasPrefix("error[DD2061]"))
    }

    @Test("an interrupt stops a loop at its place")
    func interrupt() {
        let ran = run("let i = 0\nwhile true { i += 1 }\n") { $0.isInterrupted = true }
        #expect(ran.trouble == "interrupted at test.dock:2:1")
    }

    @Test("a function with too many variables is refused")
    func slots() {
        let lets = (0..<200).map { "let v\($0) = 0\n" }.joined()
        let ran = run(lets, limits: limits { $0.slots = 100 })
        #expect(message(ran.trouble).hasPrefix("error[DD2070]"))
    }

    @Test("a file that two others include stands once; a circle is named")
    func includes() {
        let shared = run("include \"a.dock\"\ninclude \"b.dock\"\nprint f() + g()\n") { host in
            host.includes["a.dock"] = "include \"c.dock\"\nfn f() => h()\n"
            host.includes["b.dock"] = "include \"c.dock\"\nfn g() => h()\n"
            host.includes["c.dock"] = "fn h() => 3\n"
        }
        #expect(shared.trouble == "")
        #expect(shared.output == "6\n")
        let circle = run("include \"a.dock\"\n") { host in
            host.includes["a.dock"] = "include \"b.dock\"\n"
            host.includes["b.dock"] = "include \"c.dock\"\n"
            host.includes["c.dock"] = "include \"a.dock\"\n"
        }
        #expect(
            circle.trouble == """
                error[DD2046]: files include each other in a circle: a.dock → b.dock → c.dock → a.dock
                  ┌─ c.dock:1:9
                  │
                1 │ include "a.dock"
                  │         ^^^^^^^^ back to its beginning
                  │
                  = note: included from b.dock:1:1
                  = note: included from a.dock:1:1
                  = note: included from test.dock:1:1
                  = hint: move what both need into a file of its own, and include that


                """)
        let itself = run("include \"test.dock\"\n") { $0.includes["test.dock"] = "print 1\n" }
        #expect(message(itself.trouble).hasSuffix("test.dock → test.dock"))
        let deep = run("include \"0\"\n") { host in
            for level in 0..<40 { host.includes["\(level)"] = "include \"\(level + 1)\"\n" }
        }
        #expect(message(deep.trouble).hasPrefix("error[DD2044]"), "\(deep.trouble)")
    }
}
