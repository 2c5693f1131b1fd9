import Testing

import Model
import Verbs

@Suite struct ReadingTests {
    private func bench() throws -> VerbBench {
        let bench = try VerbBench(nodes: 1)
        for (name, rank) in [("a", "10"), ("b", "9"), ("c", "1")] {
            try bench.run("run \(name) --image=nginx --labels=app=x,rank=\(rank)")
        }
        try bench.settle()
        return bench
    }

    @Test(
        "output formats",
        arguments: [
            ("get pods -o name", "pod/a\npod/b\npod/c\n"),
            ("get pods -o jsonpath='{.items[*].metadata.name}'", "a b c"),
            ("get pod a -o jsonpath='{.metadata.labels}'", #"{"app":"x","rank":"10"}"#),
            (
                "get pods -o custom-columns=N:.metadata.name,R:.metadata.labels.rank",
                "N     R\na     10\nb     9\nc     1\n"
            ),
            (
                "get pods --no-headers -o custom-columns=N:.metadata.name,R:.metadata.labels.rank",
                "a     10\nb     9\nc     1\n"
            ),
            ("get pods -o go-template='{{range .items}}{{.metadata.name}} {{end}}'", "a b c "),
            ("get pods --sort-by=.metadata.labels.rank -o name", "pod/c\npod/b\npod/a\n"),
            ("get pods --sort-by={.metadata.labels.rank} -o name -l rank!=9", "pod/c\npod/a\n"),
            ("get pods --sort-by=.nope", "No resources found in default namespace.\n"),
            ("get pods -l app=none", "No resources found in default namespace.\n"),
            ("get pods -A -l app=none", "No resources found\n"),
            ("get pod nope --ignore-not-found", ""),
            ("get pods -o name -l app=none", ""),
            ("get --raw /healthz", "ok"),
            ("get deploy --subresource=scale", "No resources found in default namespace.\n"),
        ])
    func formats(line: String, text: String) throws {
        #expect(try bench().run(line) == text)
    }

    @Test("--raw reads objects and lists at their paths")
    func raw() throws {
        let bench = try bench()
        #expect(
            try bench.run("get --raw /api/v1/namespaces/default/pods/a").contains(
                #""name":"a""#))
        #expect(
            try bench.run("get --raw /apis/apps/v1/deployments").hasPrefix(
                #"{"kind":"DeploymentList","apiVersion":"apps/v1","metadata":{"resourceVersion":"#))
    }

    @Test("events of one object, by type, the oldest first")
    func events() throws {
        let bench = try bench()
        let text = try bench.run("events --for pod/a")
        #expect(text.hasPrefix("LAST SEEN   TYPE     REASON      OBJECT   MESSAGE\n"))
        #expect(
            text.contains(
                "Normal   Scheduled   Pod/a    Successfully assigned default/a to node-1\n"))
        #expect(!text.contains("Pod/b"))
        #expect(
            try bench.run("events --types=Warning") == "No events found in default namespace.\n")
        #expect(
            try bench.run("events --types=Bad")
                == "error: valid --types are Normal or Warning\n[exit 1]\n"
        )
    }

