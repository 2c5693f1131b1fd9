// The phase that containers amount to.
extension PodWork {
    /// Whether nothing of the pod will be started any more.
    var isFinished: Bool {
        if refusal != nil || verdict != nil || isDead { return true }
        if hasFailedInitialization { return true }
        for index in runs.indices where runs[index].role == .main {
            guard let code = runs[index].latestExitCode, !restarts(runs[index].plan, after: code)
            else { return false }
        }
        return true
    }

    /// Whether an init container failed for good.
    private var hasFailedInitialization: Bool {
        guard plan.hasInitContainers else { return false }
        return runs.contains { run in
            guard run.role == .initial, let code = run.latestEnding?.exitCode else { return false }
            return code != 0 && !restarts(run.plan, after: code)
        }
    }

    /// The phase as it is to be shown: one that is final only when no container runs any more
    /// (status manager's mergePodStatus).
    var phase: String {
        if refusal != nil { return "Failed" }
        if isForgotten { return "Running" }
        var phase = verdict == nil ? containerPhase : "Failed"
        var isFinal = phase == "Failed" || phase == "Succeeded"
        // A pod that is over has a final phase (status manager's TerminatePod).
        if !isFinal, isDead, stopping != nil {
            phase = "Failed"
            isFinal = true
        }
        return isFinal && runs.contains(where: \.isAlive) ? shownPhase : phase
    }

    /// Source: kubelet's getPhase. A pod of two containers, restart policy OnFailure, of which one
    /// ended with 0 and one with 1: Running, because the second will be started again.
    private var containerPhase: String {
        if hasFailedInitialization { return "Failed" }
        var isInitializing = false
        var isSidecarPending = false
        var running = 0
        var waiting = 0
        var stopped = 0
        var succeeded = 0
        for run in runs {
            switch (run.role, run.state) {
            case (.initial, .running): isInitializing = true
            case (.initial, .waiting): if run.last == nil { isInitializing = true }
            case (.initial, .ended): break
            case (.sidecar, .running): if !run.hasStarted { isSidecarPending = true }
            case (.sidecar, .waiting): if run.last == nil { isSidecarPending = true }
            case (.sidecar, .ended), (.ephemeral, _): break
            case (.main, .running): running += 1
            case (.main, .ended(let ending)):
                stopped += 1
                if ending.exitCode == 0 { succeeded += 1 }
            case (.main, .waiting):
                if run.last == nil { waiting += 1 } else { stopped += 1 }
            }
        }
        if isInitializing || isSidecarPending && !hasStartedMain { return "Pending" }
        if waiting > 0 { return "Pending" }
        if running > 0 { return "Running" }
        if stopped == 0 { return "Pending" }
        if isDead { return stopped == succeeded ? "Succeeded" : "Failed" }
        let isRestarting = runs.contains { run in
            guard run.role == .main, let ending = run.latestEnding ?? run.last else { return false }
            return run.isReset || restarts(run.plan, after: ending.exitCode)
        }
        if isRestarting { return "Running" }
        return stopped == succeeded ? "Succeeded" : "Failed"
    }
}
