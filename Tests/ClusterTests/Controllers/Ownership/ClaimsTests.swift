import Model
import Testing
import Value

@testable import Cluster

/// What a controller claims of a kind: the owner's manifest, an orphan that it wants, and when it looks.
private struct ClaimCase: CustomTestStringConvertible, Sendable {
    let owner: Kind
    let name: String
    let dependent: Kind
    /// From the arrival of the orphan to the sync.
    let delay: Milliseconds
    /// What the owner's spec has beside selector and template.
    var extra: Value = .null

    var testDescription: String { "\(owner.info.name) of \(dependent.info.name)" }

    static let all = [
        ClaimCase(owner: .replicaSet, name: "x", dependent: .pod, delay: 0),
        ClaimCase(owner: .replicationController, name: "x", dependent: .pod, delay: 0),
        ClaimCase(owner: .statefulSet, name: "web-7", dependent: .pod, delay: 0),
        ClaimCase(owner: .daemonSet, name: "x", dependent: .pod, delay: 0),
        ClaimCase(owner: .daemonSet, name: "x", dependent: .controllerRevision, delay: 0),
        ClaimCase(
            owner: .job, name: "x", dependent: .pod, delay: 1_000,
            extra: [.manualSelector: true, .parallelism: 0]),
        ClaimCase(owner: .deployment, name: "x", dependent: .replicaSet, delay: 0),
    ]

    var ownerManifest: Value {
        var spec: Value = [
            .selector: owner == .replicationController
                ? ["app": "web"] : [.matchLabels: ["app": "web"]],
            .template: template,
        ]
        if owner != .daemonSet, owner != .job { spec[.replicas] = 0 }
        for field in extra.fields { spec[field.key] = field.value }
        return [.metadata: [.name: "web"], .spec: spec]
    }

    var orphanManifest: Value {
        let metadata: Value = [.name: Value(name), .labels: ["app": "web"]]
        switch dependent {
        case .replicaSet:
            return [
                .metadata: metadata,
                .spec: [
                    .replicas: 0, .selector: [.matchLabels: ["app": "web"]], .template: template,
                ],
            ]
        case .controllerRevision: return [.metadata: metadata, .data: [:], .revision: 1]
        default: return [.metadata: metadata, .spec: template[.spec]]
        }
    }

    private var template: Value {
        [
            .metadata: [.labels: ["app": "web"]],
            .spec: [
                .containers: [[.name: "c", .image: "nginx"]],
                .restartPolicy: owner == .job ? "Never" : "Always",
            ],
        ]
    }
}

@Suite("claims")
struct ClaimsTests {
    /// The owner in a world that has come to rest.
    private func world(_ test: ClaimCase) throws -> (WholeWorld, StoredObject) {
        let world = try WholeWorld(nodes: 0)
        let owner = try world.create(test.owner, test.ownerManifest)
        try world.advance(seconds: 10)
        return (world, owner)
    }

    /// The versions of an object after its creation.
    private func changes(of object: StoredObject, in world: WholeWorld) -> [StoredObject] {
        world.cluster.log.changes(after: object.resourceVersion).map(\.object).filter {
            $0.kind == object.kind && $0.name == object.name
        }
    }

    @Test("an orphan that matches is adopted", arguments: ClaimCase.all)
    private func adoption(_ test: ClaimCase) throws {
        let (world, owner) = try world(test)
        let orphan = try world.create(test.dependent, test.orphanManifest)
        try world.advance(seconds: 2)
        let adopted = try #require(changes(of: orphan, in: world).first { $0.controllerUID != nil })
        #expect(adopted.controllerUID == owner.uid)
        #expect(Finalizers.contains(JobKeys.finalizer, in: adopted.value) == (test.owner == .job))
    }

