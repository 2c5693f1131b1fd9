import Model
import Support
import Value

/// Empties a namespace that is being deleted, then lets it go.
///
/// Source: kube-controller-manager's namespace controller (syncNamespaceFromKey,
/// namespacedResourcesDeleter). It looks at a namespace 5 s after each change, and again after half
/// of the longest grace period that is left plus 1 s: with pods of 30 s grace after 16 s.
final class NamespaceController: Controller {
    private static let settlingTime: Milliseconds = 5_000

    init() { super.init(name: "namespace-controller", workers: 10) }

    override func start() { watch(.namespace) }

    override func observe(_ change: Change) {
        guard change.type != .deleted, change.object.isDeleting else { return }
        enqueue(change.object.key, after: Self.settlingTime)
    }

    /// What is left in a namespace after a round of deletions.
    private struct Remainder {
        /// The resources of which objects are left, with their number, in the order of kinds.
        var counts: [(resource: String, count: Int)] = []
        /// The finalizers that hold objects back, with the number of objects.
        var finalizers: [(name: String, count: Int)] = []
        /// The longest time that an object may need.
        var estimateSeconds = 0
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let namespace = api.find(.namespace, key), namespace.isDeleting else { return }
        let remainder = try deleteContent(of: key.name)
        let latest = try setConditions(namespace, remainder)
        guard remainder.counts.isEmpty else {
            let seconds = remainder.estimateSeconds > 0 ? remainder.estimateSeconds / 2 + 1 : 0
            if seconds > 0 { return enqueue(key, after: Int64(seconds) * 1000) }
            return enqueueRateLimited(key)
        }
        try api.finalizeNamespace(latest)
    }

    private func deleteContent(of namespace: String) throws(APIError) -> Remainder {
        var remainder = Remainder()
        for info in api.kinds.all where info.isNamespaced && info.verbs.contains("delete") {
            for object in api.objects(info.kind, inNamespace: namespace) {
                do throws(APIError) {
                    try api.delete(object)
                } catch  where error.isNotFound || error.isConflict {
                    continue
                }
            }
            let left = api.objects(info.kind, inNamespace: namespace)
            guard !left.isEmpty else { continue }
            remainder.counts.append((info.qualifiedPlural, left.count))
            for object in left { note(object, in: &remainder) }
        }
        return remainder
    }

    private func note(_ object: StoredObject, in remainder: inout Remainder) {
        let metadata = object.value[.metadata]
        if object.kind == .pod {
            let grace = metadata.int(.deletionGracePeriodSeconds)
            remainder.estimateSeconds = max(remainder.estimateSeconds, grace)
        }
        for finalizer in metadata[.finalizers].elements.compactMap(\.string) {
            if let place = remainder.finalizers.firstIndex(where: { $0.name == finalizer }) {
                remainder.finalizers[place].count += 1
            } else {
                remainder.finalizers.append((finalizer, 1))
            }
        }
    }

    // MARK: Conditions

    private func setConditions(
        _ namespace: StoredObject, _ remainder: Remainder
    ) throws(APIError) -> StoredObject {
        let resources = remainder.counts.sorted { $0.resource < $1.resource }
            .map { "\($0.resource). has \($0.count) resource instances" }
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
            (
                "NamespaceDeletionContentFailure", false, "ContentDeleted",
                "All content successfully deleted, may be waiting on finalization"
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
        return try api.modifyStatus(namespace) { status in
            var conditions = status[.conditions].elements
            for (type, isTrue, reason, message) in wanted {
                let place = conditions.firstIndex { $0[.type].string == type }
                let old = place.map { conditions[$0] } ?? .null
                let state: Value = isTrue ? "True" : "False"
                let new: Value = [
                    .lastTransitionTime: old[.status] == state ? old[.lastTransitionTime] : time,
                    .message: Value(message), .reason: Value(reason), .status: state,
                    .type: Value(type),
                ]
                if let place { conditions[place] = new } else { conditions.append(new) }
            }
            status[.conditions] = .array(conditions)
        }
    }
}
