import Model
import Testing

/// `--record`, which kubectl 1.36 has for some commands and refuses for the others.
@Suite("--record")
struct RecordTests {
    private static let cause = ".metadata.annotations.kubernetes\\.io/change-cause"
    private static let deprecation =
        "Flag --record has been deprecated, --record will be removed in the future\n"

    private func bench() throws -> VerbBench {
        let bench = try VerbBench()
        try bench.run("create deployment web --image=nginx")
        bench.files.texts["cm.yaml"] = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
        try bench.settle()
        return bench
    }

    @Test(
        "keeps the command line of what was created or changed",
        arguments: [
            ("create -f cm.yaml", "cm/c"), ("apply -f cm.yaml", "cm/c"),
            ("run p --image=nginx", "pod/p"), ("expose deployment web --port=80", "svc/web"),
            ("autoscale deployment web --max=3", "hpa/web"),
            ("scale deployment web --replicas=3", "deploy/web"),
            ("patch deployment web -p '{\"spec\":{\"replicas\":2}}'", "deploy/web"),
            ("patch deployment web -p '{}'", "deploy/web"),
            ("set image deployment/web nginx=nginx:2", "deploy/web"),
            ("set resources deployment web --limits=cpu=1", "deploy/web"),
            ("set serviceaccount deployment web robot", "deploy/web"),
            ("label deployment web a=b", "deploy/web"),
            ("annotate deployment web a=b", "deploy/web"),
        ])
    func keeps(line: String, object: String) throws {
        let bench = try bench()
        let output = try bench.run(line + " --record")
        #expect(output.hasPrefix(Self.deprecation) && !output.contains("[exit"), "\(output)")
        let kept = try bench.run("get \(object) -o jsonpath={\(Self.cause)}")
        let verb = line.split(separator: " ")[0]
        #expect(kept.hasPrefix("kubectl \(verb)") && kept.hasSuffix("--record=true"), "\(kept)")
    }

    @Test(
        "is an unknown flag of the others",
        arguments: [
            "replace -f cm.yaml", "delete -f cm.yaml", "set env deployment/web a=b",
            "set subject rolebinding x --user=a", "rollout restart deployment/web",
            "rollout undo deployment/web", "create configmap c", "taint node node-1 a=b:NoSchedule",
            "cordon node-1", "get pods",
        ])
    func refused(line: String) throws {
        let output = try bench().run(line + " --record")
        #expect(output.hasPrefix("error: unknown flag: --record\n"), "\(output)")
    }

    @Test("a change cause may always be overwritten, other annotations not")
    func overwriting() throws {
        let bench = try bench()
        for cause in ["one", "two"] {
            #expect(
                try bench.run("annotate deploy web kubernetes.io/change-cause=\(cause)")
                    == "deployment.apps/web annotated\n")
        }
        try bench.run("annotate deploy web a=one")
        #expect(
            try bench.run("annotate deploy web a=two")
                == "error: --overwrite is false but found the following declared annotation(s): 'a' "
                + "already has a value (one)\n[exit 1]\n")
    }

    @Test(
        "--resource-version is that of the object, or nothing is changed",
        arguments: ["label cm c a=b", "annotate cm c a=b"])
    func resourceVersion(line: String) throws {
        let bench = try bench()
        try bench.run("create -f cm.yaml")
        #expect(
            try bench.run(line + " --resource-version=1").contains("the object has been modified"))
        let version = try bench.run("get cm c -o jsonpath={.metadata.resourceVersion}")
        #expect(!(try bench.run(line + " --resource-version=\(version)").contains("[exit")))
        #expect(
            try bench.run(
                line.replacing(" c ", with: " c kube-root-ca.crt ") + " --resource-version=1")
                == "error: --resource-version may only be used with a single resource\n[exit 1]\n")
    }
}
