import Support
import Value

/// What a write changed: the fields that it added or gave another value, and those it removed.
///
/// Source: structured-merge-diff, typed/compare.go. That it walks by storage is ours: what both versions
/// share is not looked at.
struct ObjectComparison {
    var changed: FieldSet
    var removed: FieldSet

    /// Compares two versions of an object; of a new one, `old` is an empty object.
    init(_ old: Value, _ new: Value, _ form: FieldForm) {
        let delta = Self.compare(old, new, form)
        changed = delta.changed ?? .empty
        removed = delta.removed ?? .empty
    }

    /// Without what the part of the object that was written does not own.
    mutating func filter(_ filter: OwnershipFilter) {
        changed = filter.apply(to: changed)
        removed = filter.apply(to: removed)
    }

    /// What differs at one place and below it.
    private struct Delta {
        var isChanged = false
        var isRemoved = false
        var changed: FieldSet?
        var removed: FieldSet?

        static let none = Delta()
    }

    /// What differs at the places below one.
    private struct Parts {
        var changed: [FieldSet.Entry] = []
        var removed: [FieldSet.Entry] = []

        mutating func add(_ element: @autoclosure () -> PathElement, _ delta: Delta) {
            let hasChanges = delta.isChanged || delta.changed != nil
            guard hasChanges || delta.isRemoved || delta.removed != nil else { return }
            let element = element()
            if hasChanges {
                changed.append(
                    FieldSet.Entry(
                        element: element, isMember: delta.isChanged, below: delta.changed))
            }
            if delta.isRemoved || delta.removed != nil {
                removed.append(
                    FieldSet.Entry(
                        element: element, isMember: delta.isRemoved, below: delta.removed))
            }
        }

        func delta(_ old: Value?, _ new: Value?) -> Delta {
            Delta(
                isChanged: old == nil, isRemoved: new == nil, changed: FieldSet.of(changed),
                removed: FieldSet.of(removed))
        }
    }

    private static func leaf(_ old: Value?, _ new: Value?) -> Delta {
        guard let new else { return Delta(isRemoved: old != nil) }
        guard let old else { return Delta(isChanged: true) }
        return old == new ? .none : Delta(isChanged: true)
    }

    /// Nil is what is not there; null is there, and empty.
    private static func compare(_ old: Value?, _ new: Value?, _ form: FieldForm) -> Delta {
        let (left, right) = (old ?? .null, new ?? .null)
        let sort = form.sort(for: new == nil ? left : right)
        // What has another type than before is not compared in parts.
        if form.sort == .deduced, let old, let new, form.sort(for: old) != form.sort(for: new) {
            return leaf(old, new)
        }
        switch sort {
        case .leaf, .deduced: return leaf(old, new)
        case .object:
            let (before, after) = (left.fields, right.fields)
            if before.isEmpty, after.isEmpty { return leaf(old, new) }
            if old != nil, new != nil, before.isIdentical(to: after) { return .none }
            return objects(old.map { _ in before }, new.map { _ in after }, form)
                .delta(old, new)
        case .set, .keyed:
            let (before, after) = (left.elements, right.elements)
            if before.isEmpty, after.isEmpty { return leaf(old, new) }
            if old != nil, new != nil, isIdentical(before, after) { return .none }
            return lists(before, after, form).delta(old, new)
        }
    }

    static func isIdentical(_ left: [Value], _ right: [Value]) -> Bool {
        left.count == right.count
            && left.withUnsafeBufferPointer { left in
                right.withUnsafeBufferPointer { $0.baseAddress == left.baseAddress }
            }
    }

