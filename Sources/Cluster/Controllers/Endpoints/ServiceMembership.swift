import Model
import Support
import Value

/// Which pods each service selects, kept up to date change by change: a pod costs a look at the services
/// that demand one of its labels, a service what it has and not what its namespace holds.
struct ServiceMembership {
    private struct Entry {
        let key: ObjectKey
        let selector: Object
        /// Ordered by name.
        var pods: [Member] = []

        var label: LabelIndex.Label? {
            selector.first.map { LabelIndex.Label(key: $0.key, value: $0.value.string ?? "") }
        }

        /// The place of the pod, or the one that it would have.
        private func place(of name: String) -> Int {
            var (low, high) = (0, pods.count)
            while low < high {
                let middle = (low + high) / 2
                if pods[middle].name < name { low = middle + 1 } else { high = middle }
            }
            return low
        }

        /// Answers whether the pod was there already.
        mutating func insert(_ pod: StoredObject) -> Bool {
            let place = place(of: pod.name)
            if place < pods.count, pods[place].slot == pod.slot { return true }
            pods.insert(Member(name: pod.name, slot: pod.slot), at: place)
            return false
        }

        /// Answers whether the pod was there.
        mutating func remove(_ pod: StoredObject) -> Bool {
            let place = place(of: pod.name)
            guard place < pods.count, pods[place].slot == pod.slot else { return false }
            pods.remove(at: place)
            return true
        }
    }

    private struct Member {
        let name: String
        let slot: Slot
    }

    /// The services of a namespace by rising numbers: in the order they came.
    private struct Namespace {
        var entries: [Int: Entry] = [:]
        var numbers: [String: Int] = [:]
        var labels = LabelIndex()
    }

    private var namespaces: [String: Namespace] = [:]
    private var lastNumber = 0
    /// By pod: the numbers of the services that selected it last.
    private var selecting: [Slot: [Int]] = [:]

    /// Takes in a change of a service; a new selector is matched against the pods of the namespace.
    mutating func observeService(_ change: Change, in view: View) {
        let service = change.object
        let selector = ServiceView(service.value).selector
        let namespace = service.namespace
        if change.type != .deleted, entry(of: service.key)?.selector == selector { return }
        remove(service.key)
        guard change.type != .deleted, Self.hasManagedEndpoints(service) else { return }
        lastNumber += 1
        var entry = Entry(key: service.key, selector: selector)
        for pod in view.pods(inNamespace: namespace, demanding: entry.label)
        where Self.selects(selector, pod) {
            _ = entry.insert(pod)
            selecting[pod.slot, default: []].append(lastNumber)
        }
        namespaces[namespace, default: Namespace()].entries[lastNumber] = entry
        namespaces[namespace]?.numbers[service.name] = lastNumber
        namespaces[namespace]?.labels.add(lastNumber, demanding: entry.label)
    }

    private func entry(of service: ObjectKey) -> Entry? {
        guard let namespace = namespaces[service.namespace],
            let number = namespace.numbers[service.name]
        else { return nil }
        return namespace.entries[number]
    }

    private mutating func remove(_ service: ObjectKey) {
        guard let number = namespaces[service.namespace]?.numbers.removeValue(forKey: service.name),
            let entry = namespaces[service.namespace]?.entries.removeValue(forKey: number)
        else { return }
        namespaces[service.namespace]?.labels.remove(number, demanding: entry.label)
        for pod in entry.pods {
            selecting[pod.slot]?.removeAll { $0 == number }
            if selecting[pod.slot]?.isEmpty == true { selecting[pod.slot] = nil }
        }
        if namespaces[service.namespace]?.entries.isEmpty == true {
            namespaces[service.namespace] = nil
        }
    }

    /// Takes in a change of a pod; answers the services that selected it before or do so now.
    mutating func observePod(_ change: Change) -> [ObjectKey] {
        let pod = change.object
        let before = selecting[pod.slot] ?? []
        let now = change.type == .deleted ? [] : numbers(selecting: pod)
        if now == before { return keys(now, in: pod.namespace) }
        for number in now where !before.contains(number) {
            _ = namespaces[pod.namespace]?.entries[number]?.insert(pod)
        }
        for number in before where !now.contains(number) {
            _ = namespaces[pod.namespace]?.entries[number]?.remove(pod)
        }
        selecting[pod.slot] = now.isEmpty ? nil : now
        return keys(Set(now + before).sorted(), in: pod.namespace)
    }

    /// The services that select a pod.
    private func numbers(selecting pod: StoredObject) -> [Int] {
        guard let namespace = namespaces[pod.namespace] else { return [] }
        let labels = pod.value[.metadata][.labels].fields
        return namespace.labels.candidates(labels).filter { number in
            namespace.entries[number].map { Self.selects($0.selector, pod) } ?? false
        }
    }

    private func keys(_ numbers: [Int], in namespace: String) -> [ObjectKey] {
        numbers.isEmpty
            ? [] : numbers.compactMap { namespaces[namespace]?.entries[$0]?.key }
    }

    /// The pods that a service selects, by name.
    func pods(of service: ObjectKey, in view: View) -> [StoredObject] {
        guard let entry = entry(of: service) else { return [] }
        return entry.pods.compactMap { view.get(.pod, $0.slot) }
    }

    /// Whether a service selects the pod in a slot.
    func selects(_ service: ObjectKey, _ pod: Slot) -> Bool {
        guard let number = namespaces[service.namespace]?.numbers[service.name] else {
            return false
        }
        return selecting[pod]?.contains(number) ?? false
    }

    /// The services that select the pod in a slot.
    func services(selecting pod: StoredObject) -> [ObjectKey] {
        keys(selecting[pod.slot] ?? [], in: pod.namespace)
    }

    private static func selects(_ selector: Object, _ pod: StoredObject) -> Bool {
        let labels = pod.value[.metadata][.labels]
        return selector.allSatisfy { labels[$0.key] == $0.value }
    }

    /// Whether the endpoints of a service follow from pods: those of a service without selector are
    /// written by hand, an ExternalName has none.
    static func hasManagedEndpoints(_ service: StoredObject) -> Bool {
        let view = ServiceView(service.value)
        return !view.selector.isEmpty && view.type != "ExternalName"
    }

    /// Whether a change of a pod can change endpoints (`podEndpointsChanged`).
    static func isWorth(_ change: Change) -> Bool {
        guard let old = change.old, change.type == .modified else { return true }
        let new = change.object
        return old.isDeleting != new.isDeleting
            || old.value[.metadata][.labels] != new.value[.metadata][.labels]
            || old.value[.status][.podIP] != new.value[.status][.podIP]
            || old.value[.status][.phase] != new.value[.status][.phase]
            || PodView(old.value).isReady != PodView(new.value).isReady
            || old.nodeName != new.nodeName
    }
}