    @Test("logs check the pod and its containers, and show what they wrote")
    func logs() throws {
        let bench = try bench()
        #expect(try bench.run("logs a").contains("[notice] 1#1: start worker processes\n"))
        #expect(try bench.run("logs a --tail=1 --prefix").hasPrefix("[pod/a/a] 2025/01/01 "))
        #expect(
            try bench.run("logs nope")
                == "Error from server (NotFound): pods \"nope\" not found\n[exit 1]\n"
        )
        #expect(
            try bench.run("logs a -c x")
                == "error: container x is not valid for pod a out of: a\n[exit 1]\n")
        #expect(
            try bench.run("logs a -p")
                == "Error from server (BadRequest): previous terminated container \"a\" in pod \"a\" "
                + "not found\n[exit 1]\n")
    }

    @Test(
        "logs refuse what contradicts itself, in kubectl's words",
        arguments: [
            (
                "logs a --since=1m --since-time=2025-01-01T00:00:00Z",
                "at most one of `sinceTime` or `sinceSeconds` may be specified"
            ),
            ("logs a --since-time=x", "parsing time \"x\" as"),
            (
                "logs a --all-containers -c a",
                "--all-containers=true should not be specified with container name a"
            ),
            ("logs a a -c a", "only one of -c or an inline [CONTAINER] arg is allowed"),
            ("logs a --tail=-2", "--tail must be greater than or equal to -1"),
            ("logs a --limit-bytes=-1", "--limit-bytes must be greater than 0"),
            (
                "logs -f -l app=x --max-log-requests=2",
                "you are attempting to follow 3 log streams, but maximum allowed concurrency is 2"
            ),
            ("logs a -l app=x", "only a selector (-l) or a POD name is allowed"),
        ])
    func logMistakes(_ row: (line: String, text: String)) throws {
        #expect(try bench().run(row.line).hasPrefix("error: \(row.text)"))
    }

    @Test("a scale is shown with the replicas that are wanted and there")
    func scale() throws {
        let bench = try bench()
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("apply -f web.yaml")
        try bench.settle()
        let lines = try bench.run("get deploy web --subresource=scale").split(separator: "\n")
        #expect(lines[0].split(separator: " ") == ["NAME", "DESIRED", "AVAILABLE", "AGE"])
        #expect(lines[1].split(separator: " ").prefix(3) == ["web", "2", "2"])
    }

    @Test("describe tells events of one object, unless it is told to of several")
    func describedEvents() throws {
        let bench = try bench()
        #expect(try bench.run("describe pod a").contains("\nEvents:"))
        #expect(try !bench.run("describe pods").contains("\nEvents:"))
        #expect(try !bench.run("describe pod a b").contains("\nEvents:"))
        #expect(try bench.run("describe pods --show-events").contains("\nEvents:"))
        #expect(try !bench.run("describe pod a --show-events=false").contains("\nEvents:"))
    }

    @Test("discovery")
    func discovery() throws {
        let bench = try bench()
        #expect(
            try bench.run("api-resources --api-group=apps --no-headers").split(separator: "\n")
                .count
                == 5)
        #expect(
            try bench.run("api-resources --api-group=apps -o name").hasPrefix(
                "controllerrevisions.apps\ndaemonsets.apps\ndeployments.apps\n"))
        #expect(try bench.run("api-versions").contains("\nautoscaling/v2\n"))
        #expect(try bench.run("get pv,pvc") == "No resources found\n")
        #expect(try bench.run("get pvc,cj") == "No resources found in default namespace.\n")
        #expect(
            try bench.run("version")
                == "Client Version: v1.36.2\nKustomize Version: v5.8.1\nServer Version: v1.36.2\n")
        #expect(
            try bench.run("explain deploy.spec.replicas").hasPrefix(
                "GROUP:      apps\nKIND:       Deployment\nVERSION:    v1\n\nFIELD: replicas <integer>\n"
            ))
        #expect(
            try bench.run("explain deploy.spec.replcas").hasSuffix(
                "error: field \"replcas\" does not exist (did you mean \"replicas\"?)\n[exit 1]\n"))
        #expect(try bench.run("explain pods --recursive").contains("\n      image\t<string>\n"))
        #expect(
            try bench.run("explain daemonset.spec.updateStrategy") == """
                GROUP:      apps
                KIND:       DaemonSet
                VERSION:    v1

                FIELD: updateStrategy <DaemonSetUpdateStrategy>


                DESCRIPTION:
                    How pods get a changed template.
                    
                FIELDS:
                  rollingUpdate\t<RollingUpdateDaemonSet>
                    The limits of a rolling update.

                  type\t<string>
                  enum: OnDelete, RollingUpdate
                    RollingUpdate (as where none is given) goes node by node, OnDelete waits for
                    deletions.



                """)
    }

    @Test func `no field of any kind is left without a word`() throws {
        let bench = try bench()
        for kind in KindRegistry.builtIn.everyVersion {
            let text = try bench.run(
                "explain \(kind.plural) --api-version=\(kind.apiVersion)")
            #expect(text.contains("\nVERSION:    \(kind.version)\n\nDESCRIPTION:\n"))
            #expect(!text.contains("<empty>") && !text.contains("<no description>"))
        }
    }

    @Test func `explain does not open a type within itself`() throws {
        let text = try bench().run("explain crd.spec.versions.schema --recursive")
        #expect(text.contains("\n    not\t<JSONSchemaProps>\n    nullable\t<boolean>\n"))
    }

    @Test("the namespace of the context can be changed")
    func config() throws {
        let bench = try bench()
        try bench.run("create ns shop")
        #expect(
            try bench.run("config set-context --current --namespace=shop")
                == "Context \"drydock\" modified.\n")
        #expect(try bench.run("get pods") == "No resources found in shop namespace.\n")
        #expect(try bench.run("config current-context") == "drydock\n")
        #expect(
            try bench.run("config get-contexts") == """
                CURRENT   NAME      CLUSTER   AUTHINFO   NAMESPACE
                *         drydock   drydock   drydock    shop

                """)
        #expect(
            try bench.run("config use-context other")
                == "error: no context exists with the name: \"other\"\n[exit 1]\n")
    }
}
