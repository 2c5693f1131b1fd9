import Testing

import Verbs

/// Command lines that are wrong, and exactly what kubectl says to them.
@Suite struct UsageErrorTests {
    @Test(
        "wrong usage",
        arguments: [
            ("frobnicate", "error: unknown command \"frobnicate\" for \"kubectl\"\n"),
            (
                "gett pods",
                "error: unknown command \"gett\" for \"kubectl\"\n\nDid you mean this?\n\tset\n\tget\n"
            ),
            ("get pods --foo", "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n"),
            (
                "get pods -o",
                "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n"
            ),
            ("get nonsense", "error: the server doesn't have a resource type \"nonsense\"\n"),
            ("get pod nope", "Error from server (NotFound): pods \"nope\" not found\n"),
            (
                "get pods/a pod",
                "error: there is no need to specify a resource type as a separate argument when "
                    + "passing arguments in resource/name form (e.g. 'kubectl get "
                    + "resource/<resource_name>' instead of 'kubectl get resource "
                    + "resource/<resource_name>'\n"
            ),
            (
                "get pods a -l app=web",
                "error: name cannot be provided when a selector is specified\n"
            ),
            (
                "get pods a -A",
                "error: a resource cannot be retrieved by name across all namespaces\n"
            ),
            (
                "get pods -l 'env in'",
                "Error from server (BadRequest): Unable to find \"/v1, Resource=pods\" that match "
                    + "label selector \"env in\", field selector \"\": unable to parse requirement: "
                    + "found '' expected: '('\n"
            ),
            (
                "get pods -o nonsense",
                "error: unable to match a printer suitable for the output format \"nonsense\", "
                    + "allowed formats are: custom-columns,custom-columns-file,go-template,"
                    + "go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,kyaml,name,template,"
                    + "templatefile,wide,yaml\n"
            ),
            (
                "delete pod a -l app=web",
                "error: name cannot be provided when a selector is specified\n"
            ),
            (
                "delete pod/a --all",
                "error: selectors and the all flag cannot be used when passing resource/name "
                    + "arguments\n"
            ),
            (
                "patch cm kube-root-ca.crt -p text",
                "Error from server (BadRequest): json: cannot unmarshal string into Go value of type "
                    + "map[string]interface {}\n"
            ),
            (
                "patch cm kube-root-ca.crt --type=json -p '{\"op\": \"x\"}'",
                "Error from server (BadRequest): error decoding patch: json: cannot unmarshal object "
                    + "into Go value of type []handlers.jsonPatchOp\n"
            ),
            (
                "patch cm kube-root-ca.crt --subresource=foo -p '{}'",
                "Error from server (NotFound): the server could not find the requested resource\n"
            ),
            (
                "apply -f pod.yaml --prune --all --prune-allowlist=ConfigMap",
                "error: invalid GroupVersionKind format: ConfigMap, please follow "
                    + "<group/version/kind>\n"
            ),
            ("apply", "error: must specify one of -f and -k\n"),
            ("apply -f nope.yaml", "error: the path \"nope.yaml\" does not exist\n"),
            ("apply -f empty.yaml", "error: no objects passed to apply\n"),
            ("create -f empty.yaml", "error: no objects passed to create\n"),
            (
                "apply web",
                "error: Unexpected args: [web]\nSee 'kubectl apply -h' for help and examples\n"
            ),
            (
                "apply -f pod.yaml -n other",
                "error: the namespace from the provided object \"shop\" does not match the "
                    + "namespace \"other\". You must pass '--namespace=shop' to perform this "
                    + "operation.\n"
            ),
            (
                "apply -f nokind.yaml",
                "error: error validating \"nokind.yaml\": error validating data: kind not set; if "
                    + "you choose to ignore these errors, turn validation off with "
                    + "--validate=false\n"
            ),
            (
                "apply -f pod.yaml --dry-run=maybe",
                "error: Invalid dry-run value (maybe). Must be \"none\", \"server\", or "
                    + "\"client\".\n"
            ),
            ("delete pods", "error: resource(s) were provided, but no name was specified\n"),
            (
                "delete pod a --grace-period=3 --force",
                "error: --force and --grace-period greater than 0 cannot be specified together\n"
            ),
            (
                "create deployment",
                "error: required flag(s) \"image\" not set\n"
            ),
            (
                "create deployment --image=nginx",
                "error: exactly one NAME is required, got 0\n"
                    + "See 'kubectl create deployment -h' for help and examples\n"
            ),
            (
                "create nonsense",
                "error: Unexpected args: [nonsense]\n"
                    + "See 'kubectl create -h' for help and examples\n"
            ),
            ("wait pod/none", "error: unrecognized condition: []\n"),
            (
                "wait pod/none --for=condition=Ready",
                "Error from server (NotFound): pods \"none\" not found\n"
            ),
            ("wait pod -l a=b --for=condition=Ready", "error: no matching resources found\n"),
            (
                "drain",
                "error: USAGE: drain NODE [flags]\nSee 'kubectl drain -h' for help and examples\n"
            ),
            ("drain nope", "Error from server (NotFound): nodes \"nope\" not found\n"),
            (
                "scale deploy nope --replicas=1",
                "Error from server (NotFound): deployments.apps \"nope\" not found\n"
            ),
            ("rollout status", "error: required resource not specified\n"),
            (
                "rollout frob",
                "error: unknown command \"frob\"\nSee 'kubectl rollout -h' for help and examples\n"
            ),
            ("label pod a", "error: at least one label update is required\n"),
            ("taint node node-1", "error: at least one taint update is required\n"),
            (
                "taint node node-1 a=b:Often",
                "error: invalid taint effect: Often, unsupported taint effect\n"
                    + "See 'kubectl taint -h' for help and examples\n"
            ),
            (
                "patch deploy web --type=bogus -p '{}'",
                "error: --type must be one of [json merge strategic], not \"bogus\"\n"
            ),
            (
                "run --image=x",
                "error: NAME is required for run\nSee 'kubectl run -h' for help and examples\n"
            ),
            (
                "run x --image=A:B:C",
                "error: Invalid image name \"A:B:C\": invalid reference format\n"
            ),
            ("explain nothing", "the server doesn't have a resource type \"nothing\"\n"),
            ("top node", "error: Metrics API not available\n"),
            ("events --for web", "error: --for must be in resource/name form\n"),
            (
                "get --raw /nowhere",
                "Error from server (NotFound): the server could not find the requested resource\n"
            ),
        ])
    func usage(line: String, text: String) throws {
        let bench = try VerbBench(nodes: 1)
        bench.files.texts = [
            "empty.yaml": "\n---\n# nothing\n",
            "pod.yaml": Manifests.pod("a").replacing(
                "  name: a\n", with: "  name: a\n  namespace: shop\n"),
            "nokind.yaml": "apiVersion: v1\nmetadata:\n  name: a\n",
        ]
        #expect(try bench.run(line) == text + "[exit 1]\n")
    }

