import Model
import Support
import Value

/// Empties a namespace that is being deleted, then lets it go: its pods first, and the rest only when
/// they are gone (KEP-5080), so that nothing that guards them goes before them.
///
/// Source: kube-controller-manager's namespace controller (syncNamespaceFromKey,
/// namespacedResourcesDeleter). It looks at a namespace 5 s after each change, and again after half
/// of the time that its content may need plus 1 s: with pods of 30 s grace after 16 s, with finalizers
/// (15 s) after 8 s.
final class NamespaceController: Controller, FreeRequester {
    private static let settlingTime: Milliseconds = 5_000
    /// The time that objects with finalizers are supposed to need.
    private static let finalizerSeconds = 15

    init() { super.init(name: "namespace-controller", workers: 10) }

    override func start() { watch(.namespace) }

    override func observe(_ change: Change) {
        guard change.type != .deleted, change.object.isDeleting else { return }
        enqueue(change.object.key, after: Self.settlingTime)
    }

    /// What is left in a namespace after a round of deletions.
    private struct Remainder {
        /// The resources of which objects are left (`pods.`, `deployments.apps`), with their number.
        var counts: [(resource: String, count: Int)] = []
        /// The finalizers that hold objects back, with the number of objects.
        var finalizers: [(name: String, count: Int)] = []
        /// The longest time that an object may need.
        var estimateSeconds = 0
        /// The resources that should be gone: neither grace nor finalizers explain what is left.
        var unexpected: [String] = []

        /// The same without what is told of it, as while pods are left.
        var untold: Remainder {
            var remainder = self
            remainder.counts = []
            remainder.finalizers = []
            return remainder
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let namespace = api.find(.namespace, key), namespace.isDeleting,
            !namespace.value[.spec][.finalizers].elements.isEmpty
        else { return }
        let remainder = try ask { () throws(APIError) -> Remainder in
            let pods = deleteContent(of: namespace) { $0.kind == .pod }
            if !pods.counts.isEmpty { return pods.untold }
            return deleteContent(of: namespace) { $0.kind != .pod }
        }
        try send { own throws(APIError) in
            try own.setConditions(namespace, remainder)
            if let resource = remainder.unexpected.first {
                throw APIError(.internalError, Self.unexpected(resource, in: key.name))
            }
        }
        if remainder.estimateSeconds > 0 {
            return enqueue(key, after: Milliseconds(seconds: remainder.estimateSeconds / 2 + 1))
        }
        guard remainder.unexpected.isEmpty else { return }
        try send { own throws(APIError) in
            try own.api.finalizeNamespace(namespace)
        }
    }

    private static func unexpected(_ resource: String, in namespace: String) -> String {
        "unexpected items still remain in namespace: \(namespace) for gvr: \(resource)"
    }

    /// Source: deleteAllContentForGroupVersionResource.
    private func deleteContent(
        of namespace: StoredObject, where isMeant: (KindDescriptor) -> Bool
    ) -> Remainder {
        var remainder = Remainder()
        for info in api.kinds.all
        where info.isNamespaced && info.verbs.contains("delete") && isMeant(info) {
            let grace = info.kind == .pod ? podGraceSeconds(in: namespace) : 0
            for object in api.objects(info.kind, inNamespace: namespace.name) {
                do throws(APIError) {
                    try api.delete(object)
                } catch {
                    continue
                }
            }
            let left = api.objects(info.kind, inNamespace: namespace.name)
            guard !left.isEmpty else { continue }
            remainder.counts.append(("\(info.plural).\(info.group)", left.count))
            let hasFinalizers = left.map { note($0, in: &remainder) }.contains(true)
            let seconds = grace > 0 ? grace : hasFinalizers ? Self.finalizerSeconds : 0
            remainder.estimateSeconds = max(remainder.estimateSeconds, seconds)
            if seconds == 0 {
                remainder.unexpected.append(
                    "\(info.group)/\(info.version), Resource=\(info.plural)")
            }
        }
        return remainder
    }

    /// The longest grace of the pods that run; 0 once that much time went by since the deletion of the
    /// namespace. Source: estimateGracefulTerminationForPods.
    private func podGraceSeconds(in namespace: StoredObject) -> Int {
        var seconds = 0
        for pod in api.objects(.pod, inNamespace: namespace.name)
        where !PodView(pod.value).isTerminal {
            seconds = max(seconds, PodSpecView(pod.value[.spec]).terminationGracePeriodSeconds)
        }
        let begin = Timestamp(namespace.value[.metadata][.deletionTimestamp])
        let passed = Timestamp(worldTime: now).milliseconds - (begin?.milliseconds ?? 0)
        return passed >= Milliseconds(seconds: seconds) ? 0 : seconds
    }

    /// Counts the finalizers of an object; answers whether it has any.
    private func note(_ object: StoredObject, in remainder: inout Remainder) -> Bool {
        let finalizers = object.value[.metadata][.finalizers].elements.compactMap(\.string)
        for finalizer in finalizers {
            if let place = remainder.finalizers.firstIndex(where: { $0.name == finalizer }) {
                remainder.finalizers[place].count += 1
            } else {
                remainder.finalizers.append((finalizer, 1))
            }
        }
        return !finalizers.isEmpty
    }

    // MARK: Conditions

    private func setConditions(
        _ namespace: StoredObject, _ remainder: Remainder
    ) throws(APIError) {
        let resources = remainder.counts.sorted { $0.resource < $1.resource }
            .map { "\($0.resource) has \($0.count) resource instances" }
        let finalizers = remainder.finalizers.sorted { $0.name < $1.name }
            .map { "\($0.name) in \($0.count) resource instances" }
        let wanted: [(type: String, isTrue: Bool, reason: String, message: String)] = [
            (
                "NamespaceDeletionDiscoveryFailure", false, "ResourcesDiscovered",
                "All resources successfully discovered"
            ),
            (
                "NamespaceDeletionGroupVersionParsingFailure", false, "ParsedGroupVersions",
                "All legacy kube types successfully parsed"
            ),
            remainder.unexpected.isEmpty
                ? (
                    "NamespaceDeletionContentFailure", false, "ContentDeleted",
                    "All content successfully deleted, may be waiting on finalization"
                )
                : (
                    "NamespaceDeletionContentFailure", true, "ContentDeletionFailed",
                    "Failed to delete all resource types, \(remainder.unexpected.count) remaining: "
                        + remainder.unexpected.sorted().map {
                            Self.unexpected($0, in: namespace.name)
                        }.joined(separator: ", ")
                ),
            resources.isEmpty
                ? (
                    "NamespaceContentRemaining", false, "ContentRemoved",
                    "All content successfully removed"
                )
                : (
                    "NamespaceContentRemaining", true, "SomeResourcesRemain",
                    "Some resources are remaining: \(resources.joined(separator: ", "))"
                ),
            finalizers.isEmpty
                ? (
                    "NamespaceFinalizersRemaining", false, "ContentHasNoFinalizers",
                    "All content-preserving finalizers finished"
                )
                : (
                    "NamespaceFinalizersRemaining", true, "SomeFinalizersRemain",
                    "Some content in the namespace has finalizers remaining: "
                        + finalizers.joined(separator: ", ")
                ),
        ]
        let time = api.timestamp
        try api.modifyStatus(namespace) { status in
            for (type, isTrue, reason, message) in wanted {
                status.conditions.set(
                    Condition(
                        type: type, status: isTrue ? "True" : "False", reason: reason,
                        message: message),
                    transition: time)
            }
        }
    }
}
