import Support
import Value

/// Matching nodes against `nodeSelector` and node affinity.
///
/// Source: component-helpers, scheduling/corev1/nodeaffinity.
package enum NodeSelection {
    /// Whether the node fulfils the pod's `nodeSelector` and required node affinity.
    package static func matches(_ spec: PodSpecView, node: NodeView) -> Bool {
        let labels = node.labels
        for field in spec.nodeSelector where labels[field.key] != field.value { return false }
        let required =
            spec.affinity[.nodeAffinity][.requiredDuringSchedulingIgnoredDuringExecution]
        return required.isNull || matches(selector: required, node: node)
    }

    /// Whether the node fulfils one of the selector's terms; a selector without terms none.
    package static func matches(selector: Value, node: NodeView) -> Bool {
        for term in selector.list(.nodeSelectorTerms) where matches(term: term, node: node) {
            return true
        }
        return false
    }

    /// Whether the node fulfils all of a term; an empty term is never fulfilled.
    package static func matches(term: Value, node: NodeView) -> Bool {
        let expressions = term.list(.matchExpressions)
        let fields = term.list(.matchFields)
        if expressions.isEmpty && fields.isEmpty { return false }
        let labels = node.labels
        for entry in expressions {
            guard matches(entry, text: labels[Key(entry.text(.key))].string) else { return false }
        }
        for entry in fields {
            // The only field that a node can be selected by.
            guard entry.text(.key) == "metadata.name", matches(entry, text: node.name) else {
                return false
            }
        }
        return true
    }

    /// The sum of the weights of the preferred terms that the node fulfils.
    package static func preferenceWeight(_ spec: PodSpecView, node: NodeView) -> Int {
        let preferred =
            spec.affinity[.nodeAffinity][.preferredDuringSchedulingIgnoredDuringExecution]
        return preferred.elements.reduce(0) { sum, entry in
            matches(term: entry[.preference], node: node) ? sum + entry.int(.weight) : sum
        }
    }

    private static func matches(_ requirement: Value, text: String?) -> Bool {
        let values = requirement.list(.values)
        switch requirement.text(.operator) {
        case "In":
            guard let text else { return false }
            return values.contains { $0.string == text }
        case "NotIn":
            guard let text else { return true }
            return !values.contains { $0.string == text }
        case "Exists": return text != nil
        case "DoesNotExist": return text == nil
        case "Gt", "Lt":
            guard let number = text.flatMap({ Int64($0) }), values.count == 1,
                let bound = values[0].string.flatMap({ Int64($0) })
            else { return false }
            return requirement.text(.operator) == "Gt" ? number > bound : number < bound
        default: return false
        }
    }
}
