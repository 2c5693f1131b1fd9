import Testing

import Verbs

/// What kubectl 1.36 does that one would not guess.
@Suite struct QuirkTests {
    private static let map = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}"

    private static func bench() throws -> VerbBench {
        let bench = try VerbBench()
        try bench.run("create deployment web --image=nginx")
        try bench.settle()
        return bench
    }

    @Test(
        "words",
        arguments: [
            (
                "get deploy web --subresource=nosuch",
                "Error from server (NotFound): the server could not find the requested resource\n"
                    + "[exit 1]\n"
            ),
            (
                #"patch deploy web --subresource=scale --type=merge -p '{"spec":{"replicas":3}}'"#,
                "scale.autoscaling/web patched\n"
            ),
            (
                #"patch deploy web --subresource=scale -p '{"spec":{"replicas":1}}'"#,
                "scale.autoscaling/web patched (no change)\n"
            ),
            (
                #"patch deploy web --type=json -p '{"op":"add"}'"#,
                "Error from server (BadRequest): error decoding patch: json: cannot unmarshal object "
                    + "into Go value of type []handlers.jsonPatchOp\n[exit 1]\n"
            ),
            (
                "events --for nosuch/x",
                "the server doesn't have a resource type \"nosuch\"\n[exit 1]\n"
            ),
            (
                "create role r --verb=get --resource=gadgets.example.com",
                "the server doesn't have a resource type \"gadgets\" in group \"example.com\"\n"
                    + "[exit 1]\n"
            ),
            ("get pods --sort-by='{.metadata.name'", "No resources found in default namespace.\n"),
            (
                "get pods --field-selector 'metadata.name in (a,b)'",
                "Error from server (BadRequest): Unable to find \"/v1, Resource=pods\" that match "
                    + "label selector \"\", field selector \"metadata.name in (a,b)\": invalid "
                    + "selector: 'metadata.name in (a,b)'; can't understand 'b)'\n[exit 1]\n"
            ),
            (
                "run p --image=nginx --port=80 --expose", "service/p created\npod/p created\n"
            ),
        ])
    func words(line: String, text: String) throws {
        #expect(try Self.bench().run(line) == text)
    }

    @Test("a dry run without a value is one of the client, with a line in kubectl's log")
    func dryRun() throws {
        let bench = try VerbBench(nodes: 0)
        let text = try bench.run("create ns x --dry-run")
        #expect(text.hasPrefix("W0101 00:00:0"))
        #expect(
            text.hasSuffix(
                " helpers.go:719] --dry-run is deprecated and can be replaced with "
                    + "--dry-run=client.\nnamespace/x created (dry run)\n"))
        #expect(
            try bench.run("create ns x --dry-run=false").hasSuffix(
                " helpers.go:736] --dry-run=false is deprecated (boolean value) and can be replaced "
                    + "with --dry-run=none.\nnamespace/x created\n"))
    }

    @Test("fields without an order end kubectl")
    func unsortable() throws {
        let bench = try Self.bench()
        try bench.run("run other --image=nginx")
        let text = try bench.run("get pods --sort-by=.metadata.labels")
        #expect(text.hasPrefix("F0101 "))
        #expect(
            text.hasSuffix(
                " sorter.go:375] Field {.metadata.labels} in [][][]reflect.Value is an unsortable "
                    + "type: interface, err: unsortable type: map[string]interface {}\n[exit 1]\n"))
    }

    @Test("an autoscaler that cannot be created is tried in the older version")
    func autoscale() throws {
        let bench = try Self.bench()
        try bench.run("autoscale deploy web --max=5 --cpu=80%")
        let start =
            "error: failed to create autoscaling/v2 HPA and the configuration is incompatible with "
            + "autoscaling/v1: "
        #expect(
            try bench.run("autoscale deploy web --max=5") == start + "empty input\n[exit 1]\n")
        #expect(
            try bench.run("autoscale deploy web --max=5 --cpu=80%")
                == "Error from server (AlreadyExists): horizontalpodautoscalers.autoscaling \"web\" "
                + "already exists\n[exit 1]\n")
    }

    @Test("JSON with commas at the end is YAML; types are looked at in the order of names")
    func json() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["c.json"] =
            #"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c",},}"#
        #expect(try bench.run("apply -f c.json") == "configmap/c created\n")
        bench.files.texts["n.json"] =
            #"{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "n"}, "data": {"port": 80, "on": true}}"#
        #expect(
            try bench.run("create -f n.json").hasSuffix(
                "json: cannot unmarshal bool into Go struct field ConfigMap.data of type string\n"
                    + "[exit 1]\n"))
        bench.files.texts["l.json"] =
            #"{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Gizmo"}]}"#
        #expect(
            try bench.run("apply -f l.json").hasPrefix(
                "unable to recognize no matches for kind \"Gizmo\" in version \"v1\""))
    }

    @Test("a manifest without a name has none to be looked for")
    func nameless() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["x.yaml"] = "{apiVersion: v1, kind: ConfigMap, metadata: {}}"
        #expect(
            try bench.run("apply -f x.yaml") == """
                error: error when retrieving current configuration of:
                Resource: "/v1, Resource=configmaps", GroupVersionKind: "/v1, Kind=ConfigMap"
                Name: "", Namespace: "default"
                from server for: "x.yaml": resource name may not be empty
                [exit 1]

                """)
    }

    @Test("pruning warns of what it will not do any more")
    func pruning() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["a.yaml"] = Self.map
        let text = try bench.run("apply -f a.yaml --prune --all")
        #expect(text.contains(" prune.go:71] Deprecated: kubectl apply will no longer prune "))
        #expect(
            text.hasSuffix(
                "Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 "
                    + "EndpointSlice\n"))
    }

    @Test("an event is about an object of its namespace, and shows what nobody set")
    func events() throws {
        let bench = try VerbBench(nodes: 0)
        bench.files.texts["e.yaml"] =
            "{apiVersion: v1, kind: Event, metadata: {name: e}, involvedObject: {kind: Pod, namespace: other}}"
        #expect(
            try bench.run("create -f e.yaml")
                == "The Event \"e\" is invalid: involvedObject.namespace: Invalid value: \"other\": "
                + "does not match event.namespace\n[exit 1]\n")
        bench.files.texts["e.yaml"] =
            "{apiVersion: v1, kind: Event, metadata: {name: e}, involvedObject: {kind: Pod, namespace: default}}"
        try bench.run("create -f e.yaml")
        #expect(
            try bench.run("get event e -o jsonpath='{.eventTime} {.reportingComponent}.'")
                == "null .")
    }
}
