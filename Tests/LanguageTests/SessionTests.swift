import Syntax
import Testing
import Value

@testable import Language

@Suite("Programs and prompts")
struct SessionTests {
    private func program(_ text: String, facts: FakeHost = FakeHost()) -> Program {
        let result = Parser.parse(Source(name: "test.dock", text: text))
        #expect(result.diagnostics.isEmpty)
        return Program(checking: result.script, facts: facts)
    }

    private static let table = """
        let base = 10
        fn twice(n) => n * 2
        setup { print "setup", base }
        scenario "n is ${n}" tags slow, big for n in [1, 2] {
          base = base + n
          print "body", twice(n), base
        }
        scenario "pairs ${a}${b}" for a, b in [[1, "x"], {a: 2, b: "y"}] { print a, b }
        scenario "later" skip "not ${base} yet" { print 1 }

        """

    @Test("scenarios run once per row, each with fresh variables")
    func scenarios() throws {
        let program = program(Self.table)
        #expect(program.diagnostics.isEmpty)
        #expect(program.scenarios.map(\.title) == ["\"n is ${n}\"", "\"pairs ${a}${b}\"", "later"])
        #expect(program.scenarios[0].tags == ["slow", "big"])
        let cases = try ProgramRun(program, host: FakeHost()).cases()
        #expect(
            cases.map(\.title) == ["n is 1", "n is 2", "pairs 1x", "pairs 2y", "later"])
        #expect(cases.map(\.row) == [0, 1, 0, 1, nil])
        #expect(cases.map(\.isSkipped) == [false, false, false, false, true])
        #expect(cases[4].skipReason == "not 10 yet")
        var outputs: [String] = []
        for scenario in cases.dropLast() {
            let host = FakeHost()
            try ProgramRun(program, host: host).run(scenario)
            outputs.append(host.output)
        }
        #expect(
            outputs == [
                "setup 10\nbody 2 11\n", "setup 10\nbody 4 12\n", "setup 10\n1 x\n",
                "setup 10\n2 y\n",
            ])
    }

    @Test("rows that do not fit the names are reported at the scenario")
    func badRows() {
        let program = program("scenario \"s\" for a, b in [[1]] { }\n")
        let error = #expect(throws: Trouble.self) {
            try ProgramRun(program, host: FakeHost()).cases()
        }
        #expect(
            error.map { message(rendered($0)) }
                == "error[DD3013]: there are 2 names, but 1 values to take apart")
    }

    private func submit(_ prompt: Prompt, _ text: String) -> String {
        var options = ParseOptions()
        options.expressionNames = Set(prompt.variableNames)
        let result = Parser.parse(Source(name: "<prompt>", text: text), options: options)
        var shown: [String] = []
        do {
            let diagnostics = try prompt.run(result.script) { shown.append(Display.text($0)) }
            shown += (result.diagnostics + diagnostics).map(\.message)
        } catch {
            shown.append(message(rendered(error)))
        }
        return shown.joined(separator: "|")
    }

    @Test("a prompt keeps its names, shows answers and forgets what failed its check")
    func prompt() {
        let prompt = Prompt(host: FakeHost())
        #expect(submit(prompt, "let x = 2") == "")
        #expect(submit(prompt, "x + 1") == "3")
        #expect(submit(prompt, "fn f() => x * 10") == "")
        #expect(submit(prompt, "f()") == "20")
        #expect(submit(prompt, "let x = \"a\"") == "")
        #expect(submit(prompt, "x") == "\"a\"")
        #expect(submit(prompt, "let y = z") == "nothing is named `z` here")
        #expect(prompt.variableNames == ["x", "f"])
        #expect(submit(prompt, "x = 3\nf()") == "30")
        #expect(submit(prompt, "fn f() => 1") == "")
        #expect(submit(prompt, "f()") == "1")
        #expect(submit(prompt, "1 / 0") == "error[DD3021]: division by zero")
        #expect(submit(prompt, "[x, {a: null}]") == "[3, {a: null}]")
        #expect(prompt.value(of: "x") == 3)
        #expect(prompt.value(of: "nothing") == nil)
    }

    @Test("a loop at the prompt can change variables")
    func promptLoop() {
        let prompt = Prompt(host: FakeHost())
        #expect(submit(prompt, "let xs = []") == "")
        #expect(submit(prompt, "for i in 1..3 { xs += [i] }\nxs") == "[1, 2, 3]")
    }

    @Test("long values are shown indented")
    func display() {
        let value: Value = ["name": "web", "items": ["aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbb"]]
        #expect(
            Display.text(value, columns: 30) == """
                {
                  name: "web",
                  items: [
                    "aaaaaaaaaaaaaaaa",
                    "bbbbbbbbbbbbbbbbbbb"
                  ]
                }
                """)
    }

    @Test("the read set of a condition names each query once")
    func readSet() throws {
        final class Probe: FakeFacts {}
        let host = FakeHost()
        smallWorld(host)
        let ran = run(
            "always count(pods[app=web]) == 2 and pod/web-0 exists and count(pods[app=web]) == 2 {\n"
                + " set pods/db-0 .status.phase Failed\n}\n", prepare: smallWorld)
        #expect(ran.trouble == "")
    }

    @Test("statements that can touch the world or write are announced with their place")
    func announcements() {
        let ran = run("let x = 1\necho ${x}\nexpect x == 1\nprint x\n")
        #expect(ran.host.began == ["echo ${x}", "expect x == 1", "print x"])
    }
}
