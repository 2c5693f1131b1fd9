/// Slots by one term each (an owner, a node, a namespace): insertion, removal and change are O(1).
///
/// The order within a term depends on the order of changes alone, and is therefore the same in
/// every run; it is not an order to show.
struct SlotIndex {
    private var bucketOfTerm: [String: Int32] = [:]
    private var buckets: [[Slot]] = []
    private var freeBuckets: [Int32] = []
    private var terms: [String] = []
    /// By slot: the bucket (-1: none) and the place in it.
    private var places: [(bucket: Int32, position: Int32)] = []

    /// The slots under `term`.
    subscript(term: String) -> [Slot] {
        guard let bucket = bucketOfTerm[term] else { return [] }
        return buckets[Int(bucket)]
    }

    /// The number of slots under `term`.
    func count(_ term: String) -> Int {
        guard let bucket = bucketOfTerm[term] else { return 0 }
        return buckets[Int(bucket)].count
    }

    /// Whether `slot` has a term.
    func contains(_ slot: Slot) -> Bool {
        Int(slot.index) < places.count && places[Int(slot.index)].bucket >= 0
    }

    /// The term of `slot`; nil when it has none.
    func term(of slot: Slot) -> String? {
        guard Int(slot.index) < places.count else { return nil }
        let bucket = places[Int(slot.index)].bucket
        return bucket < 0 ? nil : terms[Int(bucket)]
    }

    /// Puts `slot` under `term` and takes it from wherever it was; nil takes it out.
    mutating func set(_ slot: Slot, to term: String?) {
        remove(slot)
        guard let term else { return }
        while places.count <= Int(slot.index) { places.append((-1, -1)) }
        let bucket = bucketOfTerm[term] ?? makeBucket(term)
        places[Int(slot.index)] = (bucket, Int32(buckets[Int(bucket)].count))
        buckets[Int(bucket)].append(slot)
    }

    private mutating func remove(_ slot: Slot) {
        guard Int(slot.index) < places.count else { return }
        let (bucket, position) = places[Int(slot.index)]
        guard bucket >= 0 else { return }
        places[Int(slot.index)] = (-1, -1)
        let last = buckets[Int(bucket)].removeLast()
        if last != slot {
            buckets[Int(bucket)][Int(position)] = last
            places[Int(last.index)].position = position
        }
        if buckets[Int(bucket)].isEmpty {
            bucketOfTerm[terms[Int(bucket)]] = nil
            freeBuckets.append(bucket)
        }
    }

    private mutating func makeBucket(_ term: String) -> Int32 {
        let bucket: Int32
        if let free = freeBuckets.popLast() {
            bucket = free
            terms[Int(bucket)] = term
        } else {
            bucket = Int32(buckets.count)
            buckets.append([])
            terms.append(term)
        }
        bucketOfTerm[term] = bucket
        return bucket
    }
}
