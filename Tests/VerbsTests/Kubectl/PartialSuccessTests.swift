import Testing

/// A command over several objects does what can be done, prints a line for each, then the errors in
/// kubectl's order and words.
@Suite("commands over several objects, some of which cannot be had")
struct PartialSuccessTests {
    private static func map(_ name: String, _ more: String = "") -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\n\(more)"
    }

    private func bench() throws -> VerbBench {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["mix.yaml"] = [
            Self.map("one"), "apiVersion: example.com/v1\nkind: Foo\nmetadata: {name: two}\n",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: three, namespace: other}\n",
            Self.map("four", "spec: {}\n"), Self.map("five"),
        ].joined(separator: "---\n")
        bench.files.texts["d/1.yaml"] = Self.map("d1")
        bench.files.texts["d/2.yaml"] = "a: [b\n"
        bench.files.texts["d/3.yaml"] = """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: d3}}
            - {apiVersion: v9, kind: Confg, metadata: {name: d4}}
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: d5}}

            """
        return bench
    }

    private static let unknown =
        "resource mapping not found for name: \"two\" namespace: \"\" from \"mix.yaml\": no matches "
        + "for kind \"Foo\" in version \"example.com/v1\"\nensure CRDs are installed first\n"
    private static let strict =
        "Error from server (BadRequest): error when creating \"mix.yaml\": ConfigMap in version "
        + "\"v1\" cannot be handled as a ConfigMap: strict decoding error: unknown field \"spec\"\n"

    private static let noNamespace =
        "Error from server (NotFound): error when creating \"mix.yaml\": namespaces \"other\" not "
        + "found\n"
    private static let broken =
        "error parsing d/2.yaml: error converting YAML to JSON: yaml: line 1: did not find expected "
        + "',' or ']'\nunable to recognize no matches for kind \"Confg\" in version \"v9\"\n"
    private static let notFound = notFound("configmaps", "nope")

    private static func notFound(_ kind: String, _ name: String) -> String {
        "Error from server (NotFound): \(kind) \"\(name)\" not found\n"
    }

    /// What is said of every object of the manifest that is of a kind that is served.
    private static func missing(_ doing: String) -> String {
        ["one", "three", "four", "five"].map {
            "Error from server (NotFound): error when \(doing) \"mix.yaml\": configmaps \"\($0)\" "
                + "not found\n"
        }.joined()
    }

    /// A path that is not there is wrong of the command line: then nothing is begun.
    private static let rows: [(line: String, text: String)] = [
        (
            "apply -f mix.yaml",
            "configmap/one created\nconfigmap/five created\n\(unknown)\(noNamespace)\(strict)"
        ),
        (
            "create -f mix.yaml",
            "configmap/one created\nconfigmap/five created\n\(noNamespace)\(strict)\(unknown)"
        ),
        (
            "replace -f mix.yaml",
            missing("replacing") + unknown
        ),
        (
            "delete -f mix.yaml",
            missing("deleting") + unknown
        ),
        (
            "apply -f d",
            "configmap/d1 created\nconfigmap/d3 created\nconfigmap/d5 created\n\(broken)"
        ),
        (
            "apply -f d/1.yaml -f nope.yaml",
            "error: the path \"nope.yaml\" does not exist\n"
        ),
        (
            "label cm kube-root-ca.crt nope a=b",
            "configmap/kube-root-ca.crt labeled\n\(notFound)"
        ),
        (
            "delete cm kube-root-ca.crt nope --wait=false",
            "configmap \"kube-root-ca.crt\" deleted from default namespace\n\(notFound)"
        ),
        (
            "scale deploy a b --replicas=2",
            notFound("deployments.apps", "a") + notFound("deployments.apps", "b")
        ),
    ]

    @Test("do what they can, and tell the rest", arguments: rows)
    func partly(line: String, text: String) throws {
        let output = try bench().run(line)
        let withoutHints = output.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("(") }.joined(separator: "\n")
        #expect(withoutHints == text + "[exit 1]\n")
    }
}
