import Syntax
import Testing

@testable import Language

@Suite("the calls that led to a failure")
struct CallStackTests {
    @Test("are told across files, down to the line of the script")
    func files() {
        let ran = run("include \"a.dock\"\n\nouter(3)\n") { host in
            host.includes["a.dock"] = "include \"b.dock\"\nfn outer(n) { inner(n + 1) }\n"
            host.includes["b.dock"] = "fn inner(n) {\n  expect n == 5, \"five\"\n}\n"
        }
        #expect(
            ran.trouble == """
                expectation failed: b.dock:2:3
                  expect n == 5
                  five
                    n   4
                  at 0s of virtual time
                  called from
                    a.dock:2:15  inner(n + 1)
                    test.dock:3:1  outer(3)
                """)
    }

    @Test("of a mistake of the host are told as well")
    func hostErrors() {
        let ran = run("fn f() { advance never }\nfn g() { f() }\ng()\n")
        #expect(ran.trouble.contains("= note: called from test.dock:2:10  f()\n"), "\(ran.trouble)")
        #expect(ran.trouble.contains("= note: called from test.dock:3:1  g()\n"))
    }

    @Test("are told of both where a failure passes through `map` and closures")
    func closures() {
        let ran = run("let k = 2\nfn f(n) { expect n < k }\nprint map([1, 2], fn(n) { f(n) })\n")
        #expect(ran.trouble.contains("test.dock:3:27  f(n)"), "\(ran.trouble)")
    }

    @Test("keep their ends, however many they are")
    func ends() {
        var stack = CallStack()
        let source = Source(name: "a.dock", text: String(repeating: "f\n", count: 1_000))
        for line in 0..<1_000 {
            stack.append(
                Place(source: source, span: SourceSpan(start: 2 * line, end: 2 * line + 1)))
        }
        #expect(stack.places.count == 2 * CallStack.keptPerEnd)
        #expect(stack.leftOut == 1_000 - 2 * CallStack.keptPerEnd)
        #expect(stack.places.first?.start.line == 1 && stack.places.last?.start.line == 1_000)
        #expect(stack.lines[CallStack.keptPerEnd] == "… 990 more calls")
    }

    @Test("are none where nothing was called")
    func none() {
        #expect(!run("expect 1 == 2\n").trouble.contains("called from"))
    }
}
