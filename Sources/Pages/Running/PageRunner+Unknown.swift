import Cluster
import Model
import Support
import Value

/// Failures that go back to something that no page shows: what an image listens to, a Service of elsewhere, a
/// ConfigMap that a file of the author's machine was for.
extension PageRunner {
    /// Why a Service or a pod does not answer that a command asks by its name.
    func unknownServer(_ command: PageCommand, _ outcome: PageOutcome) -> String? {
        let signs = [
            "refused", "ailed to connect", "ould not resolve host", "bad address", "exit code 6",
            "exit code 7",
            "terminated (Error)",
        ]
        guard signs.contains(where: outcome.output.contains) else { return nil }
        for (host, port) in Self.servers(in: command.text) {
            let name = String(host.prefix { $0 != "." })
            if !world.hasEverHad(name, resource: "services") {
                if lacksFiles { return "nothing on the page makes \(name)" }
                continue
            }
            let services = world.session.cluster.state.list(.service, namespace: nil).filter {
                $0.name == name
            }
            if let image = services.lazy.compactMap({ unknownImage($0.value, port) }).first {
                return "what \(image) listens to is not known here: it declares no such port"
            }
        }
        return nil
    }

    /// The names with their ports that a command asks: `web:3000` in `wget -O- http://web:3000/a`.
    static func servers(in command: String) -> [(host: String, port: Int)] {
        let programs: Set<String> = ["curl", "wget", "nc", "ping", "telnet"]
        let words = PageText.words(command).map(\.trimmingQuotes)
        guard let place = words.firstIndex(where: programs.contains) else { return [] }
        return words[(place + 1)...].compactMap { word in
            if word.hasPrefix("-") { return nil }
            let isSecure = word.hasPrefix("https://")
            let rest = word.replacing("http://", with: "").replacing("https://", with: "")
            let parts = rest.prefix { $0 != "/" && $0 != "?" }.split(separator: ":")
            guard let host = parts.first, let first = host.first, first.isLetter,
                host.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" || $0 == "." })
            else { return nil }
            return (String(host), parts.count > 1 ? Int(parts[1]) ?? 80 : isSecure ? 443 : 80)
        }
    }

    /// The image of the pods behind a Service, where none of them declares the port that the Service sends to.
    private func unknownImage(_ service: Value, _ port: Int) -> String? {
        guard case .object(let selector) = service[.spec][.selector], !selector.isEmpty else {
            return nil
        }
        let ports = service[.spec][.ports].array ?? []
        let target = ports.first { $0[.port].int == port }?[.targetPort].int ?? port
        let pods = world.session.cluster.state.list(.pod, namespace: nil).map(\.value).filter {
            pod in
            selector.allSatisfy { pod[.metadata][.labels][$0.key] == $0.value }
        }
        let containers = pods.flatMap { $0[.spec][.containers].array ?? [] }
        let isDeclared = containers.contains { container in
            (container[.ports].array ?? []).contains { $0[.containerPort].int == target }
        }
        return isDeclared ? nil : containers.first?[.image].string
    }

    /// What the pod of a command waits for and what nothing on the page makes.
    func want(_ command: PageCommand) -> String? {
        guard let name = inside?.pod ?? PageContainer.pod(of: command.text) else { return nil }
        let state = world.session.cluster.state
        guard
            let pod = state.list(.pod, namespace: nil).first(where: {
                $0.name == Self.lastPart(name)
            })
        else { return nil }
        for (kind, wanted) in Self.wants(of: pod.value)
        where !state.list(kind, namespace: pod.namespace).contains(where: { $0.name == wanted }) {
            return
                "\(pod.name) waits for \(kind.info.singular) \"\(wanted)\", which nothing on the page makes"
        }
        return nil
    }

    /// The ConfigMaps and Secrets without which a pod does not start.
    private static func wants(of pod: Value) -> [(Kind, String)] {
        var found: [(Kind, String)] = []
        func add(_ kind: Kind, _ reference: Value, _ field: Key) {
            guard reference[.optional].bool != true, let name = reference[field].string else {
                return
            }
            found.append((kind, name))
        }
        for volume in pod[.spec][.volumes].array ?? [] {
            add(.configMap, volume[.configMap], .name)
            add(.secret, volume[.secret], .secretName)
        }
        for container in pod[.spec][.containers].array ?? [] {
            for source in container[.envFrom].array ?? [] {
                add(.configMap, source[.configMapRef], .name)
                add(.secret, source[.secretRef], .name)
            }
            for variable in container[.env].array ?? [] {
                add(.configMap, variable[.valueFrom][.configMapKeyRef], .name)
                add(.secret, variable[.valueFrom][.secretKeyRef], .name)
            }
        }
        return found
    }
}
