import API
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

    /// Adds an owner reference, and takes away the one that was there.
    private func hand(_ child: StoredObject, to owner: StoredObject, blocks: Bool = true) throws {
        try cluster.api.modify(child) { value in
            value[.metadata][.ownerReferences] = [
                [
                    .apiVersion: "v1", .blockOwnerDeletion: .bool(blocks), .kind: "ConfigMap",
                    .name: Value(owner.name), .uid: Value(owner.uid),
                ]
            ]
        }
    }

    @Test("foreground: a dependent that does not block is deleted, but nobody waits for it")
    func nonBlocking() throws {
        let owner = try make("owner")
        let child = try make("child", finalizers: ["example.com/hold"])
        try hand(child, to: owner, blocks: false)
        try settle()
        try cluster.api.delete(owner, options: DeleteOptions(propagation: .foreground))
        try settle()
        #expect(names == ["child"])
        let left = try cluster.api.current(child)
        #expect(left.isDeleting)
    }

    @Test("foreground: while the owner waits for one dependent, those that do not block go, too")
    func nonBlockingBesideBlocking() throws {
        let owner = try make("owner")
        _ = try make("blocker", ownedBy: owner, finalizers: ["example.com/hold"])
        let child = try make("child", finalizers: ["example.com/hold"])
        try hand(child, to: owner, blocks: false)
        try settle()
        try cluster.api.delete(owner, options: DeleteOptions(propagation: .foreground))
        try settle()
        #expect(names == ["blocker", "child", "owner"])
        #expect(try cluster.api.current(child).isDeleting)
    }

    @Test("foreground: an owner goes when the last reference that blocks it is lost")
    func unblocked() throws {
        let owner = try make("owner")
        let other = try make("other")
        let child = try make("child", ownedBy: owner, finalizers: ["example.com/hold"])
        try settle()
        try cluster.api.delete(owner, options: DeleteOptions(propagation: .foreground))
        try settle()
        #expect(names == ["child", "other", "owner"])
        try hand(child, to: other)
        try settle()
        #expect(names == ["child", "other"])
    }

    @Test("foreground: a dependent with another owner is not deleted but loses the reference")
    func sharedInForeground() throws {
        let owner = try make("owner")
        let other = try make("other")
        let child = try make("child", ownedBy: owner)
        try cluster.api.modify(child) { value in
            value[.metadata][.ownerReferences].append([
                .apiVersion: "v1", .kind: "ConfigMap", .name: "other", .uid: Value(other.uid),
            ])
        }
        try settle()
        try cluster.api.delete(owner, options: DeleteOptions(propagation: .foreground))
        try settle()
        #expect(names == ["child", "other"])
        let left = try cluster.api.current(child).value[.metadata][.ownerReferences]
        #expect(left.elements.map { $0.text(.name) } == ["other"])
    }

    @Test("foreground: dependents that own dependents wait for them in their turn")
    func nested() throws {
        let owner = try make("owner")
        let child = try make("child", ownedBy: owner)
        let grandchild = try make("grandchild", ownedBy: child, finalizers: ["example.com/hold"])
        try settle()
        try cluster.api.delete(owner, options: DeleteOptions(propagation: .foreground))
        try settle()
        #expect(names == ["child", "grandchild", "owner"])
        #expect(
            try cluster.api.current(child).value[.metadata][.finalizers]
                == ["foregroundDeletion"])
        try cluster.api.modify(grandchild) { $0[.metadata][.finalizers] = .null }
        try settle()
        #expect(names == [])
    }

    @Test("orphan: marked first, then the dependents are free, and only then the owner goes")
    func orphanOrder() throws {
        let owner = try make("owner")
        for name in ["a", "b"] { _ = try make(name, ownedBy: owner) }
        try settle()
        let begin = cluster.log.head
        try cluster.api.delete(owner, options: DeleteOptions(propagation: .orphan))
        try settle()
        let writes = cluster.log.changes(after: begin).filter { $0.kind == .configMap }
        #expect(writes.map(\.object.name) == ["owner", "a", "b", "owner"])
        #expect(writes[0].object.value[.metadata][.finalizers] == ["orphan"])
        #expect(writes[3].type == .deleted)
        // In between others can act, and the collector reads the owner before it patches it.
        #expect(writes[1].time == writes[2].time)
        #expect(writes[3].time - writes[2].time == 2 * cluster.profile.apiRequest)
    }

    @Test("an owner in another namespace counts as none, and an event says so")
    func otherNamespace() throws {
        let owner = try make("owner")
        try cluster.api.create(.namespace, [.metadata: [.name: "shop"]])
        try settle()
        let child = try cluster.api.create(
            .configMap,
            [
                .metadata: [
                    .name: "child",
                    .ownerReferences: [
                        [
                            .apiVersion: "v1", .kind: "ConfigMap", .name: "owner",
                            .uid: Value(owner.uid),
                        ]
                    ],
                ]
            ], in: "shop")
        try settle()
        #expect(cluster.state.get(.configMap, namespace: "shop", name: "child") == nil)
        let events = cluster.state.list(.event, namespace: "shop").map(\.value)
        #expect(events.count == 1)
        #expect(events[0].text(.reason) == "OwnerRefInvalidNamespace")
        #expect(
            events[0].text(.message)
                == "ownerRef [v1/ConfigMap, namespace: shop, name: owner, uid: \(owner.uid)] does "
                + "not exist in namespace \"shop\"")
        #expect(child.name == "child")
    }

    @Test("a reference that cannot be followed keeps its object")
    func unknownKind() throws {
        let child = try make("child")
        try cluster.api.modify(child) { value in
            value[.metadata][.ownerReferences] = [
                [.apiVersion: "example.com/v1", .kind: "Widget", .name: "w", .uid: "u"]
            ]
        }
        try settle()
        #expect(names == ["child"])
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
