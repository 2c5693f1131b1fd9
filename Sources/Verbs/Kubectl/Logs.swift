import API
import Model
import Support
import Value

extension Verb {
    /// `kubectl logs`: what containers write, as far as a simulated one writes anything.
    static let logs: Verb = {
        var verb = Verb("logs", summary: "Show what a container wrote to its log")
        verb.usage = "[-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [flags]"
        verb.examples = [
            "logs web-0 -c nginx", "logs -l app=web --prefix --tail=20", "logs -f deployment/web",
        ]
        verb.flags = [
            .selector, Flag("container", "c", .string, "the container"),
            Flag("all-containers", nil, .bool, "all containers of the pod"),
            Flag("all-pods", nil, .bool, "all pods of the workload, with a prefix for each"),
            Flag("previous", "p", .bool, "the container before its last restart"),
            Flag(
                "follow", "f", .bool,
                "go on while the container writes, for one virtual minute at most (`timeout` says more)"
            ),
            Flag("ignore-errors", nil, .bool, "go on with the next container after an error"),
            Flag("limit-bytes", nil, .int, "so many bytes of each log at most", standard: "0"),
            Flag(
                "max-log-requests", nil, .int, "how many logs may be followed at once",
                standard: "5"),
            Flag(
                "pod-running-timeout", nil, .duration,
                "how long to wait for a pod, and for a container that is followed",
                standard: "20s"),
            Flag("prefix", nil, .bool, "the pod and the container before each line"),
            Flag("since", nil, .duration, "only lines of so long ago at most", standard: "0s"),
            Flag("since-time", nil, .string, "only lines after an instant (RFC 3339)"),
            Flag(
                "tail", nil, .int, "so many of the last lines; 10 with a selector, else all",
                standard: "-1"),
            Flag("timestamps", nil, .bool, "the time before each line"),
        ]
        verb.completes = .names("pods")
        verb.run = { call in try Logs(call: call).run() }
        return verb
    }()
}

/// One run of `kubectl logs`. Source of rules and texts: kubectl's logs command and
/// polymorphichelpers/logsforobject.go.
private struct Logs {
    let call: VerbCall
    private var flags: FlagValues { call.flags }

    func run() throws {
        try checkArguments()
        let time = flags.string("since-time")
        if !time.isEmpty, Timestamp(parsing: time) == nil {
            throw VerbError.message(
                "parsing time \"\(time)\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\(time)\" as "
                    + "\"2006\"")
        }
        let pods = try pods()
        if pods.isEmpty {
            call.context.output.error("No resources found in \(call.namespace) namespace.\n")
        }
        try checkFlags()
        var streams: [LogStream] = []
        for pod in pods {
            try call.require(
                Access(
                    "get", pod.info, namespace: pod.namespace, name: pod.name, subresource: "log"),
                pod.info)
            for container in try containers(of: pod) {
                streams.append(LogStream(call, pod: pod, container: container))
            }
        }
        let isFollowing = flags.bool("follow") && !call.context.clock.standsStill
        if isFollowing, streams.count > max(flags.int("max-log-requests"), 1) {
            throw VerbError.message(
                "you are attempting to follow \(streams.count) log streams, but maximum allowed "
                    + "concurrency is \(flags.int("max-log-requests")), use --max-log-requests to "
                    + "increase the limit")
        }
        if isFollowing { return try LogFollowing(call, streams).run() }
        for stream in streams {
            do throws(VerbError) {
                try stream.check()
                try stream.write(until: call.context.clock.now)
            } catch {
                guard flags.bool("ignore-errors") else { throw error }
                call.context.output.write("error: \(error.plainText)\n")
            }
        }
    }

    // MARK: What is asked for

    private func checkArguments() throws(VerbError) {
        let hasSelector = flags.has("selector")
        if call.arguments.count > 2 || call.arguments.isEmpty && !hasSelector {
            throw call.usageError(
                "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
                    + "POD or TYPE/NAME is a required argument for the logs command")
        }
        if call.arguments.count == 1, hasSelector {
            throw call.usageError("only a selector (-l) or a POD name is allowed")
        }
    }

