/// The objects of one kind by slot, in copy-on-write chunks of up to 64 entries.
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
        let place = Int(slot.index) % Self.chunkSize
        guard chunk < chunks.count, place < chunks[chunk].count else { return nil }
        return chunks[chunk][place]
    }

    /// Puts `object` into `slot`, or empties it.
    mutating func set(_ slot: Slot, to object: StoredObject?) {
        let chunk = Int(slot.index) / Self.chunkSize
        let place = Int(slot.index) % Self.chunkSize
        while chunk >= chunks.count { chunks.append([]) }
        // The last chunk of a kind is as long as it must be: most kinds have few objects.
        while place >= chunks[chunk].count { chunks[chunk].append(nil) }
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
