import Support
import Value

extension Validator {
    private static let required = "requiredDuringSchedulingIgnoredDuringExecution"
    private static let preferred = "preferredDuringSchedulingIgnoredDuringExecution"

    /// validateAffinity.
    mutating func affinity(_ affinity: Value, _ path: ErrorPath) {
        let node = affinity[.nodeAffinity]
        let place = path.child("nodeAffinity")
        let selector = node[.requiredDuringSchedulingIgnoredDuringExecution]
        if !selector.isNull { nodeSelector(selector, place.child(Self.required)) }
        for (index, entry) in node.list(.preferredDuringSchedulingIgnoredDuringExecution)
            .enumerated()
        {
            let item = place.child(Self.preferred)[index]
            weight(entry, item)
            nodeSelectorTerm(entry[.preference], item.child("preference"))
        }
        for key in [Key.podAffinity, .podAntiAffinity] {
            podAffinity(affinity[key], path.child(key))
        }
    }

    private mutating func podAffinity(_ affinity: Value, _ path: ErrorPath) {
        for (index, term) in affinity.list(.requiredDuringSchedulingIgnoredDuringExecution)
            .enumerated()
        {
            podAffinityTerm(term, path.child(Self.required)[index])
        }
        for (index, entry) in affinity.list(.preferredDuringSchedulingIgnoredDuringExecution)
            .enumerated()
        {
            let item = path.child(Self.preferred)[index]
            weight(entry, item)
            podAffinityTerm(entry[.podAffinityTerm], item.child("podAffinityTerm"))
        }
    }

    private mutating func podAffinityTerm(_ term: Value, _ path: ErrorPath) {
        labelSelector(term[.labelSelector], path.child("labelSelector"))
        for (index, name) in term.list(.namespaces).enumerated() {
            let text = name.string ?? ""
            messages(NameRules.dns1123Label(text), text, path.child("namespaces")[index])
        }
        let key = term.text(.topologyKey)
        if key.isEmpty {
            add(.required(path.child("topologyKey"), "can not be empty"))
        } else {
            messages(NameRules.qualifiedName(key), key, path.child("topologyKey"))
        }
    }

    private mutating func weight(_ entry: Value, _ path: ErrorPath) {
        if !(1...100).contains(entry.int(.weight)) {
            add(
                .invalid(
                    path.child("weight"), Value(entry.int(.weight)), "must be in the range 1-100"))
        }
    }

    /// ValidateNodeSelector.
    mutating func nodeSelector(_ selector: Value, _ path: ErrorPath) {
        let terms = selector.list(.nodeSelectorTerms)
        if terms.isEmpty {
            add(
                .required(
                    path.child("nodeSelectorTerms"), "must have at least one node selector term"))
        }
        for (index, term) in terms.enumerated() {
            nodeSelectorTerm(term, path.child("nodeSelectorTerms")[index])
        }
    }

    private mutating func nodeSelectorTerm(_ term: Value, _ path: ErrorPath) {
        for (index, entry) in term.list(.matchExpressions).enumerated() {
            nodeExpression(entry, path.child("matchExpressions")[index])
        }
        for (index, entry) in term.list(.matchFields).enumerated() {
            nodeField(entry, path.child("matchFields")[index])
        }
    }

    /// ValidateNodeSelectorRequirement.
    private mutating func nodeExpression(_ entry: Value, _ path: ErrorPath) {
        let values = entry.list(.values)
        switch entry.text(.operator) {
        case "In", "NotIn":
            if values.isEmpty {
                add(
                    .required(
                        path.child("values"),
                        "must be specified when `operator` is 'In' or 'NotIn'"))
            }
        case "Exists", "DoesNotExist":
            if !values.isEmpty {
                add(
                    .forbidden(
                        path.child("values"),
                        "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
            }
        case "Gt", "Lt":
            if values.count != 1 {
                add(
                    .required(
                        path.child("values"),
                        "must be specified single value when `operator` is 'Lt' or 'Gt'"))
            }
        case let other:
            add(.invalid(path.child("operator"), Value(other), "not a valid selector operator"))
        }
        let key = entry.text(.key)
        messages(NameRules.qualifiedName(key), key, path.child("key"))
    }

    /// ValidateNodeFieldSelectorRequirement.
    private mutating func nodeField(_ entry: Value, _ path: ErrorPath) {
        switch entry.text(.operator) {
        case "In", "NotIn":
            if entry.list(.values).count != 1 {
                add(
                    .required(
                        path.child("values"),
                        "must be only one value when `operator` is 'In' or 'NotIn' for node field "
                            + "selector"))
            }
        case let other:
            add(.invalid(path.child("operator"), Value(other), "not a valid selector operator"))
        }
        let key = entry.text(.key)
        if key != "metadata.name" {
            add(.invalid(path.child("key"), Value(key), "not a valid field selector key"))
        }
    }
}
