import API
import Model
import Support
import Value

extension Verb {
    private static let noLogs = "simulated containers write no logs"

    /// `kubectl logs`: checks what kubectl and a kubelet would check, and says that there are none.
    static let logs: Verb = {
        var verb = Verb("logs", summary: "Show logs of a container: simulated ones write none")
        verb.usage = "[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [flags]"
        verb.examples = ["logs web-0 -c nginx"]
        verb.flags = [
            .selector, Flag("container", "c", .string, "the container"),
            Flag("all-containers", nil, .bool, "all containers of the pod"),
            Flag("all-pods", nil, .bool, "all pods of the workload"),
            Flag("previous", "p", .bool, "the container before its last restart"),
            .idle("follow", "f", .bool, noLogs),
            .idle("ignore-errors", .bool, noLogs),
            .idle("limit-bytes", .int, noLogs, standard: "0"),
            .idle("max-log-requests", .int, noLogs, standard: "5"),
            .idle("pod-running-timeout", .duration, noLogs, standard: "20s"),
            .idle("prefix", .bool, noLogs),
            .idle("since", .duration, noLogs, standard: "0s"),
            .idle("since-time", .string, noLogs),
            .idle("tail", .int, noLogs, standard: "-1"),
            .idle("timestamps", .bool, noLogs),
        ]
        verb.completes = .names("pods")
        verb.run = { call in try Logs(call: call).run() }
        return verb
    }()
}

/// One run of `kubectl logs`. Source of the texts: kubectl's logs command and the API server's
/// pod log location.
private struct Logs {
    let call: VerbCall

    func run() throws {
        if call.arguments.isEmpty, !call.flags.has("selector") {
            throw call.usageError(
                "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
                    + "POD or TYPE/NAME is a required argument for the logs command")
        }
        if !call.arguments.isEmpty, call.flags.has("selector") {
            throw call.usageError(
                "only a selector (-l) or a POD name is allowed")
        }
        if call.arguments.count > 2 {
            throw call.usageError(
                "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
                    + "POD or TYPE/NAME is a required argument for the logs command")
        }
        let time = call.flags.string("since-time")
        if !time.isEmpty, Timestamp(parsing: time) == nil {
            throw VerbError.message(
                "parsing time \"\(time)\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\(time)\" as "
                    + "\"2006\"")
        }
        let pods = try pods()
        if pods.isEmpty {
            call.context.output.error("No resources found in \(call.namespace) namespace.\n")
            return
        }
        for pod in pods {
            try call.require(
                Access(
                    "get", pod.info, namespace: pod.namespace, name: pod.name, subresource: "log"),
                pod.info)
            for container in try containers(of: pod) { try check(container, pod) }
        }
        call.context.output.error(
            "simulated containers write no logs; `describe pod` and `events` tell what happened "
                + "to them\n")
    }

    private func pods() throws(VerbError) -> [FoundObject] {
        guard let word = call.arguments.first else {
            return call.list([call.context.kinds[.pod]]).objects
        }
        guard let object = try call.findAll([call.podReference(word)]).first else { return [] }
        if object.info.kind == .pod { return [object] }
        let places = object.info.podSelector
        guard places != nil || object.info.podSpecPath != nil else {
            throw .message(
                "cannot get the logs from \(object.info.group)/\(object.info.version), "
                    + "Kind=\(object.info.name)")
        }
        let selector = places?.selector(of: object.value) ?? .nothing
        let all = call.list([call.context.kinds[.pod]]).objects.filter {
            selector.matches($0.value[.metadata][.labels].fields)
        }
        if all.count > 1, !call.flags.bool("all-pods") {
            call.context.output.error(
                "Found \(all.count) pods, using pod/\(all[0].name)\n")
            return [all[0]]
        }
        return all
    }

    private func containers(of pod: FoundObject) throws(VerbError) -> [String] {
        let spec = pod.value[.spec]
        let names = spec.list(.containers).map { $0.text(.name) }
        let all = spec.list(.initContainers).map { $0.text(.name) } + names
        if call.flags.bool("all-containers") { return all }
        let given =
            call.arguments.count > 1 ? call.arguments[1] : call.flags.string("container")
        if !given.isEmpty {
            guard all.contains(given) else {
                throw .message(
                    "container \(given) is not valid for pod \(pod.name) out of: "
                        + Self.containerNames(spec))
            }
            return [given]
        }
        if all.count + spec.list(.ephemeralContainers).count > 1 {
            call.context.output.error(
                "Defaulted container \"\(names[0])\" out of: \(Self.containerNames(spec))\n")
        }
        return [names[0]]
    }

    /// All containers of a pod, in the words of podcmd.AllContainerNames.
    private static func containerNames(_ spec: Value) -> String {
        let marks: [(Key, String)] = [
            (.containers, ""), (.ephemeralContainers, " (ephem)"), (.initContainers, " (init)"),
        ]
        return marks.flatMap { list, mark in spec.list(list).map { $0.text(.name) + mark } }
            .joined(separator: ", ")
    }

    private func check(_ container: String, _ pod: FoundObject) throws(VerbError) {
        if PodView(pod.value).nodeName.isEmpty {
            throw .api(.badRequest("pod \(pod.name) does not have a host assigned"), nil)
        }
        let status = PodView(pod.value).status
        let found = (status.containerStatuses + status.initContainerStatuses).first {
            $0.name == container
        }
        let place = "container \"\(container)\" in pod \"\(pod.name)\""
        if call.flags.bool("previous") {
            guard let found, !found.lastTerminated.isNull else {
                throw .api(
                    .badRequest(
                        "previous terminated container \"\(container)\" in pod \"\(pod.name)\" "
                            + "not found"), nil)
            }
            return
        }
        if let found, !found.waiting.isNull, found.lastTerminated.isNull {
            let reason = found.waiting.text(.reason)
            let isImage = ["ErrImagePull", "ImagePullBackOff", "InvalidImageName"].contains(reason)
            throw .api(
                .badRequest(
                    isImage
                        ? "\(place) is waiting to start: trying and failing to pull image"
                        : "\(place) is waiting to start: \(reason)"), nil)
        }
    }
}
