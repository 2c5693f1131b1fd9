import Testing

@testable import Transcripts

@Suite struct TranscriptCaseTests {
    @Test func everyRecordingParses() throws {
        let paths = Recordings.paths("case")
        #expect(paths.count == 194)
        var outputs = 0
        for path in paths {
            let parsed = try TranscriptCase(parsing: Recordings.text(path), path: path)
            #expect(!parsed.title.isEmpty)
            outputs += parsed.outputCount
        }
        #expect(outputs > 2_000)
    }

    @Test func aCaseKeepsItsPartsInOrder() throws {
        let text = """
            # a title
            # nodes: 2
            # timeout: 200
            -- file d/a.yaml --
            a: 1

            -- session --
            ~ background $ kubectl get pods -w
            $ kubectl get pods
            [unordered]
            NAME  READY
            {?} a  1/1

            ~ sleep 0.6
            ~ foreground
            [dedup]
            NAME
            $ false
            [exit 1]
            """
        let parsed = try TranscriptCase(parsing: text, path: "area/name.case")
        #expect(parsed.title == "a title")
        #expect(parsed.nodeNames == ["node-1", "node-2"])
        #expect(parsed.timeoutSeconds == 200)
        #expect(parsed.area == "area")
        #expect(parsed.name == "name")
        #expect(parsed.files == [TranscriptFile(path: "d/a.yaml", text: "a: 1\n\n")])
        #expect(parsed.steps.map(\.line) == [8, 9, 14, 15, 18])
        var listing = ExpectedOutput(lines: [
            ExpectedLine("NAME  READY"), ExpectedLine("a  1/1", isOptional: true),
        ])
        listing.isUnordered = true
        var watched = ExpectedOutput(lines: [ExpectedLine("NAME")])
        watched.isDeduplicated = true
        var failed = ExpectedOutput()
        failed.exitStatus = 1
        #expect(
            parsed.steps.map(\.action) == [
                .background("kubectl get pods -w"), .command("kubectl get pods", listing),
                .sleep(milliseconds: 600), .foreground(watched), .command("false", failed),
            ])
    }

    @Test(arguments: [
        ("", "f.case:1: expected a first line '# title'"),
        ("# t\nx", "f.case:2: expected '-- file NAME --' or '-- session --', found 'x'"),
        (
            "# t\n# nodes: two\n",
            "f.case:2: expected a whole number from 0 to 10000 after 'nodes:', found 'two'"
        ),
        ("# t\n-- file a --\n-- file a --\n", "f.case:3: file 'a' is given twice"),
        ("# t\n-- file a --\n", "f.case:2: expected '-- session --' before the end of the file"),
        ("# t\n-- session --\nx", "f.case:3: expected '$ command' or '~ directive', found 'x'"),
        (
            "# t\n-- session --\n~ setle",
            "f.case:3: unknown directive '~ setle'; known are settle, sleep, fail-node, recover-node, "
                + "add-node, remove-node, background and foreground"
        ),
        ("# t\n-- session --\n~ sleep x", "f.case:3: expected seconds after '~ sleep', found 'x'"),
        (
            "# t\n-- session --\n~ fail-node",
            "f.case:3: expected one node name after '~ fail-node', found ''"
        ),
        (
            "# t\n-- session --\n~ foreground",
            "f.case:3: '~ foreground' without a '~ background' before it"
        ),
        (
            "# t\n-- session --\n~ background $ a",
            "f.case:3: '~ background' without a '~ foreground' after it"
        ),
        (
            "# t\n-- session --\n$ a\n[exit x]",
            "f.case:4: expected an exit status from 1 to 255 in '[exit x]'"
        ),
        (
            "# t\n-- session --\n$ a\n[exit 1]\nb",
            "f.case:5: expected the output to end after '[exit 1]', found 'b'"
        ),
    ])
    func aBrokenCaseNamesThePlaceAndWhatWasExpected(text: String, message: String) {
        #expect {
            try TranscriptCase(parsing: text, path: "f.case")
        } throws: { "\($0)" == message }
    }
}
