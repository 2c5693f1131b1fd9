import Foundation
import Language
import Testing
import Tools
import Value

@testable import Transcripts

/// A world that notes what is asked of it and prints canned answers.
private final class ScriptedWorld: TranscriptWorld {
    func began(_ line: String) {}
    var now: Timestamp { .zero }

    var log: [String]
    var backgroundOutput = ""
    private let answers: [String: KubectlResult]

    init(nodes: [String], answers: [String: KubectlResult]) {
        log = ["nodes \(nodes.joined(separator: " "))"]
        self.answers = answers
    }

    func addNode(_ name: String) { log.append("add \(name)") }
    func removeNode(_ name: String) { log.append("remove \(name)") }
    func failNode(_ name: String) throws {
        if name == "node-9" { throw ScriptedError(description: "no node \"node-9\"") }
        log.append("fail \(name)")
    }
    func recoverNode(_ name: String) { log.append("recover \(name)") }
    func settleAsRecorder() { log.append("settle") }
    func sleep(milliseconds: Int64) { log.append("sleep \(milliseconds)") }
    func runKubectl(_ call: CommandCall, in folder: MemoryFolder) -> KubectlResult {
        let line = call.commandLine
        log.append(line)
        return answers[line] ?? KubectlResult()
    }
    func startBackground(_ call: CommandCall, in folder: MemoryFolder) -> Int {
        log.append("start \(call.commandLine)")
        return 7
    }
    func collectBackground(_ handle: Int) -> KubectlResult {
        log.append("collect \(handle)")
        return KubectlResult(output: backgroundOutput)
    }
}

extension CommandCall {
    fileprivate var commandLine: String { (["kubectl"] + words).joined(separator: " ") }
}

private struct ScriptedError: Error, CustomStringConvertible { var description: String }

private func run(
    _ session: String, answers: [String: KubectlResult] = [:], background: String = ""
) throws -> (run: TranscriptRun, log: [String]) {
    let text = "# t\n# nodes: 2\n-- file web.yaml --\na: b\n-- session --\n" + session
    let transcript = try TranscriptCase(parsing: text, path: "area/name.case")
    var world: ScriptedWorld?
    let driver = TranscriptDriver { transcript in
        let made = ScriptedWorld(nodes: transcript.nodeNames, answers: answers)
        made.backgroundOutput = background
        world = made
        return made
    }
    return (driver.run(transcript), world?.log ?? [])
}

@Suite struct TranscriptDriverTests {
    @Test func directivesReachTheWorldInOrder() throws {
        let (result, log) = try run(
            """
            $ kubectl apply -f web.yaml
            web created
            ~ settle
            ~ sleep 0.6
            ~ fail-node node-2
            ~ recover-node node-2
            ~ add-node node-3
            ~ remove-node node-1
            $ cat web.yaml > copy; cat copy
            a: b
            $ kubectl get $(cat nope) x
            cat: nope: No such file or directory
            """, answers: ["kubectl apply -f web.yaml": KubectlResult(output: "web created\n")])
        #expect(
            log == [
                "nodes node-1 node-2", "kubectl apply -f web.yaml", "settle", "sleep 600",
                "fail node-2",
                "recover node-2", "add node-3", "remove node-1", "kubectl get x",
            ])
        #expect(result.isMatch)
        #expect(result.results.map(\.number) == [1, 2, 3])
        #expect(result.results.map(\.line) == [6, 14, 16])
    }

    @Test func aBackgroundCommandPrintsBeneathForeground() throws {
        let (result, log) = try run(
            """
            ~ background $ kubectl get pods -l app=$(kubectl get name) -w 2>&1 | grep web
            $ kubectl delete pod web-0
            ~ foreground
            web-0  1/1
            """, answers: ["kubectl get name": KubectlResult(output: "web\n")],
            background: "NAME READY\nweb-0    1/1\n")
        #expect(
            log == [
                "nodes node-1 node-2", "kubectl get name", "start kubectl get pods -l app=web -w",
                "sleep 1200", "kubectl delete pod web-0", "sleep 700", "collect 7",
            ])
        #expect(result.isMatch)
    }

    @Test func theExitStatusIsCompared() throws {
        let failing = ["kubectl get x": KubectlResult(output: "no\n", exitStatus: 1)]
        #expect(try run("$ kubectl get x\nno\n[exit 1]", answers: failing).run.isMatch)
        let (result, _) = try run("$ kubectl get x\nno", answers: failing)
        #expect(
            result.results.map(\.verdict) == [
                .mismatch([.same("no"), .changed(expected: "[exit 0]", actual: "[exit 1]")])
            ])
    }

    @Test func aDirectiveThatFailsBreaksOffAndCountsTheRestAsMismatches() throws {
        let (result, _) = try run("$ true\n~ fail-node node-9\n$ true\n$ true")
        #expect(result.failure == "line 7: no node \"node-9\"")
        #expect(result.comparableCount == 3)
        #expect(!result.isMatch)
        #expect(TranscriptReport(runs: [result]).total.matching == 1)
    }

    @Test func unknownProgramsAreMismatchesAndNeverSkipped() throws {
        let (result, _) = try run("$ kubectl get x | python3 -c 'print(1)'\n1")
        #expect(!result.isMatch)
        #expect(result.results[0].exitStatus == 127)
    }

    @Test(arguments: [
        ("kubectl get pods", true), ("kubectl rollout status deploy/web", true),
        ("kubectl rollout history deploy/web", true), ("kubectl rollout undo deploy/web", false),
        ("timeout 2 kubectl describe pod x | head", true), ("kubectl -n a get pods", false),
        ("kubectl delete po $(kubectl get po -o name)", false), ("kubectl events", true),
        ("cat a", false),
    ])
    func commandsThatReadStateAreKnown(command: String, reads: Bool) {
        #expect(TranscriptResult.readsState(command) == reads)
    }

    @Test(
        arguments: [
            (12_400, false, 15_400), (2_000, false, 11_000), (nil, false, 13_000),
            (12_400, true, 37_400),
            (2_000, true, 35_000), (129_000, false, 130_000),
        ] as [(Int64?, Bool, Int64)])
    func settleEndsByTheRecordersRule(lastChange: Int64?, isBusy: Bool, end: Int64) {
        #expect(RecorderSettle(start: 10_000).end(lastChange: lastChange, isBusy: isBusy) == end)
    }
}

