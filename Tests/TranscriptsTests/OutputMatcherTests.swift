import Testing

@testable import Transcripts

private func expected(_ lines: [String], unordered: Bool = false, dedup: Bool = false)
    -> ExpectedOutput
{
    var output = ExpectedOutput(
        lines: lines.map {
            $0.hasPrefix("{?} ")
                ? ExpectedLine(String($0.dropFirst(4)), isOptional: true) : ExpectedLine($0)
        })
    output.isUnordered = unordered
    output.isDeduplicated = dedup
    return output
}

@Suite struct LinePatternTests {
    @Test(arguments: [
        (
            "web-{hash}-{rand}  1/1  Running  0  {age}", "web-5f7d-x7k2p  1/1  Running  0  2m3s",
            true
        ),
        (
            "web-{hash}-{rand}  1/1  Running  0  {age}", "web-5f7d-x7k2p  1/1  Running  0  Running",
            false
        ),
        ("a  {age}", "a  <unknown>", true),
        ("a  {age}", "a  ", false),
        ("{ip}:8080", "192.168.0.1:8080", true),
        ("{ip}:8080", "localhost:8080", false),
        ("Start Time:  {time}", "Start Time:  Wed, 01 Jan 2025 00:00:05 +0000", true),
        ("x  {time}", "x  2025-01-01T00:00:05Z  y", false),
        ("rv {rv}", "rv 12", true),
        ("rv {rv}", "rv 1x", false),
        ("a{*}b", "ab", true),
        ("a{*}b{*}", "axxbyy", true),
        ("a{*}b", "axx", false),
        ("{\"a\":{}}", "{\"a\":{}}", true),
        ("exact", "exact ", false),
    ])
    func placeholdersTakeOnlyWhatTheyStandFor(pattern: String, line: String, fits: Bool) {
        #expect(LinePattern(pattern).matches(line) == fits)
    }
}

@Suite struct OutputNormalizerTests {
    @Test(arguments: [
        ("a   b  c \n", ["a  b  c"]),
        ("  a    b\n\n\n", ["  a  b"]),
        ("  ------   ----\n", ["  ----  ----"]),
        ("--------\n", ["----"]),
        ("---\n", ["---"]),
        ("a:\tb\t\n", ["a:\tb"]),
        ("", []),
        ("  pod-template-hash: \"12345\"\n", ["  pod-template-hash: 12345"]),
        ("  pod-template-hash: \"12a45\"\n", ["  pod-template-hash: \"12a45\""]),
        (
            "metadata:\n  managedFields:\n  - a: b\n    c: d\n  name: x\n",
            ["metadata:", "  name: x"]
        ),
        ("{\n  \"a\": 1,\n  \"managedFields\": [\n    {}\n  ]\n}\n", ["{", "  \"a\": 1", "}"]),
    ])
    func outputIsBroughtToStoredForm(text: String, lines: [String]) {
        #expect(OutputNormalizer.lines(of: text) == lines)
    }
}

@Suite struct OutputMatcherTests {
    @Test func optionalLinesMayBeAbsentButNothingElse() {
        let matcher = OutputMatcher(expected(["a", "{?} b", "{?} c", "d"]))
        #expect(matcher.matches(["a", "d"]))
        #expect(matcher.matches(["a", "c", "d"]))
        #expect(matcher.matches(["a", "b", "c", "d"]))
        #expect(!matcher.matches(["a", "c", "b", "d"]))
        #expect(!matcher.matches(["a", "b"]))
        #expect(!matcher.matches(["a", "b", "b", "d"]))
        #expect(OutputMatcher(expected(["{?} a"])).matches([]))
    }

    @Test func unorderedLinesArePairedEvenWhenTheFirstChoiceIsWrong() {
        // Greedy pairing would give the wildcard line the only partner of the literal one.
        let matcher = OutputMatcher(expected(["x-{*}", "x-a"], unordered: true))
        #expect(matcher.matches(["x-a", "x-b"]))
        #expect(matcher.matches(["x-b", "x-a"]))
        #expect(!matcher.matches(["x-b", "x-c"]))
        #expect(!matcher.matches(["x-a"]))
        #expect(!matcher.matches(["x-a", "x-b", "x-c"]))
    }

    @Test func anOptionalUnorderedLineDoesNotTakeARequiredOnesPartner() {
        let matcher = OutputMatcher(expected(["{?} x-{*}", "x-{*}"], unordered: true))
        #expect(matcher.matches(["x-a"]))
        #expect(matcher.matches(["x-a", "x-b"]))
        #expect(!matcher.matches([]))
    }

    @Test func deduplicationCollapsesRuns() {
        let matcher = OutputMatcher(expected(["a", "b", "a"], dedup: true))
        #expect(matcher.matches(["a", "a", "b", "a"]))
        #expect(!matcher.matches(["a", "b"]))
    }

    @Test func theDiffPointsAtTheDifferingPart() {
        let matcher = OutputMatcher(expected(["NAME  AGE", "web  2/2  {age}", "gone"]))
        let text = OutputDiffPrinter.text(
            matcher.diff(["NAME  AGE", "web  1/2  12s", "new"]), indent: "")
        #expect(
            text == """
                  NAME  AGE
                - web  2/2  {age}
                + web  1/2  12s
                       ^
                - gone
                + new
                  ^^^

                """)
    }

    /// Recorded text matches itself; with one line altered, dropped or added it does not.
    @Test(arguments: Recordings.paths("case"))
    func everyChangeToARecordingIsSeen(path: String) throws {
        let parsed = try TranscriptCase(parsing: Recordings.text(path), path: path)
        var mutations = 0
        for case let output? in parsed.steps.map(\.action.expected) where !output.isUnstable {
            let matcher = OutputMatcher(output)
            let lines = output.lines.map { Recordings.instantiated($0.text) }
            #expect(matcher.matches(lines))
            #expect(!matcher.matches(lines + ["surplus"]))
            #expect(!matcher.matches(["surplus"] + lines))
            for index in lines.indices {
                var altered = lines
                altered[index] = "?" + altered[index]
                let text = output.lines[index].text
                if !text.hasPrefix("{*}") {
                    #expect(!matcher.matches(altered), "altered line \(index): \(lines[index])")
                }
                // An optional line of the same text may stand for it.
                let hasTwin = output.lines.contains { $0.isOptional && $0.text == text }
                guard !output.lines[index].isOptional, !hasTwin else { continue }
                var dropped = lines
                dropped.remove(at: index)
                // One of several equal lines may go unseen where repeats were collapsed.
                #expect(!matcher.matches(dropped), "dropped line \(index): \(lines[index])")
                mutations += 1
            }
        }
        #expect(mutations > 0)
    }
}
