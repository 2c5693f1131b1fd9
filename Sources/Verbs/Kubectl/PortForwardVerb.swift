import API
import Model
import Value

extension Verb {
    /// `kubectl port-forward`: a port of the prompt's machine that leads into a pod.
    static let portForward: Verb = {
        var verb = Verb("port-forward", summary: "Forward ports of this machine to a pod")
        verb.usage = "TYPE/NAME [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]"
        verb.examples = ["port-forward service/web 8080:80", "port-forward pod/web-0 8080:80 &"]
        verb.flags = [
            Flag("address", nil, .strings, "the addresses to listen on", standard: "[localhost]"),
            Flag(
                "pod-running-timeout", nil, .duration, "how long to wait for a pod that runs",
                standard: "1m0s"),
        ]
        verb.completes = .resources
        verb.run = { call in try PortForwarding(call: call).run() }
        return verb
    }()

    /// `kubectl proxy`: a port of the prompt's machine that leads to the API server.
    static let proxy: Verb = {
        var verb = Verb("proxy", summary: "Serve the API on a port of this machine")
        verb.usage = "[--port=PORT]"
        verb.examples = ["proxy &", "proxy --port=8080"]
        verb.flags = [
            Flag("port", "p", .int, "the port; 0 for one that is free", standard: "8001"),
            Flag("address", nil, .string, "the address to listen on", standard: "127.0.0.1"),
        ]
        verb.run = { call in
            let port = call.flags.int("port")
            let local = port == 0 ? PortForwarding.freePort : port
            guard call.context.session.openPort(PortForward(localPort: local, goal: .server)) else {
                throw VerbError.message(
                    "listen tcp \(call.flags.string("address")):\(local): bind: address already in use"
                )
            }
            call.context.output.line(
                "Starting to serve on \(call.flags.string("address")):\(local)")
        }
        return verb
    }()
}

/// One run of `kubectl port-forward`. Source of rules and texts: kubectl's portforward command and
/// client-go's tools/portforward.
///
/// The command does not stay: the ports are open until the pod is gone or the session ends.
struct PortForwarding {
    /// What a random port comes to.
    static let freePort = 40_080

    let call: VerbCall

    func run() throws {
        guard call.arguments.count > 1 else {
            throw call.usageError("TYPE/NAME and list of ports are required for port-forward")
        }
        guard let object = try call.findAll([call.podReference(call.arguments[0])]).first else {
            return
        }
        let pod = try pod(of: object)
        let isService = object.info.kind == .service
        let words = Array(call.arguments.dropFirst())
        let ports = try words.map { word throws(VerbError) in
            isService ? try servicePort(word, object.value, pod) : try podPort(word, pod)
        }
        let phase = PodView(pod.value).phase
        if phase != "Running" {
            throw VerbError.message(
                "unable to forward port because pod is not running. Current status=\(phase)")
        }
        for port in ports { try open(port, pod) }
    }

    /// The pod itself, or the one of a workload or Service that is most likely to answer; waited for
    /// where there is none.
    private func pod(of object: FoundObject) throws -> FoundObject {
        if object.info.kind == .pod { return object }
        let selector: LabelSelector
        if object.info.kind == .service {
            let labels = ServiceView(object.value).selector
            if labels.isEmpty {
                throw VerbError.message(
                    "invalid service '\(object.name)': Service is defined without a selector")
            }
            selector = LabelSelector(labels: labels)
        } else if let places = object.info.podSelector {
            selector = places.selector(of: object.value)
        } else {
            throw VerbError.message(
                "cannot attach to *\(object.info.version).\(object.info.name): selector for "
                    + "*\(object.info.version).\(object.info.name) not implemented")
        }
        func best() -> FoundObject? {
            call.list([call.context.kinds[.pod]]).objects.filter {
                selector.matches($0.value[.metadata][.labels].fields)
            }.min { Self.rank($0) < Self.rank($1) }
        }
        if let found = best() { return found }
        if !call.context.clock.standsStill {
            try call.context.wait(
                limit: call.flags.milliseconds("pod-running-timeout") ?? 60_000,
                until: { best() != nil },
                expired: { .message("timed out waiting for the condition") })
        }
        guard let found = best() else {
            throw VerbError.message("timed out waiting for the condition")
        }
        return found
    }

