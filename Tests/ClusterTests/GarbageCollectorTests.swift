import Model
import Testing
import Value

@testable import Cluster

@Suite("garbage collection")
struct GarbageCollectorTests {
    private let cluster = SimulatedCluster()

    private func make(
        _ name: String, ownedBy owner: StoredObject? = nil, isController: Bool = true,
        finalizers: [String] = []
    ) throws -> StoredObject {
        var value: Value = [.metadata: [.name: Value(name)]]
        if let owner {
            value[.metadata][.ownerReferences].append([
                .apiVersion: "v1", .blockOwnerDeletion: true, .controller: Value(isController),
                .kind: "ConfigMap", .name: Value(owner.name), .uid: Value(owner.uid),
            ])
        }
        if !finalizers.isEmpty { value[.metadata][.finalizers] = Value(strings: finalizers) }
        return try cluster.api.create(.configMap, value, in: "default")
    }

    private var names: [String] {
        cluster.state.list(.configMap, namespace: "default").map(\.name).filter {
            $0 != "kube-root-ca.crt"
        }
    }

    private func settle() throws {
        _ = try cluster.settle()
        #expect(cluster.inconsistencies() == [])
    }

    @Test("background: the owner goes at once, its dependents follow", arguments: [true, false])
    func background(isController: Bool) throws {
        let owner = try make("owner")
        let child = try make("child", ownedBy: owner, isController: isController)
        _ = try make("grandchild", ownedBy: child, isController: isController)
        try settle()
        try cluster.api.delete(owner)
        #expect(names == ["child", "grandchild"])
        try settle()
        #expect(names == [])
    }

    @Test("foreground: the owner waits for its blocking dependents")
    func foreground() throws {
        let owner = try make("owner")
        let child = try make("child", ownedBy: owner, finalizers: ["example.com/hold"])
        try settle()
        try cluster.api.delete(owner, options: DeleteOptions(propagation: .foreground))
        try settle()
        #expect(names == ["child", "owner"])
        try cluster.api.modify(child) { $0[.metadata][.finalizers] = .null }
        try settle()
        #expect(names == [])
    }

    @Test("orphan: the dependents lose their reference and stay")
    func orphan() throws {
        let owner = try make("owner")
        _ = try make("child", ownedBy: owner)
        try settle()
        try cluster.api.delete(owner, options: DeleteOptions(propagation: .orphan))
        try settle()
        #expect(names == ["child"])
        let child = try #require(
            cluster.state.get(.configMap, namespace: "default", name: "child"))
        #expect(child.value[.metadata][.ownerReferences].isNull)
    }

    @Test("an object whose owner never existed is deleted")
    func absentOwner() throws {
        let owner = try make("owner")
        try cluster.api.delete(owner)
        _ = try make("child", ownedBy: owner)
        try settle()
        #expect(names == [])
    }

    @Test("an object with another owner that stays only loses the dangling reference")
    func twoOwners() throws {
        let first = try make("first")
        let second = try make("second")
        let child = try make("child", ownedBy: first)
        try cluster.api.modify(child) { value in
            value[.metadata][.ownerReferences].append([
                .apiVersion: "v1", .kind: "ConfigMap", .name: "second", .uid: Value(second.uid),
            ])
        }
        try settle()
        try cluster.api.delete(first)
        try settle()
        #expect(names == ["child", "second"])
        let kept = try #require(
            cluster.state.get(.configMap, namespace: "default", name: "child"))
        #expect(
            kept.value[.metadata][.ownerReferences].elements.map { $0.text(.name) } == ["second"])
    }

    @Test("a namespace is emptied and goes after its settling time")
    func namespace() throws {
        let api = cluster.api
        let namespace = try api.create(.namespace, [.metadata: [.name: "shop"]])
        try settle()
        #expect(cluster.state.list(.serviceAccount, namespace: "shop").map(\.name) == ["default"])
        try api.create(.configMap, [.metadata: [.name: "c"]], in: "shop")
        try api.delete(namespace)
        #expect(
            cluster.state.get(.namespace, name: "shop")?.value[.status][.phase].string
                == "Terminating")
        #expect(throws: APIError.self) {
            try api.create(.configMap, [.metadata: [.name: "d"]], in: "shop")
        }
        try settle()
        #expect(cluster.state.get(.namespace, name: "shop") == nil)
        #expect(cluster.state.list(.configMap, namespace: "shop") == [])
        #expect(cluster.clock.now >= 5000)
    }

    @Test("a new cluster has what a real one has, and rests")
    func zero() throws {
        try settle()
        #expect(
            cluster.state.list(.namespace).map(\.name)
                == ["default", "kube-node-lease", "kube-public", "kube-system"])
        #expect(cluster.state.count(.serviceAccount) == 4)
        #expect(cluster.state.count(.priorityClass) == 2)
        #expect(cluster.clock.nextWorkInstant == nil)
    }
}
