import Support
import Value

/// A set of paths into an object, as a tree that never changes: what one manager owns.
///
/// Source: structured-merge-diff, fieldpath (Set). That `spec.replicas` is in the set says nothing about
/// `spec`: a step is a member or leads to members, or both.
final class FieldSet: Sendable {
    struct Entry: Sendable {
        let element: PathElement
        let isMember: Bool
        /// What of the set is below; never empty.
        let below: FieldSet?
    }

    /// In the order of ``PathElement/precedes(_:_:)``; each is a member or leads to one.
    let entries: [Entry]
    /// Whether the pool of the world holds this very tree.
    let isPooled: Bool

    static let empty = FieldSet(entries: [])

    init(entries: [Entry], isPooled: Bool = false) {
        self.entries = entries
        self.isPooled = isPooled
    }

    /// A set of entries in any order; nil where there are none.
    static func of(_ entries: [Entry]) -> FieldSet? {
        if entries.isEmpty { return nil }
        if entries.count == 1 { return FieldSet(entries: entries) }
        return FieldSet(
            entries: entries.sorted { PathElement.precedes($0.element, $1.element) })
    }

    /// The set of one path.
    convenience init(path: [PathElement]) {
        var below: FieldSet?
        for (index, element) in path.enumerated().dropFirst().reversed() {
            below = FieldSet(entries: [
                Entry(element: element, isMember: index == path.count - 1, below: below)
            ])
        }
        self.init(entries: [
            Entry(element: path[0], isMember: path.count == 1, below: below)
        ])
    }

    var isEmpty: Bool { entries.isEmpty }

    /// The place of a step, or where it would stand. O(log n).
    private func place(of element: PathElement) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if PathElement.precedes(entries[middle].element, element) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    subscript(element: PathElement) -> Entry? {
        let place = place(of: element)
        guard place < entries.count, entries[place].element == element else { return nil }
        return entries[place]
    }

    func contains(_ path: [PathElement]) -> Bool {
        var set = self
        for (index, element) in path.enumerated() {
            guard let entry = set[element] else { return false }
            if index == path.count - 1 { return entry.isMember }
            guard let below = entry.below else { return false }
            set = below
        }
        return false
    }
}

// MARK: - Operations

extension FieldSet {
    /// Walks over the entries of both sets in one order, and makes an entry of each pair.
    private static func zip(
        _ left: FieldSet, _ right: FieldSet, keepsRight: Bool, keepsLeft: Bool,
        _ both: (Entry, Entry) -> Entry?
    ) -> FieldSet {
        var result: [Entry] = []
        result.reserveCapacity(left.entries.count + (keepsRight ? right.entries.count : 0))
        var (i, j) = (0, 0)
        while i < left.entries.count, j < right.entries.count {
            let (l, r) = (left.entries[i], right.entries[j])
            if l.element == r.element {
                if let entry = both(l, r) { result.append(entry) }
                i += 1
                j += 1
            } else if PathElement.precedes(l.element, r.element) {
                if keepsLeft { result.append(l) }
                i += 1
            } else {
                if keepsRight { result.append(r) }
                j += 1
            }
        }
        if keepsLeft, i < left.entries.count { result += left.entries[i...] }
        if keepsRight, j < right.entries.count { result += right.entries[j...] }
        return result.isEmpty ? .empty : FieldSet(entries: result)
    }

    private static func entry(_ element: PathElement, _ isMember: Bool, _ below: FieldSet?)
        -> Entry?
    {
        let below = below.flatMap { $0.isEmpty ? nil : $0 }
        return isMember || below != nil
            ? Entry(element: element, isMember: isMember, below: below) : nil
    }

    func union(_ other: FieldSet) -> FieldSet {
        if other.isEmpty || contains(all: other) { return self }
        if isEmpty { return other }
        return Self.zip(self, other, keepsRight: true, keepsLeft: true) { l, r in
            let below =
                if let left = l.below, let right = r.below { left.union(right) } else {
                    l.below ?? r.below
                }
            return Entry(element: l.element, isMember: l.isMember || r.isMember, below: below)
        }
    }

    func intersection(_ other: FieldSet) -> FieldSet {
        if self === other { return self }
        if isEmpty || other.isEmpty { return .empty }
        return Self.zip(self, other, keepsRight: false, keepsLeft: false) { l, r in
            let below =
                if let left = l.below, let right = r.below {
                    left.intersection(right)
                } else { FieldSet?.none }
            return Self.entry(l.element, l.isMember && r.isMember, below)
        }
    }

    /// Whether both have a member. O(entries of both), without making anything.
    func intersects(_ other: FieldSet) -> Bool {
        var (i, j) = (0, 0)
        while i < entries.count, j < other.entries.count {
            if entries[i].element == other.entries[j].element {
                if entries[i].isMember, other.entries[j].isMember { return true }
                if let left = entries[i].below, let right = other.entries[j].below,
                    left.intersects(right)
                {
                    return true
                }
                i += 1
                j += 1
            } else if PathElement.precedes(entries[i].element, other.entries[j].element) {
                i += 1
            } else {
                j += 1
            }
        }
        return false
    }

    /// Whether every member of `other` is one. O(entries of both), without making anything.
    func contains(all other: FieldSet) -> Bool {
        if self === other { return true }
        var i = 0
        for entry in other.entries {
            while i < entries.count, PathElement.precedes(entries[i].element, entry.element) {
                i += 1
            }
            guard i < entries.count, entries[i].element == entry.element,
                entries[i].isMember || !entry.isMember
            else { return false }
            guard let below = entry.below else { continue }
            guard let own = entries[i].below, own.contains(all: below) else { return false }
        }
        return true
    }

