import Value

/// The order in which a kustomization is printed: what others need comes first, webhooks last.
///
/// Source: kustomize, SortOrderTransformer ("legacy" order).
enum SortOrder {
    // tidy: lists
    private static let first = [
        "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount",
        "PodSecurityPolicy", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding",
        "ConfigMap",
        "Secret", "Endpoints", "Service", "LimitRange", "PriorityClass", "PersistentVolume",
        "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob", "PodDisruptionBudget",
    ]
    private static let last = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"]

    /// - Parameter options: `sortOptions` of the kustomization; null without any.
    static func sorted(
        _ resources: [KustomizeResource], _ options: Value
    ) throws(VerbError) -> [KustomizeResource] {
        var (first, last) = (Self.first, Self.last)
        if !options.isNull {
            switch options.text("order") {
            case "fifo":
                if !options["legacySortOptions"].isNull {
                    throw .message(
                        "the field 'sortOptions.legacySortOptions' is set but the selected sort order "
                            + "is 'fifo', not 'legacy'")
                }
                return resources
            case "legacy": break
            default:
                throw .message("the field 'sortOptions.order' must be one of [fifo, legacy]")
            }
            let own = options["legacySortOptions"]
            if !own.isNull {
                first = own["orderFirst"].elements.compactMap(\.string)
                last = own["orderLast"].elements.compactMap(\.string)
            }
        }
        var ranks: [String: Int] = [:]
        for (index, kind) in first.enumerated() { ranks[kind] = index - first.count }
        for (index, kind) in last.enumerated() { ranks[kind] = index + 1 }
        let keyed = resources.map { resource in
            let id = resource.currentID
            return (
                rank: ranks[id.type.kind] ?? 0, type: id.type.sortText,
                id: "\(id.type.text)|\(id.namespace.isEmpty ? "~X" : id.namespace)|"
                    + (id.name.isEmpty ? "~N" : id.name),
                resource: resource
            )
        }
        return keyed.sorted { left, right in
            (left.rank, Bytes(left.type), Bytes(left.id))
                < (right.rank, Bytes(right.type), Bytes(right.id))
        }.map(\.resource)
    }

    /// A text that is compared by its bytes.
    private struct Bytes: Comparable {
        let text: String
        init(_ text: String) { self.text = text }
        static func < (left: Bytes, right: Bytes) -> Bool {
            left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
        }
    }
}