@Suite struct TranscriptReportTests {
    @Test func theReportTalliesFilesCommandsAndReads() throws {
        let (good, _) = try run(
            "$ kubectl get events\nScaled up replica set a from 0 to 1\n$ true",
            answers: [
                "kubectl get events": KubectlResult(output: "Scaled up replica set a from 0 to 1\n")
            ])
        var (bad, _) = try run("$ kubectl get pods\na\n$ false")
        bad.transcript.path = "other/bad.case"
        let report = TranscriptReport(runs: [good, bad])
        #expect(!report.isMatch)
        #expect(
            report.text(showsDiffs: true) == """
                ✓ area/name    2/2
                ✗ other/bad    0/2

                  other/bad.case:6: $ kubectl get pods
                    - a

                  other/bad.case:8: $ false
                    - [exit 0]
                    + [exit 1]
                            ^


                area    files        commands        reading state
                area      1/1  100%       2/2  100%            1/1  100%
                other     0/1    0%       0/2    0%            0/1    0%
                in all    1/2   50%       2/4   50%            1/2   50%

                """)
    }

    @Test func whatIsMeantToDifferCountsAsDifferentAndIsNamed() throws {
        var (run, _) = try run(
            """
            $ kubectl apply view-last-applied deploy/web -o json | python3 -c x
            web
            $ true
            """)
        run.transcript.path = "kubectl/set-and-last-applied.case"
        var orders = TimelineReport()
        orders.rows = [
            TimelineReport.Row(area: "kubectl", name: "a", seed: 1, verdict: .agrees(withRun: 2)),
            TimelineReport.Row(
                area: "kubectl", name: "b", seed: 1,
                verdict: .differs(fromRun: 1, ["web-0 is ready twice", "web-1 is missing"])),
        ]
        let report = TranscriptReport(runs: [run], orders: orders)
        #expect(!report.isMatch)
        #expect(
            report.text(showsDiffs: true) == """
                ✗ kubectl/set-and-last-applied    1/2  1 of them meant

                  kubectl/set-and-last-applied.case:6: $ kubectl apply view-last-applied deploy/web -o json | python3 -c x
                  meant: a session starts no program, and has no Python of its own
                    - web
                    + bash: line 1: python3: command not found
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                    - [exit 0]
                    + [exit 127]
                            ^^^


                order of changes:
                ✓ kubectl/a  seed 1 as run 2
                ✗ kubectl/b  seed 1: 2 from run 1
                    web-0 is ready twice
                    web-1 is missing

                area     files      commands       reading state     timelines       meant to differ
                kubectl    0/1  0%       1/2  50%            0/0  -        1/2  50%                1
                in all     0/1  0%       1/2  50%            0/0  -        1/2  50%                1

                meant to differ:
                  1 in kubectl/set-and-last-applied: a session starts no program, and has no Python of its own

                """)
    }

    @Test func actualOutputIsWrittenUnnormalised() throws {
        let (result, _) = try run(
            "$ kubectl get x\na  b\n[exit 3]",
            answers: ["kubectl get x": KubectlResult(output: "a    b   \n\n", exitStatus: 3)])
        let folder = FileManager.default.temporaryDirectory.appending(path: "drydock-actual-test")
        defer { try? FileManager.default.removeItem(at: folder) }
        try TranscriptActual.write(result, to: folder.path)
        let stem = folder.appending(path: "area/name/001")
        #expect(
            try String(contentsOf: stem.appendingPathExtension("out"), encoding: .utf8)
                == "a    b   \n\n")
        #expect(try String(contentsOf: stem.appendingPathExtension("rc"), encoding: .utf8) == "3\n")
    }
}
