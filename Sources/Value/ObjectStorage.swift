import Support

/// One block: a header and the fields behind it. The only unsafe code of the value type.
///
/// Immutable while shared; ``Object`` checks for uniqueness before it writes.
@usableFromInline
final class ObjectStorage: @unchecked Sendable {  // written only while uniquely referenced
    @usableFromInline var count: Int
    @usableFromInline let room: Int
    @usableFromInline let fields: UnsafeMutablePointer<Field>

    @usableFromInline static let empty = ObjectStorage(room: 0)

    @usableFromInline
    init(room: Int) {
        count = 0
        self.room = room
        fields = UnsafeMutablePointer<Field>.allocate(capacity: room)
    }

    deinit {
        fields.deinitialize(count: count)
        fields.deallocate()
    }

    @inlinable
    static func make(_ room: Int) -> ObjectStorage { ObjectStorage(room: room) }

    @inlinable
    func find(_ key: Key) -> Int? {
        var index = 0
        while index < count {
            if fields[index].key == key { return index }
            index += 1
        }
        return nil
    }

    @inlinable
    func value(at index: Int) -> Value { fields[index].value }

    @inlinable
    func append(_ field: Field) {
        (fields + count).initialize(to: field)
        count += 1
    }

    @inlinable
    func remove(at index: Int) {
        (fields + index).deinitialize(count: 1)
        (fields + index).moveInitialize(from: fields + index + 1, count: count - index - 1)
        count -= 1
    }

    @inlinable
    func copy(capacity: Int) -> ObjectStorage {
        let new = ObjectStorage(room: Swift.max(capacity, count))
        new.fields.initialize(from: fields, count: count)
        new.count = count
        return new
    }

    /// The fields in a larger block; this block is left empty.
    @inlinable
    func moved(capacity: Int) -> ObjectStorage {
        let new = ObjectStorage(room: capacity)
        new.fields.moveInitialize(from: fields, count: count)
        new.count = count
        count = 0
        return new
    }
}
