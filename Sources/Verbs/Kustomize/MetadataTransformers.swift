import Model
import Support
import Value

/// Labels, annotations, numbers of replicas and images.
enum MetadataTransformers {
    /// Sets the entries of `pairs` in the maps at `specs`.
    static func set(
        _ pairs: Object, _ specs: [FieldSpec], _ resources: [KustomizeResource]
    ) throws(VerbError) {
        for resource in resources {
            for field in pairs.sortedByName {
                for spec in specs {
                    try spec.visit(resource, leaf: .map) { value throws(VerbError) in
                        guard case .object(var object) = value else {
                            throw .message("wrong node kind: expected MappingNode")
                        }
                        object.set(field.key, to: field.value)
                        value = .object(object)
                    }
                }
            }
        }
    }

    /// Sets the replicas of whatever is or was called `name`.
    static func scale(
        _ name: String, _ count: Value, _ specs: [FieldSpec], _ resources: [KustomizeResource]
    ) throws(VerbError) {
        var isFound = false
        for spec in specs {
            for resource in resources {
                let isMeant = resource.allIDs.contains {
                    $0.name == name && $0.type.isSelected(by: spec.type)
                }
                guard isMeant else { continue }
                isFound = true
                try spec.visit(resource, leaf: .scalar) { value throws(VerbError) in value = count }
            }
        }
        if !isFound {
            throw .message(
                "resource with name \(name) does not match a config with the following GVK "
                    + "[\(specs.map(\.type.text).joined(separator: " "))]")
        }
    }
}
