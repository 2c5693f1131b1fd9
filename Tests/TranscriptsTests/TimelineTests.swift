import Testing

@testable import Transcripts

private func timeline(_ path: String) throws -> Timeline {
    try Timeline(parsing: Recordings.text(path), path: path)
}

@Suite struct TimelineTests {
    @Test(arguments: Recordings.paths("timeline"))
    func everyTimelineParsesAndPrintsAsItWas(path: String) throws {
        #expect(try timeline(path).text == Recordings.text(path))
    }

    @Test(arguments: [
        ("1.0  pod/a  DELETED\n", "t:1: expected '== run 1' first, found '1.0  pod/a  DELETED'"),
        ("== run 2\n", "t:1: expected '== run 1', found '== run 2'"),
        (
            "== run 1\nx\n",
            "t:2: expected 'SECONDS  KIND/NAME  CHANGES' or 'SECONDS  $ …', found 'x'"
        ),
        (
            "== run 1\n1.0  pood/a  DELETED\n",
            "t:2: expected 'SECONDS  KIND/NAME  CHANGES' or 'SECONDS  $ …', found '1.0  pood/a  DELETED'"
        ),
    ])
    func aBrokenTimelineNamesThePlace(text: String, message: String) {
        #expect {
            try Timeline(parsing: text, path: "t")
        } throws: { "\($0)" == message }
    }
}
