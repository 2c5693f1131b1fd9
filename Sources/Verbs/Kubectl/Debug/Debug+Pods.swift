import API
import Model
import Support
import Value

// The three ways to debug: a container in the pod, a copy of the pod, a pod on the node.
extension Debug {
    /// An ephemeral container in a pod that runs.
    func addContainer(to object: FoundObject) throws(VerbError) -> (Value, String) {
        let pod = object.value
        let name = containerName(in: pod)
        var container = newContainer(name)
        let target = flags.string("target")
        if !target.isEmpty { container[.targetContainerName] = Value(target) }
        container[arguments] = words.isEmpty ? .null : Value(strings: words)
        var changed = pod
        changed[.spec][.ephemeralContainers].append(container)
        profile.apply(to: &changed, container: name, style: .ephemeral, keeping: keptParts)
        let list = changed[.spec].list(.ephemeralContainers)
        var added = list[list.count - 1]
        try customize(&added)
        warnOfUser(added, changed)
        // The profile goes to the first container of the name, be it the new one or not.
        var patch: [Value] = []
        for (before, after) in zip(pod[.spec].list(.ephemeralContainers), list)
        where before != after {
            patch.append([.name: before[.name], .securityContext: after[.securityContext]])
        }
        patch.append(added)
        var names: [Value] = []
        for container in list where !names.contains(container[.name]) {
            names.append(container[.name])
        }
        let spec: Value = [
            "$setElementOrder/ephemeralContainers": .array(names.map { [.name: $0] }),
            .ephemeralContainers: .array(patch),
        ]
        let result = try call.send(
            .strategic([.spec: spec]), to: object, subresource: .ephemeralContainers)
        return (result.object, name)
    }

    /// A copy of a pod, with one more container or others in it.
    func copy(_ pod: Value) throws(VerbError) -> (Value, String) {
        var copy: Value = [
            .apiVersion: pod[.apiVersion], .kind: pod[.kind],
            .metadata: [.name: Value(copyName), .namespace: pod[.metadata][.namespace]],
            .spec: pod[.spec],
        ]
        for key in [Key.annotations, .labels] { copy[.metadata][key] = pod[.metadata][key] }
        copy[.spec][.ephemeralContainers] = .null
        if flags.has("share-processes") {
            copy[.spec]["shareProcessNamespace"] = .bool(flags.bool("share-processes"))
        }
        if !flags.bool("same-node") { copy[.spec][.nodeName] = .null }
        let images = setImages
        copy[.spec].forEach(.containers) { container in
            let name = container.text(.name)
            let image = (images.last { $0.name == name } ?? images.last { $0.name == "*" })?.image
            if let image, !image.isEmpty { container[.image] = Value(image) }
        }
        let name = try debuggedContainer(of: &copy)
        if let name,
            let container = copy[.spec].list(.containers).first(where: { $0[.name] == Value(name) })
        {
            warnOfUser(container, copy)
        }
        let created = try create(copy)
        if flags.bool("replace") { try delete(pod) }
        return (created, name ?? "")
    }

    /// Makes the container of a copy what it is debugged as, or adds it; nil when only images were set.
    private func debuggedContainer(of copy: inout Value) throws(VerbError) -> String? {
        var name = flags.string("container")
        let lists = [Key.containers, .initContainers]
        let isKnown = lists.contains { list in
            copy[.spec].list(list).contains { $0.text(.name) == name }
        }
        if !isKnown {
            if image.isEmpty {
                if !setImages.isEmpty { return nil }
                throw .message("you must specify image when creating new container")
            }
            name = containerName(in: copy)
            copy[.spec][.containers].append([
                .name: Value(name), .resources: .emptyObject, .terminationMessagePolicy: "File",
            ])
        }
        for list in lists {
            copy[.spec].forEach(list) { container in
                if container.text(.name) == name { change(&container) }
            }
        }
        profile.apply(to: &copy, container: name, style: .copy, keeping: keptParts)
        var containers = copy[.spec].list(.containers)
        if let index = containers.firstIndex(where: { $0.text(.name) == name }) {
            try customize(&containers[index])
            copy[.spec][.containers] = .array(containers)
        }
        return name
    }

    private func change(_ container: inout Value) {
        if !words.isEmpty {
            container[arguments] = Value(strings: words)
            if arguments == .command { container[.args] = .null }
        }
        let variables = variables
        if !variables.isEmpty { container[.env] = .array(variables) }
        if !image.isEmpty { container[.image] = Value(image) }
        let policy = flags.string("image-pull-policy")
        if !policy.isEmpty { container[.imagePullPolicy] = Value(policy) }
        container[.stdin] = flags.bool("stdin") ? true : .null
        container[.tty] = flags.bool("tty") ? true : .null
    }

