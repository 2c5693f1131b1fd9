import Foundation
import Testing

@testable import Transcripts

@Suite("recorded sessions") struct RecordedSessionsTests {
    private static let table = "agreement.txt"

    /// The table is `AREA/NAME  COMMANDS THAT MATCH/COMMANDS  ORDER`, where the order of changes agrees with a
    /// recorded run, does not, or was not recorded, and `  N meant` where differences are expected.
    /// `DRYDOCK_RECORD=1` writes it anew.
    @Test("match the committed table: a change in either direction is a diff")
    func agreement() async throws {
        var lines: [String] = []
        for session in await RecordedSessions.all {
            let run = session.run
            #expect(run.failure == nil, "\(session.name): \(run.failure ?? "")")
            let matching = run.results.count { $0.verdict.isMatch }
            let order = session.order.map { $0.agrees ? "agrees" : "differs" } ?? "not recorded"
            let meant = run.expectedDifferences
            lines.append(
                "\(session.name)  \(matching)/\(run.comparableCount)  \(order)"
                    + (meant > 0 ? "  \(meant) meant" : ""))
        }
        let text = lines.joined(separator: "\n") + "\n"
        if Self.records {
            try text.write(
                to: Recordings.folder.appending(path: Self.table), atomically: true,
                encoding: .utf8)
        }
        let committed = try Recordings.text(Self.table).split(separator: "\n")
        let found = text.split(separator: "\n")
        let gone = committed.filter { !found.contains($0) }
        let new = found.filter { !committed.contains($0) }
        #expect(gone == [] && new == [], "DRYDOCK_RECORD=1 writes the table anew")
        #expect(lines.count == Recordings.paths("case").count)
    }

    private static let records = ProcessInfo.processInfo.environment["DRYDOCK_RECORD"] == "1"

    /// The figures of docs/fidelity.md are those of the replay; `DRYDOCK_RECORD=1` writes them anew.
    @Test("have their totals in docs/fidelity.md")
    func documentation() async throws {
        let page = Recordings.folder.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "docs/fidelity.md")
        var text = try String(contentsOf: page, encoding: .utf8)
        let start = try #require(text.range(of: "```text\narea "))
        let end = try #require(text.range(of: "```\n", range: start.upperBound..<text.endIndex))
        let block = text.index(start.lowerBound, offsetBy: "```text\n".count)..<end.lowerBound
        let shown = String(text[block])
        let found = await RecordedSessions.report.text(showsFiles: false)
        if Self.records, shown != found {
            text.replaceSubrange(block, with: found)
            try text.write(to: page, atomically: true, encoding: .utf8)
        }
        #expect(shown == found, "DRYDOCK_RECORD=1 writes the figures anew")
    }

    @Test("differ as expected only where that is still needed, and in ten ways at most")
    func expectedDifferences() async {
        #expect(ExpectedDifferences.all.count <= 10)
        for entry in ExpectedDifferences.all {
            let covered = await RecordedSessions.all.flatMap { session in
                session.run.results.filter { entry.covers($0, in: session.run.transcript) }
            }
            #expect(
                !covered.isEmpty,
                "nothing differs any more as expected in \(entry.session): take the entry out")
            #expect(covered.allSatisfy { !$0.verdict.isMatch }, "what is meant counts as equal")
            #expect(!entry.lines.contains("{*}"), "\(entry.session): any line may differ")
            #expect(entry.reason.count > 20)
        }
    }

    /// An expected difference says which lines may differ: one more, and it is an ordinary one.
    @Test("do not excuse more than the lines that are named")
    func narrowExpectations() async throws {
        for session in await RecordedSessions.all {
            for result in session.run.results {
                guard
                    let entry = ExpectedDifferences.entry(for: result, in: session.run.transcript),
                    case .mismatch(let diff) = result.verdict
                else { continue }
                var wider = result
                wider.verdict = .mismatch(diff + [.surplus("Error from server (NotFound)")])
                #expect(!entry.covers(wider, in: session.run.transcript))
                wider.verdict = .match
                #expect(!entry.covers(wider, in: session.run.transcript))
            }
        }
    }
}
