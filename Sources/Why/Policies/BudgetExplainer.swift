import API
import Cluster
import Model
import Support
import Value

/// A disruption budget: how many pods may go now, and why not more.
enum BudgetExplainer: Explainer {
    static let kinds = [Kind.podDisruptionBudget]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        let view = PodDisruptionBudgetView(object.value)
        let name = inquiry.name(object)
        if let condition = view.conditions["DisruptionAllowed"], condition.reason == "SyncFailed" {
            return Finding(
                name, "cannot count its pods", condition.message,
                since: inquiry.time(condition.value[.lastTransitionTime]))
        }
        if let unseen = PlainObject.unseen(object, inquiry) { return unseen }
        if view.disruptionsAllowed > 0 {
            return Finding(
                name, "allows \(view.disruptionsAllowed) evictions",
                "\(view.currentHealthy) of its pods are ready, \(view.desiredHealthy) must stay",
                state: .fine)
        }
        let pods = covered(object, view, inquiry)
        if pods.isEmpty { return empty(object, view, inquiry) }
        var finding = Finding(
            name, "allows no eviction",
            "\(view.currentHealthy) of its pods are ready, and \(view.desiredHealthy) must stay",
            since: view.conditions["DisruptionAllowed"].flatMap {
                inquiry.time($0.value[.lastTransitionTime])
            })
        finding.because = inquiry.troubles(pods)
        let expected = view.expectedPods
        if view.desiredHealthy >= expected { finding.because.append(never(view, expected)) }
        if view.currentHealthy <= view.desiredHealthy, view.desiredHealthy >= expected {
            finding.hints = hints(object, view, expected, pods, inquiry)
        }
        return finding
    }

    /// That no eviction is ever allowed, however healthy the pods are.
    private static func never(_ view: PodDisruptionBudgetView, _ expected: Int) -> Finding {
        let limit =
            view.minAvailable.isNull
            ? "maxUnavailable \(text(view.maxUnavailable))"
            : "minAvailable \(text(view.minAvailable))"
        return Finding(
            remark: "\(limit) of \(expected) \(expected == 1 ? "pod" : "pods") leaves none to "
                + "spare, even when all are ready")
    }

    private static func text(_ value: Value) -> String {
        value.int.map(String.init) ?? value.string ?? ""
    }

    private static func covered(
        _ object: StoredObject, _ view: PodDisruptionBudgetView, _ inquiry: Inquiry
    ) -> [StoredObject] {
        let selector = LabelSelector(view.selector)
        return inquiry.state.list(.pod, namespace: object.namespace) {
            selector.matches($0.value[.metadata][.labels].fields)
                && !PodView($0.value).isTerminal
        }
    }

    private static func empty(
        _ object: StoredObject, _ view: PodDisruptionBudgetView, _ inquiry: Inquiry
    ) -> Finding {
        let selector = LabelSelector(view.selector)
        return Finding(
            inquiry.name(object), "covers no pod", "no pod has \(selector.text)",
            because: SelectorWords(inquiry).nearest(selector, in: object.namespace))
    }

    private static func hints(
        _ object: StoredObject, _ view: PodDisruptionBudgetView, _ expected: Int,
        _ pods: [StoredObject], _ inquiry: Inquiry
    ) -> [Finding.Hint] {
        let owners = pods.compactMap { inquiry.controllers(of: $0).last }
        if view.minAvailable.int != nil, let owner = owners.first,
            owners.allSatisfy({ $0 === owner }), inquiry.kinds[owner.kind].replicas != nil
        {
            return [
                Finding.Hint(
                    inquiry.command(
                        "scale \(inquiry.kinds[owner.kind].singular)/\(owner.name) "
                            + "--replicas=\(view.desiredHealthy + 1)", in: owner.namespace),
                    "makes one more than must stay")
            ]
        }
        let field = view.minAvailable.isNull ? "maxUnavailable" : "minAvailable"
        let value = view.minAvailable.isNull ? 1 : max(expected - 1, 0)
        return [
            Finding.Hint(
                inquiry.command(
                    "patch pdb \(object.name) -p '{\"spec\":{\"\(field)\":\(value)}}'",
                    in: object.namespace), "lets one pod go at a time")
        ]
    }
}

/// Labels near to what a selector asks for.
struct SelectorWords {
    private let inquiry: Inquiry

    init(_ inquiry: Inquiry) { self.inquiry = inquiry }

    /// Which labels the pods of a namespace have in place of what the selector asks for.
    func nearest(_ selector: LabelSelector, in namespace: String) -> [Finding] {
        let pods = inquiry.state.list(.pod, namespace: namespace)
        return selector.requirements.compactMap { requirement in
            var counts: [String: Int] = [:]
            for pod in pods {
                guard let text = pod.value[.metadata][.labels][requirement.key].string else {
                    continue
                }
                counts[text, default: 0] += 1
            }
            if requirement.values.contains(where: { counts[$0] != nil }) { return nil }
            guard !counts.isEmpty else {
                return Finding(remark: "no pod has the label \(requirement.key.name)")
            }
            let shown = counts.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value))" }
            return Finding(
                remark: "\(requirement.key.name) of the pods is \(inquiry.list(shown, most: 5))")
        }
    }

    /// The value nearest to what a requirement of equality asks for, among those that pods have.
    func correction(_ key: Key, _ wanted: String, in namespace: String) -> String? {
        var values: Set<String> = []
        for pod in inquiry.state.list(.pod, namespace: namespace) {
            if let text = pod.value[.metadata][.labels][key].string { values.insert(text) }
        }
        let sorted = values.sorted()
        return nearestName(to: wanted, among: sorted) ?? (sorted.count == 1 ? sorted[0] : nil)
    }
}
