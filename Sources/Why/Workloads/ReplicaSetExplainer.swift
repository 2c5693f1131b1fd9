import API
import Cluster
import Model
import Support
import Value

/// A ReplicaSet or ReplicationController: whether it has the pods that it wants, and who says how many.
enum ReplicaSetExplainer: Explainer {
    static let kinds = [Kind.replicaSet, Kind.replicationController]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        let view = ReplicaSetView(object.value)
        let name = inquiry.name(object)
        let status = view.status
        if let unseen = PlainObject.unseen(object, inquiry) { return unseen }
        if view.replicas == 0, status.replicas == 0 {
            return Finding(
                name, "wants no pods", heir(object, inquiry),
                since: ReplicaCount(object, inquiry).write?.time, state: .fine,
                because: ReplicaCount(object, inquiry).writer)
        }
        if status.replicas == view.replicas, status.availableReplicas == view.replicas {
            return Finding(
                name, "has its \(view.replicas) pods",
                "available: all", state: .fine)
        }
        var finding = Finding(
            name, "has not the pods that it wants",
            "\(status.replicas) of \(view.replicas) exist, available: \(status.availableReplicas)"
        )
        finding.because =
            RefusedPods(object, inquiry).findings
            + inquiry.troubles(inquiry.pods(of: object).filter { !$0.isDeleting })
        if finding.because.allSatisfy({ $0.state == .waiting }) { finding.state = .waiting }
        return finding
    }
}

extension ReplicaSetExplainer {
    /// What an old set of a Deployment is kept for.
    private static func heir(_ object: StoredObject, _ inquiry: Inquiry) -> String {
        guard let owner = inquiry.controller(of: object), owner.kind == .deployment,
            ReplicaCount(owner, inquiry).wanted > 0
        else { return "" }
        return "\(inquiry.name(owner)) has another template now, and keeps it for `rollout undo`"
    }
}

/// How many pods a workload asks for, and who said so.
struct ReplicaCount {
    private let object: StoredObject
    private let inquiry: Inquiry

    init(_ object: StoredObject, _ inquiry: Inquiry) {
        self.object = object
        self.inquiry = inquiry
    }

    /// The number, as its kind keeps it; 1 where the API leaves it out.
    var wanted: Int {
        object.kind == .job
            ? JobView(object.value).parallelism : object.value[.spec][.replicas].int ?? 1
    }

    /// The write that set the present number.
    var write: Change? {
        WrittenCause(inquiry).lastChange(of: object) { $0[.spec][.replicas] }
    }

    /// Who set it, and in answer to what.
    var writer: [Finding] {
        guard let write else { return [] }
        let written = WrittenCause(inquiry)
        let writes = written.origin(write)
        return [
            Finding(
                remark: written.line(write), state: .fine,
                because: writes.dropFirst().prefix(4).map {
                    Finding(remark: "in answer to: \(written.line($0))", state: .fine)
                })
        ]
    }

    /// What there is to say to `why deployment/web not 5 replicas`.
    func explain(_ count: Int, isNegated: Bool) -> Finding {
        let name = inquiry.name(object)
        let ready = object.value[.status].int(.readyReplicas)
        let shown = count == 1 ? "1 pod" : "\(count) pods"
        if wanted == 0, count == 0, !isNegated { return inquiry.explain(object) }
        if wanted != count { return otherWish(count) }
        let has = ready == count && object.value[.status].int(.replicas) == count
        guard isNegated || !has else {
            return Finding(
                name, "asks for \(shown), and has them", since: write?.time, state: .fine,
                because: writer)
        }
        if has {
            return Finding(
                name, "has \(shown), all of them ready", state: .fine, because: writer)
        }
        return Finding(
            name, "asks for \(shown), and has \(ready) that \(ready == 1 ? "is" : "are") ready",
            because: [inquiry.explain(object)])
    }

    /// It does not even ask for so many.
    private func otherWish(_ count: Int) -> Finding {
        let name = inquiry.name(object)
        var finding = Finding(
            name, "asks for \(wanted) pods, not for \(count)", because: writer)
        let type = inquiry.kinds[object.kind].singular
        if let autoscaler = autoscaler {
            let view = HorizontalPodAutoscalerView(autoscaler.value)
            let limits = view.minReplicas...max(view.minReplicas, view.maxReplicas)
            finding.because.append(inquiry.explain(autoscaler))
            if !limits.contains(count) {
                let field = count > view.maxReplicas ? "maxReplicas" : "minReplicas"
                finding.hints = [
                    Finding.Hint(
                        inquiry.command(
                            "patch hpa \(autoscaler.name) -p '{\"spec\":{\"\(field)\":\(count)}}'",
                            in: object.namespace), "lets the autoscaler go so far")
                ]
            }
            return finding
        }
        if let owner = inquiry.controller(of: object) {
            finding.because.append(inquiry.explain(owner))
            return finding
        }
        finding.hints = [
            Finding.Hint(
                inquiry.command(
                    "scale \(type)/\(object.name) --replicas=\(count)", in: object.namespace),
                "asks for so many")
        ]
        return finding
    }

    /// The autoscaler that decides.
    private var autoscaler: StoredObject? {
        inquiry.state.list(.horizontalPodAutoscaler, namespace: object.namespace) { autoscaler in
            let target = HorizontalPodAutoscalerView(autoscaler.value).scaleTarget
            return target.text(.name) == object.name
                && target.text(.kind) == inquiry.kinds[object.kind].name
        }.first
    }
}
