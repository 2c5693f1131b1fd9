import API
import Cluster
import Model
import Support
import Value

/// An object that is not there any more, as the log of writes tells of it.
struct Gone {
    private let kind: Kind
    private let key: ObjectKey
    private let inquiry: Inquiry

    init(_ kind: Kind, _ key: ObjectKey, _ inquiry: Inquiry) {
        self.kind = kind
        self.key = key
        self.inquiry = inquiry
    }

    private var name: String { inquiry.name(kind, key.name, in: key.namespace) }

    /// Nil where the log tells of no such object.
    func explain() -> Finding? {
        let written = WrittenCause(inquiry)
        guard let removal = written.last(kind, key, where: { $0.type == .deleted }) else {
            return nil
        }
        let object = removal.object
        var finding = Finding(name, "is gone", since: removal.time, state: .gone)
        finding.detail = detail(object, removal)
        if let request = Leaving.request(object, inquiry) {
            finding.because.append(Origin(request, inquiry).finding)
        } else {
            finding.because.append(Origin(removal, inquiry).finding)
        }
        finding.because += evictor(object) + tainter(object, removal)
        if let heir = heir(object) { finding.because.append(heir) }
        return finding
    }

    private func detail(_ object: StoredObject, _ removal: Change) -> String {
        guard kind == .pod else { return "" }
        let view = PodView(object.value)
        if let condition = view.conditions["DisruptionTarget"], condition.status == "True" {
            return PodEnding.words(condition)
        }
        let written = WrittenCause(inquiry)
        let actor = written.actor(Leaving.request(object, inquiry) ?? removal)
        return switch actor {
        case "kubectl": ""
        case "generic-garbage-collector":
            "its owner is gone, and it went after it"
        case "namespace-controller": "its namespace \(key.namespace) was deleted"
        default: controllerWords(object)
        }
    }

    /// What made a controller take its own pod away.
    private func controllerWords(_ object: StoredObject) -> String {
        guard let owner = inquiry.controller(of: object) else { return "" }
        let template = object.value[.metadata][.labels]["pod-template-hash"]
        if owner.kind == .replicaSet, !template.isNull {
            let count = ReplicaSetView(owner.value).replicas
            return "\(inquiry.name(owner)) has \(count) pods now"
        }
        return ""
    }

    /// The pod for which the scheduler took it away.
    private func evictor(_ object: StoredObject) -> [Finding] {
        let event = inquiry.cluster.events(about: object).last { $0.reason == "Preempted" }
        guard let event, kind == .pod else { return [] }
        let uid = event.message.split(separator: " ").dropFirst(3).first.map(String.init)
        let pod = inquiry.state.list(.pod) { $0.uid == uid }.first
        return pod.map {
            [
                Finding(
                    remark: "preempted by \(inquiry.name($0)) (priority "
                        + "\($0.value[.spec].int(.priority)), its own was "
                        + "\(object.value[.spec].int(.priority)))")
            ]
        } ?? []
    }

    /// Who tainted the node of a pod that did not tolerate it.
    private func tainter(_ object: StoredObject, _ removal: Change) -> [Finding] {
        guard kind == .pod, let node = object.nodeName,
            PodView(object.value).conditions["DisruptionTarget"]?.reason == "DeletionByTaintManager"
        else { return [] }
        let written = WrittenCause(inquiry)
        let key = ObjectKey(namespace: "", name: node)
        let write = written.last(.node, key) { change in
            change.time <= removal.time
                && change.old?.value[.spec][.taints] != change.object.value[.spec][.taints]
        }
        return write.map { [Finding(remark: "the taint: \(written.line($0))")] } ?? []
    }

    /// An object of the same name that came after it.
    private func heir(_ object: StoredObject) -> Finding? {
        guard let now = inquiry.state.get(kind, key), now.uid != object.uid else { return nil }
        return Finding(
            name, "was made anew", since: inquiry.created(now), state: .fine,
            because: [inquiry.explain(now)])
    }
}
