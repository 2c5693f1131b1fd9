import Testing

import Verbs

@Suite struct ApplyTests {
    @Test("apply creates, leaves alone, changes, and takes away what the manifest drops")
    func lifeCycle() throws {
        let bench = try VerbBench()
        bench.files.texts["web.yaml"] = Manifests.deployment()
        #expect(try bench.run("apply -f web.yaml") == "deployment.apps/web created\n")
        #expect(try bench.run("apply -f web.yaml") == "deployment.apps/web unchanged\n")
        try bench.run("patch deploy web -p '{\"spec\":{\"minReadySeconds\":3}}'")
        bench.files.texts["web.yaml"] = Manifests.deployment(image: "nginx:1.26")
            .replacing("  replicas: 2\n", with: "")
        #expect(try bench.run("apply -f web.yaml") == "deployment.apps/web configured\n")
        // What others wrote stays; what the last manifest said and this one does not, goes.
        #expect(
            try bench.run(
                "get deploy web -o jsonpath='{.spec.minReadySeconds} {.spec.replicas} "
                    + "{.spec.template.spec.containers[*].image}'") == "3 1 nginx:1.26")
    }

    @Test("containers are merged by name")
    func mergesByName() throws {
        let bench = try VerbBench()
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("apply -f web.yaml")
        try bench.run(
            "patch deploy web -p '{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"side\",\"image\":\"busybox\"}]}}}}'"
        )
        bench.files.texts["web.yaml"] = Manifests.deployment(image: "nginx:1.26")
        try bench.run("apply -f web.yaml")
        #expect(
            try bench.run("get deploy web -o jsonpath='{.spec.template.spec.containers[*].image}'")
                == "busybox nginx:1.26")
    }

    @Test("an object that was not applied before is warned of once")
    func missingAnnotation() throws {
        let bench = try VerbBench()
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("create -f web.yaml")
        #expect(
            try bench.run("apply -f web.yaml")
                == "Warning: resource deployments/web is missing the "
                + "kubectl.kubernetes.io/last-applied-configuration annotation which is required by "
                + "kubectl apply. kubectl apply should only be used on resources created "
                + "declaratively by either kubectl create --save-config or kubectl apply. The "
                + "missing annotation will be patched automatically.\n"
                + "deployment.apps/web configured\n")
        #expect(try bench.run("apply -f web.yaml") == "deployment.apps/web unchanged\n")
    }

    @Test("-o yaml prints several objects as one List, -o name each at once")
    func output() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["two.yaml"] =
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n---\n"
            + "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: b\n"
        #expect(try bench.run("apply -f two.yaml -o name") == "configmap/a\nconfigmap/b\n")
        #expect(
            try bench.run("apply -f two.yaml -o jsonpath='{.kind} {.items[*].metadata.name}'")
                == "List a b")
    }

    @Test("manifests come from standard input, folders and kustomizations")
    func sources() throws {
        let bench = try VerbBench(nodes: 0)
        let map = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "
        #expect(try bench.run("apply -f -", input: map + "x\n") == "configmap/x created\n")
        bench.files.texts = [
            "all/b.yaml": map + "b\n", "all/a.yml": map + "a\n", "all/note.txt": "no",
            "all/deep/c.yaml": map + "c\n",
            "base/kustomization.yaml": "resources: [d.yaml]\nnamePrefix: dev-\n",
            "base/d.yaml": map + "d\n",
        ]
        #expect(try bench.run("apply -f all") == "configmap/a created\nconfigmap/b created\n")
        #expect(
            try bench.run("apply -R -f all")
                == "configmap/a unchanged\nconfigmap/b unchanged\nconfigmap/c created\n")
        #expect(try bench.run("apply -k base") == "configmap/dev-d created\n")
        #expect(
            try bench.run("kustomize base")
                == "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: dev-d\n"
        )
    }

    @Test("--prune deletes what the manifests no longer have")
    func prune() throws {
        let bench = try VerbBench(nodes: 0)
        let map = { (name: String) in
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: \(name)\n  labels:\n    g: x\n"
        }
        bench.files.texts["m.yaml"] = map("a") + "---\n" + map("b")
        try bench.run("apply -f m.yaml")
        bench.files.texts["m.yaml"] = map("a")
        #expect(
            try bench.run("apply -f m.yaml --prune -l g=x").split(separator: "\n").filter {
                $0.hasPrefix("configmap/")
            } == ["configmap/a unchanged", "configmap/b pruned"])
    }

    @Test("diff shows what apply would change, and exits with 1 where there is something")
    func diff() throws {
        let bench = try VerbBench()
        bench.files.texts["cm.yaml"] =
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: one\n"
        try bench.run("apply -f cm.yaml")
        #expect(try bench.run("diff -f cm.yaml") == "")
        bench.files.texts["cm.yaml"] =
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: two\n"
        let text = try bench.run("diff -f cm.yaml")
        #expect(
            text.hasPrefix(
                """
                diff -u -N LIVE/v1.ConfigMap.default.a MERGED/v1.ConfigMap.default.a
                --- LIVE/v1.ConfigMap.default.a
                +++ MERGED/v1.ConfigMap.default.a
                @@ -1,6 +1,6 @@
                 apiVersion: v1
                 data:
                -  k: one
                +  k: two
                 kind: ConfigMap

                """))
        #expect(text.hasSuffix("[exit 1]\n"))
        #expect(try bench.run("get cm a -o jsonpath={.data.k}") == "one")
    }

    @Test("replace writes the manifest over the object; --force makes it anew")
    func replace() throws {
        let bench = try VerbBench()
        bench.files.texts["p.yaml"] = Manifests.pod("p")
        #expect(
            try bench.run("replace -f p.yaml")
                == "Error from server (NotFound): error when replacing \"p.yaml\": pods \"p\" not "
                + "found\n[exit 1]\n")
        try bench.run("create -f p.yaml")
        // A manifest does not know the UID, the times and the generation of the object.
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("create -f web.yaml")
        let kept = try bench.run("get deploy web -o jsonpath={.metadata.uid}")
        #expect(try bench.run("replace -f web.yaml") == "deployment.apps/web replaced\n")
        #expect(try bench.run("get deploy web -o jsonpath={.metadata.uid}") == kept)
        // Each takes the revision's annotation away, which raises a Deployment's generation.
        bench.files.texts["web.yaml"] = Manifests.deployment(replicas: 5)
        #expect(try bench.run("replace -f web.yaml") == "deployment.apps/web replaced\n")
        #expect(
            try bench.run("get deploy web -o jsonpath='{.metadata.generation} {.spec.replicas}'")
                == "3 5")
        let uid = try bench.run("get pod p -o jsonpath={.metadata.uid}")
        #expect(
            try bench.run("replace --force -f p.yaml")
                == "pod \"p\" deleted from default namespace\npod/p replaced\n")
        #expect(try bench.run("get pod p -o jsonpath={.metadata.uid}") != uid)
        #expect(
            try bench.run("replace -f p.yaml --grace-period=1")
                == "error: --grace-period must have --force specified\n[exit 1]\n")
    }

    @Test("the manifest applied last can be seen and set")
    func lastApplied() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["cm.yaml"] =
            "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: one\n"
        try bench.run("create -f cm.yaml")
        #expect(try bench.run("apply view-last-applied cm/a") == "")
        #expect(
            try bench.run("apply set-last-applied -f cm.yaml")
                == "error: no last-applied-configuration annotation found on resource: a, to create "
                + "the annotation, run the command with --create-annotation\n[exit 1]\n")
        #expect(
            try bench.run("apply set-last-applied -f cm.yaml --create-annotation")
                == "configmap/a configured\n")
        #expect(try bench.run("apply view-last-applied cm/a").contains("  k: one\n"))
    }
}
