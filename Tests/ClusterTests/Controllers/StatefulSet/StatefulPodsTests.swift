import Testing
import Value

@testable import Cluster

@Suite("identity of stateful pods")
struct StatefulPodsTests {
    @Test(
        "the ordinal is the number after the last dash",
        arguments: [
            ("web-0", "web", 0), ("my-web-12", "my-web", 12), ("web-007", "web", 7),
            ("web", nil, -1), ("web-", nil, -1), ("web-x", nil, -1), ("-3", nil, -1),
            ("web-99999999999", nil, -1),
        ] as [(String, String?, Int)])
    func parsing(name: String, parent: String?, ordinal: Int) {
        let result = StatefulPods.parse(name)
        #expect(result.map { String($0.parent) } == parent)
        if parent != nil { #expect(result?.ordinal == ordinal) }
    }
}
