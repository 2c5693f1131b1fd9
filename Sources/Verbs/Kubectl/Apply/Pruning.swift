import API
import Model
import Value

/// `apply --prune`. Source of rules and texts: kubectl's apply/prune.go and util/prune.
struct Pruning {
    let call: VerbCall
    let printer: ResultPrinter
    let dryRun: DryRun

    func check() throws(VerbError) {
        _ = try prunedKinds()
    }

    /// Deletes what earlier runs applied and the manifests no longer have.
    func run(_ manifests: [FoundObject]) throws(VerbError) {
        let options = try call.listOptions()
        let kept = Set(manifests.map { "\($0.info.qualifiedPlural)/\($0.namespace)/\($0.name)" })
        if call.flags.list("prune-allowlist").isEmpty {
            call.context.log(
                .warning, "prune.go:71",
                "Deprecated: kubectl apply will no longer prune non-namespaced resources by default "
                    + "when used with the --namespace flag in a future release. To preserve the "
                    + "current behaviour, list the resources you want to target explicitly in the "
                    + "--prune-allowlist flag.")
        }
        for (info, namespace) in try prunedPlaces(manifests) {
            call.warnOfVersion(info)
            guard
                let result = try? call.context.client.list(
                    info.kind, namespace: namespace, options: options)
            else { continue }
            let kind = info.kind
            for value in result.items where !LastApplied.original(of: value).isNull {
                let object = FoundObject(info: info, value: value)
                let key = "\(info.qualifiedPlural)/\(object.namespace)/\(object.name)"
                if kept.contains(key) { continue }
                do throws(APIError) {
                    let grace = call.flags.int("grace-period")
                    var options = DeleteOptions(
                        gracePeriodSeconds: grace >= 0 ? grace : nil, propagation: call.propagation)
                    options.isDryRun = dryRun == .server
                    if dryRun != .client {
                        _ = try call.context.client.delete(
                            kind, namespace: object.namespace, name: object.name, options: options)
                    }
                } catch {
                    throw .api(error, info)
                }
                try printer.confirm(object, "pruned", dryRun: dryRun)
            }
        }
    }

    /// Where to look for what is to go: kinds of namespaces in those of the manifests alone, then kinds of
    /// the cluster.
    private func prunedPlaces(
        _ manifests: [FoundObject]
    ) throws(VerbError) -> [(info: KindDescriptor, namespace: String?)] {
        let infos = try prunedKinds().map { call.context.kinds[$0] }
        var visited = Set(manifests.filter { $0.info.isNamespaced }.map(\.namespace))
        if call.flags.has("namespace") { visited.insert(call.namespace) }
        let namespaces = visited.sorted()
        var places: [(info: KindDescriptor, namespace: String?)] = []
        for namespace in namespaces {
            places += infos.filter(\.isNamespaced).map { ($0, namespace) }
        }
        return places + infos.filter { !$0.isNamespaced }.map { ($0, nil) }
    }

    /// The kinds of `--prune-allowlist`, or those that kubectl prunes by itself.
    private func prunedKinds() throws(VerbError) -> [Kind] {
        let given = call.flags.list("prune-allowlist")
        if given.isEmpty { return Self.pruned }
        var kinds: [Kind] = []
        for text in given {
            let parts = text.split(separator: "/").map(String.init)
            guard parts.count == 3 else {
                throw .message(
                    "invalid GroupVersionKind format: \(text), please follow <group/version/kind>")
            }
            let group = parts[0] == "core" ? "" : parts[0] + "/"
            switch call.context.kinds.kind(apiVersion: group + parts[1], name: parts[2]) {
            case .success(let kind): kinds.append(kind)
            case .failure(let problem): throw .message(problem.message)
            }
        }
        return kinds
    }

    /// Source: kubectl's default prune allow list.
    private static let pruned: [Kind] = [
        .configMap, .endpoints, .namespace, .persistentVolumeClaim, .persistentVolume, .pod,
        .replicationController, .secret, .service, .job, .cronJob, .ingress, .daemonSet,
        .deployment, .replicaSet, .statefulSet,
    ]
}
