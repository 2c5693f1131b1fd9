import Model
import Support
import Value

/// Which pods belong together for the default spreading: those that the services of a pod select
/// and its controller selects (upstream: scheduler's helper.DefaultSelector).
enum Siblings {
    static func selector(of pod: StoredObject, in view: View) -> LabelSelector? {
        let labels = pod.value[.metadata][.labels].fields
        var wanted = Object()
        if !labels.isEmpty {
            for service in view.objects(.service, inNamespace: pod.namespace) {
                let selector = service.value[.spec][.selector].fields
                guard !selector.isEmpty, contains(labels, selector) else { continue }
                for field in selector { wanted.set(field.key, to: field.value) }
            }
        }
        var selector: Value = wanted.isEmpty ? .null : [.matchLabels: .object(wanted)]
        merge(ownerSelector(of: pod, in: view), into: &selector)
        return selector.isNull ? nil : LabelSelector(selector)
    }

    private static func contains(_ labels: Object, _ part: Object) -> Bool {
        part.allSatisfy { labels[$0.key] == $0.value }
    }

    private static func ownerSelector(of pod: StoredObject, in view: View) -> Value {
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
