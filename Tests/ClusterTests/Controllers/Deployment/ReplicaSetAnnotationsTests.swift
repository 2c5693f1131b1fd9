import Testing
import Value

@testable import Cluster

@Suite("annotations of a Deployment's ReplicaSets")
struct ReplicaSetAnnotationsTests {
    private func set(_ annotations: Value) -> Value { [.metadata: [.annotations: annotations]] }

    @Test("an undo raises the number and keeps the old one in the history")
    func undo() {
        var value = set(["deployment.kubernetes.io/revision": "2"])
        #expect(ReplicaSetAnnotations.setNew(&value, deployment: [:], newRevision: 4))
        let annotations = value[.metadata][.annotations]
        #expect(annotations["deployment.kubernetes.io/revision"] == "4")
        #expect(annotations["deployment.kubernetes.io/revision-history"] == "2")
        #expect(ReplicaSetAnnotations.setNew(&value, deployment: [:], newRevision: 6))
        #expect(
            value[.metadata][.annotations]["deployment.kubernetes.io/revision-history"] == "2,4")
    }

    @Test("a number that is high enough stays")
    func stays() {
        var value = set(["deployment.kubernetes.io/revision": "5"])
        #expect(!ReplicaSetAnnotations.setNew(&value, deployment: [:], newRevision: 3))
        #expect(ReplicaSetAnnotations.revision(of: value) == 5)
    }

    @Test("the change-cause is copied, bookkeeping annotations are not")
    func copying() {
        var value = set([:])
        let deployment = set([
            "kubernetes.io/change-cause": "kubectl set image",
            "kubectl.kubernetes.io/last-applied-configuration": "{}",
            "deployment.kubernetes.io/revision": "7",
        ])
        #expect(ReplicaSetAnnotations.setNew(&value, deployment: deployment, newRevision: 1))
        let annotations = value[.metadata][.annotations]
        #expect(annotations["kubernetes.io/change-cause"] == "kubectl set image")
        #expect(annotations["kubectl.kubernetes.io/last-applied-configuration"].isNull)
        #expect(annotations["deployment.kubernetes.io/revision"] == "1")
    }

    @Test("a history that grows too long loses its oldest numbers")
    func limit() throws {
        let long = (1000..<1400).map(String.init).joined(separator: ",")
        let result = try #require(ReplicaSetAnnotations.appended("1400", to: long))
        #expect(result.utf8.count <= 2000)
        #expect(!result.hasPrefix("1000,"))
        #expect(result.hasSuffix(",1399,1400"))
    }
}
