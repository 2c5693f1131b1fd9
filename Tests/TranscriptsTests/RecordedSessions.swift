import Foundation

@testable import Transcripts

/// Every recorded session, played once on the simulated cluster as it ships, for all tests.
enum RecordedSessions {
    struct Session: Sendable {
        /// `AREA/NAME`
        let name: String
        let run: TranscriptRun
        /// How the order of changes compares with the recorded ones; nil where none was recorded.
        let order: TimelineReport.Row?

        /// The recorded outputs with what was printed, in order.
        var outputs: [(expected: ExpectedOutput, result: TranscriptResult)] {
            Array(zip(run.transcript.steps.compactMap(\.action.expected), run.results))
        }
    }

    /// In the order of their names; a file that cannot be read is missing, which another test sees.
    /// Whoever comes first plays them, on all processors; nobody holds one up while waiting.
    static var all: [Session] { get async { await played.value } }

    private static let played = Task {
        let paths = Recordings.paths("case")
        return await withTaskGroup(of: (Int, Session?).self) { group in
            for (index, path) in paths.enumerated() { group.addTask { (index, play(path)) } }
            var sessions = [Session?](repeating: nil, count: paths.count)
            for await (index, session) in group { sessions[index] = session }
            return sessions.compactMap { $0 }
        }
    }

    private static func play(_ path: String) -> Session? {
        guard let text = try? Recordings.text(path),
            let transcript = try? TranscriptCase(parsing: text, path: path)
        else { return nil }
        let run = TranscriptDriver { try SimulatedTranscriptWorld($0) }.run(transcript)
        return Session(
            name: String(path.dropLast(".case".count)), run: run, order: order(transcript))
    }

    /// What `drydock verify --quiet --timelines` says of them.
    static var report: TranscriptReport {
        get async {
            let all = await all
            var orders = TimelineReport()
            orders.rows = all.compactMap(\.order)
            return TranscriptReport(runs: all.map(\.run), orders: orders)
        }
    }

    private static func order(_ transcript: TranscriptCase) -> TimelineReport.Row? {
        let path = transcript.path.dropLast(".case".count) + ".timeline"
        guard let text = try? Recordings.text(String(path)),
            let timeline = try? Timeline(parsing: text, path: String(path))
        else { return nil }
        return TimelineCheck(transcript, timeline).row(seeds: 1, count: 1)
    }
}
