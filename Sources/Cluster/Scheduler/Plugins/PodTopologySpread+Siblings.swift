import Model
import Support
import Value

// tidy: no copy: a copy begins without (see SchedulerCache)
/// What ``Siblings`` found for recent templates, as long as services and owner stay what they were.
final class SiblingsMemory: PluginMemory {
    private struct Entry {
        /// Kept, so that the identity stays taken.
        let needs: PodNeeds
        /// Those of the namespace, and the version of the view's services at which they were.
        let services: [StoredObject]
        var version: Int
        let owner: Value
        let selector: LabelSelector?
    }

    private static let capacity = 1024
    private var entries: [ObjectIdentifier: Entry] = [:]

    init() {}

    /// What pods of the same services and controller have in common; nil for a lone pod.
    func selector(of pod: PodToPlace) -> LabelSelector? {
        let owner = Siblings.ownerSelector(of: pod.object, in: pod.view)
        let needs = ObjectIdentifier(pod.needs)
        let version = pod.view.version(of: .service)
        if let known = entries[needs], known.version == version, known.owner == owner {
            return known.selector
        }
        let services = pod.view.objects(.service, inNamespace: pod.object.namespace)
        if let known = entries[needs], known.services == services, known.owner == owner {
            entries[needs]?.version = version
            return known.selector
        }
        let selector = Siblings.selector(of: pod.object, services, owner)
        if entries.count >= Self.capacity { entries.removeAll(keepingCapacity: true) }
        entries[needs] = Entry(
            needs: pod.needs, services: services, version: version, owner: owner,
            selector: selector)
        return selector
    }
}

/// Which pods belong together for the default spreading: those that the services of a pod select
/// and its controller selects (upstream: scheduler's helper.DefaultSelector).
enum Siblings {
    static func selector(
        of pod: StoredObject, _ services: [StoredObject], _ owner: Value
    ) -> LabelSelector? {
        let labels = pod.value[.metadata][.labels].fields
        var wanted = Object()
        if !labels.isEmpty {
            for service in services {
                let selector = service.value[.spec][.selector].fields
                guard !selector.isEmpty, contains(labels, selector) else { continue }
                for field in selector { wanted.set(field.key, to: field.value) }
            }
        }
        var selector: Value = wanted.isEmpty ? .null : [.matchLabels: .object(wanted)]
        merge(owner, into: &selector)
        return selector.isNull ? nil : LabelSelector(selector)
    }

    private static func contains(_ labels: Object, _ part: Object) -> Bool {
        part.allSatisfy { labels[$0.key] == $0.value }
    }

    /// The selector of the set that controls `pod`; null without one.
    static func ownerSelector(of pod: StoredObject, in view: View) -> Value {
        guard let reference = pod.controllerReference else { return .null }
        let kind: Kind
        switch reference.text(.kind) {
        case "ReplicaSet": kind = .replicaSet
        case "StatefulSet": kind = .statefulSet
        case "ReplicationController": kind = .replicationController
        default: return .null
        }
        guard
            let owner = view.get(kind, namespace: pod.namespace, name: reference.text(.name))
        else { return .null }
        let selector = owner.value[.spec][.selector]
        return kind == .replicationController ? [.matchLabels: selector] : selector
    }

    private static func merge(_ other: Value, into selector: inout Value) {
        for field in other[.matchLabels].fields { selector[.matchLabels][field.key] = field.value }
        for requirement in other[.matchExpressions].elements {
            selector[.matchExpressions].append(requirement)
        }
    }
}
