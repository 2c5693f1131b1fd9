import Support
import Testing

@testable import Cluster

@Suite("a bounded cache")
struct LRUCacheTests {
    @Test("what was used least recently makes room")
    func order() {
        var cache = LRUCache<String>(capacity: 3)
        for key in 1...3 { cache.set(UInt64(key), to: "\(key)") }
        #expect(cache[1] == "1")
        cache.set(2, to: "two")
        cache.set(4, to: "4")
        #expect(cache[3] == nil)
        #expect(cache[1] == "1" && cache[2] == "two" && cache[4] == "4")
        #expect(cache.count == 3)
    }

    @Test("it holds what a list of the last used keys holds", arguments: [1, 2, 7, 64])
    func model(capacity: Int) {
        var cache = LRUCache<Int>(capacity: capacity)
        var model: [(key: UInt64, element: Int)] = []
        var random = RandomStream(seed: UInt64(capacity))
        for step in 0..<5_000 {
            let key = UInt64(random.below(3 * capacity + 1))
            let place = model.firstIndex { $0.key == key }
            let choice = random.below(3)
            if choice == 0 {
                let old = cache.modify(key) { element in
                    defer { element = step }
                    return element
                }
                #expect(old == place.map { model[$0].element })
                if let place {
                    model.remove(at: place)
                    model.append((key, step))
                }
            } else if choice == 1 {
                #expect(cache[key] == place.map { model[$0].element })
                if let place { model.append(model.remove(at: place)) }
            } else {
                cache.set(key, to: step)
                if let place { model.remove(at: place) }
                model.append((key, step))
                if model.count > capacity { model.removeFirst() }
            }
            #expect(cache.count == model.count)
        }
    }
}
