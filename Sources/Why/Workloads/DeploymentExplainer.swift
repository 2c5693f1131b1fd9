import API
import Cluster
import Model
import Support
import Value

/// A Deployment: whether its rollout is done, and which limit or which pod holds it.
enum DeploymentExplainer: Explainer {
    static let kinds = [Kind.deployment]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        DeploymentRollout(object, inquiry).explain()
    }
}

/// A Deployment with its ReplicaSets, as its controller sees them.
struct DeploymentRollout {
    private let object: StoredObject
    private let view: DeploymentView
    private let inquiry: Inquiry
    /// The set of the present template; nil while there is none.
    private let new: StoredObject?
    /// Other sets that still want pods.
    private let old: [StoredObject]
    private let sets: [StoredObject]
    private var name: String { inquiry.name(object) }

    init(_ object: StoredObject, _ inquiry: Inquiry) {
        self.object = object
        self.inquiry = inquiry
        view = DeploymentView(object.value)
        let sets = inquiry.controlled(.replicaSet, by: object)
        let template = Self.withoutHash(view.template)
        let new = sets.first { Self.withoutHash(ReplicaSetView($0.value).template) == template }
        self.new = new
        self.sets = sets
        old = sets.filter { $0 !== new && ReplicaSetView($0.value).replicas > 0 }
    }

    /// What two templates are compared by (`EqualIgnoreHash`).
    private static func withoutHash(_ template: Value) -> Value {
        var template = template
        template[.metadata][.labels]["pod-template-hash"] = .null
        return template
    }

    func explain() -> Finding {
        if view.isPaused, new == nil || !old.isEmpty { return paused() }
        if let unseen = PlainObject.unseen(object, inquiry) { return unseen }
        let status = view.status
        if status.updatedReplicas == view.replicas, status.availableReplicas == view.replicas,
            status.replicas == view.replicas
        {
            return done()
        }
        return stuck()
    }

    private func done() -> Finding {
        let progress = view.conditions["Progressing"]
        let since =
            progress.flatMap { inquiry.time($0.value[.lastUpdateTime]) }
            ?? view.conditions["Available"].flatMap {
                inquiry.time($0.value[.lastTransitionTime])
            }
        guard view.replicas > 0 else {
            return Finding(
                name, "asks for no pods", since: ReplicaCount(object, inquiry).write?.time,
                state: .fine, because: ReplicaCount(object, inquiry).writer)
        }
        let count = view.replicas == 1 ? "its one pod" : "all \(view.replicas) pods"
        return Finding(
            name, "is rolled out",
            "\(count) of the present template \(view.replicas == 1 ? "is" : "are") available",
            since: since, state: .fine)
    }

    private func paused() -> Finding {
        let since = view.conditions["Progressing"].flatMap {
            $0.reason == "DeploymentPaused"
                ? inquiry.time($0.value[.lastTransitionTime]) : nil
        }
        return Finding(
            name, "is paused", "its present template is not rolled out while it is",
            since: since, because: changed,
            hints: [
                Finding.Hint(
                    inquiry.command(
                        "rollout resume deployment/\(object.name)", in: object.namespace),
                    "lets the rollout go on")
            ])
    }

    // MARK: What holds it

    private func stuck() -> Finding {
        let status = view.status
        let left = old.reduce(0) { $0 + $1.value[.status].int(.replicas) }
        var finding = Finding(
            name, "is not rolled out",
            "\(status.updatedReplicas) of \(view.replicas) pods have the present template, "
                + "\(new?.value[.status].int(.availableReplicas) ?? 0) of these available"
                + (left > 0 ? "; old pods: \(left)" : ""))
        let broken = troubles()
        let refusal = self.refusal
        finding.because = refusal + broken + (refusal.isEmpty ? limits(broken) : [])
        finding.hints = broken.isEmpty ? [] : hints(broken)
        if finding.because.allSatisfy({ $0.state == .waiting }) { finding.state = .waiting }
        if let deadline { finding.because.append(deadline) }
        finding.because += changed
        // Hints about the workload stand once, under it.
        let own = Set(finding.hints)
        for index in finding.because.indices {
            finding.because[index].hints.removeAll { own.contains($0) }
        }
        return finding
    }

    private func hints(_ broken: [Finding]) -> [Finding.Hint] {
        broken.flatMap(\.hints).filter { !$0.command.isEmpty }.prefix(1).map { $0 }
    }

    /// That pods are not even made.
    private var refusal: [Finding] {
        let set = new ?? old.first
        return set.map { RefusedPods($0, inquiry).findings } ?? []
    }

    /// The pods of the present template that are not available; of the others where there are none.
    private func troubles() -> [Finding] {
        let pods = (new.map { inquiry.pods(of: $0) } ?? []).filter { !$0.isDeleting }
        let found = inquiry.troubles(pods) + unavailable(pods)
        if !found.isEmpty { return found }
        return inquiry.troubles(old.flatMap { inquiry.pods(of: $0) }.filter { !$0.isDeleting })
    }

    /// Ready pods that do not count yet.
    private func unavailable(_ pods: [StoredObject]) -> [Finding] {
        let seconds = view.minReadySeconds
        guard seconds > 0 else { return [] }
        let waiting = pods.compactMap { pod -> (StoredObject, Milliseconds)? in
            guard let instant = PodView(pod.value).availableAt(minReadySeconds: seconds),
                instant.worldTime > inquiry.now
            else { return nil }
            return (pod, instant.worldTime - inquiry.now)
        }
        return waiting.prefix(2).map { pod, rest in
            Finding(
                inquiry.name(pod), "is ready",
                "it counts as available after minReadySeconds (\(seconds)s), in "
                    + Inquiry.text(rest), state: .waiting)
        }
    }

