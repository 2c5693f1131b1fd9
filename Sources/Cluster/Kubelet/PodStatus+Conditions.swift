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

    /// Whether a kubelet alone writes conditions of this type (pkg/kubelet/types, PodConditionByKubelet).
    private static func isOwned(_ type: String) -> Bool {
        // Told apart by their lengths first: every status write asks for each condition.
        switch type.utf8.count {
        case 5: type == "Ready"
        case 11: type == "Initialized"
        case 12: type == "PodScheduled"
        case 15: type == "ContainersReady"
        case 16: type == "PodResizePending"
        case 19: type == "PodResizeInProgress"
        case 23: type == "AllContainersRestarting"
        case 25: type == "PodReadyToStartContainers"
        default: false
        }
    }

    /// The conditions of others (DisruptionTarget, readiness gates) come first, then the kubelet's own
    /// with PodScheduled last. A pod that is refused loses the kubelet's. Source: status manager's
    /// mergePodStatus and kubelet's generateAPIPodStatus.
    mutating func conditions(
        of work: PodWork, _ phase: String, over old: Value, _ now: Value
    ) -> Value {
        var list: [Value] = []
        list.reserveCapacity(5)
        for entry in old.elements {
            if let type = entry[.type].string, !Self.isOwned(type) { list.append(entry) }
        }
        var marks = list.count
        if work.refusal != nil { return shared.list(list, marks) }
        // Times are the kubelet's own: what the node controller wrote while the node was silent is
        // put right as if it had never been.
        let own = work.conditions.isNull ? old : work.conditions
        addDisruption(of: work, phase, to: &list, over: old, now, &marks)
        if phase != "Succeeded", phase != "Failed" {
            addResize(of: work.resize, to: &list, over: own, now, &marks)
        }
        for verdict in verdicts(work, phase, old, own) {
            list.append(shared.condition(verdict, work.generation, over: own, now, &marks))
        }
        let scheduled = Verdict(type: "PodScheduled", holds: true)
        list.append(shared.condition(scheduled, work.generation, over: old, now, &marks))
        if work.plan.restartsAll {
            let verdict = restarting(work, phase)
            list.append(shared.condition(verdict, work.generation, over: own, now, &marks))
        }
        return shared.list(list, marks)
    }

    /// That the kubelet ended the pod for the node's sake is said with the final phase (KEP-3329).
    private mutating func addDisruption(
        of work: PodWork, _ phase: String, to list: inout [Value], over old: Value, _ now: Value,
        _ marks: inout Int
    ) {
        guard let text = work.verdict?.disruption, phase == "Failed" else { return }
        let condition = shared.condition(
            Verdict(
                type: "DisruptionTarget", holds: true, reason: "TerminationByKubelet",
                message: text), work.generation, over: old, now, &marks)
        if let place = list.firstIndex(where: { $0[.type] == "DisruptionTarget" }) {
            list[place] = condition
        } else {
            list.append(condition)
        }
    }

    /// That the pod is to have other amounts, and whether it waits for them.
    private mutating func addResize(
        of resize: ResizeState, to list: inout [Value], over old: Value, _ now: Value,
        _ marks: inout Int
    ) {
        if let pending = resize.pending {
            list.append(
                shared.condition(
                    Verdict(
                        type: "PodResizePending", holds: true, reason: "Deferred",
                        message: pending.message), pending.generation, over: old, now, &marks))
        }
        if let generation = resize.progress {
            list.append(
                shared.condition(
                    Verdict(type: "PodResizeInProgress", holds: true), generation, over: old, now,
                    &marks))
        }
    }

    private func verdicts(
        _ work: PodWork, _ phase: String, _ old: Value, _ own: Value
    ) -> [Verdict] {
        var result: [Verdict] = []
        result.reserveCapacity(4)
        let isUp = work.hasSandbox && !work.isDead && !work.isSandboxGone
        result.append(Verdict(type: "PodReadyToStartContainers", holds: isUp))
        result.append(initialized(work, phase, own))
        let ready = containersReady(work, phase)
        result.append(podReady(work, ready, old))
        result.append(ready)
        return result
    }

    /// GenerateAllContainersRestartingCondition.
    private func restarting(_ work: PodWork, _ phase: String) -> Verdict {
        let type = "AllContainersRestarting"
        switch phase {
        case "Succeeded": return Verdict(type: type, holds: false, reason: "PodCompleted")
        case "Failed": return Verdict(type: type, holds: false, reason: "PodFailed")
        default: break
        }
        guard work.restartsAll else { return Verdict(type: type, holds: false) }
        return Verdict(
            type: type, holds: true, reason: "RestartAllContainersStarted",
            message: "container exited with restart policy rule")
    }

    /// A pod that was initialized once stays so, whatever of it starts again.
    private func initialized(_ work: PodWork, _ phase: String, _ own: Value) -> Verdict {
        let isOver = phase == "Succeeded"
        if isOver || work.isInitialized || Conditions(own)["Initialized"]?.status == "True" {
            return Verdict(
                type: "Initialized", holds: true, reason: isOver ? "PodCompleted" : "")
        }
        let incomplete = work.runs.filter { $0.isOfInitialization && !$0.isPassed }.map(\.name)
        return Verdict(
            type: "Initialized", holds: false, reason: "ContainersNotInitialized",
            message: "containers with incomplete status: [\(incomplete.joined(separator: " "))]")
    }

    private func containersReady(_ work: PodWork, _ phase: String) -> Verdict {
        let type = "ContainersReady"
        // A pod that the kubelet ends is not ready from the moment of the decision.
        if work.verdict != nil {
            return Verdict(type: type, holds: false, reason: "PodFailed")
        }
        var unready: [String] = []
        for run in work.runs where run.role == .main || run.role == .sidecar {
            if !run.isReady { unready.append(run.name) }
        }
        if unready.isEmpty { return Verdict(type: type, holds: true) }
        switch phase {
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
