import Foundation
import Testing

@testable import Transcripts

/// Every recorded session, played on the simulated cluster as it ships.
@Suite("recorded sessions") struct RecordedSessionsTests {
    private static let table = "agreement.txt"

    /// The table is `AREA/NAME  COMMANDS THAT MATCH/COMMANDS  ORDER`, where the order of changes agrees with a
    /// recorded run, does not, or was not recorded. `DRYDOCK_RECORD=1` writes it anew.
    @Test("match the committed table: a change in either direction is a diff")
    func agreement() throws {
        var lines: [String] = []
        for path in Recordings.paths("case") {
            let transcript = try TranscriptCase(parsing: Recordings.text(path), path: path)
            let run = TranscriptDriver { try SimulatedTranscriptWorld($0) }.run(transcript)
            #expect(run.failure == nil, "\(path): \(run.failure ?? "")")
            let matching = run.results.count { $0.verdict.isMatch }
            let name = path.dropLast(".case".count)
            lines.append(
                "\(name)  \(matching)/\(run.comparableCount)  \(try order(of: transcript, name))")
        }
        let text = lines.joined(separator: "\n") + "\n"
        if ProcessInfo.processInfo.environment["DRYDOCK_RECORD"] == "1" {
            try text.write(
                to: Recordings.folder.appending(path: Self.table), atomically: true,
                encoding: .utf8)
        }
        let committed = try Recordings.text(Self.table).split(separator: "\n")
        let found = text.split(separator: "\n")
        let gone = committed.filter { !found.contains($0) }
        let new = found.filter { !committed.contains($0) }
        #expect(gone == [] && new == [], "DRYDOCK_RECORD=1 writes the table anew")
    }

    private func order(
        of transcript: TranscriptCase, _ name: Substring
    ) throws -> String {
        let path = name + ".timeline"
        guard let text = try? Recordings.text(String(path)) else { return "not recorded" }
        let check = TimelineCheck(transcript, try Timeline(parsing: text, path: String(path)))
        return check.row(seeds: 1, count: 1)?.agrees == true ? "agrees" : "differs"
    }

    /// A recorded output as some run may have printed it.
    private static func printed(_ expected: ExpectedOutput) -> [String] {
        expected.lines.filter { !$0.isOptional }.map { Recordings.instantiated($0.text) }
    }

    @Test("notice another number in every file that has one")
    func numbers() throws {
        for path in Recordings.paths("case") {
            let transcript = try TranscriptCase(parsing: Recordings.text(path), path: path)
            let outputs = transcript.steps.compactMap(\.action.expected).filter {
                !$0.isUnstable && !$0.isDeduplicated
            }
            let candidates = outputs.filter { output in
                !Self.printed(output).isEmpty
                    && Self.verdict(output, Self.printed(output)) == .match
            }
            for number in candidates {
                guard let line = number.lines.firstIndex(where: { Self.number(in: $0) != nil })
                else { continue }
                var other = Self.printed(number)
                guard other.count == number.lines.count else { continue }
                other[line] = Recordings.instantiated(Self.raised(number.lines[line].text))
                #expect(Self.verdict(number, other) != .match, "\(path): \(other[line])")
                break
            }
        }
    }

    private static func verdict(_ expected: ExpectedOutput, _ lines: [String]) -> TranscriptVerdict
    {
        TranscriptMatcher.compare(
            expected, output: lines.map { $0 + "\n" }.joined(), exitStatus: expected.exitStatus)
    }

    /// A digit that stands in the text as recorded, not in a placeholder, and in a line without `{*}`.
    private static func number(in line: ExpectedLine) -> Int? {
        line.isOptional || line.text.contains("{*}")
            ? nil : line.text.utf8.firstIndex { (0x30...0x39).contains($0) }.map { _ in 0 }
    }

    /// The text with its first digit one higher.
    private static func raised(_ text: String) -> String {
        var bytes = Array(text.utf8)
        if let place = bytes.firstIndex(where: { (0x30...0x39).contains($0) }) {
            bytes[place] = bytes[place] == 0x39 ? 0x30 : bytes[place] + 1
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "do not match the lines that earlier versions printed",
        arguments: [
            ("pod \"web\" deleted from default namespace", "pod \"web\" deleted"),
            (
                "  Normal  Created  {age}  kubelet  spec.containers{c}: Container created",
                "  Normal  Created  5s  kubelet  Created container c"
            ),
            (
                "The DaemonSet \"a\" is invalid: spec.selector: Invalid value: {\"matchLabels\":{\"app\":\"a\"}}: field is immutable",
                "The DaemonSet \"a\" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{\"app\":\"a\"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable"
            ),
            (
                "{\"availableReplicas\":2,\"replicas\":2,\"terminatingReplicas\":0}",
                "{\"availableReplicas\":2,\"replicas\":2}"
            ),
        ])
    func oldForms(recorded: String, old: String) {
        let expected = ExpectedOutput(lines: [ExpectedLine(recorded)])
        #expect(Self.verdict(expected, [Recordings.instantiated(recorded)]) == .match)
        #expect(Self.verdict(expected, [old]) != .match)
    }
}
