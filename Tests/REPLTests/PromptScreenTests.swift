import Foundation
import Testing

@Suite("What a person sees", .serialized)
struct PromptScreenTests {
    private func state() throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("drydock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder.path
    }

    private func prepared(_ terminal: PseudoTerminal) throws {
        try terminal.wait(for: "[0s] > ")
        terminal.type("node add n1; create deployment web --image=nginx --replicas=2; settle\n")
        try terminal.wait(for: "created")
        try terminal.wait(for: "] > ")
    }

    @Test("states have colours on a terminal, and none where NO_COLOR says so")
    func colours() throws {
        let terminal = try PseudoTerminal(state: state(), environment: ["NO_COLOR": ""])
        try prepared(terminal)
        terminal.type("get pods\n")
        try terminal.wait(for: "\u{1B}[32mRunning\u{1B}[0m")
        terminal.type("get pods | cat | grep -c Running\n")
        try terminal.wait(for: "2\r\n")
        terminal.type("expect 1 == 2\n")
        try terminal.wait(for: "\u{1B}[1;31mexpectation failed:")
        #expect(try terminal.leave() == 0)
        let plain = try PseudoTerminal(state: state())
        try prepared(plain)
        plain.type("get pods\n")
        let seen = try plain.wait(for: "] > ")
        #expect(seen.contains("Running") && !seen.contains("\u{1B}[32m"))
        plain.type("\n")
        #expect(try plain.leave() == 0)
    }

    @Test("a timeline is drawn in colours on a terminal, and without them in a pipe")
    func timeline() throws {
        let terminal = try PseudoTerminal(state: state(), environment: ["NO_COLOR": ""])
        try prepared(terminal)
        terminal.type("timeline deployment/web\n")
        let drawn = try terminal.wait(for: "A  deployment/web: replicaset/web-")
        #expect(drawn.contains("A\u{1B}[0m") && !drawn.contains("^["))
        terminal.type("timeline deployment/web | cat\n")
        let piped = try terminal.wait(for: "A  deployment/web: replicaset/web-")
        let picture = piped.drop { $0 != "|" }.drop { $0 != "\n" }
        #expect(!picture.contains("\u{1B}[0m") && !picture.contains("^["))
        #expect(try terminal.leave() == 0)
    }

    @Test("long output goes to the pager, which has Ctrl-C for itself; in a pipe it does not")
    func pager() throws {
        let terminal = try PseudoTerminal(
            state: state(), environment: ["DRYDOCK_PAGER": "less -FRX", "LESS": ""], rows: 12)
        try prepared(terminal)
        terminal.type("explain pod.spec\n")
        try terminal.wait(for: "DESCRIPTION")
        terminal.type("\u{03}")
        // The pager may throw away what comes together with the signal.
        try terminal.type("q", until: "] > ")
        // A `q` too many stands at the prompt: Ctrl-U takes it away.
        terminal.type("\u{15}explain pod.spec | tail -1; print 40 + 2\n")
        try terminal.wait(for: "42\r\n")
        // What is short, or streams, is shown as it comes.
        terminal.type("get pods -w\n")
        try terminal.wait(for: "Running")
        #expect(try terminal.leave() == 0)
    }

    @Test("a pager that is not there is none")
    func missing() throws {
        let terminal = try PseudoTerminal(
            state: state(),
            environment: ["PAGER": "no-such-pager", "DRYDOCK_PAGER": "no-such-pager"],
            rows: 12)
        try prepared(terminal)
        terminal.type("seq 1 90\n")
        try terminal.wait(for: "89\r\n90\r\n")
        #expect(try terminal.leave() == 0)
    }

    @Test("a narrow window loses columns, and a wider one has them again")
    func narrow() throws {
        let terminal = try PseudoTerminal(state: state(), columns: 60)
        try prepared(terminal)
        terminal.type("get pods -o wide\n")
        try terminal.wait(
            for: "(too narrow for IP, NODE, NOMINATED NODE, READINESS GATES; `| cat` shows all)")
        terminal.type("get pods -o wide | cat\n")
        try terminal.wait(for: "READINESS GATES")
        try terminal.wait(for: "] > ")
        terminal.resize(rows: 40, columns: 200)
        terminal.type("get pods -o wide\n")
        try terminal.wait(for: "READINESS GATES\r\n")
        #expect(try terminal.leave() == 0)
    }

    @Test(
        "a slip of the pen is put right by Enter",
        arguments: [
            ("get pdos", "get pods", "web-"), ("gte pods", "get pods", "web-"),
            ("get deployment wbe", "get deployment web", "2/2"),
            ("get deployment/wbe", "get deployment/web", "2/2"),
            ("rollout stauts deployment/web", "rollout status deployment/web", "successfully"),
            ("get pods --show-lables", "get pods --show-labels", "app=web"),
            ("get pods -o yml", "get pods -o yaml", "apiVersion"),
            ("get pods[app=web]", "get pods -l app=web", "web-"),
            (
                "expect deployment/web .spec.replica == 2",
                "expect deployment/web .spec.replicas == 2", "] > "
            ),
            ("kubectl get pdos -n default", "kubectl get pods -n default", "web-"),
            ("expct 1 == 1", "expect 1 == 1", "] > "),
        ])
    func corrections(typed: String, meant: String, shown: String) throws {
        let terminal = try PseudoTerminal(state: state())
        try prepared(terminal)
        terminal.type(typed + "\n")
        try terminal.wait(for: "did you mean `\(meant)`? [Y/n] ")
        terminal.type("\n")
        try terminal.wait(for: shown)
        terminal.type("print 40 + 2\n")
        try terminal.wait(for: "42\r\n")
        // It is in the history as it was meant.
        terminal.type(typed + "\n")
        try terminal.wait(for: "? [Y/n] ")
        terminal.type("n\n")
        try terminal.wait(for: "] > ")
        terminal.type(typed + "\n")
        try terminal.wait(for: "? [Y/n] ")
        terminal.type("print 41 + 2\n")
        try terminal.wait(for: "43\r\n")
        terminal.type(typed + "\n")
        try terminal.wait(for: "? [Y/n] ")
        terminal.type("\u{03}")
        #expect(try terminal.leave() == 0)
    }
}
