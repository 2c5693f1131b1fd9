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
            // Upstream lets wrong values of preferences be.
            nodeSelectorTerm(
                entry[.preference], item.child("preference"), allowsWrongValues: true)
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

    /// validatePodAffinityTerm.
    private mutating func podAffinityTerm(_ term: Value, _ path: ErrorPath) {
        labelSelector(term[.labelSelector], path.child("labelSelector"))
        labelSelector(term[.namespaceSelector], path.child("namespaceSelector"))
        for name in term.list(.namespaces).compactMap(\.string) {
            messages(NameRules.dns1123Label(name), name, path.child("namespace"))
        }
        labelKeys(term, path)
        let key = term.text(.topologyKey)
        if key.isEmpty { add(.required(path.child("topologyKey"), "can not be empty")) }
        messages(NameRules.qualifiedName(key), key, path.child("topologyKey"))
    }

    /// ValidateMatchLabelKeysAndMismatchLabelKeys. By now the keys stand among the expressions of the
    /// selector: one that is in there twice was there before.
    mutating func labelKeys(_ term: Value, _ path: ErrorPath) {
        let selector = term[.labelSelector]
        for list in [Key.matchLabelKeys, .mismatchLabelKeys] where !term.list(list).isEmpty {
            let place = path.child(list)
            if selector.isNull {
                add(.forbidden(place, "must not be specified when labelSelector is not set"))
                continue
            }
            for (index, key) in term.list(list).compactMap(\.string).enumerated() {
                messages(NameRules.qualifiedName(key), key, place[index])
            }
        }
        let matching = term.list(.matchLabelKeys).compactMap(\.string)
        var known = Set(selector[.matchLabels].fields.keys.map(\.name))
        for entry in selector.list(.matchExpressions) {
            let key = entry.text(.key)
            if let index = matching.lastIndex(of: key), known.contains(key) {
                add(
                    .invalid(
                        path[index], Value(key), "exists in both matchLabelKeys and labelSelector"))
            }
            known.insert(key)
        }
        let mismatching = term.list(.mismatchLabelKeys).compactMap(\.string)
        for (index, key) in matching.enumerated() where mismatching.contains(key) {
            add(
                .invalid(
                    path.child("matchLabelKeys")[index], Value(key),
                    "exists in both matchLabelKeys and mismatchLabelKeys"))
        }
    }

    /// validateTopologySpreadConstraints.
    mutating func topologySpread(_ constraints: [Value], _ path: ErrorPath) {
        for (index, entry) in constraints.enumerated() {
            let place = path[index]
            positive(entry.int(.maxSkew), place.child("maxSkew"))
            if entry.text(.topologyKey).isEmpty {
                add(.required(place.child("topologyKey"), "can not be empty"))
            }
            let policy = entry.text(.whenUnsatisfiable)
            if policy != "DoNotSchedule" && policy != "ScheduleAnyway" {
                add(
                    .notSupported(
                        place.child("whenUnsatisfiable"), Value(policy),
                        ["DoNotSchedule", "ScheduleAnyway"]))
            }
            repetition(of: entry, in: constraints[(index + 1)...], place)
            if let least = entry[.minDomains].int {
                let place = place.child("minDomains")
                positive(least, place)
                if policy != "DoNotSchedule" {
                    add(
                        .invalid(
                            place, Value(least),
                            "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not "
                                + policy))
                }
            }
            for key in [Key.nodeAffinityPolicy, .nodeTaintsPolicy] {
                optionalOneOf(entry[key], ["Honor", "Ignore"], place.child(key))
            }
            labelKeys(entry, place)
            labelSelector(entry[.labelSelector], place.child("labelSelector"))
        }
    }

    /// ValidatePositiveField.
    private mutating func positive(_ number: Int, _ path: ErrorPath) {
        if number <= 0 { add(.invalid(path, Value(number), "must be greater than zero")) }
    }

    /// ValidateSpreadConstraintNotRepeat.
    private mutating func repetition(
        of entry: Value, in others: ArraySlice<Value>, _ path: ErrorPath
    ) {
        let isRepeated = others.contains {
            $0[.topologyKey] == entry[.topologyKey]
                && $0[.whenUnsatisfiable] == entry[.whenUnsatisfiable]
        }
        guard isRepeated else { return }
        let pair = "{\(entry.text(.topologyKey)), \(entry.text(.whenUnsatisfiable))}"
        add(.duplicate(path.child("{topologyKey, whenUnsatisfiable}"), Value(pair)))
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
            nodeSelectorTerm(
                term, path.child("nodeSelectorTerms")[index], allowsWrongValues: false)
        }
    }

    private mutating func nodeSelectorTerm(
        _ term: Value, _ path: ErrorPath, allowsWrongValues: Bool
    ) {
        for (index, entry) in term.list(.matchExpressions).enumerated() {
            let place = path.child("matchExpressions")[index]
            nodeExpression(entry, place)
            if allowsWrongValues { continue }
            for (number, value) in entry.list(.values).enumerated() {
                let text = value.string ?? ""
                messages(NameRules.labelValue(text), text, place.child("values")[number])
            }
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
            return
        }
        for (index, value) in entry.list(.values).enumerated() {
            let text = value.string ?? ""
            messages(NameRules.dns1123Subdomain(text), text, path.child("values")[index])
        }
    }
}
