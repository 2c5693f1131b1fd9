import Support
import Value

/// What a write changed, as a row of numbers: writes of one shape leave the same row, whatever the values
/// are. It says as much as an ``ObjectComparison``, and makes no tree.
///
/// A place where something is said is its step, what happened to it, the places below it, and an end. The
/// key of an item that is like no other of the world (the IP of a pod) stands there as the number of a
/// binding, so that the rows of a thousand pods are the same.
struct ChangeTrace {
    /// What the row belongs to comes first.
    private(set) var words: [UInt32] = []
    /// The keys of items that stand for themselves: those known before, then those the write brought.
    private(set) var bindings: [Field] = []
    /// Whether the row says all; it does not where a list has an item twice, or very much has changed.
    private(set) var isComplete = true
    private var start = 0
    /// The keys of the lists under comparison.
    private var keys: [Value] = []
    private var tokens: [Token: UInt32] = [:]

    private struct Token: Hashable {
        let key: UInt32
        let value: Value
    }

    private static let changed: UInt32 = 1
    private static let removed: UInt32 = 2
    private static let end = UInt32.max
    private static let limit = 2048

    /// Whether nothing differs.
    var isEmpty: Bool { isComplete && words.count == start }

    /// How many steps of lists have numbers.
    var tokenCount: Int { tokens.count }

    /// Begins a row.
    mutating func begin(
        _ shape: OwnerShape, _ known: [Field], writer: UInt32, template: UInt32
    ) {
        let address = UInt64(UInt(bitPattern: ObjectIdentifier(shape)))
        words.removeAll(keepingCapacity: true)
        words.append(UInt32(truncatingIfNeeded: address))
        words.append(UInt32(truncatingIfNeeded: address >> 32))
        words.append(writer)
        words.append(template)
        start = words.count
        bindings = known
        isComplete = true
    }

    /// Adds what differs between two versions of an object; of a new one, `old` is an empty object.
    mutating func add(_ old: Value, _ new: Value, _ form: FieldForm) {
        _ = both(old, new, form)
    }

    /// Forgets the numbers of steps; rows from before mean nothing then.
    mutating func forget() { tokens.removeAll() }

    // MARK: Places

    private mutating func place(
        _ token: UInt32, _ old: Value?, _ new: Value?, _ form: FieldForm
    ) {
        guard isComplete, words.count < Self.limit else {
            isComplete = false
            return
        }
        let mark = words.count
        words.append(token)
        words.append(0)
        let flags = compare(old, new, form)
        if flags == 0, words.count == mark + 2 {
            words.removeLast(2)
        } else {
            words[mark + 1] = flags
            words.append(Self.end)
        }
    }

    private mutating func compare(_ old: Value?, _ new: Value?, _ form: FieldForm) -> UInt32 {
        switch (old, new) {
        case (let old?, let new?): return both(old, new, form)
        case (nil, let new?):
            add(new, form)
            return Self.changed
        case (let old?, nil):
            remove(old, form)
            return Self.removed
        case (nil, nil): return 0
        }
    }

    private mutating func both(_ old: Value, _ new: Value, _ form: FieldForm) -> UInt32 {
        let sort = form.sort(for: new)
        if form.sort == .deduced, form.sort(for: old) != sort { return Self.leaf(old, new) }
        switch sort {
        case .leaf, .deduced: return Self.leaf(old, new)
        case .object:
            let (before, after) = (old.fields, new.fields)
            if before.isEmpty, after.isEmpty { return Self.leaf(old, new) }
            if !before.isIdentical(to: after) { objects(before, after, form) }
        case .set, .keyed:
            let (before, after) = (old.elements, new.elements)
            if before.isEmpty, after.isEmpty { return Self.leaf(old, new) }
            if !ObjectComparison.isIdentical(before, after) { lists(before, after, form) }
        }
        return 0
    }

    private static func leaf(_ old: Value, _ new: Value) -> UInt32 { old == new ? 0 : changed }

    // MARK: Objects

    private mutating func objects(_ old: Object, _ new: Object, _ form: FieldForm) {
        new.forEachChange(from: old) { field, value in
            let member = form.member(field.key)
            guard let inner = member?.form ?? form.valueForm else { return }
            let before = value ?? member?.zero
            if before == nil, field.value.isNull, member != nil { return }
            place(field.key.id << 1, before, field.value, inner)
        }
        old.forEachField(missingIn: new) { field in
            let member = form.member(field.key)
            guard let inner = member?.form ?? form.valueForm else { return }
            place(field.key.id << 1, field.value, member?.zero, inner)
        }
    }