    /// Source: podutils.ActivePods, turned round.
    private static func rank(_ object: FoundObject) -> (Int, Int, String) {
        let pod = PodView(object.value)
        let phase = ["Running": 0, "Unknown": 1, "Pending": 2][pod.phase] ?? 3
        let isReady = object.value[.status].conditions["Ready"]?.status == "True"
        return (phase, isReady ? 0 : 1, object.name)
    }

    // MARK: Ports

    private struct Port {
        let local: Int
        let remote: Int
    }

    private func split(_ word: String) throws(VerbError) -> (local: String, remote: String) {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 1 { return (parts[0], parts[0]) }
        guard parts.count == 2 else { throw .message("invalid port format '\(word)'") }
        if parts[1].isEmpty { throw .message("remote port cannot be empty") }
        return (parts[0], parts[1])
    }

    private func port(_ local: String, _ remote: Int) throws(VerbError) -> Port {
        guard let number = local.isEmpty ? 0 : Int(local), 0...65_535 ~= number else {
            throw .message(
                "error parsing local port '\(local)': strconv.ParseUint: parsing \"\(local)\": invalid "
                    + "syntax")
        }
        guard 1...65_535 ~= remote else { throw .message("remote port must be > 0") }
        return Port(local: number == 0 ? Self.freePort : number, remote: remote)
    }

    private func podPort(_ word: String, _ pod: FoundObject) throws(VerbError) -> Port {
        let (local, remote) = try split(word)
        if let number = Int(remote) { return try port(local, number) }
        let number = try named(remote, pod)
        return try port(local == remote ? String(number) : local, number)
    }

    private func named(_ name: String, _ pod: FoundObject) throws(VerbError) -> Int {
        for container in pod.value[.spec].list(.containers) {
            for port in container.list(.ports) where port.text(.name) == name {
                return port.int("containerPort")
            }
        }
        throw .message("Pod '\(pod.name)' does not have a named port '\(name)'")
    }

    private func servicePort(
        _ word: String, _ service: Value, _ pod: FoundObject
    ) throws(VerbError) -> Port {
        var (local, remote) = try split(word)
        let view = ServiceView(service)
        let name = service[.metadata].text(.name)
        let rows = view.ports
        if Int(remote) == nil {
            guard let row = rows.first(where: { $0.text(.name) == remote }) else {
                throw .message("Service '\(name)' does not have a named port '\(remote)'")
            }
            let number = String(row.int(.port))
            if local == remote { local = number }
            remote = number
        }
        guard let row = rows.first(where: { String($0.int(.port)) == remote }) else {
            throw .message("Service \(name) does not have a service port \(remote)")
        }
        if row[.protocol].string == "UDP" {
            throw .message("UDP protocol is not supported for \(remote)")
        }
        if view.isHeadless { return try port(local, row.int(.port)) }
        let target = row[.targetPort]
        if let text = target.string, Int(text) == nil { return try port(local, named(text, pod)) }
        return try port(local, target.int ?? target.string.flatMap { Int($0) } ?? row.int(.port))
    }

    private func open(_ port: Port, _ pod: FoundObject) throws(VerbError) {
        let key = ObjectKey(namespace: pod.namespace, name: pod.name)
        let forward = PortForward(
            localPort: port.local,
            goal: .pod(key, uid: pod.value[.metadata].text(.uid), port: port.remote))
        guard call.context.session.openPort(forward) else {
            let text =
                "unable to create listener: Error listen tcp4 127.0.0.1:\(port.local): bind: address "
                + "already in use"
            call.context.output.error(
                "Unable to listen on port \(port.local): Listeners failed to create with the following "
                    + "errors: [\(text)]\n")
            throw .message(
                "unable to listen on any of the requested ports: [{\(port.local) \(port.remote)}]")
        }
        let addresses = call.flags.has("address") ? call.flags.list("address") : ["localhost"]
        for address in addresses {
            let hosts = address == "localhost" ? ["127.0.0.1", "[::1]"] : [address]
            for host in hosts {
                call.context.output.line("Forwarding from \(host):\(port.local) -> \(port.remote)")
            }
        }
    }
}
