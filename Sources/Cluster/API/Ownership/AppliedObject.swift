import Support
import Value

/// What somebody applies: a part of an object with an opinion about each field that is in it.
///
/// Source: structured-merge-diff, typed/tofieldset.go and typed/validate.go.
enum AppliedObject {
    /// The fields that the object has an opinion about.
    static func fields(of object: Value, _ form: FieldForm) -> FieldSet {
        set(object, form).below ?? .empty
    }

    private static func set(
        _ value: Value, _ form: FieldForm
    ) -> (below: FieldSet?, isMember: Bool) {
        switch form.sort(for: value) {
        case .leaf, .deduced: return (nil, true)
        case .object:
            let entries = value.fields.compactMap { entry($0, form) }
            return (FieldSet.of(entries), false)
        case .set, .keyed: return (list(value.elements, form), false)
        }
    }

    private static func entry(_ field: Field, _ form: FieldForm) -> FieldSet.Entry? {
        let member = form.member(field.key)
        guard let inner = member?.form ?? form.valueForm else { return nil }
        var (below, isMember) = set(field.value, inner)
        let isEmptyMap = if case .object(let fields) = field.value { fields.isEmpty } else { false }
        isMember = isMember || field.value.isNull || isEmptyMap || member == nil
        guard isMember || below != nil else { return nil }
        return FieldSet.Entry(element: .field(field.key), isMember: isMember, below: below)
    }

    private static func list(_ items: [Value], _ form: FieldForm) -> FieldSet? {
        guard let inner = form.element else { return nil }
        var counts: [PathElement: Int] = [:]
        for item in items {
            if let element = form.element(of: item) { counts[element, default: 0] += 1 }
        }
        var entries: [FieldSet.Entry] = []
        for item in items {
            guard let element = form.element(of: item), let count = counts[element] else {
                continue
            }
            // Items that occur twice are one leaf.
            counts[element] = count > 1 ? nil : count
            entries.append(
                FieldSet.Entry(
                    element: element, isMember: true,
                    below: count > 1 ? nil : set(item, inner).below))
        }
        return FieldSet.of(entries)
    }

    // MARK: What is wrong with it

    /// Where a field has no schema, a list's item no key, or two items have one; all that is wrong.
    static func problems(of object: Value, _ form: FieldForm) -> [String] {
        var problems: [String] = []
        check(object, form, "", &problems)
        return problems
    }

    private static func check(
        _ value: Value, _ form: FieldForm, _ path: String, _ problems: inout [String]
    ) {
        switch form.sort(for: value) {
        case .leaf, .deduced: break
        case .object:
            for field in value.fields.sortedByName {
                let place = path + PathElement.field(field.key).description
                guard let inner = form.form(of: field.key) else {
                    problems.append("\(place): field not declared in schema")
                    continue
                }
                check(field.value, inner, place, &problems)
            }
        case .set, .keyed:
            guard let inner = form.element else { return }
            var seen: Set<PathElement> = []
            for (index, item) in value.elements.enumerated() {
                guard let element = form.element(of: item) else {
                    problems.append("\(path): element \(index): \(withoutKey(item, form))")
                    return
                }
                if !seen.insert(element).inserted {
                    problems.append("\(path): duplicate entries for key \(element.description)")
                }
                check(item, inner, path + element.description, &problems)
            }
        }
    }

    private static func withoutKey(_ item: Value, _ form: FieldForm) -> String {
        if form.sort == .set {
            return switch item {
            case .object: "associative list without keys has an element that's a map type"
            case .array: "not supported: associative list with lists as elements"
            default: "associative list without keys has an element that's an explicit null"
            }
        }
        if item.isNull { return "associative list with keys may not have a null element" }
        guard case .object = item else {
            return "associative list with keys may not have non-map elements"
        }
        let keys = form.keys.map { "\"\($0.key.name)\"" }.joined(separator: " ")
        return "associative list with keys has an element that omits all key fields [\(keys)] (and "
            + "doesn't have default values for any key fields)"
    }
}

extension FieldSet {
    /// The set with every declared field that leads to a member as a member, too. Source: fieldpath's
    /// EnsureNamedFieldsAreMembers, with which removal takes what has become empty.
    func withNamedFields(_ form: FieldForm?) -> FieldSet {
        FieldSet(
            entries: entries.map { entry in
                var isMember = entry.isMember
                var inner: FieldForm?
                switch entry.element {
                case .field(let key):
                    let member = form?.member(key)
                    if entry.below != nil, member != nil { isMember = true }
                    inner = member?.form ?? form?.valueForm
                case .item: inner = form?.element
                case .value: break
                }
                return Entry(
                    element: entry.element, isMember: isMember,
                    below: entry.below?.withNamedFields(inner))
            })
    }
}