    private mutating func add(_ new: Value, _ form: FieldForm) {
        switch form.sort(for: new) {
        case .leaf, .deduced: break
        case .object:
            for field in new.fields {
                guard let inner = form.form(of: field.key) else { continue }
                place(field.key.id << 1, nil, field.value, inner)
            }
        case .set, .keyed: lists([], new.elements, form)
        }
    }

    private mutating func remove(_ old: Value, _ form: FieldForm) {
        switch form.sort(for: old) {
        case .leaf, .deduced: break
        case .object:
            for field in old.fields {
                guard let inner = form.form(of: field.key) else { continue }
                place(field.key.id << 1, field.value, nil, inner)
            }
        case .set, .keyed: lists(old.elements, [], form)
        }
    }

    // MARK: Lists

    private mutating func lists(_ old: [Value], _ new: [Value], _ form: FieldForm) {
        guard let inner = form.element else { return }
        let (first, second) = (keys.count, keys.count + old.count)
        for item in old { keys.append(Self.key(of: item, form)) }
        for item in new { keys.append(Self.key(of: item, form)) }
        defer { keys.removeLast(keys.count - first) }
        let (before, after) = (first..<second, second..<keys.count)
        guard !hasDuplicates(before), !hasDuplicates(after) else {
            isComplete = false
            return
        }
        for (index, item) in new.enumerated() {
            let match = match(second + index, first + index, in: before)
            listed(second + index, match.map { old[$0 - first] }, item, form, inner)
        }
        for (index, item) in old.enumerated()
        where match(first + index, second + index, in: after) == nil {
            listed(first + index, item, nil, form, inner)
        }
    }

    /// Where the key stands in another version of the list; mostly in the same place.
    private func match(_ key: Int, _ sameIndex: Int, in range: Range<Int>) -> Int? {
        if range.contains(sameIndex), keys[sameIndex] == keys[key] { return sameIndex }
        return range.first { keys[$0] == keys[key] }
    }

    private func hasDuplicates(_ range: Range<Int>) -> Bool {
        if range.count < 2 { return false }
        if range.count > 16 { return Set(keys[range]).count < range.count }
        for index in range.dropFirst() {
            for earlier in range.lowerBound..<index where keys[earlier] == keys[index] {
                return true
            }
        }
        return false
    }

    private mutating func listed(
        _ key: Int, _ old: Value?, _ new: Value?, _ form: FieldForm, _ inner: FieldForm
    ) {
        let mark = words.count
        place(0, old, new, inner)
        guard words.count > mark else { return }
        if let token = token(keys[key], form) {
            words[mark] = token
        } else {
            words.removeLast(words.count - mark)
        }
    }

    /// What an item is known by; null where it has no key.
    private static func key(of item: Value, _ form: FieldForm) -> Value {
        if form.sort == .set { return item }
        if form.keys.count == 1 {
            let value = item[form.keys[0].key]
            return value.isNull ? form.keys[0].standard : value
        }
        if case .item(let keys) = form.element(of: item) { return .object(keys) }
        return .null
    }

    /// The number of a step into a list; nil where it cannot be named.
    private mutating func token(_ key: Value, _ form: FieldForm) -> UInt32? {
        if key.isNull { return nil }
        if form.sort == .set {
            switch key {
            case .object, .array: return nil
            default: return number(of: Token(key: .max, value: key))
            }
        }
        guard form.keys.count == 1 else { return number(of: Token(key: .max - 1, value: key)) }
        guard let name = form.individualKey else {
            return number(of: Token(key: form.keys[0].key.id, value: key))
        }
        let place = bindings.firstIndex { $0.key == name && $0.value == key }
        if place == nil { bindings.append(Field(key: name, value: key)) }
        return 1 << 31 | UInt32(place ?? bindings.count - 1)
    }

    private mutating func number(of token: Token) -> UInt32 {
        if let known = tokens[token] { return known }
        let number = UInt32(tokens.count) << 1 | 1
        tokens[token] = number
        return number
    }
}
