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

    /// The conditions that a kubelet writes alone (pkg/kubelet/types, PodConditionByKubelet).
    private static let owned = [
        "PodResizePending", "PodResizeInProgress", "PodReadyToStartContainers", "Initialized",
        "Ready", "ContainersReady", "PodScheduled", "AllContainersRestarting",
    ]

    /// The conditions of others (DisruptionTarget, readiness gates) come first, then the kubelet's own
    /// with PodScheduled last. A pod that is refused loses the kubelet's. Source: status manager's
    /// mergePodStatus and kubelet's generateAPIPodStatus.
    mutating func conditions(of work: PodWork, over old: Value, _ now: Value) -> Value {
        var list: [Value] = []
        list.reserveCapacity(5)
        for entry in old.elements {
            if let type = entry[.type].string, !Self.owned.contains(type) { list.append(entry) }
        }
        if work.refusal != nil { return shared.list(list) }
        // Times are the kubelet's own: what the node controller wrote while the node was silent is
        // put right as if it had never been.
        let own = work.conditions.isNull ? old : work.conditions
        addDisruption(of: work, to: &list, over: old, now)
        if !["Succeeded", "Failed"].contains(work.phase) {
            addResize(of: work.resize, to: &list, over: own, now)
        }
        for verdict in verdicts(work, old, own) {
            list.append(shared.condition(verdict, work.generation, over: own, now))
        }
        list.append(
            shared.condition(
                Verdict(type: "PodScheduled", holds: true), work.generation, over: old, now))
        if work.plan.restartsAll {
            list.append(shared.condition(restarting(work), work.generation, over: own, now))
        }
        return shared.list(list)
    }

    /// That the kubelet ended the pod for the node's sake is said with the final phase (KEP-3329).
    private mutating func addDisruption(
        of work: PodWork, to list: inout [Value], over old: Value, _ now: Value
    ) {
        guard let text = work.verdict?.disruption, work.phase == "Failed" else { return }
        let condition = shared.condition(
            Verdict(
                type: "DisruptionTarget", holds: true, reason: "TerminationByKubelet",
                message: text), work.generation, over: old, now)
        if let place = list.firstIndex(where: { $0[.type] == "DisruptionTarget" }) {
            list[place] = condition
        } else {
            list.append(condition)
        }
    }

    /// That the pod is to have other amounts, and whether it waits for them.
    private mutating func addResize(
        of resize: ResizeState, to list: inout [Value], over old: Value, _ now: Value
    ) {
        if let pending = resize.pending {
            list.append(
                shared.condition(
                    Verdict(
                        type: "PodResizePending", holds: true, reason: "Deferred",
                        message: pending.message), pending.generation, over: old, now))
        }
        if let generation = resize.progress {
            list.append(
                shared.condition(
                    Verdict(type: "PodResizeInProgress", holds: true), generation, over: old, now))
        }
    }

    private func verdicts(_ work: PodWork, _ old: Value, _ own: Value) -> [Verdict] {
        var result: [Verdict] = []
        result.reserveCapacity(4)
        let isUp = work.hasSandbox && !work.isDead && !work.isSandboxGone
        result.append(Verdict(type: "PodReadyToStartContainers", holds: isUp))
        result.append(initialized(work, own))
        let ready = containersReady(work)
        result.append(podReady(work, ready, old))
        result.append(ready)
        return result
    }

    /// GenerateAllContainersRestartingCondition.
    private func restarting(_ work: PodWork) -> Verdict {
        let type = "AllContainersRestarting"
        switch work.phase {
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
    private func initialized(_ work: PodWork, _ own: Value) -> Verdict {
        let isOver = work.phase == "Succeeded"
        if isOver || work.isInitialized || Conditions(own)["Initialized"]?.status == "True" {
            return Verdict(
                type: "Initialized", holds: true, reason: isOver ? "PodCompleted" : "")
        }
        let incomplete = work.runs.filter { $0.isOfInitialization && !$0.isPassed }.map(\.name)
        return Verdict(
            type: "Initialized", holds: false, reason: "ContainersNotInitialized",
            message: "containers with incomplete status: [\(incomplete.joined(separator: " "))]")
    }

    private func containersReady(_ work: PodWork) -> Verdict {
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