    @Test(
        "an owner that was deleted a moment ago, and is still seen, adopts nothing",
        arguments: ClaimCase.all)
    private func recheck(_ test: ClaimCase) throws {
        let (world, owner) = try world(test)
        let orphan = try world.create(test.dependent, test.orphanManifest)
        // The orphan arrives after 2 ms; the removal of the owner 1 ms after the sync.
        try world.cluster.advance(by: 1 + test.delay)
        try world.api.delete(try world.api.current(owner))
        try world.advance(seconds: 20)
        #expect(changes(of: orphan, in: world).allSatisfy { $0.controllerUID == nil })
        #expect(world.get(test.dependent, test.name)?.uid == orphan.uid)
    }

    @Test("what matches no longer is released", arguments: ClaimCase.all)
    private func release(_ test: ClaimCase) throws {
        let (world, owner) = try world(test)
        var manifest = test.orphanManifest
        manifest[.metadata][.labels] = ["app": "other"]
        manifest[.metadata][.finalizers] = [Value(JobKeys.finalizer), "example.com/hold"]
        manifest[.metadata][.ownerReferences] = [
            OwnerReference.controller(
                apiVersion: owner.value.text(.apiVersion), kind: owner.value.text(.kind),
                name: owner.name, uid: owner.uid
            ).value
        ]
        let dependent = try world.create(test.dependent, manifest)
        // A DaemonSet is not woken by a revision that it has.
        try world.modify(test.owner, "web") { $0[.metadata][.annotations]["poked"] = "yes" }
        try world.advance(seconds: 3)
        let now = try world.api.current(dependent)
        #expect(now.controllerUID == nil && now.value[.metadata][.ownerReferences].isNull)
        let finalizers = now.value[.metadata][.finalizers].elements.compactMap(\.string)
        #expect(
            finalizers == (test.owner == .job ? [] : [JobKeys.finalizer]) + ["example.com/hold"])
    }

    @Test("a finalizer that is there already is not added a second time")
    func finalizersAreASet() throws {
        let test = try #require(ClaimCase.all.first { $0.owner == .job })
        let (world, owner) = try world(test)
        var manifest = test.orphanManifest
        manifest[.metadata][.finalizers] = [Value(JobKeys.finalizer)]
        let orphan = try world.create(.pod, manifest)
        try world.advance(seconds: 2)
        let adopted = try #require(changes(of: orphan, in: world).first { $0.controllerUID != nil })
        #expect(adopted.controllerUID == owner.uid)
        #expect(adopted.value[.metadata][.finalizers] == [Value(JobKeys.finalizer)])
    }

    @Test("one failure keeps nothing from being tried, and is thrown at the end")
    func failures() throws {
        let cluster = SimulatedCluster(bare: ClusterOptions())
        let controller = ScriptedController()
        cluster.add(controller, to: cluster.addProcess("test"))
        try cluster.api.create(.namespace, [.metadata: [.name: "default"]])
        let owner = try cluster.api.create(.configMap, [.metadata: [.name: "owner"]], in: "default")
        let other = try cluster.api.create(.configMap, [.metadata: [.name: "other"]], in: "default")
        let orphans = try ["a", "b", "c", "d"].map {
            try cluster.api.create(.secret, [.metadata: [.name: Value($0)]], in: "default")
        }
        // Somebody else takes a; b goes.
        try controller.adopt(orphans[0], by: controller.controllerReference(to: other))
        try cluster.api.delete(orphans[1])
        let error = #expect(throws: APIError.self) {
            try controller.claim(for: owner, releasing: [], adopting: orphans)
        }
        #expect(error?.reason == .invalid)
        let secrets = cluster.state.list(.secret)
        #expect(secrets.map(\.name) == ["a", "c", "d"])
        #expect(secrets.map(\.controllerUID) == [other.uid, owner.uid, owner.uid])
        let again = try controller.claim(for: owner, releasing: [orphans[2]], adopting: [])
        #expect(again.isEmpty)
        #expect(cluster.state.list(.secret).map(\.controllerUID) == [other.uid, nil, owner.uid])
    }
}
