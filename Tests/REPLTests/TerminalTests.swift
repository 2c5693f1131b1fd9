import Foundation
import Testing

@Suite("the prompt on a terminal", .serialized)
struct TerminalTests {
    private func state() throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }

    @Test("a statement runs, its value is shown, and the prompt tells the virtual time")
    func runs() throws {
        let terminal = try PseudoTerminal(state: state())
        try terminal.wait(for: "[0s] > ")
        terminal.type("node add worker-1\n")
        try terminal.wait(for: "node/worker-1 added")
        terminal.type("advance 90s\n")
        try terminal.wait(for: "[1m30s] > ")
        terminal.type("1 + 2\n")
        try terminal.wait(for: "3\r\n")
        #expect(try terminal.leave() == 0)
    }

    @Test("an open block asks for more lines, and runs when it is closed")
    func blocks() throws {
        let terminal = try PseudoTerminal(state: state())
        try terminal.wait(for: "[0s] > ")
        terminal.type("for i in 1..3 {\n")
        try terminal.wait(for: "..... ")
        terminal.type("print \"number ${i}\"\n")
        try terminal.wait(for: "..... ")
        terminal.type("}\n")
        try terminal.wait(for: "number 3")
        #expect(try terminal.leave() == 0)
    }

    @Test("Tab completes verbs and the names of live objects")
    func completion() throws {
        let terminal = try PseudoTerminal(state: state())
        try terminal.wait(for: "[0s] > ")
        terminal.type("node add zebra\n")
        try terminal.wait(for: "added")
        terminal.type("descr\t")
        try terminal.wait(for: "describe ")
        terminal.type("node/ze\t\n")
        try terminal.wait(for: "Name:")
        try terminal.wait(for: "zebra")
        #expect(try terminal.leave() == 0)
    }

    @Test("Tab completes fields behind a path, also of what a variable holds")
    func fields() throws {
        let terminal = try PseudoTerminal(state: state())
        try terminal.wait(for: "[0s] > ")
        terminal.type("create deployment web --image=nginx\n")
        try terminal.wait(for: "created")
        // Readline puts a blank behind a whole word; a path may have one before a dot.
        terminal.type("expect deployment/web .spec.strat\t.rolling\t.maxS\t")
        try terminal.wait(for: "strategy .rollingUpdate .maxSurge ")
        terminal.type("== \"25%\"\nlet d = deployment/web\nprint 40 + 2\n")
        try terminal.wait(for: "42\r\n")
        terminal.type("d.spec.repl\t\n")
        try terminal.wait(for: "d.spec.replicas")
        try terminal.wait(for: "1\r\n")
        #expect(try terminal.leave() == 0)
    }

    @Test("Ctrl-C discards a line, and stops a statement but not the prompt")
    func interrupts() throws {
        let terminal = try PseudoTerminal(state: state())
        try terminal.wait(for: "[0s] > ")
        terminal.type("get po")
        try terminal.wait(for: "get po")
        terminal.type("\u{03}")
        try terminal.wait(for: "[0s] > ")
        terminal.type("print 40 + 1; while true { }\n")
        // What it prints tells that the statement is under way: before, Ctrl-C discards the line.
        try terminal.wait(for: "41\r\n")
        terminal.type("\u{03}")
        try terminal.wait(for: "interrupted")
        terminal.type("40 + 2\n")
        try terminal.wait(for: "42")
        #expect(try terminal.leave() == 0)
    }

    @Test("history is kept from one run to the next, blocks as one entry")
    func history() throws {
        let state = try state()
        let first = try PseudoTerminal(state: state)
        try first.wait(for: "[0s] > ")
        first.type("if true {\nprint \"from the past\"\n}\n")
        try first.wait(for: "from the past\r\n")
        #expect(try first.leave() == 0)
        let second = try PseudoTerminal(state: state)
        try second.wait(for: "[0s] > ")
        second.type("\u{1B}[A")
        try second.wait(for: "from the past")
        second.type("\n")
        try second.wait(for: "from the past\r\n")
        #expect(try second.leave() == 0)
    }
}

@Suite("the prompt on piped input")
struct PipedInputTests {
    private func run(_ input: String) throws -> (output: String, code: Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: PseudoTerminal.program)
        let (inward, outward) = (Pipe(), Pipe())
        process.standardInput = inward
        process.standardOutput = outward
        try process.run()
        inward.fileHandleForWriting.write(Data(input.utf8))
        try inward.fileHandleForWriting.close()
        let data = outward.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (String(decoding: data, as: UTF8.self), process.terminationStatus)
    }

    @Test(
        "no prompt, no echo, and the exit code of the first failure",
        arguments: [
            ("1 + 2\n", "3\n", 0),
            ("node add a\nexpect node/a exists\n", "node/a added\n", 0),
            ("", "", 0),
            ("print \"no newline\"", "no newline\n", 0),
        ] as [(String, String, Int32)])
    func plain(input: String, output: String, code: Int32) throws {
        let result = try run(input)
        #expect(result.output == output)
        #expect(result.code == code)
    }

    @Test(
        "failures give the codes of scripts",
        arguments: [("let = 3\n", 2), ("get pod nope\n", 3), ("expect 1 == 2\n", 4)]
            as [(String, Int32)])
    func codes(input: String, code: Int32) throws {
        #expect(try run(input).code == code)
    }
}
