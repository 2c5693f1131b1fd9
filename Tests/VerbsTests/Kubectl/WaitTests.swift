import Testing

import Verbs

@Suite struct WaitTests {
    private func bench() throws -> VerbBench {
        let bench = try VerbBench()
        bench.files.texts = [
            "web.yaml": Manifests.deployment(),
            "stuck.yaml": Manifests.pod("stuck", extra: "  nodeSelector:\n    none: none"),
        ]
        try bench.run("apply -f web.yaml -f stuck.yaml")
        return bench
    }

    @Test("conditions, paths and deletion are waited for")
    func met() throws {
        let bench = try bench()
        #expect(
            try bench.run("wait --for=condition=available deploy/web --timeout=20s")
                == "deployment.apps/web condition met\n")
        #expect(
            try bench.run("wait --for=condition=AVAILABLE=True deploy/web --timeout=0")
                == "deployment.apps/web condition met\n")
        #expect(
            try bench.run("wait --for=jsonpath='{.status.readyReplicas}'=2 deploy/web")
                == "deployment.apps/web condition met\n")
        #expect(
            try bench.run("wait --for=jsonpath='{.status.readyReplicas}' deploy/web -o name")
                == "deployment.apps/web\n")
        #expect(
            try bench.run(
                "wait --for=condition=Available --for=jsonpath='{.status.readyReplicas}'=2 deploy/web"
            )
                == "deployment.apps/web condition met\ndeployment.apps/web condition met\n")
        #expect(
            try bench.run("wait --for=condition=Available --for=delete deploy/web --timeout=1s")
                .contains("timed out waiting for the condition on deployments/web"))
        try bench.run("delete pod stuck --wait=false")
        #expect(try bench.run("wait --for=delete pod/stuck --timeout=60s") == "")
        #expect(try bench.run("wait --for=delete pod/stuck --timeout=60s") == "")
    }

    @Test(
        "what does not come about is an error after the timeout",
        arguments: [
            (
                "wait --for=condition=Ready pod/stuck --timeout=2s",
                "error: timed out waiting for the condition on pods/stuck\n", 2_250
            ),
            (
                "wait --for=delete pod/stuck --timeout=3s",
                "error: timed out waiting for the condition on pods/stuck\n", 3_250
            ),
            (
                "wait --for=condition=Ready pod/stuck --timeout=0",
                "error: condition not met for pods/stuck\n", 250
            ),
            (
                "wait --for=create pod/none --timeout=0",
                "error: --for=create requires a timeout value greater than 0\n", 250
            ),
            (
                "wait --for=jsonpath='{.spec}'=x pod/stuck",
                "error: jsonpath leads to a nested object or list which is not supported\n", 250
            ),
        ])
    func missed(line: String, text: String, milliseconds: Int64) throws {
        let bench = try bench()
        try bench.settle()
        let start = bench.cluster.clock.now
        #expect(try bench.run(line) == text + "[exit 1]\n")
        #expect(bench.cluster.clock.now - start == milliseconds)
    }

    @Test("a condition that was seen with an earlier generation does not count")
    func earlierGeneration() throws {
        let bench = try bench()
        try bench.settle()
        try bench.run(
            #"patch pod stuck --subresource=status -p '{"status":{"conditions":[{"type":"Own","status":"True","observedGeneration":1}]}}'"#
        )
        let wait = "wait --for=condition=Own pod/stuck --timeout=0"
        #expect(try bench.run(wait) == "pod/stuck condition met\n")
        try bench.run(
            #"patch pod stuck --type=json -p '[{"op":"add","path":"/spec/tolerations/-","value":{"key":"a","operator":"Exists"}}]'"#
        )
        #expect(try bench.run(wait) == "error: condition not met for pods/stuck\n[exit 1]\n")
    }

    @Test("an object that is made later is waited for with --for=create")
    func created() throws {
        let bench = try VerbBench()
        bench.files.texts["web.yaml"] = Manifests.deployment(replicas: 1)
        try bench.run("apply -f web.yaml")
        #expect(
            try bench.run("wait --for=create rs -l app=web --timeout=5s").hasSuffix(
                "condition met\n"))
    }

    @Test("several that fail are told without a prefix")
    func several() throws {
        let bench = try bench()
        bench.files.texts["other.yaml"] = Manifests.pod("other", extra: "  nodeSelector:\n    a: b")
        try bench.run("apply -f other.yaml")
        #expect(
            try bench.run("wait --for=condition=Ready pod/other pod/stuck --timeout=1s") == """
                timed out waiting for the condition on pods/other
                timed out waiting for the condition on pods/stuck
                [exit 1]

                """)
    }
}
