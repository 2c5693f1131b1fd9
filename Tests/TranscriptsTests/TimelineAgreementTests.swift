import Testing

@testable import Transcripts

/// The order of our changes against the recorded ones.
@Suite("timelines of ours") struct TimelineAgreementTests {
    /// The areas of workloads and what they stand on.
    private static let areas: Set<String> = [
        "replicaset", "deployment", "statefulset", "daemonset", "job", "service", "storage",
        "node-failure",
    ]

    @Test("take the recorded steps in most files")
    func agreement() throws {
        var report = TimelineReport()
        for path in Recordings.paths("timeline") {
            let file = String(path.dropLast("timeline".count)) + "case"
            let transcript = try TranscriptCase(parsing: Recordings.text(file), path: file)
            let check = TimelineCheck(
                transcript, try Timeline(parsing: Recordings.text(path), path: path))
            if let row = check.row(seeds: 1, count: 1) { report.rows.append(row) }
        }
        let workloads = report.rows.filter { Self.areas.contains($0.area) }
        let agreeing = workloads.count(where: \.agrees)
        #expect(workloads.count == 63)
        #expect(agreeing >= 57, "\(agreeing)\n\(report.text(showsFiles: true, differences: 1))")
        #expect(report.tally().agreeing >= 80)
    }
}
