import Cluster
import Testing

@Suite("copies of a world")
struct CopyTests {
    /// Something for each controller to remember.
    private static let statements = [
        "node add n0 n1 n2 --cpu 8",
        """
        file "all.yaml" <<EOF
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: db}
        spec:
          serviceName: db
          replicas: 3
          selector: {matchLabels: {app: db}}
          template:
            metadata: {labels: {app: db}}
            spec: {containers: [{name: main, image: "postgres:1"}]}
          volumeClaimTemplates:
          - metadata: {name: data}
            spec:
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 1Gi}}
        ---
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: agent}
        spec:
          selector: {matchLabels: {app: agent}}
          template:
            metadata: {labels: {app: agent}}
            spec: {containers: [{name: main, image: "agent:1"}]}
        ---
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: crons.example.com}
        spec:
          group: example.com
          names: {kind: Cron, plural: crons, singular: cron}
          scope: Namespaced
          versions:
          - name: v1
            served: true
            storage: true
            schema: {openAPIV3Schema: {type: object}}
        EOF
        """,
        "apply -f all.yaml",
        "create deployment web --image=nginx:1.25 --replicas=6",
        "expose deployment web --port=80",
        "autoscale deployment web --min=2 --max=9 --cpu-percent=50",
        "load deployment/web cpu=900m",
        "create pdb web --selector=app=web --min-available=1",
        "create quota q --hard=pods=30",
        "create job once --image=busybox -- true",
        "create cronjob often --image=busybox --schedule='* * * * *' -- true",
        "behavior crasher:1 { exitAfter: 1s, exitCode: 1 }",
        "create deployment bad --image=crasher:1 --replicas=2",
    ]

    @Test("a copy goes the way of what it was copied from, and neither touches the other")
    func ways() throws {
        let session = RandomSession(seed: 7, spacing: .max)
        for statement in Self.statements { #expect(session.type(statement), "\(statement)") }
        var copies = 0
        for step in ["advance 1s", "set image deployment/web nginx=nginx:1.26", "node fail n1"] {
            #expect(session.type(step))
            let world = session.session.cluster
            guard let one = world.copy(), let other = world.copy() else { continue }
            copies += 1
            let trace = world.clock.trace
            #expect(one.clock.trace == trace)
            let end = world.clock.now + 90_000
            try one.run(until: end)
            #expect(world.clock.trace == trace)
            #expect(one.inconsistencies() == [])
            let place = try #require(world.place)
            let again = try SimulatedCluster.standing(at: place, usesCopies: false) { false }
            try again.run(until: end)
            #expect(again.clock.trace == one.clock.trace)
            try other.run(until: end)
            #expect(other.clock.trace == one.clock.trace)
        }
        #expect(copies > 0)
        #expect(session.type("advance 40s"))
        #expect(session.session.cluster.inconsistencies() == [])
    }

    @Test("a world into whose containers somebody looked is made anew from an earlier copy")
    func insides() {
        let session = RandomSession(seed: 7, spacing: 10)
        session.type("node add n0")
        session.type("run box --image=busybox -- sleep 1000")
        #expect(session.type("wait pod/box --for=condition=Ready"))
        let count = session.session.cluster.checkpointCount
        #expect(count > 0)
        #expect(session.type("exec box -- sh -c 'echo here > /word'"))
        #expect(session.session.cluster.copy() == nil)
        session.type("create deployment web --image=nginx --replicas=3")
        session.type("advance 10s")
        #expect(session.session.cluster.checkpointCount == count)
        let trace = session.session.trace
        session.type("delete deployment web")
        #expect(session.type("undo"))
        #expect(session.session.trace == trace)
        #expect(session.type("expect (output { exec box -- cat /word }) contains \"here\""))
    }
}
