import Testing

import Verbs

/// How far `apply` goes: what it prunes, puts back, and leaves out.
@Suite struct ApplyLimitsTests {
    @Test("--force puts the old object back where the new one is refused")
    func forceRestores() throws {
        let bench = try VerbBench(nodes: 1)
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("apply -f web.yaml")
        try bench.settle()
        // Another selector is refused by a patch, and the template's labels by a creation.
        bench.files.texts["web.yaml"] = Manifests.deployment().replacing(
            "matchLabels:\n      app: web", with: "matchLabels:\n      app: other")
        let text = try bench.run("apply --force -f web.yaml")
        #expect(text.hasPrefix("The Deployment \"web\" is invalid: "))
        #expect(text.hasSuffix("[exit 1]\n"))
        #expect(
            try bench.run("get deploy web -o jsonpath='{.spec.selector.matchLabels}'")
                == #"{"app":"web"}"#)
    }

    @Test("--force waits for the old object, and makes the new one in its place")
    func forceReplaces() throws {
        let bench = try VerbBench(nodes: 1)
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("apply -f web.yaml")
        bench.files.texts["web.yaml"] = Manifests.deployment().replacing(
            "app: web", with: "app: other")
        #expect(try bench.run("apply --force -f web.yaml") == "deployment.apps/web configured\n")
        #expect(
            try bench.run("get deploy web -o jsonpath='{.spec.selector.matchLabels.app}'")
                == "other")
    }

    @Test("--prune looks in the namespaces of the manifests alone")
    func pruneStays() throws {
        let bench = try VerbBench(nodes: 0)
        try bench.run("create namespace shop")
        for (name, namespace) in [("a", "default"), ("b", "default"), ("c", "shop")] {
            bench.files.texts["\(name).yaml"] =
                "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\n  "
                + "namespace: \(namespace)\n"
            try bench.run("apply -f \(name).yaml")
        }
        #expect(
            try bench.run("apply -f a.yaml --prune --all --prune-allowlist=core/v1/ConfigMap")
                == "configmap/a unchanged\nconfigmap/b pruned\n")
        #expect(try bench.run("get cm c -n shop -o name") == "configmap/c\n")
    }

    @Test("--applyset prunes what the set had, and reads what its parent says")
    func applySet() throws {
        let bench = try VerbBench(nodes: 0)
        let manifest = { (name: String) in
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n"
        }
        let apply = "apply -n default --prune --applyset=shop -f set.yaml"
        bench.files.texts["set.yaml"] = manifest("a") + "---\n" + manifest("b")
        #expect(try bench.run(apply) == "configmap/a created\nconfigmap/b created\n")
        bench.files.texts["set.yaml"] = manifest("a")
        #expect(try bench.run(apply) == "configmap/a unchanged\nconfigmap/b pruned\n")
        try bench.run(
            "annotate secret shop --overwrite applyset.kubernetes.io/contains-group-kinds=.")
        #expect(try bench.run(apply).contains(#"no matches for kind ".""#))
    }

    @Test("what is null is not created, and the annotation keeps it")
    func nulls() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["q.yaml"] =
            "apiVersion: v1\nkind: ResourceQuota\nmetadata: {name: q}\n"
            + "spec: {hard: {pods: 5, limits.cpu: null}}\n"
        try bench.run("apply -f q.yaml")
        #expect(try bench.run("get quota q -o jsonpath={.spec.hard}") == #"{"pods":"5"}"#)
        #expect(try bench.run("get quota q -o yaml").contains(#""limits.cpu":null"#))
    }

    @Test("a resourceVersion of 0 replaces whatever is there")
    func versionZero() throws {
        let bench = try VerbBench(nodes: 0)
        let manifest = { (version: String, text: String) in
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, resourceVersion: '\(version)'}\n"
                + "data: {a: '\(text)'}\n"
        }
        try bench.run("create configmap c --from-literal=a=1")
        bench.files.texts["c.yaml"] = manifest("1", "2")
        #expect(try bench.run("replace -f c.yaml").contains("(Conflict)"))
        bench.files.texts["c.yaml"] = manifest("0", "2")
        #expect(try bench.run("replace -f c.yaml") == "configmap/c replaced\n")
    }

    @Test("delete --interactive asks, and deletes for a y")
    func interactive() throws {
        let bench = try VerbBench(nodes: 0)
        try bench.run("create configmap c")
        let question =
            "You are about to delete the following 1 resource(s):\nconfigmap/c\n"
            + "Do you want to continue? (y/N): "
        #expect(
            try bench.run("delete cm c --interactive") == question + "deletion is cancelled\n")
        #expect(
            try bench.run("delete cm c -i", input: "y\n")
                == question + "configmap \"c\" deleted from default namespace\n")
    }

    @Test(
        "autoscale measures cpu and memory by share and by amount",
        arguments: [
            (
                "--cpu=70%",
                #"[{"resource":{"name":"cpu","target":{"averageUtilization":70,"type":"Utilization"}},"type":"Resource"}]"#
            ),
            (
                "--cpu=500 --memory=1Gi",
                #"[{"resource":{"name":"cpu","target":{"averageValue":"500m","type":"AverageValue"}},"type":"Resource"},{"resource":{"name":"memory","target":{"averageValue":"1Gi","type":"AverageValue"}},"type":"Resource"}]"#
            ),
        ])
    func autoscale(flags: String, metrics: String) throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["web.yaml"] = Manifests.deployment()
        #expect(
            try bench.run("autoscale -f web.yaml --max=3 \(flags)")
                == "Error from server (NotFound): deployments.apps \"web\" not found\n[exit 1]\n")
        try bench.run("apply -f web.yaml")
        #expect(
            try bench.run("autoscale -f web.yaml --max=3 \(flags)")
                == "horizontalpodautoscaler.autoscaling/web autoscaled\n")
        #expect(try bench.run("get hpa web -o jsonpath={.spec.metrics}") == metrics)
    }
}