    /// The members that are not members of `other`; what is below such a member stays.
    func difference(_ other: FieldSet) -> FieldSet {
        if self === other { return .empty }
        if isEmpty || other.isEmpty || !intersects(other) { return self }
        return Self.zip(self, other, keepsRight: false, keepsLeft: true) { l, r in
            let below =
                if let left = l.below, let right = r.below { left.difference(right) } else {
                    l.below
                }
            return Self.entry(l.element, l.isMember && !r.isMember, below)
        }
    }

    /// The set without the members of `other` and all that is below them.
    func recursiveDifference(_ other: FieldSet) -> FieldSet {
        if isEmpty || other.isEmpty { return self }
        return Self.zip(self, other, keepsRight: false, keepsLeft: true) { l, r in
            if r.isMember { return nil }
            let below =
                if let left = l.below, let right = r.below {
                    left.recursiveDifference(right)
                } else { l.below }
            return Self.entry(l.element, l.isMember, below)
        }
    }

    /// Whether both have the same members.
    func isEqual(to other: FieldSet) -> Bool {
        if self === other { return true }
        guard entries.count == other.entries.count else { return false }
        for (left, right) in Swift.zip(entries, other.entries) {
            guard left.element == right.element, left.isMember == right.isMember else {
                return false
            }
            switch (left.below, right.below) {
            case (nil, nil): break
            case (let left?, let right?): if !left.isEqual(to: right) { return false }
            default: return false
            }
        }
        return true
    }

    /// The members in the order in which errors list them: those of a level before those below it.
    func forEach(_ body: ([PathElement]) -> Void) { forEach([], body) }

    private func forEach(_ prefix: [PathElement], _ body: ([PathElement]) -> Void) {
        let shown = entries.sorted { PathElement.compare($0.element, $1.element) < 0 }
        for entry in shown where entry.isMember { body(prefix + [entry.element]) }
        for entry in shown { entry.below?.forEach(prefix + [entry.element], body) }
    }

    /// The paths of the members as errors show them.
    var paths: [String] {
        var result: [String] = []
        forEach { result.append($0.map(\.description).joined()) }
        return result
    }
}

// MARK: - FieldsV1

extension FieldSet {
    /// The set as `fieldsV1` has it: a member that nothing is below is `{}`, one with more has `.` in it.
    var fieldsV1: Value { fieldsV1(isMember: false) }

    private func fieldsV1(isMember: Bool) -> Value {
        var result = Object(minimumCapacity: entries.count + (isMember ? 1 : 0))
        if isMember { result.append(".", .emptyObject) }
        for entry in entries.sorted(by: { PathElement.compare($0.element, $1.element) < 0 }) {
            result.append(
                Key(entry.element.encoded),
                entry.below?.fieldsV1(isMember: entry.isMember) ?? .emptyObject)
        }
        return .object(result)
    }

    /// The set that a `fieldsV1` says; steps that cannot be read are left out.
    convenience init(fieldsV1 value: Value) {
        self.init(entries: Self.read(value).below?.entries ?? [])
    }

    private static func read(_ value: Value) -> (below: FieldSet?, isMember: Bool) {
        var entries: [Entry] = []
        var isMember = false
        for field in value.fields {
            if field.key.name == "." {
                isMember = true
                continue
            }
            guard let element = PathElement(encoded: field.key.name) else { continue }
            let (below, isMember) = read(field.value)
            entries.append(Entry(element: element, isMember: isMember, below: below))
        }
        return (of(entries), entries.isEmpty || isMember)
    }
}

// MARK: - Sharing

/// The sets of a world, each once: pods of one template are owned alike.
///
/// Forgetting is always right, since nothing but memory depends on two equal sets being one.
struct FieldSetPool {
    private static let limit = 16_384
    private var sets: [Int: [FieldSet]] = [:]
    private var count = 0

    /// The set of the pool that equals `set`, which is put there where it is new. O(what is new of it).
    mutating func pooled(_ set: FieldSet) -> FieldSet {
        if set.isPooled || set.isEmpty { return set }
        let entries = set.entries.map { entry in
            guard let below = entry.below, !below.isPooled else { return entry }
            return FieldSet.Entry(
                element: entry.element, isMember: entry.isMember, below: pooled(below))
        }
        var hasher = Hasher()
        for entry in entries {
            hasher.combine(entry.element)
            hasher.combine(entry.isMember)
            if let below = entry.below { hasher.combine(ObjectIdentifier(below)) }
        }
        let hash = hasher.finalize()
        for known in sets[hash] ?? [] where Self.isSame(known.entries, entries) { return known }
        if count >= Self.limit {
            sets.removeAll(keepingCapacity: true)
            count = 0
        }
        let new = FieldSet(entries: entries, isPooled: true)
        sets[hash, default: []].append(new)
        count += 1
        return new
    }

    private static func isSame(_ left: [FieldSet.Entry], _ right: [FieldSet.Entry]) -> Bool {
        guard left.count == right.count else { return false }
        for (left, right) in zip(left, right)
        where left.isMember != right.isMember || left.below !== right.below
            || left.element != right.element
        {
            return false
        }
        return true
    }
}
