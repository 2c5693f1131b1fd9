import Support

/// A field of an object. The key lies in the padding of the value: a field is 16 bytes.
public struct Field: Sendable {
    public var value: Value
    /// Its name.
    public let key: Key

    /// A field of that name.
    @inlinable
    public init(key: Key, value: Value) {
        self.value = value
        self.key = key
    }
}

/// A map from keys to values that keeps insertion order, with copy-on-write storage in one block.
///
/// Look-up is a linear search over interned keys: API objects have few fields, and comparing
/// integers in one cache line beats hashing them. Objects with many keys (a large ConfigMap) stay
/// correct, at O(n) per look-up.
public struct Object: Sendable {
    @usableFromInline var storage: ObjectStorage

    /// An object without fields. Allocates nothing.
    @inlinable
    public init() { storage = ObjectStorage.empty }

    /// An object that can take `minimumCapacity` fields before it grows.
    @inlinable
    public init(minimumCapacity: Int) {
        storage =
            minimumCapacity == 0 ? ObjectStorage.empty : ObjectStorage.make(minimumCapacity)
    }

    /// An object with `fields` in this order; of equal keys the last one wins, at the first's
    /// place.
    public init(fields: some Collection<(Key, Value)>) {
        self.init(minimumCapacity: fields.count)
        for (key, value) in fields { set(key, to: value) }
    }

    /// The value of `key`, or null. Setting null removes the field.
    @inlinable
    public subscript(key: Key) -> Value {
        get {
            guard let index = storage.find(key) else { return .null }
            return storage.value(at: index)
        }
        _modify {
            if let index = storage.find(key) {
                makeUnique(room: 0)
                yield &storage.fields[index].value
                if storage.fields[index].value.isNull { remove(at: index) }
            } else {
                var value = Value.null
                yield &value
                if !value.isNull { append(key, value) }
            }
        }
    }

    /// The value of the field named `name`, or null.
    @inlinable
    public subscript(name: String) -> Value {
        get { self[Key(name)] }
        _modify { yield &self[Key(name)] }
    }

    /// Whether the field is there, be it with an explicit null.
    @inlinable
    public func contains(_ key: Key) -> Bool { storage.find(key) != nil }

    /// Sets the field, also to an explicit null; a new field goes to the end.
    @inlinable
    public mutating func set(_ key: Key, to value: Value) {
        if let index = storage.find(key) {
            makeUnique(room: 0)
            storage.fields[index].value = value
        } else {
            append(key, value)
        }
    }

    /// Appends a field whose key is known to be new.
    @inlinable
    public mutating func append(_ key: Key, _ value: Value) {
        makeUnique(room: 1)
        storage.append(Field(key: key, value: value))
    }

    /// Removes the field and answers its value; nil when it was absent.
    @discardableResult
    public mutating func removeValue(forKey key: Key) -> Value? {
        guard let index = storage.find(key) else { return nil }
        makeUnique(room: 0)
        let value = storage.value(at: index)
        remove(at: index)
        return value
    }

    /// Removes the field at `index`.
    @inlinable
    mutating func remove(at index: Int) {
        makeUnique(room: 0)
        storage.remove(at: index)
    }

    /// Whether both share one storage (and are therefore equal). O(1).
    @inlinable
    public func isIdentical(to other: Object) -> Bool { storage === other.storage }

    /// Calls `body` with every field that may differ from the old version's, in order, and the old value;
    /// nil where there was none. What both versions share is passed over without a look inside.
    @inlinable
    public func forEachChange(from old: Object, _ body: (_ new: Field, _ old: Value?) -> Void) {
        let (new, old) = (storage, old.storage)
        for index in 0..<new.count {
            let key = new.fields[index].key
            let place = index < old.count && old.fields[index].key == key ? index : old.find(key)
            guard let place else {
                body(new.fields[index], nil)
                continue
            }
            if new.isShared(at: index, with: old, at: place) { continue }
            body(new.fields[index], old.fields[place].value)
        }
    }

    /// Calls `body` with every field that `other` has not, in order.
    @inlinable
    public func forEachField(missingIn other: Object, _ body: (Field) -> Void) {
        let (own, other) = (storage, other.storage)
        for index in 0..<own.count {
            let key = own.fields[index].key
            if index < other.count, other.fields[index].key == key { continue }
            if other.find(key) == nil { body(own.fields[index]) }
        }
    }

    /// The identity of the storage, valid as long as this object is kept: equal identities mean
    /// equal objects.
    @inlinable
    public var identity: ObjectIdentifier { ObjectIdentifier(storage) }

    @inlinable
    mutating func makeUnique(room: Int) {
        let needed = storage.count + room
        if !isKnownUniquelyReferenced(&storage) {
            storage = storage.copy(capacity: needed)
        } else if needed > storage.room {
            storage = storage.moved(capacity: Swift.max(needed, storage.room * 2, 4))
        }
    }
}

extension Object: RandomAccessCollection {
    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { storage.count }

    /// The field at a place in insertion order.
    @inlinable
    public subscript(position: Int) -> Field {
        precondition(position >= 0 && position < storage.count, "field index out of range")
        return storage.fields[position]
    }
}

extension Object {
    /// The keys in insertion order.
    public var keys: [Key] { map(\.key) }

    /// The fields ordered by name, as kubectl prints them.
    public var sortedByName: [Field] {
        map { ($0.key.name, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }
}

extension Object: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (Key, Value)...) { self.init(fields: elements) }
}

extension Object: Hashable {
    /// Equality ignores the order of fields; one storage is equal to itself at once.
    public static func == (left: Object, right: Object) -> Bool {
        if left.storage === right.storage { return true }
        let count = left.storage.count
        guard count == right.storage.count else { return false }
        for index in 0..<count {
            let key = left.storage.fields[index].key
            // Objects of one kind mostly have their fields in one order: try the same place first.
            let place =
                right.storage.fields[index].key == key ? index : right.storage.find(key)
            guard let place,
                left.storage.fields[index].value == right.storage.fields[place].value
            else { return false }
        }
        return true
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        var sum = 0
        for field in self {
            var inner = Hasher()
            inner.combine(field.key)
            inner.combine(field.value)
            sum &+= inner.finalize()
        }
        hasher.combine(sum)
    }
}
