import Foundation
import Testing

@Suite("time at the prompt on a terminal", .serialized)
struct TimeTests {
    private func state() throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }

    @Test("undo and rewind turn the clock of the prompt back, forward on")
    func undo() throws {
        let terminal = try PseudoTerminal(state: state())
        try terminal.wait(for: "[0s] > ")
        terminal.type("node add worker-1\n")
        try terminal.wait(for: "added")
        terminal.type("advance 90s\n")
        try terminal.wait(for: "[1m30s] > ")
        terminal.type("undo\n")
        try terminal.wait(for: "[0s] > ")
        terminal.type("forward\n")
        try terminal.wait(for: "[1m30s] > ")
        terminal.type("rewind 40s\n")
        try terminal.wait(for: "[50s] > ")
        terminal.type("get nodes\n")
        try terminal.wait(for: "worker-1")
        #expect(try terminal.leave() == 0)
    }

    @Test("a breakpoint stops a long statement, and the next one goes on")
    func breakpoint() throws {
        let terminal = try PseudoTerminal(state: state())
        try terminal.wait(for: "[0s] > ")
        terminal.type("node add worker-1\n")
        try terminal.wait(for: "added")
        terminal.type("create deployment web --image=nginx\n")
        try terminal.wait(for: "created")
        terminal.type("breakpoint deployment/web .status.readyReplicas == 1\n")
        try terminal.wait(for: "breakpoint 1: ")
        terminal.type("advance 1h\n")
        try terminal.wait(for: "stopped at ")
        terminal.type("advance 1h\n")
        try terminal.wait(for: "[1h")
        #expect(try terminal.leave() == 0)
    }

    @Test("a session that was killed goes on where it was")
    func resume() throws {
        let state = try state()
        let killed = try PseudoTerminal(state: state)
        try killed.wait(for: "[0s] > ")
        killed.type("node add worker-1\n")
        try killed.wait(for: "added")
        killed.type("let n = 41\n")
        try killed.wait(for: "[0s] > ")
        killed.type("advance 10s\n")
        try killed.wait(for: "[10s] > ")
        killed.type("rewind 4s\n")
        try killed.wait(for: "[6s] > ")
        killed.kill()

        let terminal = try PseudoTerminal(state: state, arguments: ["--resume"])
        try terminal.wait(for: "resumed: 4 statements of 4 done again")
        try terminal.wait(for: "[6s] > ")
        terminal.type("n + count(nodes[])\n")
        try terminal.wait(for: "42")
        #expect(try terminal.leave() == 0)

        let fresh = try PseudoTerminal(state: state, arguments: ["--resume"])
        try fresh.wait(for: "there is no session to go on with")
        #expect(try fresh.leave() == 0)
    }

    @Test("a saved session is a script that passes, and is not written over")
    func save() throws {
        let state = try state()
        let terminal = try PseudoTerminal(state: state)
        try terminal.wait(for: "[0s] > ")
        terminal.type("node add worker-1\n")
        try terminal.wait(for: "added")
        terminal.type("save \(state)/a.dock --expect\n")
        try terminal.wait(for: "saved 1 statement in")
        terminal.type("save \(state)/a.dock\n")
        try terminal.wait(for: "exists")
        #expect(try terminal.leave() == 0)
        let text = try String(contentsOfFile: "\(state)/a.dock", encoding: .utf8)
        #expect(text == "# A session at the prompt of drydock.\nnode add worker-1\n")
    }
}