    @Test("broken YAML names file and line")
    func brokenYAML() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["bad.yaml"] = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n bad: [\n"
        let text = try bench.run("apply -f bad.yaml")
        #expect(text.hasPrefix("error: error parsing bad.yaml: "))
        #expect(text.contains("line 4"))
        #expect(text.hasSuffix("[exit 1]\n"))
    }

    @Test(
        "what kubectl finds wrong comes before what the simulator lacks",
        arguments: [
            (
                "exec nope -- ls",
                "Error from server (NotFound): pods \"nope\" not found\n[exit 1]\n"
            ),
            (
                "exec deploy/nope -- ls",
                "Error from server (NotFound): deployments.apps \"nope\" not found\n[exit 1]\n"
            ),
            (
                "exec nope",
                "error: you must specify at least one command for the container\n[exit 1]\n"
            ),
            ("exec", "error: pod, type/name or --filename must be specified\n[exit 1]\n"),
            ("attach nope", "Error from server (NotFound): pods \"nope\" not found\n[exit 1]\n"),
            (
                "port-forward nope 80",
                "Error from server (NotFound): pods \"nope\" not found\n[exit 1]\n"
            ),
            (
                "port-forward nope",
                "error: TYPE/NAME and list of ports are required for port-forward\n"
                    + "See 'kubectl port-forward -h' for help and examples\n[exit 1]\n"
            ),
            ("cp nope:/a b", "Error from server (NotFound): pods \"nope\" not found\n[exit 1]\n"),
            (
                "edit deploy nope",
                "Error from server (NotFound): deployments.apps \"nope\" not found\n[exit 1]\n"
            ),
        ])
    func checksFirst(line: String, text: String) throws {
        #expect(try VerbBench(nodes: 0).run(line) == text)
    }