    private static func objects(_ old: Object?, _ new: Object?, _ form: FieldForm) -> Parts {
        var parts = Parts()
        for field in new ?? Object() {
            let member = form.member(field.key)
            guard let inner = member?.form ?? form.valueForm else { continue }
            var before: Value?
            if let old {
                let value = old[field.key]
                before = value.isNull && !old.contains(field.key) ? member?.zero : value
                // A time that Go shows as null is there in every object that has none.
                if before == nil, field.value.isNull, member != nil { continue }
            }
            parts.add(.field(field.key), compare(before, field.value, inner))
        }
        for field in old ?? Object() where !(new?.contains(field.key) ?? false) {
            let member = form.member(field.key)
            guard let inner = member?.form ?? form.valueForm else { continue }
            let after = new == nil ? Value?.none : member?.zero
            parts.add(.field(field.key), compare(field.value, after, inner))
        }
        return parts
    }

    private static func lists(_ old: [Value], _ new: [Value], _ form: FieldForm) -> Parts {
        guard let inner = form.element else { return Parts() }
        if hasDuplicates(old, form) || hasDuplicates(new, form) {
            return listsWithDuplicates(old, new, form, inner)
        }
        var parts = Parts()
        for (index, item) in new.enumerated() {
            let before =
                index < old.count && form.isSameItem(old[index], item)
                ? old[index] : old.first { form.isSameItem($0, item) }
            let delta = compare(before, item, inner)
            guard let element = form.element(of: item) else { continue }
            parts.add(element, delta)
        }
        for (index, item) in old.enumerated()
        where !(index < new.count && form.isSameItem(new[index], item))
            && !new.contains(where: { form.isSameItem($0, item) })
        {
            guard let element = form.element(of: item) else { continue }
            parts.add(element, compare(item, nil, inner))
        }
        return parts
    }

    private static func hasDuplicates(_ items: [Value], _ form: FieldForm) -> Bool {
        if items.count < 2 { return false }
        if items.count > 16 {
            var seen: Set<PathElement> = []
            return items.contains { item in
                form.element(of: item).map { !seen.insert($0).inserted } ?? false
            }
        }
        for index in items.indices.dropFirst() {
            for earlier in 0..<index where form.isSameItem(items[earlier], items[index]) {
                return true
            }
        }
        return false
    }

    /// Items with one key are one leaf; what begins or ends to occur twice is added or removed whole.
    private static func listsWithDuplicates(
        _ old: [Value], _ new: [Value], _ form: FieldForm, _ inner: FieldForm
    ) -> Parts {
        var order: [PathElement] = []
        var groups: [PathElement: (old: [Value], new: [Value])] = [:]
        for item in old {
            guard let element = form.element(of: item) else { continue }
            if groups[element] == nil { order.append(element) }
            groups[element, default: ([], [])].old.append(item)
        }
        for item in new {
            guard let element = form.element(of: item) else { continue }
            if groups[element] == nil { order.append(element) }
            groups[element, default: ([], [])].new.append(item)
        }
        var parts = Parts()
        for element in order {
            let (before, after) = groups[element] ?? ([], [])
            var delta: Delta
            switch (before.count, after.count) {
            case (0...1, 0...1): delta = compare(before.first, after.first, inner)
            case (2..., 2...): delta = Delta(isChanged: before != after)
            case (2..., _):
                delta = after.isEmpty ? .none : compare(nil, after[0], inner)
                delta.isRemoved = true
            default:
                delta = before.isEmpty ? .none : compare(before[0], nil, inner)
                delta.isChanged = true
            }
            parts.add(element, delta)
        }
        return parts
    }
}

/// Which fields a request for one part of an object can own at all.
///
/// Source: GetResetFields of upstream's strategies.
enum OwnershipFilter {
    case all
    /// All but these and what is below them.
    case without(FieldSet)
    /// What is in or below these top-level fields alone.
    case within([Key])

    func apply(to set: FieldSet) -> FieldSet {
        switch self {
        case .all: return set
        case .without(let excluded): return set.recursiveDifference(excluded)
        case .within(let keys):
            let kept = set.entries.filter { entry in
                if case .field(let key) = entry.element { return keys.contains(key) }
                return false
            }
            return kept.count == set.entries.count ? set : FieldSet(entries: kept)
        }
    }
}
