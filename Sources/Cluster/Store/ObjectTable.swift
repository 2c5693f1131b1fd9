/// The objects of one kind by slot, in 64-entry copy-on-write chunks.
///
/// Copying a table costs one retain. The first write after a copy copies the array of chunks and
/// the one chunk that is written.
struct ObjectTable {
    static let chunkSize = 64

    private final class Chunk {
        var entries: [StoredObject?]

        init(_ entries: [StoredObject?]) { self.entries = entries }
    }

    private var chunks: [Chunk] = []
    /// The number of objects.
    private(set) var count = 0

    subscript(slot: Slot) -> StoredObject? {
        let chunk = Int(slot.index) / Self.chunkSize
        guard chunk < chunks.count else { return nil }
        return chunks[chunk].entries[Int(slot.index) % Self.chunkSize]
    }

    /// Puts `object` into `slot`, or empties it.
    mutating func set(_ slot: Slot, to object: StoredObject?) {
        let chunk = Int(slot.index) / Self.chunkSize
        let place = Int(slot.index) % Self.chunkSize
        while chunk >= chunks.count {
            chunks.append(Chunk(Array(repeating: nil, count: Self.chunkSize)))
        }
        if !isKnownUniquelyReferenced(&chunks[chunk]) {
            chunks[chunk] = Chunk(chunks[chunk].entries)
        }
        let old = chunks[chunk].entries[place] != nil
        chunks[chunk].entries[place] = object
        count += (object != nil ? 1 : 0) - (old ? 1 : 0)
    }

    /// Calls `body` with every object, in the order of slots.
    func forEach(_ body: (StoredObject) -> Void) {
        for chunk in chunks {
            for case let object? in chunk.entries { body(object) }
        }
    }
}
