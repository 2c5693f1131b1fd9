import API
import Cluster
import Model
import Support
import Value

/// A pod: whether it has a node, runs, is ready, and what keeps it from that.
enum PodExplainer: Explainer {
    static let kinds = [Kind.pod]

    static func explain(_ pod: StoredObject, _ inquiry: Inquiry) -> Finding {
        let view = PodView(pod.value)
        let name = inquiry.name(pod)
        if inquiry.question.showsNodes, case .object(.pod, pod.key) = inquiry.question.subject {
            var finding = state(pod, view, name, inquiry)
            finding.because.insert(PodPlacement(pod, inquiry).table(), at: 0)
            return finding
        }
        return state(pod, view, name, inquiry)
    }

    private static func state(
        _ pod: StoredObject, _ view: PodView, _ name: String, _ inquiry: Inquiry
    ) -> Finding {
        let conditions = view.conditions
        switch view.status.phase {
        case "Succeeded":
            return Finding(
                name, "has succeeded", since: PodEnding.finished(view, inquiry), state: .fine)
        case "Failed": return PodEnding.failed(pod, view, inquiry)
        default: break
        }
        guard let nodeName = pod.nodeName, !nodeName.isEmpty else {
            return PodPlacement(pod, inquiry).explain()
        }
        let since = conditions["Ready"].flatMap {
            inquiry.time($0.value[.lastTransitionTime])
        }
        if let trouble = nodeTrouble(pod, nodeName, name, since, inquiry) { return trouble }
        if view.isReady {
            return Finding(
                name, "runs on \(nodeName) and is ready", since: since, state: .fine,
                because: restarts(view, inquiry))
        }
        return PodContainers(pod, view, inquiry).explain(since: since)
    }

    /// That containers of a pod ended before.
    private static func restarts(_ view: PodView, _ inquiry: Inquiry) -> [Finding] {
        view.status.containerStatuses.filter { $0.restartCount > 0 }.map { status in
            let last = status.lastTerminated
            let ago = inquiry.time(last[.finishedAt]).map { ", \(inquiry.age($0)) ago" } ?? ""
            return Finding(
                remark: "container \(status.name) was restarted "
                    + PodContainers.times(status.restartCount) + ", the last time after exit code "
                    + "\(last.int(.exitCode))\(PodContainers.reasonOfEnd(last))\(ago)",
                state: .fine)
        }
    }

    /// That the node of a pod is gone or does not answer.
    private static func nodeTrouble(
        _ pod: StoredObject, _ nodeName: String, _ name: String, _ since: Milliseconds?,
        _ inquiry: Inquiry
    ) -> Finding? {
        guard let node = inquiry.get(.node, nodeName) else {
            return Finding(
                name, "is on \(nodeName), a node that is gone",
                "the garbage collector of pods removes it", since: since, state: .waiting)
        }
        guard !NodeView(node.value).isReady else { return nil }
        let finding = inquiry.explain(node)
        guard !finding.isFine else { return nil }
        return Finding(
            name, "is not ready", "its node \(nodeName) is not", since: since,
            because: [finding] + eviction(pod, node, inquiry))
    }

    /// When the taints of the node will have the pod evicted.
    private static func eviction(
        _ pod: StoredObject, _ node: StoredObject, _ inquiry: Inquiry
    ) -> [Finding] {
        let tolerations = PodSpecView(pod.value[.spec]).tolerations.map { Toleration($0) }
        for taint in NodeView(node.value).taints where taint.effect == "NoExecute" {
            let fitting = tolerations.filter { $0.tolerates(taint) }
            guard !fitting.isEmpty, let added = taint.timeAdded.flatMap({ Timestamp(parsing: $0) })
            else { continue }
            let seconds = fitting.compactMap(\.tolerationSeconds)
            guard seconds.count == fitting.count, let least = seconds.min() else {
                return [Finding(remark: "it tolerates \(taint.key) for ever", state: .waiting)]
            }
            let due = added.worldTime + Milliseconds(seconds: least)
            return [
                Finding(
                    remark: "it tolerates \(taint.key) for \(least)s: it is evicted "
                        + (due > inquiry.now
                            ? "in \(Inquiry.text(due - inquiry.now))" : "now"),
                    state: .waiting)
            ]
        }
        return []
    }
}

/// A pod that has ended.
enum PodEnding {
    /// When the last container ended.
    static func finished(_ view: PodView, _ inquiry: Inquiry) -> Milliseconds? {
        view.status.containerStatuses.compactMap {
            inquiry.time($0.terminated[.finishedAt])
        }.max()
    }

    static func failed(_ pod: StoredObject, _ view: PodView, _ inquiry: Inquiry) -> Finding {
        let status = view.status
        let name = inquiry.name(pod)
        let since = finished(view, inquiry) ?? lastChange(pod, inquiry)
        if !status.reason.isEmpty {
            let text = status.reason == "Evicted" ? "was evicted" : "was refused by the kubelet"
            let isEvicted = status.reason == "Evicted"
            let message = status.message.trimmed { $0 == " " }
            return Finding(
                name, text, isEvicted ? message : "\(status.reason): \(message)", since: since,
                because: (isEvicted ? [] : disruption(view)) + nodePressure(pod, inquiry))
        }
        let ended = status.containerStatuses.first { $0.terminated.int(.exitCode) != 0 }
        let detail = ended.map {
            "container \($0.name) ended with exit code \($0.terminated.int(.exitCode))"
                + PodContainers.reasonOfEnd($0.terminated)
        }
        return Finding(
            name, "has failed", detail ?? "", since: since, because: disruption(view))
    }

    private static func lastChange(_ pod: StoredObject, _ inquiry: Inquiry) -> Milliseconds? {
        WrittenCause(inquiry).lastChange(of: pod) { $0[.status].text(.phase) }?.time
    }

    /// Why the pod was disrupted, where whoever did it says so.
    static func disruption(_ view: PodView) -> [Finding] {
        guard let condition = view.conditions["DisruptionTarget"], condition.status == "True"
        else { return [] }
        return [Finding(remark: words(condition))]
    }

    /// The condition DisruptionTarget in words.
    static func words(_ condition: Condition) -> String {
        switch condition.reason {
        case "PreemptionByScheduler":
            "the scheduler took it away to make room for a pod of higher priority"
        case "DeletionByTaintManager":
            "it does not tolerate a NoExecute taint of its node"
        case "EvictionByEvictionAPI": "somebody evicted it, as drain does"
        case "TerminationByKubelet": "its kubelet ended it: \(condition.message)"
        case "DeletionByPodGC": "its node is gone: the garbage collector of pods removed it"
        case let other: "\(other): \(condition.message)"
        }
    }

    private static func nodePressure(_ pod: StoredObject, _ inquiry: Inquiry) -> [Finding] {
        guard let name = pod.nodeName, let node = inquiry.get(.node, name) else { return [] }
        let finding = inquiry.explain(node)
        return finding.isFine ? [] : [finding]
    }
}
