import Testing

@testable import Transcripts

/// What was recorded, damaged, against what the simulated cluster really prints: wherever the two agree,
/// they must not agree any more.
@Suite("damaged recordings") struct DamageTests {
    enum Damage: CaseIterable {
        case altered, dropped, added, number, status
    }

    /// Outputs that are longer are damaged in so many places, spread over them.
    private static let places = 24

    /// How many damages there are to notice. Four sessions have no digit in a line that is equal.
    @Test(
        "are noticed in every file, line by line",
        arguments: [
            (Damage.altered, 5_900), (.dropped, 5_900), (.added, 7_900), (.number, 2_150),
            (.status, 2_000),
        ])
    func noticed(damage: Damage, least: Int) async {
        var (damages, files) = (0, 0)
        for session in await RecordedSessions.all {
            var count = 0
            for (expected, result) in session.outputs where result.verdict == .match {
                for damaged in Self.damaged(expected, by: damage) {
                    count += 1
                    let verdict = TranscriptMatcher.compare(
                        damaged, output: result.output, exitStatus: result.exitStatus)
                    #expect(
                        verdict != .match,
                        "\(session.name), line \(result.line), \(result.command): \(damaged)")
                }
            }
            #expect(count > 0 || damage == .number, "nothing in \(session.name) was \(damage)")
            damages += count
            files += count > 0 ? 1 : 0
        }
        #expect(files >= Recordings.paths("case").count - (damage == .number ? 4 : 0))
        #expect(damages >= least, "\(damage)")
    }

    private static func damaged(_ output: ExpectedOutput, by damage: Damage) -> [ExpectedOutput] {
        let step = max(1, output.lines.count / places)
        let lines = output.lines.indices.filter { $0 % step == 0 }
        func changed(_ change: (inout ExpectedOutput) -> Void) -> ExpectedOutput {
            var copy = output
            change(&copy)
            return copy
        }
        switch damage {
        case .altered:
            return lines.filter { !output.lines[$0].isOptional }.map { index in
                changed { $0.lines[index].text = "?" + output.lines[index].text }
            }
        case .dropped:
            return lines.filter { !output.lines[$0].isOptional && !hasTwin($0, in: output) }
                .map { index in changed { $0.lines.remove(at: index) } }
        case .added:
            return (lines + [output.lines.count]).map { index in
                changed { $0.lines.insert(ExpectedLine("surplus"), at: index) }
            }
        case .number:
            return lines.compactMap { index in
                guard !output.lines[index].isOptional,
                    let text = raised(output.lines[index].text)
                else { return nil }
                return changed { $0.lines[index].text = text }
            }
        case .status:
            // A command that the recorder gave up on has no status of its own.
            return output.timedOut ? [] : [changed { $0.exitStatus = $0.exitStatus == 0 ? 1 : 0 }]
        }
    }

    /// Whether an optional line may stand for the line when it is dropped.
    private static func hasTwin(_ index: Int, in output: ExpectedOutput) -> Bool {
        output.lines.contains { $0.isOptional && $0.text == output.lines[index].text }
    }

    /// The line with the first digit that stands outside placeholders one higher; nil without one, or
    /// where `{*}` takes any text.
    private static func raised(_ text: String) -> String? {
        guard !text.contains("{*}") else { return nil }
        var bytes = Array(text.utf8)
        guard let place = bytes.firstIndex(where: { (0x30...0x39).contains($0) }) else {
            return nil
        }
        bytes[place] = bytes[place] == 0x39 ? 0x30 : bytes[place] + 1
        return String(decoding: bytes, as: UTF8.self)
    }
}