    @Test(
        "auth can-i: an administrator may do everything",
        arguments: [
            ("auth can-i create pods", "yes\n"), ("auth can-i '*' '*'", "yes\n"),
            ("auth can-i get deployments/web", "yes\n"), ("auth can-i list pods -q", ""),
            ("auth can-i fly pods", "Warning: verb 'fly' is not a known verb\n\nyes\n"),
            ("auth can-i fly pods -A", "yes\n"), ("auth can-i get users", "yes\n"),
            ("auth can-i list /api", "Warning: verb 'list' is not a known verb\n\nyes\n"),
            (
                "auth can-i get pods --no-headers",
                "error: --no-headers cannot be set without --list specified\n[exit 1]\n"
            ),
            (
                "auth can-i --list -q",
                "error: list option can't be specified with neither quiet, all-namespaces nor "
                    + "subresource options\n[exit 1]\n"
            ),
            (
                "auth can-i get frobs.example.com",
                "Warning: the server doesn't have a resource type 'frobs' in group "
                    + "'example.com'\n\nyes\n"
            ),
            (
                "auth can-i get nodes",
                "Warning: resource 'nodes' is not namespace scoped\n\nyes\n"
            ),
            (
                "auth can-i get storageclasses",
                "Warning: resource 'storageclasses' is not namespace scoped in group "
                    + "'storage.k8s.io'\n\nyes\n"
            ),
            (
                "auth can-i get frobs",
                "Warning: the server doesn't have a resource type 'frobs'\n\nyes\n"
            ),
            (
                "auth can-i get",
                "error: you must specify two arguments: verb resource or verb "
                    + "resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.\n"
                    + "[exit 1]\n"
            ),
        ])
    func canI(line: String, text: String) throws {
        #expect(try VerbBench(nodes: 0).run(line) == text)
    }

    @Test(
        "manifests without a type, and of a kind that is not served",
        arguments: [
            (
                "kind: Pod\nmetadata: {name: a}\n", "apply -f x.yaml",
                "error: error validating \"x.yaml\": error validating data: apiVersion not set; if "
                    + "you choose to ignore these errors, turn validation off with --validate=false\n"
            ),
            (
                "metadata: {name: a}\n", "create -f x.yaml",
                "error: error validating \"x.yaml\": error validating data: [apiVersion not set, "
                    + "kind not set]; if you choose to ignore these errors, turn validation off with "
                    + "--validate=false\n"
            ),
            (
                "kind: Job\nmetadata: {name: a}\n", "delete -f x.yaml",
                "error: resource mapping not found for name: \"a\" namespace: \"\" from "
                    + "\"x.yaml\": no matches for kind \"Job\" in version \"\"\nensure CRDs are "
                    + "installed first\n(this cluster serves Job as batch/v1)\n"
            ),
            (
                // One of the core group needs no version.
                "kind: Pod\nmetadata: {name: nope}\n", "delete -f x.yaml",
                "Error from server (NotFound): error when deleting \"x.yaml\": pods \"nope\" not "
                    + "found\n"
            ),
        ])
    func typeless(manifest: String, line: String, text: String) throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["x.yaml"] = manifest
        #expect(try bench.run(line) == text + "[exit 1]\n")
    }

    @Test(
        "verbs without a meaning here say so",
        arguments: [
            "edit deploy/web", "plugin list",
            "create token robot",
            "apply edit-last-applied deploy/web",
        ])
    func lacking(line: String) throws {
        let bench = try VerbBench(nodes: 0)
        try bench.run("run a --image=busybox")
        try bench.run("create deployment web --image=nginx")
        let text = try bench.run(line)
        #expect(text.hasPrefix("error: "))
        #expect(text.hasSuffix("[exit 1]\n"))
        #expect(!text.contains("unknown"))
    }
}
