import API
import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl cluster-info`.
    static let clusterInfo: Verb = {
        var verb = Verb("cluster-info", summary: "Say where the control plane runs")
        verb.examples = ["cluster-info"]
        verb.subverbs = [clusterInfoDump]
        verb.run = { call in
            if let subject = call.arguments.first {
                throw VerbError.usage(
                    "unknown command \"\(subject)\"",
                    help: "See 'kubectl cluster-info -h' for help and examples")
            }
            call.context.output.line(
                "Kubernetes control plane is simulated in this process; its clock says "
                    + "\(call.context.now.text).")
        }
        return verb
    }()

    /// `kubectl cluster-info dump`.
    private static let clusterInfoDump: Verb = {
        var verb = Verb("dump", summary: "Print what is needed to look for the cause of a fault")
        verb.examples = ["cluster-info dump", "cluster-info dump --namespaces=shop -o yaml"]
        verb.flags = [
            .allNamespaces,
            Flag("namespaces", nil, .strings, "the namespaces, instead of kube-system and its own"),
            Flag("output", "o", .string, "json or yaml", standard: "json"), .template,
            .showManagedFields, .allowMissingTemplateKeys,
            .idle(
                "pod-running-timeout", .duration, "the logs of pods are not dumped",
                standard: "20s"),
            .refused(
                "output-directory", .string,
                "a script writes files with redirections: `cluster-info dump > FILE`"
            ),
        ]
        verb.holdsGoTypes = true
        verb.run = { call in try ClusterDump(call: call, printer: ResultPrinter(call)).run() }
        return verb
    }()
}

/// One run of `kubectl cluster-info dump`: the nodes, then the objects of the namespaces, then what the
/// containers wrote. Source of the order and the texts: kubectl's command of that name.
private struct ClusterDump {
    let call: VerbCall
    let printer: ResultPrinter

    func run() throws {
        try write(.node, namespace: nil)
        for namespace in try namespaces() {
            for kind in [
                Kind.event, .replicationController, .service, .daemonSet, .deployment, .replicaSet,
            ] {
                try write(kind, namespace: namespace)
            }
            try writePods(namespace)
        }
    }

    private func namespaces() throws(VerbError) -> [String] {
        if call.flags.bool("all-namespaces") {
            return try list(.namespace, nil).map { $0[.metadata].text(.name) }
        }
        let given = call.flags.list("namespaces")
        return given.isEmpty ? ["kube-system", call.namespace] : given
    }

    private func list(_ kind: Kind, _ namespace: String?) throws(VerbError) -> [Value] {
        do throws(APIError) {
            return try call.context.client.list(
                kind, namespace: namespace, options: ListOptions()
            ).items
        } catch {
            throw .api(error, call.context.kinds[kind])
        }
    }

    /// A typed list, as the server answers.
    private func write(_ kind: Kind, namespace: String?) throws(VerbError) {
        try write(kind, try list(kind, namespace))
    }

    private func write(_ kind: Kind, _ items: [Value]) throws(VerbError) {
        let info = call.context.kinds[kind]
        let bare = items.map { item -> Value in
            var item = item
            item[.kind] = .null
            item[.apiVersion] = .null
            return item
        }
        try printer.write([
            .kind: Value("\(info.name)List"), .apiVersion: Value(info.apiVersion),
            .metadata: [.resourceVersion: ""], .items: .array(bare),
        ])
    }

    /// The pods, then a head and a foot for the log of each container; nothing stands between them.
    private func writePods(_ namespace: String) throws(VerbError) {
        let pods = try list(.pod, namespace)
        try write(.pod, pods)
        for pod in pods {
            let name = pod[.metadata].text(.name)
            for key in [Key.initContainers, .containers] {
                for container in pod[.spec].list(key) {
                    let place = "container \(container.text(.name)) of pod \(namespace)/\(name)"
                    call.context.output.write(
                        "==== START logs for \(place) ====\n==== END logs for \(place) ====\n")
                }
            }
        }
    }
}
