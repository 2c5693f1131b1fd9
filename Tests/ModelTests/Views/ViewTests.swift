import Testing
import Value

@testable import Model

@Suite struct ViewTests {
    @Test func `a missing field reads as its zero value`() {
        let pod = PodView(.emptyObject)
        #expect(pod.name == "" && pod.nodeName == "" && pod.generation == 0)
        #expect(pod.spec.terminationGracePeriodSeconds == 30)
        #expect(pod.conditions["Ready"] == nil && !pod.isDeleting)
    }

    @Test func `writing through a view changes the object`() {
        var pod = PodView([.metadata: [.name: "a"]])
        pod.status.phase = "Running"
        pod.metadata.labels = ["app": "web"]
        #expect(
            pod.value == [
                .metadata: [.name: "a", .labels: ["app": "web"]], .status: [.phase: "Running"],
            ])
        pod.metadata.labels = [:]
        #expect(pod.value[.metadata] == [.name: "a"])
    }

    @Test func `the controller reference is the one marked controller`() {
        let meta = ObjectMeta([
            .ownerReferences: [
                [.uid: "1"],
                OwnerReference.controller(
                    apiVersion: "apps/v1", kind: "ReplicaSet", name: "rs", uid: "2"
                ).value,
            ]
        ])
        #expect(meta.controllerUID == "2")
        #expect(meta.controllerReference?.kindName == "ReplicaSet")
    }

    @Test func `a condition keeps its transition time while its status stays`() {
        var conditions = Conditions(.null)
        let added = conditions.set(Condition(type: "A", status: "True"), transition: "t1")
        #expect(added)
        let changed = conditions.set(
            Condition(type: "A", status: "True", reason: "R"), transition: "t2")
        #expect(changed)
        #expect(conditions["A"]?.lastTransitionTime == "t1")
        conditions.set(Condition(type: "A", status: "False"), transition: "t3")
        #expect(conditions["A"]?.lastTransitionTime == "t3")
        let again = conditions.set(Condition(type: "A", status: "False"), transition: "t4")
        #expect(!again)
        let removed = conditions.remove("A")
        #expect(removed)
        #expect(conditions.value.isNull)
    }

    @Test(arguments: [
        (TaintView(key: "k", text: "v", effect: "NoSchedule"), "k=v:NoSchedule"),
        (TaintView(key: "k", effect: "NoExecute"), "k:NoExecute"),
    ])
    func `a taint prints as kubectl writes it`(taint: TaintView, text: String) {
        #expect(taint.summary == text)
    }
}