    /// A pod on the node that sees its file system and shares its namespaces.
    func debugNode(_ node: Value) throws(VerbError) -> (Value, String) {
        let given = flags.string("container")
        let name = given.isEmpty ? "debugger" : given
        let nodeName = node[.metadata].text(.name)
        let podName = freeName("node-debugger-\(nodeName)-", node)
        say("Creating debugging pod \(podName) with container \(name) on node \(nodeName).")
        var container = newContainer(name)
        container[arguments] = words.isEmpty ? .null : Value(strings: words)
        var pod: Value = [
            .apiVersion: "v1", .kind: "Pod",
            .metadata: [
                .labels: ["app.kubernetes.io/managed-by": "kubectl-debug"], .name: Value(podName),
                .namespace: Value(call.namespace),
            ],
            .spec: [
                .containers: [container], .nodeName: Value(nodeName), .restartPolicy: "Never",
                .tolerations: [[.operator: "Exists"]],
            ],
        ]
        profile.apply(to: &pod, container: name, style: .node, keeping: keptParts)
        var changed = pod[.spec].list(.containers)[0]
        try customize(&changed)
        pod[.spec][.containers] = [changed]
        return (try create(pod), name)
    }

    // MARK: Parts

    private var arguments: Key { flags.bool("arguments-only") ? .args : .command }

    private func newContainer(_ name: String) -> Value {
        var container: Value = [
            .image: Value(image), .name: Value(name), .resources: .emptyObject,
            .terminationMessagePolicy: "File",
        ]
        let policy = flags.string("image-pull-policy")
        if !policy.isEmpty { container[.imagePullPolicy] = Value(policy) }
        if !variables.isEmpty { container[.env] = .array(variables) }
        if flags.bool("stdin") { container[.stdin] = true }
        if flags.bool("tty") { container[.tty] = true }
        return container
    }

    private var variables: [Value] {
        flags.list("env").compactMap { text in
            guard let equals = text.firstIndex(of: "=") else { return nil }
            return [
                .name: Value(String(text[..<equals])),
                .value: Value(String(text[text.index(after: equals)...])),
            ]
        }
    }

    private var keptParts: Set<String> {
        let parts = [
            "labels", "annotations", "liveness", "readiness", "startup", "init-containers",
        ]
        return Set(parts.filter { flags.bool("keep-\($0)") })
    }

    /// Merges what `--custom` says into the container.
    private func customize(_ container: inout Value) throws(VerbError) {
        guard !custom.isNull else { return }
        do throws(StrategicMergeError) {
            container = try StrategicMergePatch.apply(
                custom, to: container, type: FieldFacts.type(named: "core.v1.Container"))
        } catch {
            throw .message(
                "error creating three way patch to add debug container: \(error.message)")
        }
    }

    /// The name given, or one that no container of the pod has.
    private func containerName(in pod: Value) -> String {
        let given = flags.string("container")
        if !given.isEmpty { return given }
        let lists = [Key.containers, .initContainers, .ephemeralContainers]
        let names = Set(lists.flatMap { pod[.spec].list($0) }.map { $0.text(.name) })
        var stream = randomness(pod)
        var name = ""
        repeat { name = "debugger-" + stream.suffix(length: 5) } while names.contains(name)
        say("Defaulting debug container name to \(name).")
        return name
    }

    /// A name with a random end that no pod has.
    private func freeName(_ stem: String, _ node: Value) -> String {
        var stream = randomness(node)
        while true {
            let name = stem + stream.suffix(length: 5)
            let known = try? call.context.client.find(.pod, namespace: call.namespace, name: name)
            if known == nil { return name }
        }
    }

    /// Random names come from the run's seed by way of the object's uid.
    private func randomness(_ object: Value) -> RandomStream {
        var hash = StableHash()
        hash.combine(object[.metadata].text(.uid))
        hash.combine(UInt64(call.context.clock.now))
        return RandomStream(seed: hash.value)
    }

    /// Source: kubectl's displayWarning.
    private func warnOfUser(_ container: Value, _ pod: Value) {
        guard let user = pod[.spec][.securityContext]["runAsUser"].int, user != 0 else { return }
        let own = container[.securityContext]
        guard !own.isNull, own["runAsUser"].int != 0 else { return }
        let adds = own["capabilities"].list("add").count > 0
        guard own.flag("privileged") || adds else { return }
        call.context.output.error(
            "Warning: Non-root user is configured for the entire target Pod, and some capabilities granted "
                + "by debug profile may not work. Please consider using \"--custom\" with a custom profile "
                + "that specifies \"securityContext.runAsUser: 0\".\n")
    }

    private func create(_ pod: Value) throws(VerbError) -> Value {
        do throws(APIError) {
            let result = try call.context.client.create(
                .pod, namespace: pod[.metadata].text(.namespace), pod, options: WriteOptions())
            call.warn(result.warnings)
            return result.object
        } catch {
            throw .api(error, call.context.kinds[.pod])
        }
    }

    private func delete(_ pod: Value) throws(VerbError) {
        do throws(APIError) {
            _ = try call.context.client.delete(
                .pod, namespace: pod[.metadata].text(.namespace), name: pod[.metadata].text(.name),
                options: DeleteOptions(gracePeriodSeconds: 0))
        } catch {
            throw .api(error, call.context.kinds[.pod])
        }
    }
}
