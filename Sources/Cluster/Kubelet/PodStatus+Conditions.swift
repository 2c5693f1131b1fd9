import Model
import Support
import Value

// The conditions of a pod. Source: pkg/kubelet/status/generate.go.
extension PodStatusBuilder {
    /// What a condition says.
    struct Verdict: Equatable {
        let type: String
        let holds: Bool
        var reason = ""
        var message = ""
    }

    /// The kubelet's conditions, then those of others, the scheduler's last.
    mutating func conditions(of work: PodWork, over old: Value, _ now: Value) -> Value {
        let verdicts = self.verdicts(work, old)
        // Times are the kubelet's own: what the node controller wrote while the node was silent is
        // put right as if it had never been.
        let own = work.conditions.isNull ? old : work.conditions
        var list: [Value] = []
        list.reserveCapacity(5)
        for verdict in verdicts {
            list.append(shared.condition(verdict, over: own, now))
        }
        // Conditions of others (DisruptionTarget, readiness gates) stay, the scheduler's last.
        var scheduled: Value = .null
        for entry in old.elements {
            guard let type = entry[.type].string else { continue }
            if type == "PodScheduled" {
                scheduled = entry
            } else if !verdicts.contains(where: { $0.type == type }) {
                list.append(entry)
            }
        }
        if scheduled.isNull {
            scheduled = shared.condition(
                Verdict(type: "PodScheduled", holds: true), over: .null, now)
        } else if scheduled.text(.status) != "True" {
            scheduled = shared.condition(
                Verdict(type: "PodScheduled", holds: true), over: old, now)
        }
        list.append(scheduled)
        return shared.list(list)
    }

    private func verdicts(_ work: PodWork, _ old: Value) -> [Verdict] {
        var result: [Verdict] = []
        result.reserveCapacity(5)
        if work.refusal == nil {
            if reportsSandbox {
                let isUp = work.hasSandbox && !work.isDead && !isOver(work)
                result.append(Verdict(type: "PodReadyToStartContainers", holds: isUp))
            }
            result.append(initialized(work))
        }
        let ready = containersReady(work)
        result.append(podReady(work, ready, old))
        result.append(ready)
        if let verdict = work.verdict, verdict.isDisruption, work.phase == "Failed" {
            result.append(
                Verdict(
                    type: "DisruptionTarget", holds: true, reason: "TerminationByKubelet",
                    message: verdict.message))
        }
        return result
    }

    /// Whether the pod is done and nothing of it runs: its sandbox goes.
    private func isOver(_ work: PodWork) -> Bool {
        work.isFinished && !work.runs.contains(where: \.isAlive)
    }

    private func initialized(_ work: PodWork) -> Verdict {
        let isOver = work.phase == "Succeeded"
        if isOver || work.isInitialized {
            return Verdict(
                type: "Initialized", holds: true, reason: isOver ? "PodCompleted" : "")
        }
        let incomplete = work.runs.filter { $0.role != .main && !$0.isPassed }.map(\.name)
        return Verdict(
            type: "Initialized", holds: false, reason: "ContainersNotInitialized",
            message: "containers with incomplete status: [\(incomplete.joined(separator: " "))]")
    }

    private func containersReady(_ work: PodWork) -> Verdict {
        let type = "ContainersReady"
        // A pod that the kubelet ends is not ready from the moment of the decision.
        if work.refusal != nil || work.verdict != nil {
            return Verdict(type: type, holds: false, reason: "PodFailed")
        }
        var unready: [String] = []
        for run in work.runs where run.role != .initial && !run.isReady { unready.append(run.name) }
        if unready.isEmpty { return Verdict(type: type, holds: true) }
        switch work.phase {
        case "Succeeded": return Verdict(type: type, holds: false, reason: "PodCompleted")
        case "Failed": return Verdict(type: type, holds: false, reason: "PodFailed")
        default:
            return Verdict(
                type: type, holds: false, reason: "ContainersNotReady",
                message: "containers with unready status: [\(unready.joined(separator: " "))]")
        }
    }

    /// Ready: the containers are, and so are the conditions that the pod waits for (KEP-580).
    private func podReady(_ work: PodWork, _ ready: Verdict, _ old: Value) -> Verdict {
        let same = Verdict(
            type: "Ready", holds: ready.holds, reason: ready.reason, message: ready.message)
        guard ready.holds, !work.plan.readinessGates.isEmpty else { return same }
        let conditions = Conditions(old)
        let texts = work.plan.readinessGates.compactMap { gate -> String? in
            guard let condition = conditions[gate] else {
                return "corresponding condition of pod readiness gate \"\(gate)\" does not exist."
            }
            if condition.status == "True" { return nil }
            return "the status of pod readiness gate \"\(gate)\" is not \"True\", "
                + "but \(condition.status)"
        }
        if texts.isEmpty { return same }
        return Verdict(
            type: "Ready", holds: false, reason: "ReadinessGatesNotReady",
            message: texts.joined(separator: ", "))
    }
}
