import Model
import Support
import Value

/// Prefixes, suffixes and namespaces.
enum NameTransformers {
    /// Kinds whose names stay as they are.
    private static let kept = [
        ResourceType(kind: "CustomResourceDefinition"),
        ResourceType(group: "apiregistration.k8s.io", kind: "APIService"),
        ResourceType(kind: "Namespace"),
    ]

    /// Puts `prefix` before and `suffix` behind the fields of `specs`, of which one of both is given.
    static func affix(
        prefix: String = "", suffix: String = "", _ specs: [FieldSpec],
        _ resources: [KustomizeResource]
    ) throws(VerbError) {
        if prefix.isEmpty, suffix.isEmpty { return }
        for resource in resources {
            let type = resource.originalID.type
            if kept.contains(where: { type.isSelected(by: $0) }) { continue }
            for spec in specs where type.isSelected(by: spec.type) {
                if spec.path == "metadata/name" {
                    if !prefix.isEmpty { resource.prefixes.append(prefix) }
                    if !suffix.isEmpty { resource.suffixes.append(suffix) }
                    resource.rememberID()
                }
                try spec.visit(resource, leaf: .scalar) { value throws(VerbError) in
                    value = Value(prefix + (value.scalarText ?? "") + suffix)
                }
            }
        }
    }

    /// Moves everything that is in a namespace into `namespace`.
    ///
    /// - Parameter subjects: of which subjects of role bindings the namespace is set: `defaultOnly`, those
    ///   called "default"; `allServiceAccounts`; `none`.
    static func move(
        to namespace: String, _ specs: [FieldSpec], onlyUnset: Bool = false,
        subjects: String = "defaultOnly", _ resources: [KustomizeResource]
    ) throws(VerbError) {
        func set(_ value: inout Value) {
            if onlyUnset, !(value.string ?? "").isEmpty { return }
            value = Value(namespace)
        }
        for resource in resources {
            resource.rememberID()
            if !resource.type.isClusterScoped {
                try FieldSpec("metadata/namespace", creates: true)
                    .visit(resource, leaf: .scalar) { value throws(VerbError) in set(&value) }
            }
            let isBinding = ["RoleBinding", "ClusterRoleBinding"].contains(resource.type.kind)
            if isBinding, case .array(var elements) = resource.value["subjects"] {
                for index in elements.indices {
                    let isMeant =
                        switch subjects {
                        case "none": false
                        case "allServiceAccounts": elements[index].text(.kind) == "ServiceAccount"
                        default: elements[index].text(.name) == "default"
                        }
                    if isMeant { set(&elements[index][.namespace]) }
                }
                resource.value["subjects"] = .array(elements)
            }
            for spec in specs where spec.path != "metadata/namespace" {
                if spec.path == "metadata/name", resource.value.text(.apiVersion) != "v1" {
                    continue
                }
                if isBinding, spec.path == "subjects/namespace" { continue }
                try spec.visit(resource, leaf: .scalar) { value throws(VerbError) in set(&value) }
            }
        }
        var seen: Set<ResourceID> = []
        for id in resources.map(\.currentID) where !seen.insert(id).inserted {
            let same = resources.filter { $0.currentID == id }.map(\.shown)
            throw .message(
                "namespace transformation produces ID conflict: [\(same.joined(separator: " "))]")
        }
    }
}
