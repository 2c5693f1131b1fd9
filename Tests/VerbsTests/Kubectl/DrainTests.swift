import Testing

import Verbs

@Suite struct DrainTests {
    /// A Deployment of two pods, both on node-1; node-2 is free.
    private func bench() throws -> VerbBench {
        let bench = try VerbBench()
        bench.files.texts["web.yaml"] = Manifests.deployment()
        try bench.run("cordon node-2")
        try bench.run("apply -f web.yaml")
        try bench.settle()
        try bench.run("uncordon node-2")
        return bench
    }

    private func pods(_ bench: VerbBench) throws -> [String] {
        try bench.run("get pods -o name").split(separator: "\n").map {
            String($0.dropFirst("pod/".count))
        }
    }

    @Test("a drain cordons, evicts, and waits until the pods are gone")
    func drains() throws {
        let bench = try bench()
        let pods = try pods(bench)
        let text = try bench.run("drain node-1")
        #expect(
            text.hasPrefix(
                "node/node-1 cordoned\nevicting pod default/\(pods[0])\n"
                    + "evicting pod default/\(pods[1])\n"))
        for pod in pods { #expect(text.contains("pod/\(pod) evicted\n")) }
        #expect(text.hasSuffix("node/node-1 drained\n"))
        #expect(
            try bench.run("drain node-1") == "node/node-1 already cordoned\nnode/node-1 drained\n")
    }

    @Test("a dry run evicts nothing")
    func dryRun() throws {
        let bench = try bench()
        let pods = try pods(bench)
        #expect(
            try bench.run("drain node-1 --dry-run=client") == """
                node/node-1 cordoned (dry run)
                evicting pod default/\(pods[0]) (dry run)
                evicting pod default/\(pods[1]) (dry run)
                node/node-1 drained (dry run)

                """)
        #expect(try self.pods(bench) == pods)
    }

    @Test("a disruption budget is asked again every five seconds until the timeout")
    func budget() throws {
        let bench = try bench()
        try bench.run("create pdb web --selector=app=web --min-available=2")
        try bench.settle()
        let pods = try pods(bench)
        let text = try bench.run("drain node-1 --timeout=12s")
        let refusal =
            "error when evicting pods/\"\(pods[0])\" -n \"default\" (will retry after 5s): Cannot "
            + "evict pod as it would violate the pod's disruption budget.\n"
        #expect(text.components(of: refusal) == 3)
        #expect(
            text.contains(
                "error when evicting pods/\"\(pods[0])\" -n \"default\": global timeout reached: 12s"
            ))
        #expect(
            text.contains("There are pending pods in node \"node-1\" when an error occurred: ["))
        #expect(text.hasSuffix("[exit 1]\n"))
    }

    @Test("pods that must not go keep a node from being drained, unless one insists")
    func filters() throws {
        let bench = try VerbBench(nodes: 1)
        bench.files.texts["bare.yaml"] = Manifests.pod(
            "bare", extra: "  volumes:\n  - name: v\n    emptyDir: {}")
        try bench.run("apply -f bare.yaml")
        try bench.run("run alone --image=nginx")
        try bench.settle()
        let error =
            "cannot delete Pods that declare no controller (use --force to override): "
            + "default/alone"
        #expect(
            try bench.run("drain node-1 --delete-emptydir-data --pod-selector=run=alone") == """
                node/node-1 cordoned
                error: unable to drain node "node-1" due to error: \(error), continuing command...
                There are pending nodes to be drained:
                 node-1
                \(error)
                [exit 1]

                """)
        #expect(
            try bench.run("drain node-1 --force").contains(
                "cannot delete Pods with local storage (use --delete-emptydir-data to override): "
                    + "default/bare"))
        let text = try bench.run("drain node-1 --force --delete-emptydir-data")
        #expect(
            text.contains(
                "Warning: deleting Pods that declare no controller: default/alone, default/bare\n"))
        #expect(text.hasSuffix("node/node-1 drained\n"))
    }
}

extension String {
    /// How often `text` occurs.
    fileprivate func components(of text: String) -> Int {
        var count = 0
        var rest = self[...]
        while let range = rest.firstRange(of: text) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}

@Suite struct DrainDaemonTests {
    @Test("pods of DaemonSets keep a node from being drained, unless they are to be left alone")
    func daemons() throws {
        let bench = try VerbBench(nodes: 1)
        bench.files.texts["agent.yaml"] = Manifests.deployment().replacing(
            "kind: Deployment", with: "kind: DaemonSet"
        ).replacing("  replicas: 2\n", with: "")
        try bench.run("apply -f agent.yaml")
        try bench.settle()
        let text = try bench.run("drain node-1")
        #expect(text.contains("DaemonSet-managed Pods (use --ignore-daemonsets to ignore)"))
        #expect(
            try bench.run("drain node-1 --ignore-daemonsets").hasSuffix("node/node-1 drained\n"))
    }
}
