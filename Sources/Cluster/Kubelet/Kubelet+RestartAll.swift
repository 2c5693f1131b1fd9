import Model
import Value

// All containers of a pod start again because one ended as a rule says (KEP-5532). Source: kuberuntime's
// computePodActions and SyncPod, kubelet's convertToAPIContainerStatuses.
extension Kubelet {
    private static let restarting = "The container is removed because RestartAllContainers in place"

    /// Kills what runs, one container after another and without grace: the containers, then the
    /// sidecars. All are removed when the last one is dead.
    func restartAll(_ work: PodWork) {
        var wait: Milliseconds = 0
        for role in [ContainerRun.Role.main, .sidecar, .initial] {
            for index in work.runs.indices where work.runs[index].role == role {
                guard work.runs[index].isAlive else { continue }
                tell(work, .normal, "Killing", "killing", container: index)
                let death = death(work, index, grace: 0, turn: 0)
                wait += death.at - now
                work.runs[index].death = ContainerRun.Death(
                    at: now + wait, exitCode: death.exitCode, reason: death.reason)
            }
        }
        work.isBusy = true
        schedule(work, after: wait + (wait > 0 ? Self.relist : 0), Code.reset)
    }

    /// Nothing of the pod is left but its sandbox: everything begins with the init containers, at once
    /// and without a back-off.
    func reset(_ work: PodWork) {
        guard work.deathDue == nil, work.stopping == nil, work.verdict == nil else { return }
        work.isBusy = false
        for index in work.runs.indices where work.runs[index].role != .ephemeral {
            freeUsage(work, index)
            work.runs[index].reset(message: Self.restarting, at: now)
        }
        write(work)
        for index in work.runs.indices {
            work.runs[index].awaitFirstStart()
        }
        sync(work)
    }
}
