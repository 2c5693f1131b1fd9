import Testing
import Value

/// Debugging pods and nodes, and the parts of a pod that are written by themselves.
@Suite struct DebugTests {
    private let bench: VerbBench

    init() throws {
        bench = try VerbBench()
        bench.files.texts["app.yaml"] = """
            apiVersion: v1
            kind: Pod
            metadata: {name: app, labels: {app: a}, annotations: {note: x}}
            spec:
              initContainers: [{name: first, image: busybox, command: [sh, -c, exit 0]}]
              containers:
              - name: main
                image: nginx
                readinessProbe: {exec: {command: [ls]}}
                resources: {requests: {cpu: 100m, memory: 32Mi}}
            """
        try bench.run("apply -f app.yaml")
        try bench.settle()
    }

    @Test func `an ephemeral container is added, runs, and never changes`() throws {
        #expect(try bench.run("debug app --image=busybox -c peek -q") == "")
        try bench.settle()
        #expect(
            try bench.run("get pod app -o jsonpath='{.spec.ephemeralContainers[0]}'")
                == #"{"image":"busybox","imagePullPolicy":"Always","name":"peek","resources":{},"#
                + #""securityContext":{"capabilities":{"add":["SYS_PTRACE"]}},"#
                + #""terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}"#
        )
        let names =
            "{.status.ephemeralContainerStatuses[*].name} {.metadata.generation} "
            + "{.status.observedGeneration} {.status.containerStatuses[*].restartCount} {.status.phase}"
        #expect(try bench.run("get pod app -o jsonpath='\(names)'") == "peek 2 2 0 Running")
        #expect(
            try bench.run(
                "get events --field-selector involvedObject.fieldPath=spec.ephemeralContainers{peek} -o name"
            )
            .split(separator: "\n").count == 4)
        // Kubectl gives the capability to the first container of the name: the one that is there.
        #expect(
            try bench.run("debug app --image=busybox -c peek") == """
                The Pod "app" is invalid: spec.ephemeralContainers: Forbidden: existing ephemeral containers \
                "peek" may not be changed
                @@ -27,6 +27,7 @@
                  "SecurityContext": {
                   "Capabilities": {
                    "Add": [
                +    "SYS_PTRACE",
                     "SYS_PTRACE"
                    ],
                    "Drop": null

                [exit 1]

                """)
        #expect(
            try bench.run("debug app --image=busybox -c more --target=none")
                == "Targeting container \"none\". If you don't see processes from this container it may be "
                + "because the container runtime doesn't support this feature.\n"
                + "The Pod \"app\" is invalid: spec.ephemeralContainers[1].targetContainerName: Not found: "
                + "\"none\"\n[exit 1]\n")
        #expect(
            try bench.run(
                "patch pod app --subresource=ephemeralcontainers --type=json -p "
                    + "'[{\"op\":\"remove\",\"path\":\"/spec/ephemeralContainers\"}]'"
            ).contains("existing ephemeral containers \"peek\" may not be removed"))
        #expect(try bench.run("describe pod app").contains("Ephemeral Containers:\n  peek:\n"))
    }

    @Test func `a copy loses what would tie it to the original's service`() throws {
        try bench.run("debug app --image=busybox --copy-to=one -c tool --attach=false")
        try bench.run("debug app --copy-to=two --set-image=main=nginx:1.28 --same-node")
        try bench.run(
            "debug app --image=busybox --copy-to=three -c main --keep-labels --keep-readiness "
                + "--keep-init-containers=false --env=A=1 --share-processes=false -- sleep 9")
        try bench.settle()
        let fields =
            "{.metadata.labels} {.metadata.annotations} {.spec.containers[*].name} "
            + "{.spec.containers[0].image} {.spec.containers[0].readinessProbe.exec.command} "
            + "{.spec.initContainers[*].name} {.spec.shareProcessNamespace} {.spec.containers[0].command}"
        #expect(
            try bench.run("get pod one -o jsonpath='\(fields)'") == "  main tool nginx  first true "
        )
        #expect(
            try bench.run(
                "get pod two -o jsonpath='{.metadata.labels} {.spec.containers[*].image}'")
                == #"{"app":"a"} nginx:1.28"#)
        #expect(
            try bench.run("get pod three -o jsonpath='\(fields)'")
                == #"{"app":"a"}  main busybox ["ls"]  false ["sleep","9"]"#)
        #expect(try bench.run("debug app --image=busybox --copy-to=four -q --replace") == "")
        try bench.settle()
        #expect(try bench.run("get pod app -o name").contains("NotFound"))
    }

    @Test(arguments: [
        ("general", "true true  "),
        ("baseline", "  {\"name\":\"debugger\"} "),
        (
            "restricted",
            "   {\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]},"
                + "\"runAsNonRoot\":true,\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}"
        ),
        ("netadmin", "true true  {\"capabilities\":{\"add\":[\"NET_ADMIN\",\"NET_RAW\"]}}"),
        ("sysadmin", "true true  {\"privileged\":true}"),
    ])
    func `a node is debugged by a pod with the profile's rights`(
        _ profile: String, _ rights: String
    ) throws {
        let said = try bench.run("debug node/node-2 --image=busybox --profile=\(profile)")
        #expect(said.hasPrefix("Creating debugging pod node-debugger-node-2-"))
        #expect(said.hasSuffix(" with container debugger on node node-2.\n"))
        let fields =
            "{.items[0].spec.hostNetwork} {.items[0].spec.hostPID}  "
            + "{.items[0].spec.containers[0].securityContext}"
        let shown = try bench.run(
            "get pods -l app.kubernetes.io/managed-by=kubectl-debug -o jsonpath='\(fields)'")
        #expect(shown == (profile == "baseline" ? "   " : rights))
        let root = try bench.run(
            "get pods -l app.kubernetes.io/managed-by=kubectl-debug "
                + "-o jsonpath='{.items[0].spec.volumes[0].hostPath.path}'")
        #expect((root == "/") == ["general", "sysadmin"].contains(profile))
    }

    @Test(arguments: [
        ("debug", "error: you must specify --image when not using --copy-to.\n"),
        ("debug app --image=A", "error: invalid image name \"A\": invalid reference format\n"),
        (
            "debug app --copy-to=b -- sh",
            "error: you must specify an existing container or a new image when specifying args.\n"
        ),
        (
            "debug app --copy-to=b -c new -- sh",
            "error: you must specify image when creating new container\n"
        ),
        (
            "debug app --image=a -t",
            "error: -i/--stdin is required for containers with -t/--tty=true\n"
        ),
        (
            "debug namespace/default --image=a",
            "error: \"v1, Kind=Namespace\" not supported by debug\n"
        ),
        (
            "debug app --image=a --custom=no.yaml",
            "error: must pass a container spec json file for custom profile: open no.yaml: no such file or "
                + "directory\n"
        ),
    ])
    func `mistakes are told as kubectl tells them`(_ line: String, _ text: String) throws {
        #expect(try bench.run(line) == text + "[exit 1]\n")
    }

    @Test func `a file completes the profile, and a shell is attached to`() throws {
        bench.files.texts["c.yaml"] =
            "env: [{name: A, value: b}]\nsecurityContext: {runAsUser: 0}\n"
        #expect(
            try bench.run(
                "debug app -i --image=busybox -c peek --custom=c.yaml", input: "echo $A\nhostname\n"
            )
                == "All commands and output from this session will be recorded in container logs, "
                + "including credentials and sensitive information passed through the command prompt.\n"
                + "If you don't see a command prompt, try pressing enter.\nb\napp\n")
        #expect(
            try bench.run(
                "get pod app -o jsonpath='{.spec.ephemeralContainers[0].env} {.spec.ephemeralContainers[0].securityContext}'"
            )
                == #"[{"name":"A","value":"b"}] {"capabilities":{"add":["SYS_PTRACE"]},"runAsUser":0}"#
        )
    }

    // MARK: Other amounts

    @discardableResult
    private func patch(_ resources: String) throws -> String {
        try bench.run(
            "patch pod app --subresource=resize -p "
                + "'{\"spec\":{\"containers\":[{\"name\":\"main\",\"resources\":\(resources)}]}}'")
    }

    @Test func `a running pod gets other amounts`() throws {
        #expect(try patch(#"{"requests":{"cpu":"200m"}}"#) == "pod/app patched\n")
        let conditions = "{range .status.conditions[*]}{.type}={.status}{.reason} {end}"
        try bench.settle()
        #expect(
            try bench.run(
                "get pod app -o jsonpath='{.status.containerStatuses[0].resources} "
                    + "{.status.containerStatuses[0].restartCount} {.metadata.generation}'")
                == #"{"requests":{"cpu":"200m","memory":"32Mi"}} 0 2"#)
        #expect(try !bench.run("get pod app -o jsonpath='\(conditions)'").contains("Resize"))
        let events = try bench.run("get events -o custom-columns=R:.reason,M:.message --no-headers")
        #expect(events.contains("Pod resize started: {\"initContainers\":[{"))
        #expect(events.contains("Pod resize completed: {\"initContainers\":[{"))
    }

    @Test func `a container is restarted for what its policy says so, and for nothing else`() throws
    {
        bench.files.texts["r.yaml"] = """
            apiVersion: v1
            kind: Pod
            metadata: {name: app2}
            spec:
              containers:
              - name: main
                image: nginx
                resources: {requests: {cpu: 100m, memory: 32Mi}}
                resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]
            """
        try bench.run("apply -f r.yaml")
        try bench.settle()
        func restarts(after requests: String) throws -> String {
            try bench.run(
                "patch pod app2 --subresource=resize -p '{\"spec\":{\"containers\":[{\"name\":\"main\","
                    + "\"resources\":{\"requests\":{\(requests)}}}]}}'")
            try bench.settle()
            return try bench.run(
                "get pod app2 -o jsonpath='{.status.containerStatuses[0].restartCount}'")
        }
        #expect(try restarts(after: "\"memory\":\"64Mi\"") == "0")
        #expect(try restarts(after: "\"cpu\":\"200m\"") == "1")
    }

    @Test func `amounts that the node does not have wait for room`() throws {
        bench.files.texts["big.yaml"] = """
            apiVersion: v1
            kind: Pod
            metadata: {name: big}
            spec:
              containers: [{name: c, image: nginx, resources: {requests: {cpu: "3"}}}]
            """
        let node = try bench.run("get pod app -o jsonpath={.spec.nodeName}")
        bench.files.texts["big.yaml"]! += "\n  nodeName: \(node)\n"
        try bench.run("apply -f big.yaml")
        try bench.settle()
        try patch(#"{"requests":{"cpu":"2"}}"#)
        try bench.settle()
        let shown =
            "{.status.conditions[0].type} {.status.conditions[0].reason}: "
            + "{.status.conditions[0].message} {.status.containerStatuses[0].allocatedResources.cpu}"
        #expect(
            try bench.run("get pod app -o jsonpath='\(shown)'")
                == "PodResizePending Deferred: Node didn't have enough resource: cpu, requested: 2000, used: "
                + "3000, capacity: 4000 100m")
        try bench.run("delete pod big")
        try bench.settle()
        #expect(
            try bench.run(
                "get pod app -o jsonpath='{.status.containerStatuses[0].allocatedResources.cpu}'")
                == "2")
    }

    @Test(arguments: [
        (
            #"{"requests":{"cpu":null}}"#,
            "spec.containers[0].resources.requests: Forbidden: resource requests cannot be removed"
        ),
        (
            #"{"requests":{"ephemeral-storage":"1Gi"}}"#,
            "spec: Forbidden: only cpu and memory resources are mutable"
        ),
    ])
    func `a resize has its own rules`(_ resources: String, _ text: String) throws {
        #expect(try patch(resources) == "The Pod \"app\" is invalid: \(text)\n[exit 1]\n")
    }

    @Test func `an eviction is created at a path`() throws {
        bench.files.texts["e.json"] =
            #"{"apiVersion":"policy/v1","kind":"Eviction","metadata":{"name":"app"}}"#
        let path = "create --raw /api/v1/namespaces/default/pods"
        #expect(
            try bench.run("\(path)/no/eviction -f e.json")
                == "Error from server (BadRequest): name in URL does not match name in Eviction object\n"
                + "[exit 1]\n")
        #expect(
            try bench.run("\(path)/app/eviction -f e.json")
                == #"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Success","code":201}"#
                + "\n")
        try bench.settle()
        #expect(
            try bench.run("\(path)/app/eviction -f e.json")
                == "Error from server (NotFound): pods \"app\" not found\n[exit 1]\n")
    }
}
