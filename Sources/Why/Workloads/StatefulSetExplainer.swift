import API
import Cluster
import Model
import Support
import Value

/// A StatefulSet: the ordinal that others wait for, and what of its strategy keeps pods as they are.
enum StatefulSetExplainer: Explainer {
    static let kinds = [Kind.statefulSet]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        StatefulRollout(object, inquiry).explain()
    }
}

private struct StatefulRollout {
    private let object: StoredObject
    private let view: StatefulSetView
    private let inquiry: Inquiry
    /// By ordinal.
    private let pods: [StoredObject]
    private var name: String { inquiry.name(object) }
    private static let revision = Key("controller-revision-hash")

    init(_ object: StoredObject, _ inquiry: Inquiry) {
        self.object = object
        self.inquiry = inquiry
        view = StatefulSetView(object.value)
        pods = inquiry.pods(of: object).sorted {
            PodView($0.value).ordinal ?? 0 < PodView($1.value).ordinal ?? 0
        }
    }

    func explain() -> Finding {
        if let unseen = PlainObject.unseen(object, inquiry) { return unseen }
        if view.replicas == 0, pods.isEmpty {
            return Finding(
                name, "asks for no pods", state: .fine,
                because: ReplicaCount(object, inquiry).writer)
        }
        let status = view.status
        let isWhole =
            status.replicas == view.replicas && status.availableReplicas == view.replicas
        let outdated = pods.filter { revision($0) != view.updateRevision }
        if isWhole, outdated.isEmpty {
            let count = view.replicas == 1 ? "its one pod is" : "all \(view.replicas) pods are"
            return Finding(name, "is rolled out", "\(count) available", state: .fine)
        }
        if isWhole, let kept = kept(outdated) { return kept }
        return stuck(outdated)
    }

    private func revision(_ pod: StoredObject) -> String {
        pod.value[.metadata][.labels][Self.revision].string ?? ""
    }

    // MARK: Nothing is wrong with the pods

    /// Old pods that the strategy keeps.
    private func kept(_ outdated: [StoredObject]) -> Finding? {
        let names = inquiry.list(outdated.map { inquiry.name($0) })
        if view.updateStrategyType == "OnDelete" {
            return Finding(
                name, "keeps old pods",
                "updateStrategy OnDelete: \(names) keep\(outdated.count == 1 ? "s" : "") the old "
                    + "template until somebody deletes \(outdated.count == 1 ? "it" : "them")",
                hints: [
                    Finding.Hint(
                        inquiry.command(
                            "delete pod \(outdated.map(\.name).joined(separator: " "))",
                            in: object.namespace), "has them made anew")
                ])
        }
        let below = outdated.allSatisfy {
            (PodView($0.value).ordinal ?? 0) < view.startOrdinal + view.partition
        }
        guard view.partition > 0, below else { return nil }
        return Finding(
            name, "keeps old pods",
            "partition \(view.partition): ordinals below \(view.startOrdinal + view.partition) "
                + "keep the old template (\(names))",
            hints: [
                Finding.Hint(
                    inquiry.command(
                        "patch sts \(object.name) -p '{\"spec\":{\"updateStrategy\":"
                            + "{\"rollingUpdate\":{\"partition\":0}}}}'", in: object.namespace),
                    "lets the rollout reach them")
            ])
    }

    // MARK: A pod holds it

    private func stuck(_ outdated: [StoredObject]) -> Finding {
        let status = view.status
        var finding = Finding(
            name, "is not rolled out",
            "\(status.replicas) of \(view.replicas) pods exist, available: "
                + "\(status.availableReplicas), of the present template: "
                + "\(pods.count - outdated.count)")
        let troubled = pods.filter { !isAvailable($0) }
        finding.because = RefusedPods(object, inquiry).findings
        if view.podManagementPolicy == "Parallel" {
            finding.because += inquiry.troubles(troubled)
        } else if let first = troubled.first {
            finding.because += [inquiry.explain(first)] + followers(first)
        }
        if let broken = unfreed(troubled) {
            finding.because.append(broken)
        } else if !outdated.isEmpty, let first = troubled.first {
            finding.because.append(
                Finding(
                    remark:
                        "the rollout replaces one pod at a time, the highest ordinal first, and "
                        + "waits until \(inquiry.name(first)) is available",
                    state: .waiting))
        }
        let hints = finding.because.flatMap(\.hints)
        if hints.isEmpty, finding.because.allSatisfy({ $0.state == .waiting }) {
            finding.state = .waiting
        }
        return finding
    }

    private func isAvailable(_ pod: StoredObject) -> Bool {
        !pod.isDeleting
            && PodView(pod.value).isAvailable(
                minReadySeconds: view.minReadySeconds, now: Timestamp(worldTime: inquiry.now))
    }

    /// The ordinals that do not exist because one before them is not ready.
    private func followers(_ first: StoredObject) -> [Finding] {
        let missing = view.replicas - pods.count
        guard missing > 0, let ordinal = PodView(first.value).ordinal else { return [] }
        let next = pods.compactMap { PodView($0.value).ordinal }.max().map { $0 + 1 } ?? ordinal + 1
        return [
            Finding(
                remark: "podManagementPolicy OrderedReady: \(object.name)-\(next)"
                    + (missing > 1 ? " and \(missing - 1) more wait" : " waits")
                    + " until \(inquiry.name(first)) is ready",
                state: .waiting)
        ]
    }

    /// A pod of a broken template that stays although the set has another by now: it is not replaced
    /// before it is ready (kubernetes#67250).
    private func unfreed(_ troubled: [StoredObject]) -> Finding? {
        guard view.podManagementPolicy != "Parallel",
            let pod = troubled.first(where: {
                revision($0) != view.updateRevision && !$0.isDeleting && $0.nodeName != nil
                    || revision($0) != view.updateRevision && !$0.isDeleting
            })
        else { return nil }
        return Finding(
            remark: "\(inquiry.name(pod)) has an old template, and is not replaced before it is "
                + "ready: undoing a rollout does not free it",
            because: [],
            hints: [
                Finding.Hint(
                    inquiry.command("delete pod \(pod.name)", in: pod.namespace),
                    "has it made anew from the present template")
            ])
    }
}

extension Finding {
    init(remark text: String, because: [Finding], hints: [Hint]) {
        self.init("", text, because: because, hints: hints)
    }
}
