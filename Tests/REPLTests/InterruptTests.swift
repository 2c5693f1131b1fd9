import Foundation
import Testing

/// Ctrl-C while a statement runs, on a real terminal: the prompt comes back at once, with the session.
@Suite("Ctrl-C at the prompt", .serialized)
struct InterruptTests {
    /// What is typed once, before all of them: containers that end again and again, and a clock for Jobs.
    private static let preparation = [
        "node add n1 n2 n3", "create deployment web --image=nginx --replicas=40",
        "create deployment sick --image=example/sick",
        "behavior example/sick { exitAfter: 1s, exitCode: 1 }",
        "create cronjob tick --image=busybox --schedule=\"* * * * *\" -- date",
        "fn f(n) { if n <= 1 { return 1 }; return f(n - 1) + f(n - 2) }",
        "let list = map(1..20000, fn(x) => 20000 - x)", "settle",
    ]

    /// Statements that take long: what lets time pass, what waits, loops, and what goes over much.
    private static let statements = [
        // Time.
        "advance 80000h",
        "every 1s { annotate deployment web a=b --overwrite }; advance 9000h",
        "at 1s { while true { } }; advance 10s",
        "get pods -w { advance 80000h }", "events -w { advance 80000h }",
        "always deployment/web .spec.replicas == 40 { advance 80000h }",
        "never count(pods[]) < 0 { advance 80000h }",
        "always deployment/web .spec.replicas == 40 { while true { } }",
        // Waiting.
        "expect within 80000h: deployment/web .status.readyReplicas == 7000",
        "wait --for=condition=Nope deployment/web --timeout=900000s",
        "wait --for=delete deployment/web --timeout=900000s",
        "timeout 900000 kubectl get pods -w",
        "while true { rollout status deployment/sick --timeout=60s || echo late }",
        "while true { settle; advance 1m }",
        // Loops.
        "while true { }", "for i in 1..900000000000 { }",
        "for i in 1..900000 { for j in 1..90000 { let x = i * j } }", "print f(60)",
        "print sum(map(1..900000, fn(x) => f(20)))", "expect fails { while true { } }",
        "if f(60) > 0 { print 1 }", "print sort(map(1..900000, fn(x) => f(9)))",
        "scenario \"x\" { GO; while true { } }",
        "scenario \"x\" { node add n1; GO; every 1ms { annotate node n1 a=b --overwrite }; advance 90h }",
        "output { while true { } }",
        // Reading much, again and again.
        "while true { print count(pods[app=web] where .status.phase == \"Running\") }",
        "while true { expect every pods[app=web] has .status.phase == \"Running\" }",
        "while true { let m = list sort by it }", "while true { let m = join(list, \",\") }",
        // Commands.
        "while true { get pods }", "while true { get pods -o yaml }",
        "while true { get pods -o json }", "while true { get pods --sort-by=.metadata.name }",
        "while true { get pods -o jsonpath='{.items[*].spec.containers[*].name}' }",
        "while true { describe pods }", "while true { get events -A }",
        "get pods -o go-template='{{range $i := .items}}{{range $j := $.items}}{{range $k := $.items}}"
            + "{{range $l := $.items}}{{range $m := $.items}}{{end}}{{end}}{{end}}{{end}}{{end}}'",
        "while true { patch deployment web -p '{\"metadata\":{\"labels\":{\"a\":\"b\"}}}' }",
        "while true { scale deployment web --replicas=3; scale deployment web --replicas=40 }",
        "while true { create configmap c --from-literal=a=b; delete configmap c }",
        "while true { drain n1 --ignore-daemonsets --force; uncordon n1 }",
        "while true { rollout restart deployment/web; rollout status deployment/web }",
        "while true { get pods -o name | sort | uniq -c }", "seq 1 100000000 | wc -l",
        "seq 1 1000000000", "for i in 1..900000 { settle; print i }",
        "while true { explain pods --recursive }", "while true { apply -f many.yaml }",
        "apply -f many.yaml", "delete configmaps -l many=yes --wait=false; apply -f many.yaml",
        "seq 1 90000000 | sort -rn | head -1", "seq 1 90000000 | awk '{ s += $1 } END { print s }'",
        "awk 'BEGIN { while (1) { i++ } }'", "jq -n '[range(1; 100000000)] | add'",
        "jq -n 'def f: f; f'", "seq 1 90000000 | sed 's/1/2/g' | wc -l",
        "sed ':a; s/x/x/; ta' many.yaml", "seq 1 90000000 | grep -c 999",
        "while true { print \"1111111111111111111111111111111\" =~ \"(1+)*x$\" }",
        "print count(sort(map(1..3000000, fn(x) => 3000000 - x)))",
        "while true { wc many.yaml; cat many.yaml | tail -1 }",
        "for i in 1..90000000 { rollout status deployment/web }",
        "while [ 1 -eq 1 ]; do echo hi; done", "for i in $(seq 1 30000000); do echo $i; done",
        "while true { kubectl diff -f many.yaml || true }", "while true { help topics }",
    ]

