/// Plays a transcript and compares the order of its changes with the recorded timeline.
///
/// A recording is several runs of one session, which differ by what races in a real cluster. So are
/// ours: the first seed plays without jitter, further ones with it, and the file agrees if one of our
/// runs could be one of the recorded ones. A rule that is wrong shows in every seed.
package struct TimelineCheck {
    /// How far times vary from the second seed on.
    package static let jitterPercent: Int64 = 40

    let transcript: TranscriptCase
    private let comparer: TimelineComparer
    private let exact: ExactTimelineComparer

    package init(_ transcript: TranscriptCase, _ timeline: Timeline) {
        self.transcript = transcript
        let alike = !Self.tellsNodesApart(transcript)
        comparer = TimelineComparer(timeline, nodesAreAlike: alike)
        exact = ExactTimelineComparer(timeline, nodesAreAlike: alike)
    }

    /// Whether a line of the session or a file names a node, labels one, or changes their number.
    private static func tellsNodesApart(_ transcript: TranscriptCase) -> Bool {
        let lines = transcript.steps.map(\.action.line) + transcript.files.map(\.text)
        return lines.contains { line in
            transcript.nodeNames.contains { line.contains($0) } || line.contains("node ")
        }
    }

    /// The best verdict of `count` seeds from `first` on.
    ///
    /// - Parameter visit: is shown every run of ours.
    package func row(
        seeds first: UInt64, count: Int, visit: (TimelineRun) -> Void = { _ in }
    ) -> TimelineReport.Row? {
        var best: TimelineReport.Row?
        for offset in 0..<max(count, 1) {
            let seed = first + UInt64(offset)
            // A seed that breaks off says nothing, and takes back nothing that another one showed.
            guard let run = Self.run(transcript, seed: seed, isJittered: offset > 0) else {
                continue
            }
            visit(run)
            var row = TimelineReport.Row(
                area: transcript.area, name: transcript.name, seed: seed,
                verdict: comparer.compare(run))
            if row.agrees, case .agrees = exact.compare(run) { row.isExact = true }
            if row.agrees { return row }
            if best.map({ row.differences < $0.differences }) ?? true { best = row }
        }
        return best
    }

    /// What a watcher sees while the transcript is played; nil when it
    /// breaks off.
    static func run(
        _ transcript: TranscriptCase, seed: UInt64, isJittered: Bool
    ) -> TimelineRun? {
        var world: SimulatedTranscriptWorld?
        let driver = TranscriptDriver { transcript in
            let made = try SimulatedTranscriptWorld(
                transcript, seed: seed, jitterPercent: isJittered ? jitterPercent : 0)
            made.keepTimeline()
            world = made
            return made
        }
        let run = driver.run(transcript)
        world?.sleep(milliseconds: RecorderPause.afterSession)
        return run.failure == nil ? world?.timeline : nil
    }
}
