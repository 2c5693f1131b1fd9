import API
import Model
import Support
import Value

/// The pod and the container that `exec`, `attach` and `cp` are about.
struct PodTarget {
    let pod: FoundObject
    let container: String

    var target: ContainerTarget {
        ContainerTarget(namespace: pod.namespace, pod: pod.name, container: container)
    }

    /// The pod that `object` stands for: itself, or the best of those that it selects.
    ///
    /// Source: polymorphichelpers.AttachablePodForObject, GetFirstPod, podutils.ActivePods in reverse.
    static func pod(of object: FoundObject, _ call: VerbCall) throws(VerbError) -> FoundObject {
        if object.info.kind == .pod { return object }
        let selector: LabelSelector
        if object.info.kind == .service {
            selector = LabelSelector(labels: object.value[.spec][.selector].fields)
        } else if let places = object.info.podSelector {
            selector = places.selector(of: object.value)
        } else {
            throw .message(
                "cannot attach to *\(object.info.version).\(object.info.name): cannot extract pod "
                    + "selector from *\(object.info.version).\(object.info.name)")
        }
        let pods = call.list([call.context.kinds[.pod]]).objects.filter {
            $0.namespace == object.namespace
                && selector.matches($0.value[.metadata][.labels].fields)
        }
        guard let best = pods.min(by: { isBetter($0.value, than: $1.value) }) else {
            throw .message("timed out waiting for the condition")
        }
        return best
    }

    /// Bound, running and ready pods come first; then those ready for longer, of fewer restarts, older.
    private static func isBetter(_ left: Value, than right: Value) -> Bool {
        let (first, second) = (rank(left), rank(right))
        if first != second { return first.lexicographicallyPrecedes(second) }
        return left[.metadata].text(.name) < right[.metadata].text(.name)
    }

    private static func rank(_ pod: Value) -> [Int64] {
        let view = PodView(pod)
        let phases: [String: Int64] = ["Running": 0, "Unknown": 1, "Pending": 2]
        let ready = view.status.value[.conditions].elements.first { $0.text(.type) == "Ready" }
        let isReady = ready?.text(.status) == "True"
        let restarts = view.status.value[.containerStatuses].elements.reduce(0) {
            max($0, $1.int(.restartCount))
        }
        return [
            view.nodeName.isEmpty ? 1 : 0, phases[view.phase] ?? 3, isReady ? 0 : 1,
            isReady ? Timestamp(ready?[.lastTransitionTime] ?? .null)?.milliseconds ?? 0 : 0,
            Int64(restarts),
            Timestamp(pod[.metadata][.creationTimestamp])?.milliseconds ?? 0,
        ]
    }

    /// The container that is named, or the pod's own choice.
    ///
    /// Source: podcmd.FindOrDefaultContainerByName.
    static func container(
        _ name: String, of pod: FoundObject, isQuiet: Bool, _ call: VerbCall
    ) throws(VerbError) -> String {
        let spec = pod.value[.spec]
        var name = name
        if name.isEmpty {
            name =
                pod.value[.metadata][.annotations]["kubectl.kubernetes.io/default-container"]
                .string ?? ""
        }
        let own = spec.list(.containers).map { $0.text(.name) }
        let all =
            own + spec.list(.initContainers).map { $0.text(.name) }
            + spec.list(.ephemeralContainers).map { $0.text(.name) }
        if !name.isEmpty {
            guard all.contains(name) else {
                throw .message(
                    "container \(name) is not valid for pod \(pod.name) out of: \(names(spec))")
            }
            return name
        }
        guard let first = own.first else {
            throw .message("pod \(pod.namespace)/\(pod.name) does not have any containers")
        }
        if !isQuiet, all.count > 1 {
            call.context.output.error("Defaulted container \"\(first)\" out of: \(names(spec))\n")
        }
        return first
    }

    /// All containers of a pod, in the words of podcmd.AllContainerNames.
    static func names(_ spec: Value) -> String {
        let marks: [(Key, String)] = [
            (.containers, ""), (.ephemeralContainers, " (ephem)"), (.initContainers, " (init)"),
        ]
        return marks.flatMap { list, mark in spec.list(list).map { $0.text(.name) + mark } }
            .joined(separator: ", ")
    }
}

extension VerbCall {
    /// What the kubelet and the runtime answer where a container cannot be looked into.
    func failure(_ problem: ContainerProblem, doing: String = "") -> VerbError {
        switch problem {
        case .notFound(let container):
            return .message(
                "Internal error occurred: unable to upgrade connection: container not found "
                    + "(\"\(container)\")")
        case .unreachable(let node):
            return .plain(
                "Error from server: error dialing backend: dial tcp: lookup \(node): no route to host"
            )
        case .noProgram(let text, let commands):
            let head =
                "Internal error occurred: error executing command in container: failed to exec in "
                + "container: failed to start exec \"\(execID)\": "
            guard context.session.givesHints else { return .message(head + text) }
            let hint =
                commands.isEmpty
                ? "the image has no shell and no programs but its own"
                : "simulated containers have: \(commands.joined(separator: " "))"
            return .message("\(head)\(text)\n(\(hint))")
        }
    }

    /// The runtime's name of a command: it follows from the instant.
    private var execID: String {
        sha256(Array("exec \(context.clock.now)".utf8)).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
