import Support
import Value

/// Merges what somebody applies into an object, and takes fields out of one.
///
/// Source: structured-merge-diff, typed/merge.go and typed/remove.go.
enum ObjectMerge {
    /// `live` with what `applied` says: fields of both are the applied ones, lists with keys are merged
    /// item by item.
    static func merge(_ live: Value, _ applied: Value, _ form: FieldForm) -> Value {
        merged(live, applied, form) ?? .emptyObject
    }

    /// No value is what is not there; written `Value?.none`, since `nil` may be a null value.
    private static func merged(_ live: Value?, _ applied: Value?, _ form: FieldForm) -> Value? {
        let (left, right) = (live ?? .null, applied ?? .null)
        if form.sort == .deduced, live != nil, applied != nil,
            form.sort(for: left) != form.sort(for: right)
        {
            return applied
        }
        switch form.sort(for: applied == nil ? left : right) {
        case .leaf, .deduced: return applied ?? live
        case .object:
            if left.fields.isEmpty, right.fields.isEmpty { return applied ?? live }
            if applied == nil { return live }
            return objects(left.fields, right.fields, form)
        case .set, .keyed:
            if left.elements.isEmpty, right.elements.isEmpty { return applied ?? live }
            if applied == nil { return live }
            let items = lists(left.elements, right.elements, form)
            return items.isEmpty ? Value?.none : Value.array(items)
        }
    }

    private static func objects(_ live: Object, _ applied: Object, _ form: FieldForm) -> Value? {
        var result = live
        for field in applied {
            guard let inner = form.form(of: field.key) else { continue }
            let before = live.contains(field.key) ? live[field.key] : Value?.none
            if let value = merged(before, field.value, inner) {
                result.set(field.key, to: value)
            } else {
                result.removeValue(forKey: field.key)
            }
        }
        return result.isEmpty ? Value?.none : Value.object(result)
    }

    // MARK: Lists

    /// The items of both, in an order that keeps that of the applied ones, and of the live ones as far as
    /// that allows.
    private static func lists(
        _ live: [Value], _ applied: [Value], _ form: FieldForm
    ) -> [Value] {
        guard let inner = form.element else { return applied }
        let right = applied.compactMap { item in form.element(of: item).map { ($0, item) } }
        let left = live.compactMap { item in form.element(of: item).map { ($0, item) } }
        let rightItems = Dictionary(right, uniquingKeysWith: { first, _ in first })
        var leftItems: [PathElement: Value?] = [:]
        for (element, item) in left {
            // What occurs twice is not merged into.
            leftItems[element] = .some(leftItems[element] == nil ? item : Value?.none)
        }
        var shared = right.map(\.0).filter { leftItems[$0] != nil }[...]
        var nextShared = shared.popFirst()
        var done: Set<PathElement> = []
        var result: [Value] = []
        func add(_ live: Value?, _ applied: Value?) {
            if let item = merged(live, applied, inner) { result.append(item) }
        }
        var (l, r) = (0, 0)
        while l < left.count || r < right.count {
            if l < left.count, r < right.count {
                let element = left[l].0
                if element == right[r].0 {
                    done.insert(element)
                    add(leftItems[element] ?? Value?.none, right[r].1)
                    l += 1
                    r += 1
                    nextShared = shared.popFirst()
                    continue
                }
                if rightItems[element] != nil, let next = nextShared, next != element {
                    // It is to come, but another one is due before.
                    l += 1
                    continue
                }
            }
            if l < left.count {
                let element = left[l].0
                if rightItems[element] == nil {
                    add(left[l].1, nil)
                    l += 1
                    continue
                }
                if done.contains(element) { l += 1 }
            }
            if r < right.count {
                let (element, item) = right[r]
                done.insert(element)
                add(leftItems[element] ?? Value?.none, item)
                r += 1
                if nextShared == element { nextShared = shared.popFirst() }
            }
        }
        return result
    }

    // MARK: Removal

    /// The object without the members of `set`, and what is below them. What becomes empty stays, unless
    /// it is a member itself.
    static func remove(_ set: FieldSet, from value: Value, _ form: FieldForm) -> Value {
        if set.isEmpty { return value }
        switch form.sort(for: value) {
        case .leaf, .deduced:
            switch value {
            case .array, .object: return .null
            default: return value
            }
        case .object:
            guard case .object(let fields) = value, !fields.isEmpty else { return .null }
            return remove(set, from: fields, form)
        case .set, .keyed:
            guard case .array(let items) = value, !items.isEmpty else { return .null }
            return remove(set, from: items, form)
        }
    }

    private static func remove(
        _ set: FieldSet, from fields: Object, _ form: FieldForm
    ) -> Value {
        var result = Object(minimumCapacity: fields.count)
        var hasMatches = false
        for field in fields {
            let entry = set[.field(field.key)]
            if entry?.isMember == true { continue }
            guard let below = entry?.below else {
                result.append(field.key, field.value)
                continue
            }
            hasMatches = true
            result.append(field.key, inside(field.value, below, form.form(of: field.key)))
        }
        return result.isEmpty && !hasMatches ? .null : .object(result)
    }

    private static func remove(
        _ set: FieldSet, from items: [Value], _ form: FieldForm
    ) -> Value {
        var result: [Value] = []
        var hasMatches = false
        for item in items {
            let entry = form.element(of: item).flatMap { set[$0] }
            if entry?.isMember == true { continue }
            guard let below = entry?.below else {
                result.append(item)
                continue
            }
            hasMatches = true
            result.append(inside(item, below, form.element))
        }
        return result.isEmpty && !hasMatches ? .null : .array(result)
    }

    /// A field or item of which only a part goes: it stays, be it empty.
    private static func inside(_ value: Value, _ below: FieldSet, _ form: FieldForm?) -> Value {
        guard let form else { return value }
        let rest = remove(below, from: value, form)
        guard rest.isNull else { return rest }
        switch value {
        case .object: return .emptyObject
        case .array: return .emptyArray
        default: return rest
        }
    }
}
