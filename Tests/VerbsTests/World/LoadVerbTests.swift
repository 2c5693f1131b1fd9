import Testing

import Verbs

@Suite struct LoadVerbTests {
    private func bench() throws -> VerbBench {
        let bench = try VerbBench()
        try bench.run("create deployment web --image=nginx --replicas=2")
        try bench.run("set resources deployment web --requests=cpu=100m,memory=64Mi")
        try bench.settle()
        return bench
    }

    private func cpu(_ bench: VerbBench) throws -> [String] {
        try bench.run("top pods --no-headers").split(separator: "\n").map {
            String($0.split(separator: " ")[1])
        }
    }

    @Test(
        "a load is per pod, shared by all pods, or a part of the request",
        arguments: [
            ("cpu=300m", ["300m", "300m"]), ("cpu=300m --total", ["150m", "150m"]),
            ("cpu=120%", ["120m", "120m"]),
        ])
    func amounts(words: String, wanted: [String]) throws {
        let bench = try bench()
        #expect(try bench.run("load deployment/web \(words)") == "deployment/web loaded\n")
        try bench.advance(seconds: 20)
        #expect(try cpu(bench) == wanted)
    }

    @Test("a pod's own load comes before that of its deployment")
    func ownLoad() throws {
        let bench = try bench()
        let name = try bench.run("get pods -o name").split(separator: "\n")[0]
        try bench.run("load deployment/web cpu=300m")
        try bench.run("load \(name) cpu=700m")
        try bench.advance(seconds: 20)
        #expect(try cpu(bench).sorted() == ["300m", "700m"])
    }

    @Test("load alone shows the loads, a minus takes one away")
    func table() throws {
        let bench = try bench()
        #expect(
            try bench.run("load") == "no loads; `load deployment/web cpu=300m` sets one\n")
        #expect(try bench.run("load deployment/web cpu=80%") == "deployment/web loaded\n")
        try bench.run("load deployment/web memory=1Gi -c nginx --total")
        try bench.run("load external queue=30 -l q=a")
        #expect(
            try bench.run("load") == """
                NAMESPACE  TARGET          METRIC  LOAD
                default    deployment/web  cpu     80% of the request
                default    deployment/web  memory  1Gi in all in nginx
                           external        queue   30 (q=a)

                """)
        try bench.run("load deployment/web memory-")
        try bench.run("load external queue- -l q=a")
        #expect(
            try bench.run("load") == """
                NAMESPACE  TARGET          METRIC  LOAD
                default    deployment/web  cpu     80% of the request

                """)
    }

    @Test(
        "what cannot be a load is told",
        arguments: [
            (
                "load deployment/web",
                "load takes an object and metrics, as in: load deployment/web cpu=300m memory=200Mi"
            ),
            (
                "load deployment/web cpu=fast",
                "cpu= takes a quantity such as 300m, 2 or 200Mi, or a percentage of the request; found "
                    + "fast"
            ),
            (
                "load deployment/web rps=80%",
                "a percentage is a whole number of the cpu or memory that each pod requests, as in "
                    + "cpu=80%; found rps=80%"
            ),
            (
                "load deployment/web cpu=999999999999%",
                "cpu= takes at most 1000000%; found 999999999999%"
            ),
            ("load external queue=8E", "queue= takes at most 16Ti; found 8E"),
            ("load deployment/web cpu=9E", "cpu= takes at most 1M; found 9E"),
            (
                "load service/kubernetes cpu=1",
                "cpu is measured of pods: name a pod, or what makes pods; a Service has none"
            ),
            (
                "load deployment/web cpu=1 -c side",
                "deployment/web has no container side, only nginx"
            ),
            ("load deployment/web cpu-", "deployment/web has no load of cpu"),
        ])
    func problems(line: String, message: String) throws {
        #expect(try bench().run(line) == "error: \(message)\n[exit 1]\n")
    }
}
