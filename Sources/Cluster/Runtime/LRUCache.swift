/// A table of a bounded number of entries, by keys that are hashes already: what was used least recently
/// makes room for what is new. Looking up and adding are O(1).
struct LRUCache<Element> {
    /// Plain numbers, so that moving in the chain counts no references.
    private struct Node {
        var key: UInt64
        /// Towards what was used more recently; -1 at the end.
        var newer: Int32
        /// Towards what was used less recently; -1 at the end.
        var older: Int32
    }

    private let capacity: Int
    private var nodes: [Node] = []
    private var elements: [Element] = []
    private var places: [UInt64: Int32] = [:]
    private var newest: Int32 = -1
    private var oldest: Int32 = -1

    /// - Parameter capacity: how many entries there may be, at least one.
    init(capacity: Int) {
        precondition(capacity > 0, "a cache has room for something")
        self.capacity = capacity
    }

    /// The number of entries.
    var count: Int { nodes.count }

    /// The entry under `key`, which counts as used; nil where there is none.
    subscript(key: UInt64) -> Element? {
        mutating get {
            guard let place = places[key] else { return nil }
            use(place)
            return elements[Int(place)]
        }
    }

    /// Changes the entry under `key`, which counts as used; nil where there is none.
    mutating func modify<Answer>(
        _ key: UInt64, _ change: (inout Element) -> Answer
    ) -> Answer? {
        guard let place = places[key] else { return nil }
        use(place)
        return change(&elements[Int(place)])
    }

    /// Puts `element` under `key`, in the place of the one that is there, or of the least recently used one
    /// where there is no room.
    mutating func set(_ key: UInt64, to element: Element) {
        if let place = places[key] {
            use(place)
            elements[Int(place)] = element
            return
        }
        let place: Int32
        if nodes.count < capacity {
            place = Int32(nodes.count)
            nodes.append(Node(key: key, newer: -1, older: -1))
            elements.append(element)
        } else {
            place = oldest
            unlink(place)
            places[nodes[Int(place)].key] = nil
            nodes[Int(place)].key = key
            elements[Int(place)] = element
        }
        places[key] = place
        link(place)
    }

    private mutating func use(_ place: Int32) {
        guard place != newest else { return }
        unlink(place)
        link(place)
    }

    /// Puts a node at the new end.
    private mutating func link(_ place: Int32) {
        nodes[Int(place)].newer = -1
        nodes[Int(place)].older = newest
        if newest >= 0 { nodes[Int(newest)].newer = place }
        newest = place
        if oldest < 0 { oldest = place }
    }

    /// Takes a node out of the chain.
    private mutating func unlink(_ place: Int32) {
        let node = nodes[Int(place)]
        if node.newer >= 0 {
            nodes[Int(node.newer)].older = node.older
        } else {
            newest = node.older
        }
        if node.older >= 0 {
            nodes[Int(node.older)].newer = node.newer
        } else {
            oldest = node.newer
        }
    }
}
