import Reports
import Runner
import Testing

@Suite("the evidence of a failed expectation")
struct EvidenceTests {
    /// What the report says of `expectation` in a world with a sound Deployment in one namespace, and pods
    /// that cannot start under names that begin alike, there and in another namespace.
    private func report(_ expectation: String) -> String {
        var output = ""
        let report = HumanReport(ReportSettings { output += $0 }, hidesOutput: true)
        _ = ScriptRunner(RunOptions(), listener: report).run(
            text: """
                node add worker-1
                create namespace other
                behavior example/gone { pullFails: true }
                create deployment web --image=nginx
                create deployment web --image=example/gone -n other
                create deployment web-canary --image=example/gone
                run web-canary-1 --image=example/gone -n other
                settle
                \(expectation)

                """, path: "test.dock", folder: "/nonexistent")
        return output
    }

    @Test(
        "tells of warnings about what was read, or about what it controls",
        arguments: [
            ("expect deployment/web .spec.replicas == 2", []),
            ("expect every pods[app=web] has .spec.nodeName == \"x\"", []),
            ("expect deployment/web@other .spec.replicas == 2", ["pod/web-5845c67789-"]),
            ("expect every replicasets@other[app=web] has .x == 1", ["pod/web-5845c67789-"]),
            ("expect pod/web-canary-1@other .spec.nodeName == \"x\"", ["pod/web-canary-1 "]),
            ("expect deployment/web-canary .spec.replicas == 2", ["pod/web-canary-"]),
        ])
    func warnings(_ expectation: String, _ objects: [String]) {
        let report = report(expectation.replacing(".x == 1", with: ".spec.replicas == 9"))
        let events = report.split(separator: "\n").filter { $0.contains("event: ") }
        // What is stuck is explained; warnings stand where there is nothing to explain.
        let isExplained = report.contains("why: ")
        #expect(report.contains("expectation failed"), "\(report)")
        #expect((events.isEmpty && !isExplained) == objects.isEmpty, "\(report)")
        for event in events {
            #expect(objects.contains { event.contains("event: \($0)") }, "\(event)")
        }
    }
}