    private func checkFlags() throws(VerbError) {
        let since = flags.milliseconds("since") ?? 0
        if !flags.string("since-time").isEmpty, since != 0 {
            throw .message("at most one of `sinceTime` or `sinceSeconds` may be specified")
        }
        let inline = call.arguments.count > 1 ? call.arguments[1] : ""
        let container = inline.isEmpty ? flags.string("container") : inline
        if flags.bool("all-containers"), !container.isEmpty {
            throw .message(
                "--all-containers=true should not be specified with container name \(container)")
        }
        if flags.isGiven("container"), call.arguments.count == 2 {
            throw .message("only one of -c or an inline [CONTAINER] arg is allowed")
        }
        if flags.int("limit-bytes") < 0 { throw .message("--limit-bytes must be greater than 0") }
        if since < 0 { throw .message("--since must be greater than 0") }
        if flags.int("tail") < -1 {
            throw .message("--tail must be greater than or equal to -1")
        }
    }

    private func pods() throws -> [FoundObject] {
        guard let word = call.arguments.first else {
            return call.list([call.context.kinds[.pod]]).objects
        }
        guard let object = try call.findAll([call.podReference(word)]).first else { return [] }
        if object.info.kind == .pod { return [object] }
        let places = object.info.podSelector
        guard places != nil || object.info.podSpecPath != nil else {
            throw VerbError.message(
                "cannot get the logs from \(object.info.group)/\(object.info.version), "
                    + "Kind=\(object.info.name)")
        }
        let selector = places?.selector(of: object.value) ?? .nothing
        func found() -> [FoundObject] {
            call.list([call.context.kinds[.pod]]).objects.filter {
                selector.matches($0.value[.metadata][.labels].fields)
            }
        }
        if found().isEmpty, !call.context.clock.standsStill {
            // A workload that has no pods yet is given some time.
            try call.context.wait(
                limit: flags.milliseconds("pod-running-timeout") ?? 20_000,
                until: { !found().isEmpty },
                expired: { .message("timed out waiting for the condition") })
        }
        let all = found().sorted(by: Self.isShownBefore)
        if all.count > 1, !flags.bool("all-pods") {
            call.context.output.error("Found \(all.count) pods, using pod/\(all[0].name)\n")
            return [all[0]]
        }
        return all
    }

    /// Source: podutils.ByLogging: assigned, running and ready pods first, those that are so for longest.
    private static func isShownBefore(_ left: FoundObject, _ right: FoundObject) -> Bool {
        func rank(_ object: FoundObject) -> (Int, Int, Int, String) {
            let pod = PodView(object.value)
            let phase = ["Running": 0, "Unknown": 1, "Pending": 2][pod.phase] ?? 0
            let ready = object.value[.status].conditions["Ready"]
            let isReady = ready?.status == "True"
            return (
                pod.nodeName.isEmpty ? 1 : 0, phase, isReady ? 0 : 1,
                isReady ? ready?.value.text(.lastTransitionTime) ?? "" : ""
            )
        }
        let (first, second) = (rank(left), rank(right))
        if first != second { return first < second }
        let (older, newer) = (
            left.value[.metadata].text(.creationTimestamp),
            right.value[.metadata].text(.creationTimestamp)
        )
        return (older, left.name) < (newer, right.name)
    }

    private func containers(of pod: FoundObject) throws(VerbError) -> [String] {
        let spec = pod.value[.spec]
        let names = spec.list(.containers).map { $0.text(.name) }
        let all =
            spec.list(.initContainers).map { $0.text(.name) } + names
            + spec.list(.ephemeralContainers).map { $0.text(.name) }
        if flags.bool("all-containers") { return all }
        let given = call.arguments.count > 1 ? call.arguments[1] : flags.string("container")
        if !given.isEmpty {
            guard all.contains(given) else {
                throw .message(
                    "container \(given) is not valid for pod \(pod.name) out of: "
                        + Self.containerNames(spec))
            }
            return [given]
        }
        let preferred = pod.value[.metadata][.annotations][
            "kubectl.kubernetes.io/default-container"]
        if let name = preferred.string, !name.isEmpty {
            if all.contains(name) { return [name] }
            call.context.output.error(
                "Default container name \"\(name)\" not found in pod \(pod.name)\n")
        }
        if all.count > 1, !flags.bool("all-pods") {
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
}
