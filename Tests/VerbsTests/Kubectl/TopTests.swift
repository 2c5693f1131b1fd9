import Testing

import Verbs

@Suite struct TopTests {
    private func bench() throws -> VerbBench {
        let bench = try VerbBench()
        try bench.run("run web --image=nginx")
        try bench.run("run idle --image=nginx")
        try bench.settle()
        try bench.run("load pod/web cpu=250m memory=64Mi")
        return bench
    }

    @Test("without a load there is no metrics server")
    func none() throws {
        let bench = try VerbBench()
        #expect(try bench.run("top pods") == "error: Metrics API not available\n[exit 1]\n")
        #expect(try bench.run("top no") == "error: Metrics API not available\n[exit 1]\n")
    }

    @Test("pods are known some seconds after they started")
    func young() throws {
        let bench = try bench()
        #expect(try bench.run("top pods") == "error: metrics not available yet\n[exit 1]\n")
        try bench.advance(seconds: 20)
        #expect(
            try bench.run("top pods") == """
                NAME   CPU(cores)   MEMORY(bytes)   \("")
                idle   0m           0Mi             \("")
                web    250m         64Mi            \("")

                """)
    }

    @Test("rows are sorted, summed, taken apart by containers and narrowed down")
    func choices() throws {
        let bench = try bench()
        try bench.advance(seconds: 20)
        #expect(
            try bench.run("top pods --sort-by=cpu --sum") == """
                NAME       CPU(cores)   MEMORY(bytes)   \("")
                web        250m         64Mi            \("")
                idle       0m           0Mi             \("")
                ________   ________     ________        \("")
                           250m         64Mi            \("")

                """)
        #expect(
            try bench.run("top pod web --containers --no-headers") == """
                web   web   250m   64Mi   \("")

                """)
        #expect(
            try bench.run("top pod nobody")
                == "Error from server (NotFound): podmetrics.metrics.k8s.io \"default/nobody\" not "
                + "found\n[exit 1]\n")
        #expect(
            try bench.run("top pods -n kube-system")
                == "No resources found in kube-system namespace.\n")
        #expect(
            try bench.run("top pod web -l run=web")
                == "error: only one of NAME or selector can be provided\n[exit 1]\n")
    }

    @Test("a node uses what its pods use; one that does not answer is unknown")
    func nodes() throws {
        let bench = try bench()
        try bench.advance(seconds: 20)
        try bench.run("node fail node-2")
        let rows = try bench.run("top nodes").split(separator: "\n").map {
            $0.split(separator: " ").map(String.init)
        }
        #expect(rows[0] == ["NAME", "CPU(cores)", "CPU(%)", "MEMORY(bytes)", "MEMORY(%)"])
        #expect(rows[1][0] == "node-1" && rows[1][2].hasSuffix("%"))
        #expect(rows[2] == ["node-2", "<unknown>", "<unknown>", "<unknown>", "<unknown>"])
    }
}
