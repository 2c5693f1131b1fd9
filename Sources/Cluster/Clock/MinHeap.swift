/// A binary min-heap of instants. Pushing and popping are O(log n), looking at the least is O(1).
struct MinHeap {
    private var items: [Int64] = []

    init() {}

    /// A heap of instants that rise.
    init(sorted items: [Int64]) { self.items = items }

    var count: Int { items.count }

    var isEmpty: Bool { items.isEmpty }

    /// The least instant; nil when the heap is empty.
    var least: Int64? { items.first }

    mutating func push(_ item: Int64) {
        items.append(item)
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard items[child] < items[parent] else { break }
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
            if least + 1 < items.count, items[least + 1] < items[least] { least += 1 }
            guard items[least] < items[parent] else { break }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
