import Model
import Support
import Value

/// Follows references to objects whose names or namespaces were changed. Done once, at the end.
///
/// Source: kustomize, internal/accumulator/namereferencetransformer and filters/nameref.
struct NameReferences {
    private let resources: [KustomizeResource]
    /// Resources by each name they had, in order.
    private var byOldName: [String: [KustomizeResource]] = [:]
    private let oldNamespaces: Set<String>

    init(_ resources: [KustomizeResource]) {
        self.resources = resources
        oldNamespaces = Set(resources.map(\.originalID.effectiveNamespace))
            .subtracting([ResourceID.noNamespace])
        for resource in resources {
            for name in Set(resource.previous.map(\.name)) {
                byOldName[name, default: []].append(resource)
            }
        }
    }

    func follow(_ references: [TransformerConfig.Reference]) throws(VerbError) {
        for resource in resources {
            let type = resource.originalID.type
            for reference in references {
                for field in reference.fields where type.isSelected(by: field.type) {
                    try follow(FieldSpec(field.path), of: resource, to: reference.target)
                }
            }
        }
    }

    private func follow(
        _ field: FieldSpec, of referrer: KustomizeResource, to target: ResourceType
    ) throws(VerbError) {
        try field.visit(referrer) { value throws(VerbError) in
            switch value {
            case .null: break
            case .array(var elements):
                for index in elements.indices {
                    try set(&elements[index], field, referrer, target)
                }
                value = .array(elements)
            case .bool, .int, .double, .text, .opaque, .object:
                try set(&value, field, referrer, target)
            }
        }
    }

    private func set(
        _ value: inout Value, _ field: FieldSpec, _ referrer: KustomizeResource,
        _ target: ResourceType
    ) throws(VerbError) {
        guard case .object(let object) = value else {
            guard let name = value.string,
                let found = try pick(byOldName[name] ?? [], field, referrer, target, both: false)
            else { return }
            return value = Value(found.name)
        }
        guard let name = object[.name].string else {
            throw .message("path config error; no 'name' field in node")
        }
        var candidates = byOldName[name] ?? []
        if let namespace = object[.namespace].string {
            // The namespace it was in at first; where there is none of that, the one it is in.
            let hasOriginal = oldNamespaces.contains(namespace)
            candidates = candidates.filter {
                (hasOriginal ? $0.originalID : $0.currentID).effectiveNamespace == namespace
            }
        }
        guard let found = try pick(candidates, field, referrer, target, both: true) else { return }
        value[.name] = Value(found.name)
        if !found.namespace.isEmpty { value[.namespace] = Value(found.namespace) }
    }

    /// The one of `candidates` that `referrer` means.
    private func pick(
        _ candidates: [KustomizeResource], _ field: FieldSpec, _ referrer: KustomizeResource,
        _ target: ResourceType, both: Bool
    ) throws(VerbError) -> KustomizeResource? {
        if candidates.isEmpty { return nil }
        let own = referrer.currentID
        var role: ResourceType?
        if field.path.hasSuffix("roleRef/name") {
            let reference = referrer.value["roleRef"]
            if let group = reference["apiGroup"].string, let kind = reference[.kind].string {
                role = ResourceType(group: group, kind: kind)
            }
        }
        let accountNamespaces = Self.accountNamespaces(referrer)
        var found = candidates.filter { candidate in
            let ids = candidate.previousIDs
            guard ids.contains(where: { $0.type.isSelected(by: target) }),
                role.map({ role in ids.contains { $0.type.isSelected(by: role) } }) ?? true
            else { return false }
            if own.isClusterScoped { return true }
            let id = candidate.currentID
            if id.isClusterScoped || id.effectiveNamespace == own.effectiveNamespace { return true }
            return id.type.kind == "ServiceAccount"
                && accountNamespaces.contains(candidate.namespace)
        }
        if found.count > 1 {
            found = found.filter { $0.isAffixed(like: referrer, allowsNone: true) }
            if found.count > 1 {
                found = found.filter { $0.isAffixed(like: referrer, allowsNone: false) }
            }
        }
        guard let first = found.first else { return nil }
        let isOne = found.allSatisfy {
            $0.name == first.name && (!both || $0.namespace == first.namespace)
        }
        if isOne { return first }
        let ids = found.map(\.currentID.text).joined(separator: ", ")
        throw .message("found multiple possible referrals: \(ids)")
    }

    /// The namespaces of the accounts that a RoleBinding binds: it may name accounts of others.
    private static func accountNamespaces(_ referrer: KustomizeResource) -> Set<String> {
        guard referrer.type.kind == "RoleBinding" else { return [] }
        return Set(
            referrer.value["subjects"].elements.filter { $0.text(.kind) == "ServiceAccount" }
                .compactMap { $0[.namespace].string })
    }
}
