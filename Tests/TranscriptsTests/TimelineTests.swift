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

    @Test(
        "labels are brought to 1.32 once",
        arguments: [
            (
                "pod", "app=x,controller-uid={uid},job-name=pi",
                "app=x,batch.kubernetes.io/controller-uid={uid},batch.kubernetes.io/job-name=pi,"
                    + "controller-uid={uid},job-name=pi"
            ),
            (
                "pod", "app=web,statefulset.kubernetes.io/pod-name=web-1",
                "app=web,apps.kubernetes.io/pod-index=1,statefulset.kubernetes.io/pod-name=web-1"
            ),
            ("pod", "job-name=pi", "job-name=pi"), ("node", "controller-uid=1", "controller-uid=1"),
        ])
    func labels(kind: String, recorded: String, wanted: String) {
        let once = TimelineRule.newForm(of: recorded, kind: kind, field: "labels")
        #expect(once == wanted)
        #expect(TimelineRule.newForm(of: once, kind: kind, field: "labels") == wanted)
    }
}