    /// Which of the strategy's numbers keeps the controller from going on.
    private func limits(_ broken: [Finding]) -> [Finding] {
        guard !old.isEmpty, let new else { return [] }
        if view.strategyType == "Recreate" {
            return [
                Finding(
                    remark: "strategy Recreate: no new pod is made before all old ones are gone",
                    state: .waiting)
            ]
        }
        let (surge, unavailable) = IntOrPercent.fenceposts(
            maxSurge: view.maxSurge, maxUnavailable: view.maxUnavailable, desired: view.replicas)
        let total = sets.reduce(0) { $0 + ReplicaSetView($1.value).replicas }
        let available = view.status.availableReplicas
        let least = view.replicas - unavailable
        let size = ReplicaSetView(new.value).replicas
        let mayGrow = size < view.replicas && total < view.replicas + surge
        let mayShrink = available > least
        guard !mayGrow, !mayShrink else { return [] }
        return [
            Finding(
                remark: "maxSurge \(surge) allows \(view.replicas + surge) pods, and there are "
                    + "\(total); maxUnavailable \(unavailable) asks for \(least) available ones, "
                    + "and there are \(available): so it neither adds new pods nor takes old ones "
                    + "away" + (broken.isEmpty ? "" : " until the new ones are available"),
                state: broken.isEmpty || broken.contains { $0.state == .waiting }
                    ? .waiting : .stuck)
        ]
    }

    private var deadline: Finding? {
        guard let condition = view.conditions["Progressing"],
            condition.reason == "ProgressDeadlineExceeded"
        else { return nil }
        let since = inquiry.time(condition.value[.lastTransitionTime])
        return Finding(
            remark: "its progressDeadlineSeconds (\(view.progressDeadlineSeconds ?? 600)s) passed"
                + (since.map { " \(inquiry.age($0)) ago" } ?? ""))
    }

    /// Who changed the template last, and how.
    private var changed: [Finding] {
        let written = WrittenCause(inquiry)
        guard
            let change = written.lastChange(
                of: object, { $0[.spec][.template] }), change.old != nil
        else { return [] }
        return [Finding(remark: "the template: \(written.line(change))")]
    }
}

/// Pods that the API server refuses to make for their controller.
struct RefusedPods {
    private let owner: StoredObject
    private let inquiry: Inquiry

    init(_ owner: StoredObject, _ inquiry: Inquiry) {
        self.owner = owner
        self.inquiry = inquiry
    }

    /// The last refusal, unless a pod was made since.
    var findings: [Finding] {
        let events = inquiry.cluster.events(about: owner)
        guard let failure = events.last(where: { $0.reason == "FailedCreate" }) else { return [] }
        if let success = events.last(where: { $0.reason == "SuccessfulCreate" }),
            success.last > failure.last
        {
            return []
        }
        return [
            Finding(
                inquiry.name(owner), "may make no more pods", Self.plain(failure.message),
                since: events.first { $0.reason == "FailedCreate" }?.first,
                because: causes(failure.message))
        ]
    }

    /// The server's own words.
    private static func plain(_ message: String) -> String {
        var text = message[...]
        for prefix in ["(combined from similar events): ", "Error creating: "]
        where text.hasPrefix(prefix) {
            text = text.dropFirst(prefix.count)
        }
        return String(text)
    }

    /// `set resources` for a container that is larger than a LimitRange lets it be: "maximum cpu usage per
    /// Container is 500m, but limit is 1".
    private func smaller(_ message: String) -> [Finding.Hint] {
        let words = message.split(separator: " ").map(String.init)
        guard let place = words.firstIndex(of: "maximum"), place + 6 < words.count,
            words[place + 4] == "Container", words[place + 2] == "usage"
        else { return [] }
        let most = words[place + 6].filter { $0 != "," }
        let workload = inquiry.controllers(of: owner).last ?? owner
        return [
            Finding.Hint(
                inquiry.command(
                    "set resources \(inquiry.kinds[workload.kind].singular)/\(workload.name) "
                        + "--limits=\(words[place + 1])=\(most)", in: workload.namespace),
                "makes them small enough")
        ]
    }

    private func causes(_ message: String) -> [Finding] {
        if message.contains("exceeded quota") || message.contains("failed quota") {
            return inquiry.state.list(.resourceQuota, namespace: owner.namespace).filter {
                message.contains("quota: \($0.name)")
            }.map { QuotaExplainer.full($0, message, inquiry) }
        }
        if message.contains("LimitRange") || message.contains(" usage per ") {
            let names = inquiry.state.list(.limitRange, namespace: owner.namespace).map {
                inquiry.name($0)
            }
            return [
                Finding(
                    remark: "\(inquiry.list(names)) says how large they may be", because: [],
                    hints: smaller(message))
            ]
        }
        if message.contains("serviceaccount") {
            let parts = message.split(separator: "\"")
            let account = parts.count > 1 ? String(parts[parts.count - 2]) : ""
            var finding = Finding(remark: "its pods ask for a ServiceAccount that is not there")
            if message.hasSuffix("not found"), !account.isEmpty {
                finding.hints = [
                    Finding.Hint(
                        inquiry.command("create serviceaccount \(account)", in: owner.namespace),
                        "makes it")
                ]
            }
            return [finding]
        }
        return []
    }
}
