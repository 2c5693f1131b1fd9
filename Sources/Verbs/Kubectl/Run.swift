import API
import Model
import Value

extension Verb {
    /// `kubectl run`.
    static let run: Verb = {
        var verb = Verb("run", summary: "Create a pod with one container")
        verb.usage = "NAME --image=image [--env=\"key=value\"] [--port=port] [-- COMMAND [args…]]"
        verb.examples = [
            "run web --image=nginx --port=80", "run once --image=busybox --restart=Never -- date",
            "run -it --rm box --image=busybox --restart=Never -- sh -c 'nslookup web'",
        ]
        verb.flags =
            [
                Flag("image", nil, .string, "the image of the container", isRequired: true),
                Flag("image-pull-policy", nil, .string, "Always, IfNotPresent or Never"),
                Flag("port", nil, .string, "the port that the container opens"),
                Flag("env", nil, .strings, "a variable: name=value"),
                Flag("labels", "l", .string, "labels of the pod: a=b,c=d"),
                Flag("annotations", nil, .strings, "annotations of the pod: a=b"),
                Flag(
                    "restart", nil, .string, "Always, OnFailure or Never", standard: "Always",
                    choices: ["Always", "OnFailure", "Never"]),
                Flag(
                    "command", nil, .bool, "the words behind -- are the command, not its arguments"),
                Flag("privileged", nil, .bool, "run the container privileged"),
                Flag("expose", nil, .bool, "also create a service for the port"),
                Flag("overrides", nil, .string, "JSON that is merged into the pod"),
                Flag("override-type", nil, .string, "merge, json or strategic", standard: "merge"),
                Flag("attach", nil, .bool, "wait for the pod and show what its process prints"),
                Flag("stdin", "i", .bool, "keep standard input open, and attach"),
                Flag("tty", "t", .bool, "a terminal: a shell shows its prompt"),
                Flag("rm", nil, .bool, "delete the pod when its process ends"),
                Flag("quiet", "q", .bool, "print the process's output only"),
                Flag(
                    "leave-stdin-open", nil, .bool,
                    "do not close standard input after the first attach"),
                Flag(
                    "pod-running-timeout", nil, .duration, "how long to wait for a running pod",
                    standard: "1m0s"),
                Flag("grace-period", nil, .int, "seconds that --rm gives the pod", standard: "-1"),
                Flag("force", nil, .bool, "--rm deletes without grace, with --grace-period=0"),
                Flag("timeout", nil, .duration, "how long --rm waits", standard: "0s"),
                .record,
            ] + Flag.generatorFlags
        verb.holdsGoTypes = true
        verb.advancesTime = true
        verb.run = { call in try Run(call: call).run() }
        return verb
    }()
}

/// One run of `kubectl run`. Source of rules and texts: kubectl's run command and generator.
private struct Run {
    let call: VerbCall
    var flags: FlagValues { call.flags }

    func run() throws {
        guard let name = call.arguments.first, call.argumentsBeforeDashes != 0 else {
            throw call.usageError("NAME is required for run")
        }
        try checkAttaching()
        let restart = flags.string("restart")
        guard ["Always", "OnFailure", "Never"].contains(restart) else {
            throw call.usageError("invalid restart policy: \(restart)")
        }
        if flags.bool("expose"), flags.string("port").isEmpty {
            throw call.usageError("--port must be set when exposing a service")
        }
        let image = flags.string("image")
        if image.isEmpty { throw VerbError.message("--image is required") }
        if !ImageReference.isValid(image) {
            throw VerbError.message("Invalid image name \"\(image)\": invalid reference format")
        }
        let policy = flags.string("image-pull-policy")
        guard ["", "Always", "IfNotPresent", "Never"].contains(policy) else {
            throw call.usageError("invalid image pull policy: \(policy)")
        }
        let labels = try labels(name)
        var pod: Value = [
            .metadata: [.name: Value(name), .labels: labels],
            .spec: [
                .containers: [try container(name)], .dnsPolicy: "ClusterFirst",
                .restartPolicy: Value(restart),
            ],
        ]
        for text in flags.list("annotations") {
            guard let pair = KeyValueText.pairs(text)?.first else {
                throw VerbError.message("unexpected annotation: \(text)")
            }
            pod[.metadata][.annotations][pair.key] = Value(pair.value)
        }
        try override(&pod)
        let creation = try Creation(call)
        let made = try creation.make(.pod, pod, failing: nil)
        if flags.bool("expose") { try expose(name, labels, creation) }
        guard attaches else {
            return try creation.printer.confirm(made, "created", dryRun: creation.dryRun)
        }
        try RunAttachment(call: call, restart: restart).run(
            FoundObject(info: call.context.kinds[.pod], value: made.value))
    }

