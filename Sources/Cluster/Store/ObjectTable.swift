/// The objects of one kind by slot, in 64-entry copy-on-write chunks.
///
/// Copying a table costs one retain. The first write after a copy copies the array of chunks and
/// the one chunk that is written.
struct ObjectTable {
    static let chunkSize = 64

    private var chunks: [[StoredObject?]] = []
    /// The number of objects.
    private(set) var count = 0

    subscript(slot: Slot) -> StoredObject? {
        let chunk = Int(slot.index) / Self.chunkSize
        guard chunk < chunks.count else { return nil }
        return chunks[chunk][Int(slot.index) % Self.chunkSize]
    }

    /// Puts `object` into `slot`, or empties it.
    mutating func set(_ slot: Slot, to object: StoredObject?) {
        let chunk = Int(slot.index) / Self.chunkSize
        let place = Int(slot.index) % Self.chunkSize
        while chunk >= chunks.count {
            chunks.append(Array(repeating: nil, count: Self.chunkSize))
        }
        let old = chunks[chunk][place] != nil
        chunks[chunk][place] = object
        count += (object != nil ? 1 : 0) - (old ? 1 : 0)
    }

    /// Calls `body` with every object, in the order of slots.
    func forEach(_ body: (StoredObject) -> Void) {
        for chunk in chunks {
            for case let object? in chunk { body(object) }
        }
    }
}
