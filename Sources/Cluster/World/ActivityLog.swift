import API
import Model

/// Who was at work, and on what: kept while somebody wants to know why a world does not come to rest.
struct ActivityLog {
    private struct Subject: Hashable {
        let component: ComponentID
        let key: ObjectKey?
    }

    private var counts: [Subject: Int] = [:]
    /// Components that go by objects: their events as such say nothing more.
    private var keyed: Set<ComponentID> = []

    /// A component takes its turn for something that is work.
    mutating func note(_ component: ComponentID) {
        counts[Subject(component: component, key: nil), default: 0] += 1
    }

    /// A component looks at an object.
    mutating func note(_ component: ComponentID, _ key: ObjectKey) {
        keyed.insert(component)
        counts[Subject(component: component, key: key), default: 0] += 1
    }

    /// What was done, the most frequent first, then by component and key.
    func activities(_ name: (ComponentID) -> String) -> [Restlessness.Activity] {
        counts.filter { $0.key.key != nil || !keyed.contains($0.key.component) }.map {
            Restlessness.Activity(
                component: name($0.key.component), key: $0.key.key, count: $0.value)
        }.sorted { left, right in
            if left.count != right.count { return left.count > right.count }
            if left.component != right.component { return left.component < right.component }
            return left.key?.description ?? "" < right.key?.description ?? ""
        }
    }
}