    /// The Service of `--expose`, which is told of before the pod.
    private func expose(
        _ name: String, _ labels: Value, _ creation: Creation
    ) throws(VerbError) {
        let port = Value(Int(flags.string("port")) ?? 0)
        let ports: Value = [.port: port, .protocol: "TCP", .targetPort: port]
        var service: Value = [
            .metadata: [.name: Value(name)], .spec: [.ports: [ports], .selector: labels],
        ]
        if !flags.string("labels").isEmpty { service[.metadata][.labels] = labels }
        try creation.generate(.service, service, failing: nil)
        if flags.string("output") == "yaml" { call.context.output.line("---") }
    }

    /// Whether the pod is attached to once it runs.
    private var attaches: Bool {
        flags.has("attach") ? flags.bool("attach") : flags.bool("stdin") || flags.bool("tty")
    }

    /// What contradicts in the flags that attach. Source: kubectl's run command.
    private func checkAttaching() throws(VerbError) {
        if try call.dryRun() != .none, attaches || flags.bool("stdin") || flags.bool("tty") {
            throw call.usageError(
                "--dry-run=[server|client] can't be used with attached containers options "
                    + "(--attach, --stdin, or --tty)")
        }
        if flags.bool("tty"), !flags.bool("stdin") {
            throw call.usageError("-i/--stdin is required for containers with -t/--tty=true")
        }
        if flags.bool("rm"), !attaches {
            throw call.usageError("--rm should only be used for attached containers")
        }
    }

    private func labels(_ name: String) throws(VerbError) -> Value {
        let text = flags.string("labels")
        if text.isEmpty { return ["run": Value(name)] }
        guard let pairs = KeyValueText.pairs(text) else {
            throw .message("unexpected label spec: \(text)")
        }
        return KeyValueText.map(pairs)
    }

    private func container(_ name: String) throws(VerbError) -> Value {
        var container: Value = [.name: Value(name), .image: Value(flags.string("image"))]
        let words = call.commandWords
        if !words.isEmpty {
            container[flags.bool("command") ? .command : .args] = Value(strings: words)
        }
        for text in flags.strings("env") {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw .message("invalid env: \(text)")
            }
            container[.env].append([
                .name: Value(String(text[..<equals])),
                .value: Value(String(text[text.index(after: equals)...])),
            ])
        }
        let port = flags.string("port")
        if !port.isEmpty {
            guard let number = Int(port) else {
                throw .message("strconv.Atoi: parsing \"\(port)\": invalid syntax")
            }
            container[.ports] = [[.containerPort: Value(number)]]
        }
        let policy = flags.string("image-pull-policy")
        if !policy.isEmpty { container[.imagePullPolicy] = Value(policy) }
        if flags.bool("stdin") {
            container[.stdin] = true
            if !flags.bool("leave-stdin-open") { container[.stdinOnce] = true }
        }
        if flags.bool("tty") { container[.tty] = true }
        if flags.bool("privileged") { container[.securityContext] = ["privileged": true] }
        return container
    }

    /// `--overrides`.
    private func override(_ pod: inout Value) throws(VerbError) {
        let text = flags.string("overrides")
        guard !text.isEmpty else { return }
        guard let change = try? JSON.parse(text) else {
            throw .message("Invalid JSON Patch: \(text)")
        }
        switch flags.string("override-type") {
        case "json":
            do throws(JSONPatchError) {
                pod = try JSONPatch(change).apply(to: pod)
            } catch {
                throw .message(error.message)
            }
        case "strategic":
            do throws(StrategicMergeError) {
                pod = try StrategicMergePatch.apply(
                    change, to: pod, type: FieldFacts.root(of: .pod))
            } catch {
                throw .message(error.message)
            }
        default: pod = MergePatch.apply(change, to: pod)
        }
    }
}
