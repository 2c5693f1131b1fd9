import Model
import Testing
import Value

@testable import Cluster

@Suite("the objects of time zero")
struct InitialObjectsTests {
    private func objects(
        _ change: (inout ClusterOptions) -> Void = { _ in }
    ) -> [(object: StoredObject, cause: Cause)] {
        var options = ClusterOptions()
        change(&options)
        let cluster = SimulatedCluster(bare: options)
        cluster.createInitialObjects()
        return cluster.log.changes(after: 0).map { ($0.object, $0.cause) }
    }

    private func withoutUID(_ object: StoredObject) -> Value {
        var value = object.value
        value[.metadata][.uid] = .null
        return value
    }

    @Test("are the same in every world of a process, the uids apart")
    func equal() {
        // The first world of this sort sends them through the server, the others take them over.
        let gates = ["MaxUnavailableStatefulSet": true]
        let first = objects { $0.featureGates = gates }
        let again = objects { $0.featureGates = gates }
        let other = objects {
            $0.featureGates = gates
            $0.title = "another"
        }
        #expect(first.count > 50)
        #expect(first.map(\.object.value) == again.map(\.object.value))
        #expect(first.map(\.cause.verb) == again.map(\.cause.verb))
        #expect(first.map { $0.object.key } == again.map { $0.object.key })
        #expect(first.map { withoutUID($0.object) } == other.map { withoutUID($0.object) })
        for (left, right) in zip(first, other) { #expect(left.object.uid != right.object.uid) }
    }

    @Test("differ where the cluster does")
    func sorts() {
        let standard = objects().map { $0.object.kind }
        let recorder = objects { $0.profile = .recorder }.map { $0.object.kind }
        #expect(standard.contains(.storageClass) && !recorder.contains(.storageClass))
        #expect(standard.contains(.endpointSlice) && !recorder.contains(.endpointSlice))
    }
}
