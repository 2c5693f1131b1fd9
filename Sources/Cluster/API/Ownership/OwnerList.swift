import Support
import Value

/// What the owners of objects of one shape have in common: the managers, and the sets of what they own, in
/// which a number stands for the key of each item that is like no other of the world.
///
/// A thousand pods of a template have few shapes.
final class OwnerShape: Sendable {
    /// The owners without their times, those who speak first.
    let owners: [FieldOwner]
    /// The version that all of them speak; nil where there are several, or nobody.
    let version: Int32?

    static let empty = OwnerShape([])

    init(_ owners: [FieldOwner]) {
        self.owners = owners
        let version = owners.first?.version
        self.version = owners.allSatisfy { $0.version == version } ? version : nil
    }
}

/// Who owns which fields of one version of an object.
final class OwnerList: Sendable {
    let shape: OwnerShape
    /// When each owner wrote last.
    let times: [Int64]
    /// What the numbers of the shape stand for.
    let bindings: [Field]

    static let empty = OwnerList(.empty, times: [], bindings: [])

    init(_ shape: OwnerShape, times: [Int64], bindings: [Field]) {
        self.shape = shape
        self.times = times
        self.bindings = bindings
    }

    var isEmpty: Bool { shape.owners.isEmpty }

    /// The owners, each with its own fields. O(fields) where items stand for themselves.
    var owners: [FieldOwner] {
        shape.owners.indices.map { place in
            var owner = shape.owners[place]
            owner.time = times[place]
            if !bindings.isEmpty { owner.fields = owner.fields.bound(to: bindings) }
            return owner
        }
    }
}

// MARK: - Bindings

extension PathElement {
    /// Whether a list's items of that key are each like no other of the world.
    static func isIndividual(_ key: Key) -> Bool { key == .ip || key == .uid }

    /// The key of an item that is like no other.
    fileprivate var individual: Field? {
        guard case .item(let keys) = self, keys.count == 1, Self.isIndividual(keys[0].key) else {
            return nil
        }
        return keys[0]
    }
}

extension FieldSet {
    /// The set with numbers for the keys of items that are like no other: their places in `bindings`, to
    /// which new ones are added.
    func unbound(_ bindings: inout [Field]) -> FieldSet {
        mapped { key in
            if let place = bindings.firstIndex(where: { $0.key == key.key && $0.value == key.value }
            ) {
                return Value(place)
            }
            bindings.append(key)
            return Value(bindings.count - 1)
        }
    }

    /// The set with the keys for which the numbers stand.
    func bound(to bindings: [Field]) -> FieldSet {
        mapped { key in key.value.int.map { bindings[$0].value } ?? key.value }
    }

    /// The set with other numbers; `renumber` gets each in use.
    func renumbered(_ renumber: (Int) -> Int) -> FieldSet {
        mapped { key in key.value.int.map { Value(renumber($0)) } ?? key.value }
    }

    private func mapped(_ map: (Field) -> Value) -> FieldSet {
        var hasOther = false
        let entries = entries.map { entry in
            let below = entry.below?.mapped(map)
            guard let key = entry.element.individual else {
                if below === entry.below { return entry }
                hasOther = true
                return Entry(element: entry.element, isMember: entry.isMember, below: below)
            }
            hasOther = true
            return Entry(
                element: .item([key.key: map(key)]), isMember: entry.isMember, below: below)
        }
        return hasOther ? FieldSet.of(entries) ?? self : self
    }
}
