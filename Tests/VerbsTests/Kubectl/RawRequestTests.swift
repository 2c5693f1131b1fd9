import Testing

import Verbs

@Suite("--raw") struct RawRequestTests {
    @Test("create, replace and delete at paths of the API")
    func writes() throws {
        let bench = try VerbBench(nodes: 0)
        let path = "/api/v1/namespaces/default/configmaps"
        bench.files.texts["c.json"] =
            #"{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c"},"data":{"a":"1"}}"#
        #expect(
            try bench.run("create --raw \(path) -f c.json").hasPrefix(
                #"{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c","namespace":"default","#
            ))
        bench.files.texts["c.json"] =
            #"{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c"},"data":{"a":"2"}}"#
        #expect(
            try bench.run("replace --raw \(path)/c -f c.json").hasSuffix(
                #","data":{"a":"2"}}"# + "\n"))
        let answer = try bench.run("delete --raw \(path)/c")
        #expect(
            answer.hasPrefix(
                #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","details":{"#
                    + #""name":"c","kind":"configmaps","uid":""#))
        #expect(
            try bench.run("delete --raw \(path)/c")
                == "Error from server (NotFound): configmaps \"c\" not found\n[exit 1]\n")
    }

    @Test(
        "what a path does not lead to",
        arguments: [
            ("get --raw /apis/apps/v1/frobs", "NotFound"),
            ("delete --raw /api/v1/namespaces/default/pods", "MethodNotAllowed"),
            ("replace --raw /api/v1/namespaces/default/pods -f p.yaml", "MethodNotAllowed"),
            ("create --raw /api/v1/namespaces/default/pods/a -f p.yaml", "MethodNotAllowed"),
        ])
    func refused(line: String, reason: String) throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["p.yaml"] = Manifests.pod("a")
        #expect(try bench.run(line).hasPrefix("Error from server (\(reason)): "))
    }
}
