import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("fields behind closed gates")
struct PodFieldGatesTests {
    private static let used: Value = [
        "schedulingGroup": ["podGroupName": "g"],
        .containers: [
            [.name: "a", .lifecycle: ["stopSignal": "SIGTERM"]],
            [.name: "b", .lifecycle: ["stopSignal": "SIGTERM", .preStop: [.sleep: .emptyObject]]],
        ],
        .volumes: [
            [
                .name: "v",
                .projected: [
                    .sources: [["clusterTrustBundle": [.path: "x"]], [.secret: [.name: "s"]]]
                ],
            ]
        ],
    ]
    private static let dropped: Value = [
        .containers: [[.name: "a"], [.name: "b", .lifecycle: [.preStop: [.sleep: .emptyObject]]]],
        .volumes: [
            [
                .name: "v",
                .projected: [.sources: [.emptyObject, [.secret: [.name: "s"]]]],
            ]
        ],
    ]

    @Test("are dropped from pods and templates", arguments: [[], [Key.spec, .template]])
    func drop(path: [Key]) {
        var object: Value = .emptyObject
        object.modify(at: path + [.spec]) { $0 = Self.used }
        PodFieldGates.drop(from: &object, old: .null, at: path)
        #expect(object.value(at: path + [.spec]) == Self.dropped)
    }

    @Test("stay where they were before")
    func keep() {
        var object: Value = [.spec: Self.used]
        PodFieldGates.drop(from: &object, old: object, at: [])
        #expect(object == [.spec: Self.used])
    }
}
