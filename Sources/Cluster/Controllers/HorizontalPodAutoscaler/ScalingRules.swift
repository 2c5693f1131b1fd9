import Model
import Support
import Value

/// How an autoscaler's wish is tempered: by earlier wishes within a window, by how fast it may go, and
/// by its limits.
///
/// Origin: stabilizeRecommendation, convertDesiredReplicasWithRules and their variants with
/// behaviors in pkg/controller/podautoscaler/horizontal.go. Without a behavior an autoscaler goes up to
/// twice its size (or 4) at once, and down only to the highest wish of the last five minutes.
struct ScalingRules {
    static let downscaleWindow: Milliseconds = 300_000
    /// The longest that a policy may look back (`periodSeconds` is at most 1800).
    private static let longestPeriod: Milliseconds = 1_800_000

    struct Wish {
        let replicas: Int
        let time: Milliseconds
    }

    struct Step {
        let change: Int
        let time: Milliseconds
    }

    /// A condition that the tempering leads to.
    struct Finding {
        let type: String
        let status: String
        let reason: String
        let message: String

        init(_ type: String, _ status: String, _ reason: String, _ message: String) {
            self.type = type
            self.status = status
            self.reason = reason
            self.message = message
        }
    }

    private(set) var wishes: [Wish] = []
    private var ups: [Step] = []
    private var downs: [Step] = []

    /// Takes the size at which the autoscaler begins as the first wish.
    mutating func begin(_ current: Int, now: Milliseconds) {
        if wishes.isEmpty { wishes.append(Wish(replicas: current, time: now)) }
    }

    /// Remembers a change of the target's size.
    mutating func note(_ change: Int, now: Milliseconds) {
        let oldest = now - Self.longestPeriod
        ups.removeAll { $0.time < oldest }
        downs.removeAll { $0.time < oldest }
        if change > 0 { ups.append(Step(change: change, time: now)) }
        if change < 0 { downs.append(Step(change: -change, time: now)) }
    }

    /// The number of replicas to have, and the conditions AbleToScale and ScalingLimited.
    mutating func temper(
        _ wanted: Int, current: Int, autoscaler: HorizontalPodAutoscalerView, now: Milliseconds
    ) -> (replicas: Int, findings: [Finding]) {
        let behavior = autoscaler.behavior
        let (steady, able) = stabilize(wanted, current, behavior, now)
        let (limited, finding) =
            behavior.isNull
            ? Self.limit(steady, current, autoscaler)
            : limit(steady, current, autoscaler, behavior, now)
        return (limited, [able, finding])
    }

    // MARK: Stabilisation

    private mutating func stabilize(
        _ wanted: Int, _ current: Int, _ behavior: Value, _ now: Milliseconds
    ) -> (Int, Finding) {
        let down = window(behavior[.scaleDown], standard: Self.downscaleWindow)
        let up = window(behavior[.scaleUp], standard: 0)
        wishes.removeAll { $0.time < now - max(up, down) }
        let lowest = wishes.filter { $0.time > now - up }.map(\.replicas).min() ?? wanted
        // Without a behavior a wish counts at the very end of the window, too.
        let end = behavior.isNull ? now - down : now - down + 1
        let highest = wishes.filter { $0.time >= end }.map(\.replicas).max() ?? wanted
        wishes.append(Wish(replicas: wanted, time: now))
        let steady =
            behavior.isNull
            ? max(highest, wanted)
            : min(max(current, min(lowest, wanted)), max(highest, wanted))
        return (steady, Self.steadiness(wanted, steady))
    }

    private static func steadiness(_ wanted: Int, _ steady: Int) -> Finding {
        if steady == wanted {
            return Finding(
                "AbleToScale", "True", "ReadyForNewScale", "recommended size matches current size")
        }
        let (direction, way, end) =
            steady > wanted ? ("Down", "higher", "highest") : ("Up", "lower", "lowest")
        return Finding(
            "AbleToScale", "True", "Scale\(direction)Stabilized",
            "recent recommendations were \(way) than current one, applying the \(end) recent "
                + "recommendation")
    }

    private func window(_ rules: Value, standard: Milliseconds) -> Milliseconds {
        rules[.stabilizationWindowSeconds].int.map { Milliseconds(seconds: $0) } ?? standard
    }

    // MARK: Limits

    private static func limit(
        _ wanted: Int, _ current: Int, _ autoscaler: HorizontalPodAutoscalerView
    ) -> (Int, Finding) {
        let fastest = max(2 * current, 4)
        if wanted < autoscaler.minReplicas { return (autoscaler.minReplicas, tooFew) }
        let most = min(fastest, autoscaler.maxReplicas)
        if wanted > most {
            return (most, fastest < autoscaler.maxReplicas ? tooFast : tooMany)
        }
        return (wanted, inRange)
    }

    private static let tooFew = Finding(
        "ScalingLimited", "True", "TooFewReplicas",
        "the desired replica count is less than the minimum replica count")
    private static let tooMany = Finding(
        "ScalingLimited", "True", "TooManyReplicas",
        "the desired replica count is more than the maximum replica count")
    private static let tooFast = Finding(
        "ScalingLimited", "True", "ScaleUpLimit",
        "the desired replica count is increasing faster than the maximum scale rate")
    private static let tooFastDown = Finding(
        "ScalingLimited", "True", "ScaleDownLimit",
        "the desired replica count is decreasing faster than the maximum scale rate")
    private static let inRange = Finding(
        "ScalingLimited", "False", "DesiredWithinRange",
        "the desired count is within the acceptable range")

    private mutating func limit(
        _ wanted: Int, _ current: Int, _ autoscaler: HorizontalPodAutoscalerView,
        _ behavior: Value, _ now: Milliseconds
    ) -> (Int, Finding) {
        if wanted > current {
            let fastest = max(
                bound(current, behavior[.scaleUp], isUp: true, now), current)
            let most = min(fastest, autoscaler.maxReplicas)
            guard wanted > most else { return (wanted, Self.inRange) }
            return (most, fastest < autoscaler.maxReplicas ? Self.tooFast : Self.tooMany)
        }
        if wanted < current {
            let fastest = min(
                bound(current, behavior[.scaleDown], isUp: false, now), current)
            let least = max(fastest, autoscaler.minReplicas)
            guard wanted < least else { return (wanted, Self.inRange) }
            return (least, fastest > autoscaler.minReplicas ? Self.tooFastDown : Self.tooFew)
        }
        return (wanted, Self.inRange)
    }

    /// How far the policies let the size go from where their period began.
    private func bound(
        _ current: Int, _ rules: Value, isUp: Bool, _ now: Milliseconds
    ) -> Int {
        let select = rules[.selectPolicy].string ?? "Max"
        guard select != "Disabled" else { return current }
        let bounds = rules[.policies].elements.map { policy in
            let begin = now - Milliseconds(seconds: policy.int(.periodSeconds))
            let grown = ups.filter { $0.time > begin }.reduce(0) { $0 + $1.change }
            let shrunk = downs.filter { $0.time > begin }.reduce(0) { $0 + $1.change }
            let start = current - grown + shrunk
            let value = policy.int(.value)
            if policy.text(.type) == "Pods" { return isUp ? start + value : start - value }
            let share = Double(start) * (isUp ? 1 + Double(value) / 100 : 1 - Double(value) / 100)
            return isUp ? Int(share.rounded(.up)) : Int(share)
        }
        // The largest change is the highest bound on the way up and the lowest on the way down.
        let wantsHighest = (select == "Max") == isUp
        return (wantsHighest ? bounds.max() : bounds.min()) ?? current
    }
}
