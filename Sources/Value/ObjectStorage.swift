import Support

/// A block of fields. The only unsafe code of the value type.
///
/// Immutable while shared; ``Object`` checks for uniqueness before it writes. The number of fields
/// stands before the fields in the block: as a stored property each look at it would cost a dynamic
/// exclusivity check (a sixth of a simulation's instructions).
@usableFromInline
final class ObjectStorage: @unchecked Sendable {  // written only while uniquely referenced
    @usableFromInline let room: Int
    @usableFromInline let fields: UnsafeMutablePointer<Field>

    @usableFromInline static let empty = ObjectStorage(room: 0)

    /// The bytes before the fields, which are aligned to 8.
    @usableFromInline static var headerSize: Int { 16 }

    @usableFromInline
    init(room: Int) {
        self.room = room
        let block = UnsafeMutableRawPointer.allocate(
            byteCount: Self.headerSize + room * MemoryLayout<Field>.stride, alignment: 16)
        block.storeBytes(of: 0, as: Int.self)
        fields = (block + Self.headerSize).bindMemory(to: Field.self, capacity: room)
    }

    deinit {
        fields.deinitialize(count: count)
        (UnsafeMutableRawPointer(fields) - Self.headerSize).deallocate()
    }

    @inlinable
    static func make(_ room: Int) -> ObjectStorage { ObjectStorage(room: room) }

    @inlinable
    var count: Int {
        get { UnsafeRawPointer(fields).load(fromByteOffset: -16, as: Int.self) }
        set {
            UnsafeMutableRawPointer(fields).storeBytes(
                of: newValue, toByteOffset: -16, as: Int.self)
        }
    }

    @inlinable
    func find(_ key: Key) -> Int? {
        let count = count
        var index = 0
        while index < count {
            if fields[index].key == key { return index }
            index += 1
        }
        return nil
    }

    @inlinable
    func value(at index: Int) -> Value { fields[index].value }

    /// Whether two values are one by their bits: the same number, or the same reference. That they are not
    /// says nothing. A value is a payload of eight bytes and a tag.
    @inlinable
    func isShared(at index: Int, with other: ObjectStorage, at place: Int) -> Bool {
        let left = UnsafeRawPointer(fields + index)
        let right = UnsafeRawPointer(other.fields + place)
        return left.load(as: UInt64.self) == right.load(as: UInt64.self)
            && left.load(fromByteOffset: 8, as: UInt8.self)
                == right.load(fromByteOffset: 8, as: UInt8.self)
    }

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
