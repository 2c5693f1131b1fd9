import Testing

@testable import Verbs

@Suite struct DeleteTests {
    private func bench(_ manifest: String = Manifests.deployment(replicas: 1)) throws -> VerbBench {
        let bench = try VerbBench(nodes: 1)
        bench.files.texts["x.yaml"] = manifest
        try bench.run("apply -f x.yaml")
        try bench.settle()
        return bench
    }

    private static let held = """
        apiVersion: v1
        kind: Pod
        metadata: {name: held, finalizers: [example.com/hold]}
        spec: {containers: [{name: c, image: i}]}
        """

    @Test(arguments: [
        (
            "delete pod a -o yaml",
            "error: unexpected -o output mode: yaml. We only support '-o name'\n[exit 1]\n"
        ),
        (
            "delete pods --all --field-selector=a=b",
            "error: setting 'all' parameter but found a non empty selector. \n[exit 1]\n"
        ),
        (
            "delete pod a --now --force",
            "error: --force and --grace-period greater than 0 cannot be specified together\n[exit 1]\n"
        ),
        (
            "delete namespace shop -n default",
            "Warning: deleting cluster-scoped resources, not scoped to the provided namespace\n"
                + "Error from server (NotFound): namespaces \"shop\" not found\n[exit 1]\n"
        ), ("delete deployment web -o name --wait=false", "deployment.apps/web\n"),
    ])
    func `texts are those of kubectl`(line: String, text: String) throws {
        #expect(try bench().run(line) == text)
    }

    @Test func `a grace period of nothing is one second unless it is forced`() throws {
        let bench = try bench(Self.held)
        let grace = "get pod held -o jsonpath={.metadata.deletionGracePeriodSeconds}"
        try bench.run("delete pod held --grace-period=0 --wait=false")
        #expect(try bench.run(grace) == "1")
    }

    @Test func `all kinds at once: what goes with its owner is no error`() throws {
        let bench = try bench()
        let lines = try bench.run("delete all --all").split(separator: "\n").map(String.init)
        #expect(lines.count == 4, "\(lines)")
        #expect(
            lines[0].hasPrefix("pod \"web-")
                && lines[0].hasSuffix("\" deleted from default namespace"))
        #expect(lines[1] == "service \"kubernetes\" deleted from default namespace")
        #expect(lines[2] == "deployment.apps \"web\" deleted from default namespace")
        #expect(lines[3].hasPrefix("replicaset.apps \"web-"))
        try bench.settle()
        #expect(try bench.run("get all").contains("service/kubernetes"))
    }

    @Test func `force does not wait for grace, but for finalizers`() throws {
        let bench = try bench(Self.held)
        let warning =
            "Warning: Immediate deletion does not wait for confirmation that the running resource has "
            + "been terminated. The resource may continue to run on the cluster indefinitely.\n"
        #expect(
            try bench.run("delete pod held --force --timeout=5s") == warning
                + "pod \"held\" force deleted from default namespace\n"
                + "error: timed out waiting for the condition on pods/held\n[exit 1]\n")
        #expect(
            try bench.run("get pod held -o jsonpath={.metadata.deletionGracePeriodSeconds}") == "0")
    }
}
