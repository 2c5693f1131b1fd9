import Model
import Support
import Value

/// Which pods each service selects, kept up to date change by change, so that a service costs what it
/// has and not what its namespace holds.
struct ServiceMembership {
    private struct Entry {
        let key: ObjectKey
        let selector: Object
        /// In the order the pods came, which means nothing; callers sort.
        var pods: Set<Slot>
    }

    /// By namespace, in the order the services came.
    private var entries: [String: [Entry]] = [:]

    /// Takes in a change of a service; a new selector is matched against the pods of the namespace.
    mutating func observeService(_ change: Change, in view: View) {
        let service = change.object
        let selector = ServiceView(service.value).selector
        let namespace = service.namespace
        if change.type != .deleted,
            entries[namespace]?.contains(where: {
                $0.key.name == service.name && $0.selector == selector
            }) == true
        {
            return
        }
        entries[namespace]?.removeAll { $0.key.name == service.name }
        guard change.type != .deleted, Self.hasManagedEndpoints(service) else { return }
        var pods: Set<Slot> = []
        for pod in view.objects(.pod, inNamespace: namespace)
        where Self.selects(selector, pod) { pods.insert(pod.slot) }
        entries[namespace, default: []].append(
            Entry(key: service.key, selector: selector, pods: pods))
    }

    /// Takes in a change of a pod; answers the services that selected it before or do so now.
    mutating func observePod(_ change: Change) -> [ObjectKey] {
        let pod = change.object
        guard var list = entries[pod.namespace] else { return [] }
        entries[pod.namespace] = nil
        var affected: [ObjectKey] = []
        for index in list.indices {
            let isSelected = change.type != .deleted && Self.selects(list[index].selector, pod)
            let wasSelected =
                isSelected
                ? !list[index].pods.insert(pod.slot).inserted
                : list[index].pods.remove(pod.slot) != nil
            if isSelected || wasSelected { affected.append(list[index].key) }
        }
        entries[pod.namespace] = list
        return affected
    }

    /// The pods that a service selects, by name.
    func pods(of service: ObjectKey, in view: View) -> [StoredObject] {
        guard let entry = entries[service.namespace]?.first(where: { $0.key == service }) else {
            return []
        }
        return entry.pods.compactMap { view.get(.pod, $0) }.sorted { $0.name < $1.name }
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
