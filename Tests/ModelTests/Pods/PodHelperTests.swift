import Support
import Testing
import Value

@testable import Model

@Suite struct PodHelperTests {
    @Test(arguments: [
        ("25%", 10, true, 3), ("25%", 10, false, 2), ("30%", 10, true, 3), ("0%", 7, true, 0),
        ("50%", 3, true, 2),
    ])
    func `a percentage is scaled and rounded`(text: String, total: Int, up: Bool, result: Int) {
        #expect(IntOrPercent.scaled(Value(text), total: total, roundUp: up) == result)
        #expect(IntOrPercent.scaled("ten", total: 10, roundUp: up) == nil)
        #expect(IntOrPercent.scaled(4, total: 10, roundUp: up) == 4)
    }

    @Test func `an update that could not move may lack one pod`() {
        let posts = IntOrPercent.fenceposts(maxSurge: "0%", maxUnavailable: "10%", desired: 5)
        #expect(posts.surge == 0 && posts.unavailable == 1)
        let usual = IntOrPercent.fenceposts(maxSurge: "25%", maxUnavailable: "25%", desired: 5)
        #expect(usual.surge == 2 && usual.unavailable == 1)
    }

    @Test func `a pod becomes available when it was ready long enough`() {
        let pod = PodView([
            .status: [
                .conditions: [
                    [
                        .type: "Ready", .status: "True",
                        .lastTransitionTime: "2025-01-01T00:00:10Z",
                    ]
                ]
            ]
        ])
        let start = Timestamp.zero
        #expect(pod.isReady)
        #expect(pod.isAvailable(minReadySeconds: 0, now: start))
        #expect(!pod.isAvailable(minReadySeconds: 5, now: start + .seconds(14)))
        #expect(pod.isAvailable(minReadySeconds: 5, now: start + .seconds(15)))
    }

    @Test(arguments: [("web-12", 12), ("web-x1", nil), ("web", nil), ("web-", nil)])
    func `the ordinal ends the name`(name: String, ordinal: Int?) {
        #expect(PodView([.metadata: [.name: Value(name)]]).ordinal == ordinal)
    }

    private func container(_ cpu: String, policy: String? = nil) -> Value {
        var value: Value = [.name: "c", .resources: [.requests: [.cpu: Value(cpu)]]]
        value[.restartPolicy] = Value(policy)
        return value
    }

    @Test func `a pod asks for the sum or its greediest init container`() {
        var spec = PodSpecView([
            .containers: [container("100m"), container("200m")],
            .initContainers: [container("500m")],
        ])
        #expect(spec.requests[.cpu].text == "500m")
        spec.value[.initContainers] = [container("100m", policy: "Always"), container("250m")]
        // Sidecar 100m runs on: 400m beside the containers, 350m beside the init container.
        #expect(spec.requests[.cpu].text == "400m")
        spec.value[.overhead] = [.cpu: "50m"]
        #expect(spec.requests[.cpu].text == "450m")
    }

    @Test(
        arguments: [
            ([:], [:], "BestEffort"),
            ([.cpu: "1", .memory: "1Gi"], [.cpu: "1", .memory: "1Gi"], "Guaranteed"),
            ([.cpu: "1"], [:], "Burstable"),
            ([.cpu: "1000m", .memory: "1Gi"], [.cpu: "1", .memory: "2Gi"], "Burstable"),
        ] as [(Object, Object, String)])
    func `the QoS class follows requests and limits`(
        requests: Object, limits: Object, expected: String
    ) {
        let spec = PodSpecView([
            .containers: [[.resources: [.requests: .object(requests), .limits: .object(limits)]]]
        ])
        #expect(spec.qosClass == expected)
    }

    @Test(
        arguments: [
            ([.key: "k", .operator: "Equal", .value: "v", .effect: "NoSchedule"], true),
            ([.key: "k", .value: "v"], true), ([.key: "k", .operator: "Exists"], true),
            ([.operator: "Exists"], true), ([.key: "k", .value: "x"], false),
            ([.key: "k", .operator: "Exists", .effect: "NoExecute"], false),
            ([.key: "other", .operator: "Exists"], false),
        ] as [(Value, Bool)])
    func `a toleration covers a taint`(toleration: Value, expected: Bool) {
        let taint = TaintView(key: "k", text: "v", effect: "NoSchedule")
        #expect(Toleration(toleration).tolerates(taint) == expected)
    }

    @Test(
        arguments: [
            ([[.matchExpressions: [[.key: "zone", .operator: "In", .values: ["a"]]]]], true),
            ([[.matchExpressions: [[.key: "zone", .operator: "NotIn", .values: ["a"]]]]], false),
            ([[.matchExpressions: [[.key: "gpu", .operator: "NotIn", .values: ["a"]]]]], true),
            ([[.matchExpressions: [[.key: "cores", .operator: "Gt", .values: ["3"]]]]], true),
            ([[.matchFields: [[.key: "metadata.name", .operator: "In", .values: ["n1"]]]]], true),
            (
                [[.matchExpressions: [[.key: "metadata.name", .operator: "In", .values: ["n1"]]]]],
                false
            ),
            ([[:]], false), ([], false),
            ([[:], [.matchExpressions: [[.key: "zone", .operator: "Exists"]]]], true),
        ] as [([Value], Bool)])
    func `required node affinity selects nodes`(terms: [Value], expected: Bool) {
        let node = NodeView([.metadata: [.name: "n1", .labels: ["zone": "a", "cores": "4"]]])
        let spec = PodSpecView([
            .affinity: [
                .nodeAffinity: [
                    .requiredDuringSchedulingIgnoredDuringExecution: [
                        .nodeSelectorTerms: .array(terms)
                    ]
                ]
            ]
        ])
        #expect(NodeSelection.matches(spec, node: node) == expected)
    }

    @Test func `the template hash depends on content and collisions alone`() {
        let template: Value = [.spec: [.containers: [[.name: "a", .image: "b"]]]]
        let same: Value = [.spec: [.containers: [[.image: "b", .name: "a"]]]]
        #expect(TemplateHash.of(template: template) == TemplateHash.of(template: same))
        let hashes = [nil, 0, 1].map { TemplateHash.of(template: template, collisionCount: $0) }
        #expect(Set(hashes).count == 3)
        #expect(TemplateHash.safe(1_234_567_890) == "56789bcdf4")
    }
}
