/// A place in time, and the bucket of events there.
struct BucketInstant {
    let instant: Int64
    let bucket: Int32
}

/// A binary min-heap of instants. Pushing and popping are O(log n), looking at the least is O(1).
struct MinHeap {
    private var items: [BucketInstant] = []

    init() {}

    /// A heap of instants that rise.
    init(sorted items: [BucketInstant]) { self.items = items }

    var count: Int { items.count }

    var isEmpty: Bool { items.isEmpty }

    /// The least instant; nil when the heap is empty.
    var least: BucketInstant? { items.first }

    mutating func push(_ item: BucketInstant) {
        items.append(item)
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard items[child].instant < items[parent].instant else { break }
            items.swapAt(child, parent)
            child = parent
        }
    }

    /// Removes the least instant, which must exist.
    mutating func popLeast() {
        let last = items.removeLast()
        guard !items.isEmpty else { return }
        items[0] = last
        var parent = 0
        while true {
            var least = 2 * parent + 1
            guard least < items.count else { break }
            if least + 1 < items.count, items[least + 1].instant < items[least].instant {
                least += 1
            }
            guard items[least].instant < items[parent].instant else { break }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