    /// Many objects to apply.
    private static let manifests = (1...10_000).map {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m\($0), labels: {many: \"yes\"}}\n---\n"
    }.joined()

    @Test("stops any statement within 50 ms of processor time, and leaves the session whole")
    func stops() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "drydock-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.manifests.write(
            to: folder.appendingPathComponent("many.yaml"), atomically: true, encoding: .utf8)
        let terminal = try PseudoTerminal(state: folder.path, folder: folder.path)
        for line in Self.preparation {
            try terminal.wait(for: "] > ")
            terminal.type(line + "\n")
        }
        #expect(Self.statements.count >= 40)
        var table: [(milliseconds: Int, wall: Int, statement: String)] = []
        for (number, statement) in Self.statements.enumerated() {
            try terminal.wait(for: "] > ")
            // What it prints tells that it is under way: before, Ctrl-C discards the line.
            let tells = "print \(number) + 1000"
            let line =
                statement.contains("GO")
                ? statement.replacing("GO", with: tells) : "\(tells); \(statement)"
            terminal.type(line + "\n")
            try terminal.wait(for: "\(number + 1000)\r\n")
            usleep(100_000)
            let before = terminal.processorMilliseconds
            let start = ContinuousClock.now
            terminal.type("\u{03}")
            try terminal.wait(for: "interrupted")
            let wall = start.duration(to: .now) / .milliseconds(1)
            table.append((terminal.processorMilliseconds - before, Int(wall), statement))
        }
        try terminal.wait(for: "] > ")
        terminal.type("expect node/n1 exists; print 40 + 2\n")
        try terminal.wait(for: "42\r\n")
        #expect(try terminal.leave() == 0)
        // A debug build is many times slower, on a busy machine more than that; the table is for whoever measures a release.
        let slow = table.filter { $0.milliseconds > (Self.isReleased ? 50 : 3_000) }
        #expect(slow.isEmpty, "\(slow)")
        if ProcessInfo.processInfo.environment["DRYDOCK_TABLES"] != nil {
            for row in table {
                print("\(row.milliseconds) ms\t\(row.wall) ms\t\(row.statement)")
            }
        }
    }

    @Test("a second one at once does not end the prompt")
    func twice() throws {
        let terminal = try PseudoTerminal(
            state: FileManager.default.temporaryDirectory.appendingPathComponent(
                "drydock-\(UUID().uuidString)"
            ).path)
        try terminal.wait(for: "] > ")
        terminal.type("let list = map(1..200000, fn(x) => 200000 - x)\n")
        for number in 1...5 {
            try terminal.wait(for: "] > ")
            terminal.type("print \(number) + 1000; while true { print count(list sort by it) }\n")
            try terminal.wait(for: "\(number + 1000)\r\n")
            for _ in 1...3 {
                terminal.type("\u{03}")
                usleep(2_000)
            }
        }
        // A Ctrl-C that is still on its way discards what is typed: the answer tells that none is.
        try terminal.type("print 40 + 2\n", until: "42\r\n")
        // It may have been typed more than once; this is the last answer.
        terminal.type("print 41 + 2\n")
        try terminal.wait(for: "43\r\n")
        #expect(try terminal.leave() == 0)
    }

    private static var isReleased: Bool { PseudoTerminal.program.contains("/release/") }
}
