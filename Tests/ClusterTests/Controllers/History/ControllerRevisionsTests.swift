import Model
import Testing
import Value

@testable import Cluster

@Suite("controller revisions")
struct ControllerRevisionsTests {
    private func revisions(_ test: StatefulWorld) -> [Int: String] {
        var result: [Int: String] = [:]
        for revision in test.world.list(.controllerRevision) {
            let template = revision.value[.data][.spec][.template]
            result[ControllerRevisions.number(revision)] =
                template[.spec][.containers][0][.image].string
        }
        return result
    }

    @Test("a revision keeps the template as a patch and gives it back")
    func data() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 1))
        let revision = try #require(test.world.list(.controllerRevision).first)
        #expect(revision.value[.data][.spec][.template]["$patch"] == "replace")
        let hash = revision.value[.metadata][.labels]["controller.kubernetes.io/hash"].string
        #expect(revision.name == "web-\(hash ?? "")")
        #expect(revision.value[.metadata][.labels]["app"] == "web")
        let set = try #require(test.world.get(.statefulSet, "web")).value
        var changed = set
        changed[.spec][.template][.spec][.containers][0][.image] = "other"
        #expect(ControllerRevisions.apply(revision, to: changed) == set)
    }

    @Test("an undo renumbers the old revision: 1, 2 become 2, 3")
    func undo() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 1))
        try test.setImage("app:v2")
        try test.settle()
        #expect(revisions(test) == [1: "app:v1", 2: "app:v2"])
        try test.setImage("app:v1")
        try test.settle()
        #expect(revisions(test) == [2: "app:v2", 3: "app:v1"])
    }

    @Test("revisions beyond the limit go, but not those that pods or the status name")
    func truncation() throws {
        let test = StatefulWorld()
        var manifest = StatefulWorld.manifest(replicas: 1, partition: 1)
        manifest[.spec][.revisionHistoryLimit] = 1
        try test.create(manifest)
        for version in 2...5 {
            try test.setImage("app:v\(version)")
            try test.settle()
        }
        // The pod keeps 1, the update is 5; of 2, 3 and 4 one may stay.
        #expect(revisions(test) == [1: "app:v1", 4: "app:v4", 5: "app:v5"])
    }

    @Test("a revision that a pod still has is kept, though it is neither current nor new")
    func revisionOfPod() throws {
        let test = StatefulWorld()
        var manifest = StatefulWorld.manifest(replicas: 2, partition: 1)
        manifest[.spec][.revisionHistoryLimit] = 0
        try test.create(manifest)
        try test.setImage("app:v2")
        try test.settle()
        #expect(test.images == ["app:v1", "app:v2"])
        try test.change { $0[.spec][.updateStrategy][.rollingUpdate][.partition] = 2 }
        for version in 3...5 {
            try test.setImage("app:v\(version)")
            try test.settle()
        }
        #expect(test.images == ["app:v1", "app:v2"])
        #expect(revisions(test) == [1: "app:v1", 2: "app:v2", 5: "app:v5"])
    }

    @Test("orphaned revisions are adopted by a new set of the same name")
    func adoption() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 1))
        let revision = try #require(test.world.list(.controllerRevision).first)
        for object in [revision, try #require(test.world.get(.pod, "web-0"))] {
            try test.world.api.modify(object) { $0[.metadata][.ownerReferences] = .null }
        }
        try test.world.api.delete(#require(test.world.get(.statefulSet, "web")))
        try test.settle()
        let pod = test.world.get(.pod, "web-0")?.uid
        try test.create(StatefulWorld.manifest(replicas: 1))
        #expect(test.world.list(.controllerRevision).count == 1)
        #expect(test.world.get(.pod, "web-0")?.uid == pod)
        #expect(
            test.world.get(.pod, "web-0")?.controllerUID
                == test.world.get(.statefulSet, "web")?.uid)
    }

    @Test("a name that another template took is passed over, and the collision counted")
    func collision() throws {
        let test = StatefulWorld()
        var stored = StatefulWorld.manifest(replicas: 1)
        Defaults.apply(&stored, kind: Kind.statefulSet.info)
        let data = ControllerRevisions.data(of: stored)
        let hash = TemplateHash.of(revisionData: data, collisionCount: 0)
        try test.world.api.create(
            .controllerRevision,
            [.metadata: [.name: Value("web-\(hash)")], .data: [:], .revision: 1], in: "default")
        try test.create(StatefulWorld.manifest(replicas: 1))
        #expect(test.set.collisionCount == 1)
        #expect(test.set.status.readyReplicas == 1)
    }
}
