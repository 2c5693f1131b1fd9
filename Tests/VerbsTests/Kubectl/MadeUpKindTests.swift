import Cluster
import Model
import Support
import Testing
import Value

@testable import Printers

/// A kind that is added at run time, with one row per layer: its descriptor, its strategy, its printer.
/// No verb knows of it; custom resources come the same way.
@Suite struct MadeUpKindTests {
    private let bench: VerbBench

    /// Toys keep their parts at places of their own, so that nobody can guess them.
    private static func toy(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Toy", plural: "toys", shortNames: ["ty"], group: "toys.example.com",
            categories: ["all"], subresources: ["scale", "status"], hasGeneration: true,
            podTemplate: .maker(at: [.spec, "stuffing"]),
            podSelector: PodSelector(.labelSelector, at: [.spec, "finds"]),
            replicas: ReplicaPlaces(wanted: [.spec, .count], present: [.status, .count]),
            rollout: Rollout(history: .controllerRevisions, canPause: true), isExposable: true,
            rules: KindRules(
                defaults: { if $0[.spec][.count].isNull { $0[.spec][.count] = 1 } },
                object: { validator, toy in
                    guard toy[.spec].int(.count) > 9 else { return }
                    validator.add(
                        FieldError(path: "spec.count", reason: .forbidden, detail: "too many"))
                }))
    }

    private static let printer = KindPrinter(
        table: Table(.name, .int("WANTED") { $0[.spec][.count] }, .age),
        description: Description { toy, context, writer in
            writer.heading(toy)
            writer.line(0, "Pods:\t\(context.controlled(by: toy, .pod).count)")
            writer.podTemplate(toy[.spec]["stuffing"])
        },
        rolloutStatus: { toy, _ throws(RolloutStatus.Failure) in
            let isDone = toy[.status][.count].cellInt >= toy[.spec][.count].cellInt
            return RolloutStatus(isDone ? "all are stuffed" : "stuffing...", isDone: isDone)
        })

    private static let manifest = """
        apiVersion: toys.example.com/v1
        kind: Toy
        metadata:
          name: bear
        spec:
          finds: {matchLabels: {toy: bear}}
          stuffing:
            metadata: {labels: {toy: bear}}
            spec: {containers: [{name: wool, image: "wool:1", ports: [{containerPort: 80}]}]}
        """

    init() throws {
        bench = try VerbBench()
        let kind = bench.cluster.register(
            Self.toy, strategy: KindStrategy(initialStatus: [.count: 0]))
        bench.printers.add(Self.printer, for: bench.cluster.connection.client.kinds[kind])
        bench.files.texts["toy.yaml"] = Self.manifest
        try #require(try bench.run("apply -f toy.yaml") == "toy.toys.example.com/bear created\n")
    }

    private func spec(_ path: String) throws -> String {
        try bench.run("get toy bear -o jsonpath={.spec.\(path)}")
    }

    @Test func `it is found by any of its names, and shown by its own table`() throws {
        let table = "NAME   WANTED   AGE\nbear   1        0s\n"
        #expect(try bench.run("get toys") == table)
        for name in ["ty", "toy", "Toy", "toys.toys.example.com", "toys.v1.toys.example.com"] {
            #expect(try bench.run("get \(name) bear -o name") == "toy.toys.example.com/bear\n")
        }
        let all = try bench.run("get all")
        #expect(all.contains("\n\nNAME                        WANTED   AGE\n"))
        #expect(all.contains("\ntoy.toys.example.com/bear   1        "))
        #expect(
            try bench.run("api-resources --api-group=toys.example.com") == """
                NAME   SHORTNAMES   APIVERSION            NAMESPACED   KIND
                toys   ty           toys.example.com/v1   true         Toy

                """)
        #expect(
            try bench.run("get toy cat") == """
                Error from server (NotFound): toys.toys.example.com "cat" not found
                [exit 1]

                """)
    }

    @Test func `it is described by its own description, with the pods that it controls`() throws {
        let uid = try bench.run("get toy bear -o jsonpath={.metadata.uid}")
        bench.files.texts["pod.yaml"] = """
            apiVersion: v1
            kind: Pod
            metadata:
              name: bear-1
              labels: {toy: bear}
              ownerReferences:
              - {apiVersion: toys.example.com/v1, kind: Toy, name: bear, uid: \(uid), controller: true}
            spec: {containers: [{name: wool, image: "wool:1"}]}
            """
        try bench.run("apply -f pod.yaml")
        #expect(
            try bench.run("describe toy bear") == """
                Name:       bear
                Namespace:  default
                Pods:       1
                Pod Template:
                  Labels:  toy=bear
                  Containers:
                   wool:
                    Image:         wool:1
                    Port:          80/
                    Host Port:     0/
                    Environment:   <none>
                    Mounts:        <none>
                  Volumes:         <none>
                  Node-Selectors:  <none>
                  Tolerations:     <none>
                Events:            <none>

                """)
        // Its selector finds the pod for `logs`, too.
        bench.namespace = "default"
        #expect(
            try bench.run("logs toy/bear -c wood").hasPrefix("error: container wood is not valid"))
    }

    @Test func `patches are defaulted, checked and counted`() throws {
        #expect(try spec("count") == "1")
        #expect(
            try bench.run("patch toy bear --type=merge -p '{\"spec\":{\"count\":2}}'")
                == "toy.toys.example.com/bear patched\n")
        #expect(
            try bench.run("patch toy bear --type=merge -p '{\"spec\":{\"count\":12}}'") == """
                The Toy "bear" is invalid: spec.count: Forbidden: too many
                [exit 1]

                """)
        #expect(
            try bench.run("label toy bear color=brown") == "toy.toys.example.com/bear labeled\n")
        #expect(
            try bench.run("get toys -l color=brown --no-headers -L color").hasSuffix("  brown\n"))
        #expect(
            try bench.run("get toys -l color=white") == "No resources found in default namespace.\n"
        )
        #expect(
            try bench.run("get toy bear -o jsonpath={.metadata.generation}") == "2")
        try bench.run(
            "patch toy bear --subresource=status --type=merge -p '{\"status\":{\"count\":2}}'")
        #expect(
            try bench.run(
                "get toy bear -o jsonpath={.metadata.generation}/{.status.count}") == "2/2")
        #expect(
            try bench.run("wait toy/bear --for=jsonpath={.status.count}=2")
                == "toy.toys.example.com/bear condition met\n")
    }

    @Test func `it scales by the places that its descriptor names`() throws {
        #expect(
            try bench.run("scale toy bear --replicas=4") == "toy.toys.example.com/bear scaled\n")
        #expect(try spec("count") == "4")
        #expect(
            try bench.run("scale toy bear --current-replicas=3 --replicas=5")
                == "error: Expected replicas to be 3, was 4\n[exit 1]\n")
        #expect(
            try bench.run("autoscale toy bear --max=5")
                == "horizontalpodautoscaler.autoscaling/bear autoscaled\n")
    }

    @Test func `its pod template is found by set, expose and load`() throws {
        #expect(
            try bench.run("set image toy/bear wool=wool:2")
                == "toy.toys.example.com/bear image updated\n")
        try bench.run("set env toy/bear A=b")
        #expect(
            try spec("stuffing.spec.containers[0].image") + spec("stuffing.spec.containers[0].env")
                == "wool:2[{\"name\":\"A\",\"value\":\"b\"}]")
        #expect(try bench.run("expose toy/bear") == "service/bear exposed\n")
        #expect(
            try bench.run("get svc bear -o jsonpath={.spec.selector}{.spec.ports[0].port}")
                == "{\"toy\":\"bear\"}80")
        #expect(try bench.run("load toy/bear cpu=100m") == "toy/bear loaded\n")
        #expect(
            try bench.run("load toy/bear cpu=100m --container=wood").hasPrefix(
                "error: toy/bear has no container wood"))
    }

    @Test func `it rolls`() throws {
        #expect(try bench.run("rollout pause toy/bear") == "toy.toys.example.com/bear paused\n")
        #expect(
            try bench.run("rollout restart toy/bear") == """
                error: toys.toys.example.com "bear" can't restart paused deployment (run rollout \
                resume first)
                [exit 1]

                """)
        try bench.run("rollout resume toy/bear")
        #expect(
            try bench.run("rollout restart toy/bear") == "toy.toys.example.com/bear restarted\n")
        #expect(
            try spec("stuffing.metadata.annotations").hasPrefix(
                "{\"kubectl.kubernetes.io/restartedAt\":\"2025-01-01T00:00:0"))
        #expect(
            try bench.run("rollout history toy/bear")
                == "toy.toys.example.com/bear \nNo rollout history found.\n")
        #expect(try bench.run("rollout status toy/bear --watch=false") == "stuffing...\n")
        try bench.run(
            "patch toy bear --subresource=status --type=merge -p '{\"status\":{\"count\":1}}'")
        #expect(try bench.run("rollout status toy/bear") == "all are stuffed\n")
    }

    @Test func `it goes, and its namespace takes it along`() throws {
        #expect(
            try bench.run("delete toy bear")
                == "toy.toys.example.com \"bear\" deleted from default namespace\n")
        #expect(try bench.run("get toys") == "No resources found in default namespace.\n")
        try bench.run("create namespace nursery")
        try bench.run("apply -n nursery -f toy.yaml")
        try bench.run("delete namespace nursery")
        #expect(try bench.run("get toys -A") == "No resources found\n")
    }

    @Test func `a kind with nothing but names is shown as any custom resource`() throws {
        _ = bench.cluster.register { kind in
            KindDescriptor(
                kind, "Stone", plural: "stones", group: "toys.example.com", isNamespaced: false)
        }
        bench.files.texts["stone.yaml"] = """
            apiVersion: toys.example.com/v1
            kind: Stone
            metadata: {name: flint}
            weight: 3
            """
        #expect(
            try bench.run("apply -f stone.yaml") == "stone.toys.example.com/flint created\n")
        #expect(try bench.run("get stones") == "NAME    AGE\nflint   0s\n")
        let description = try bench.run("describe stone flint")
        #expect(description.hasPrefix("Name:         flint\nNamespace:    \n"))
        #expect(description.contains("\nWeight:                3\n"))
        for line in [
            "scale stone flint --replicas=2", "rollout status stone/flint",
            "rollout history stone/flint", "expose stone flint --port=80",
            "set image stone/flint a=b", "logs stone/flint", "rollout pause stone/flint",
        ] {
            #expect(try bench.run(line).hasSuffix("[exit 1]\n"), "\(line)")
        }
    }
}
