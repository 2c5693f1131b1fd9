import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("matchLabelKeys and mismatchLabelKeys of new pods")
struct PodLabelKeysTests {
    private static func requirement(_ relation: Value) -> Value {
        [.key: "hash", .operator: relation, .values: ["5f7d"]]
    }

    @Test(
        "a label of the pod becomes a requirement of the selector",
        arguments: [
            ([.matchLabelKeys: ["hash"]], [requirement("In")]),
            ([.mismatchLabelKeys: ["hash"]], [requirement("NotIn")]),
            ([.matchLabelKeys: ["unknown"]], nil),
            (.emptyObject, nil),
        ] as [(Value, [Value]?)])
    func terms(keys: Value, expected: [Value]?) throws {
        var term: Value = [
            .labelSelector: [.matchLabels: ["app": "web"]], .topologyKey: "zone",
        ]
        for field in keys.fields { term[field.key] = field.value }
        let required = Key.requiredDuringSchedulingIgnoredDuringExecution
        let preferred = Key.preferredDuringSchedulingIgnoredDuringExecution
        var pod: Value = [
            .metadata: [.labels: ["app": "web", "hash": "5f7d"]],
            .spec: [
                .affinity: [
                    .podAffinity: [required: [term]],
                    .podAntiAffinity: [preferred: [[.weight: 1, .podAffinityTerm: term]]],
                ], .topologySpreadConstraints: [term],
            ],
        ]
        PodLabelKeys.apply(to: &pod)
        let affinity = pod[.spec][.affinity]
        for changed in [
            affinity[.podAffinity][required][0],
            affinity[.podAntiAffinity][preferred][0][.podAffinityTerm],
            pod[.spec][.topologySpreadConstraints][0],
        ] {
            let selector = changed[.labelSelector]
            #expect(selector[.matchLabels] == ["app": "web"])
            #expect(selector[.matchExpressions] == (expected.map { .array($0) } ?? .null))
            for field in keys.fields { #expect(changed[field.key] == field.value) }
        }
    }

    @Test("an absent selector stays absent, and other pods stay as they are")
    func absent() {
        var pod: Value = [
            .metadata: [.labels: ["hash": "5f7d"]],
            .spec: [.topologySpreadConstraints: [[.matchLabelKeys: ["hash"]]]],
        ]
        let before = pod
        PodLabelKeys.apply(to: &pod)
        #expect(pod == before)
        var plain: Value = [.metadata: [.name: "p"], .spec: [.containers: []]]
        PodLabelKeys.apply(to: &plain)
        #expect(plain == [.metadata: [.name: "p"], .spec: [.containers: []]])
    }
}
