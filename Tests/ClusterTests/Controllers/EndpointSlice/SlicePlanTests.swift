import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("spreading endpoints over slices")
struct SlicePlanTests {
    private func endpoint(_ number: Int, isReady: Bool = true) -> Value {
        [
            .addresses: [Value("10.0.\(number / 250).\(number % 250)")],
            .conditions: [.ready: .bool(isReady)], .targetRef: [.uid: Value("u\(number)")],
        ]
    }

    private func slice(_ name: String, _ numbers: Range<Int>) -> StoredObject {
        StoredObject(
            kind: .endpointSlice, slot: Slot(index: 0),
            key: ObjectKey(namespace: "default", name: name), resourceVersion: 1,
            value: [.endpoints: .array(numbers.map { endpoint($0) })])
    }

    /// "+3 a:100 -b": new slices by size, changed ones with their size, deleted ones.
    private func text(_ plan: SlicePlan) -> String {
        let created = plan.created.map { "+\($0.endpoints.count)" }
        let updated = plan.updated.map { "\($0.current?.name ?? "?"):\($0.endpoints.count)" }
        return (created + updated + plan.deleted.map { "-\($0.name)" }).joined(separator: " ")
    }

    @Test(
        "what is left goes where upstream puts it",
        arguments: [
            // Sizes of the slices a, b, …; how many pods are gone from each; how many are new.
            ([], [], 230, "+100 +100 +30"), ([40], [0], 0, ""),
            // One unchanged slice takes all: the one that becomes fullest.
            ([10, 90, 50], [0, 0, 0], 5, "b:95"), ([10, 98, 50], [0, 0, 0], 5, "c:55"),
            // None has room for all five: a new one, and the others are not written.
            ([100, 98], [0, 0], 5, "+5"),
            // A slice that changes anyway is filled first, the rest goes elsewhere.
            ([100, 50], [2, 0], 4, "a:100 b:52"), ([100, 60], [2, 1], 3, "a:100 b:60"),
            // A slice that loses its last endpoint goes.
            ([5, 3], [0, 3], 0, "-b"), ([5, 3], [0, 3], 2, "a:7 -b"),
        ] as [([Int], [Int], Int, String)])
    func distribution(sizes: [Int], gone: [Int], new: Int, wanted: String) {
        var slices: [StoredObject] = []
        var wantedEndpoints: [Value] = []
        var next = 0
        for (index, size) in sizes.enumerated() {
            let name = String(UnicodeScalar(UInt8(97 + index)))
            slices.append(slice(name, next..<(next + size)))
            wantedEndpoints += ((next + gone[index])..<(next + size)).map { endpoint($0) }
            next += size
        }
        wantedEndpoints += (next..<(next + new)).map { endpoint($0) }
        let plan = SlicePlan(wantedEndpoints, at: [], over: slices) { _ in false }
        #expect(text(plan) == wanted)
    }

    @Test("a changed endpoint or label writes its slice only, in the order it had")
    func changes() {
        let slices = [slice("a", 0..<2), slice("b", 2..<4)]
        let endpoints = [3, 2, 1, 0].map { endpoint($0, isReady: $0 != 2) }
        let plan = SlicePlan(endpoints, at: [], over: slices) { _ in false }
        #expect(text(plan) == "b:2")
        #expect(
            plan.updated[0].endpoints.map { $0[.targetRef].text(.uid) } == ["u2", "u3"])
        let relabelled = SlicePlan((0..<4).map { endpoint($0) }, at: [], over: slices) {
            $0.name == "a"
        }
        #expect(text(relabelled) == "a:2")
    }

    @Test("of a pod that stands in two slices the first keeps it")
    func twice() {
        let kept = endpoint(1)
        let second = StoredObject(
            kind: .endpointSlice, slot: Slot(index: 1),
            key: ObjectKey(namespace: "default", name: "b"), resourceVersion: 1,
            value: [.endpoints: [kept, endpoint(2)]])
        let plan = SlicePlan([kept, endpoint(2)], at: [], over: [slice("a", 1..<2), second]) {
            _ in false
        }
        #expect(text(plan) == "b:1")
    }

    @Test("a slice that would go is taken for one that would come")
    func recycling() {
        var plan = SlicePlan()
        plan.delete([slice("a", 0..<1), slice("b", 1..<2)])
        plan.createPlaceholder()
        plan.recycle()
        #expect(text(plan) == "a:0 -b")
    }
}
