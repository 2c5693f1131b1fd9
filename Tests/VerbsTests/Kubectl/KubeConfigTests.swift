import Testing

import Verbs

/// What a kubeconfig does for the commands after it; what `config` prints is compared with kubectl's own
/// words in Tests/Golden/Kubectl/config.golden.
@Suite struct KubeConfigTests {
    private static let file = """
        apiVersion: v1
        kind: Config
        clusters: [{name: east, cluster: {server: "https://east:6443"}}]
        contexts:
        - {name: east, context: {cluster: east, user: ann, namespace: kube-system}}
        - {name: west, context: {cluster: west, user: ann}}
        current-context: east
        users: [{name: ann, user: {token: t}}]
        """

    @Test("the namespace of the context in force is that of commands without one")
    func namespaces() throws {
        let bench = try VerbBench(nodes: 0)
        try bench.run("config set-context system --cluster=drydock --namespace=kube-system")
        try bench.run("config use-context system")
        try bench.run("run a --image=nginx")
        #expect(try bench.run("get pod a -o jsonpath={.metadata.namespace}") == "kube-system")
        // Another context for one command.
        #expect(
            try bench.run("get pod a --context=drydock")
                == "Error from server (NotFound): pods \"a\" not found\n[exit 1]\n")
        try bench.run("config use-context drydock")
        try bench.run("config set-context --current --namespace=")
        #expect(try bench.run("get pods") == "No resources found in default namespace.\n")
    }

    @Test("a file of --kubeconfig stands in for the session's own, and is written by config")
    func files() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["east"] = Self.file
        try bench.run("run a --image=nginx --kubeconfig=east")
        #expect(try bench.run("get pod a -n kube-system -o name") == "pod/a\n")
        #expect(try bench.run("get pods") == "No resources found in default namespace.\n")
        #expect(
            try bench.run("config set contexts.east.namespace default --kubeconfig=east")
                == "Property \"contexts.east.namespace\" set.\n")
        #expect(bench.files.texts["east"]?.contains("    namespace: default\n") == true)
        #expect(
            try bench.run("get pod a --kubeconfig=east")
                == "Error from server (NotFound): pods \"a\" not found\n[exit 1]\n")
    }

    @Test("a context without a cluster leads nowhere")
    func nowhere() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["east"] = Self.file
        let refused =
            "The connection to the server localhost:8080 was refused - did you specify the right host "
            + "or port?\n[exit 1]\n"
        #expect(try bench.run("get pods --kubeconfig=east --context=west") == refused)
        // One that is named helps.
        #expect(
            try bench.run("get pods --kubeconfig=east --context=west --cluster=east")
                == "No resources found in default namespace.\n")
        try bench.run("config unset current-context")
        #expect(try bench.run("get pods") == refused)
        #expect(try bench.run("create configmap c --dry-run=client -o name") == refused)
    }
}
