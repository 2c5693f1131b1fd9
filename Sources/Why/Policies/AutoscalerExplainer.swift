import API
import Cluster
import Model
import Support
import Value

/// An autoscaler: what it measures, what it wants, and what keeps it from that.
enum AutoscalerExplainer: Explainer {
    static let kinds = [Kind.horizontalPodAutoscaler]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        Autoscaling(object, inquiry).explain()
    }
}

private struct Autoscaling {
    private let object: StoredObject
    private let view: HorizontalPodAutoscalerView
    private let inquiry: Inquiry
    private var name: String { inquiry.name(object) }
    private var target: String {
        "\(view.scaleTarget.text(.kind).lowercased())/\(view.scaleTarget.text(.name))"
    }

    init(_ object: StoredObject, _ inquiry: Inquiry) {
        self.object = object
        self.inquiry = inquiry
        view = HorizontalPodAutoscalerView(object.value)
    }

    private func since(_ condition: Condition) -> Milliseconds? {
        inquiry.time(condition.value[.lastTransitionTime])
    }

    func explain() -> Finding {
        let conditions = view.conditions
        if let able = conditions["AbleToScale"], able.status == "False" { return unable(able) }
        if let active = conditions["ScalingActive"], active.status == "False" {
            return inactive(active)
        }
        guard let limited = conditions["ScalingLimited"] else {
            return Finding(
                name, "has not looked yet", "it looks every 15s", state: .waiting)
        }
        if limited.status == "True" { return self.limited(limited) }
        if let able = conditions["AbleToScale"], able.reason.hasSuffix("Stabilized") {
            return Finding(
                name, "holds \(target) at \(view.currentReplicas)",
                "\(able.message): it goes down only after "
                    + "\(window)s without a higher wish\(measured)", since: since(able),
                state: .waiting)
        }
        let reason = isOff ? tolerance : ""
        return Finding(
            name, "holds \(target) at \(view.currentReplicas) pods",
            (reason.isEmpty ? "the metrics ask for no other number" : reason) + measured,
            state: .fine)
    }

    private var window: Int {
        view.behavior["scaleDown"]["stabilizationWindowSeconds"].int ?? 300
    }

    // MARK: It cannot

    private func unable(_ condition: Condition) -> Finding {
        var finding = Finding(
            name, "cannot scale", condition.message, since: since(condition))
        if condition.reason == "FailedGetScale" {
            let kind = inquiry.kinds.kind(named: view.scaleTarget.text(.kind).lowercased())
            let names =
                kind.map { kind in
                    inquiry.state.list(kind, namespace: object.namespace).map(\.name)
                } ?? []
            let near = nearestName(to: view.scaleTarget.text(.name), among: names)
            finding.detail = "its target \(target) does not exist"
            if let near {
                finding.hints = [
                    Finding.Hint(
                        inquiry.command(
                            "patch hpa \(object.name) --type=merge -p "
                                + "'{\"spec\":{\"scaleTargetRef\":{\"name\":\"\(near)\"}}}'",
                            in: object.namespace), "names the one that exists")
                ]
            }
        }
        return finding
    }

    private func inactive(_ condition: Condition) -> Finding {
        var finding = Finding(
            name, "does not scale", condition.message, since: since(condition))
        switch condition.reason {
        case "ScalingDisabled":
            finding.detail = "\(target) has 0 replicas: then autoscaling rests"
            finding.hints = [
                Finding.Hint(
                    inquiry.command(
                        "scale \(target) --replicas=\(max(view.minReplicas, 1))",
                        in: object.namespace), "wakes it")
            ]
        case "FailedGetResourceMetric": noResourceMetric(&finding, condition)
        default: break
        }
        return finding
    }

    private func noResourceMetric(_ finding: inout Finding, _ condition: Condition) {
        let metric = view.metrics.first { $0.text(.type) == "Resource" }?["resource"].text(.name)
        let resource = metric ?? "cpu"
        if condition.message.contains("missing request for") {
            finding.detail =
                "the pods of \(target) do not request \(resource), and utilization is a share of "
                + "the request"
            finding.hints = [
                Finding.Hint(
                    inquiry.command(
                        "set resources \(target) --requests=\(resource)="
                            + (resource == "cpu" ? "100m" : "128Mi"), in: object.namespace),
                    "lets the share be counted")
            ]
        } else if !inquiry.cluster.loads.hasMetricsServer {
            finding.detail = "there is no metrics server: nothing measures the pods of \(target)"
            finding.hints = [
                Finding.Hint(
                    inquiry.command(
                        "load \(target) \(resource)=" + (resource == "cpu" ? "100m" : "128Mi"),
                        in: object.namespace), "says what they use, and brings one")
            ]
        }
    }

    // MARK: It may not

    private func limited(_ condition: Condition) -> Finding {
        var finding = Finding(
            name, "holds \(target) at \(view.currentReplicas) pods", since: since(condition))
        switch condition.reason {
        case "TooManyReplicas":
            finding.detail = "the metrics ask for more, and maxReplicas is \(view.maxReplicas)"
            finding.hints = [limit("maxReplicas", view.maxReplicas * 2, "lets it go further")]
        case "TooFewReplicas":
            finding.detail = "the metrics ask for less, and minReplicas is \(view.minReplicas)"
            finding.state = .fine
        case "ScaleUpLimit", "ScaleDownLimit":
            finding.detail =
                "it goes there by steps: " + condition.message
            finding.state = .waiting
        default: finding.detail = condition.message
        }
        finding.detail += measured
        return finding
    }

    private func limit(_ field: String, _ value: Int, _ words: String) -> Finding.Hint {
        Finding.Hint(
            inquiry.command(
                "patch hpa \(object.name) -p '{\"spec\":{\"\(field)\":\(value)}}'",
                in: object.namespace), words)
    }

    // MARK: What it measures

    /// "(cpu 105% of 100%)".
    private var measured: String {
        let parts = shares.map { "\($0.name) \($0.current)% of its target \($0.target)%" }
        return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
    }

    /// The metrics that are shares of requests, with what they shall be.
    private var shares: [(name: String, current: Int, target: Int)] {
        let status = object.value[.status]["currentMetrics"].elements
        return view.metrics.compactMap { metric in
            let resource = metric["resource"]
            guard let target = resource["target"]["averageUtilization"].int,
                let current = status.first(where: {
                    $0["resource"].text(.name) == resource.text(.name)
                })?["resource"]["current"]["averageUtilization"].int
            else { return nil }
            return (resource.text(.name), current, target)
        }
    }

    /// Whether a metric differs from what it shall be.
    private var isOff: Bool { shares.contains { $0.current != $0.target } }

    /// Up to a tenth more or less than the target moves nothing.
    private var tolerance: String {
        let isNear = shares.allSatisfy { abs($0.current * 10 - $0.target * 10) <= $0.target }
        return isNear ? "what it measures is within the tolerance of 10% of the target" : ""
    }
}
