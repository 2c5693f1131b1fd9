import API
import Model
import Support
import Value

// Stopping containers: grace periods, preStop hooks, the order of sidecars.
extension Kubelet {
    /// Every container gets this much time to stop, whatever the grace (upstream:
    /// minimumGracePeriodInSeconds).
    private static let leastGrace: Milliseconds = 2_000

    // MARK: One container

    /// Kills one container, which is started again afterwards or left to the pod worker.
    ///
    /// - Parameter graceSeconds: the probe's own grace; nil: the pod's.
    func killContainer(
        _ work: PodWork, _ index: Int, message: String, restarts: Bool, graceSeconds: Int? = nil
    ) {
        tell(work, .normal, "Killing", message, container: index)
        let grace = Milliseconds(seconds: graceSeconds ?? work.plan.graceSeconds)
        let death = death(work, index, grace: grace, turn: 0)
        work.runs[index].death = death
        work.isBusy = true
        schedule(
            work, after: death.at - now, restarts ? Code.killedToRestart : Code.killed,
            container: index, generation: work.runs[index].generation)
    }

    /// A container that was to be killed is dead.
    func killed(_ work: PodWork, _ index: Int, restarts: Bool) {
        guard let death = work.runs[index].death, work.deathDue == nil else { return }
        let before = work.runs[index].last
        work.isBusy = false
        end(work, index, code: death.exitCode, reason: death.reason)
        report(work)
        guard restarts else { return planSync(work, after: Self.relist) }
        // The turn that killed it starts it anew. It knows only of the end before this one.
        if let before, !mayRestart(work, index, after: before.finished) {
            return planSync(work, after: Self.retry)
        }
        let pull = pullImage(work, index)
        switch pull == .started ? create(work, index) : pull {
        case .started: sync(work)
        case .busy: break
        case .failed: planSync(work, after: Self.retry)
        }
    }

    // MARK: The whole pod

    /// Kills all containers of a pod; ``Code/dead`` comes when the last one is dead.
    ///
    /// Sidecars stop after the containers, in reverse order, as far as the grace lasts; their preStop
    /// hooks run at once (KEP-753). Source: kuberuntime's killContainer and termination order.
    func killPod(_ work: PodWork, graceSeconds: Int, isQuiet: Bool = false) {
        let grace = Milliseconds(seconds: graceSeconds)
        let alive = work.runs.indices.filter { work.runs[$0].isAlive }
        let sidecars = alive.filter { work.runs[$0].role == .sidecar }.reversed()
        let others = alive.filter { work.runs[$0].role != .sidecar }
        var turn: Milliseconds = 0
        for index in others + sidecars {
            if !isQuiet {
                tell(
                    work, .normal, "Killing", "Stopping container \(work.runs[index].name)",
                    container: index)
            }
            let isSidecar = work.runs[index].role == .sidecar
            let planned = death(work, index, grace: grace, turn: isSidecar ? turn : 0)
            if let known = work.runs[index].death, known.at <= planned.at {
                turn = max(turn, known.at - now)
                continue
            }
            work.runs[index].death = planned
            turn = max(turn, planned.at - now)
        }
        work.deathDue = now + turn
        schedule(work, after: turn, Code.dead)
    }

    /// How a container that is asked to stop now will end.
    ///
    /// The preStop hook comes out of the grace; after it the process has what is left, but at least 2 s,
    /// and is killed then. Grace 30 s, hook 10 s, a process that takes 25 s: killed after 30 s, 137.
    ///
    /// - Parameter turn: when the containers are dead for which it waits.
    func death(
        _ work: PodWork, _ index: Int, grace: Milliseconds, turn: Milliseconds
    ) -> ContainerRun.Death {
        let behavior = behavior(work, index)
        let plan = work.runs[index].plan
        var hook: Milliseconds = 0
        if !plan.preStop.isNull, grace > 0 {
            let wanted = Self.duration(of: plan.preStop, behavior.preStop)
            hook = min(wanted, grace)
            // One that the grace cuts short has not failed.
            if behavior.preStop?.succeeds == false, wanted <= grace {
                schedule(work, after: hook, Code.preStopFailed, container: index)
            }
        }
        // Seconds are counted whole: what is left of one is not taken off.
        let left = grace - hook / 1_000 * 1_000
        let wait = min(max(turn - hook, 0), max(left, 0))
        let remaining = max(left - wait / 1_000 * 1_000, Self.leastGrace)
        let wanted = behavior.stopAfter ?? jittered(profile.kubeletStop)
        let isKilled = wanted > remaining
        let signalled =
            profile.runtime.endsCommands && plan.ending != nil && plan.role != .sidecar ? 143 : 0
        return ContainerRun.Death(
            at: now + hook + wait + min(wanted, remaining), exitCode: isKilled ? 137 : signalled,
            signalled: now + hook + wait)
    }

    func preStopFailed(_ work: PodWork, _ index: Int) {
        tell(work, .warning, "FailedPreStopHook", "PreStopHook failed", container: index)
    }

    // MARK: Deletion

    /// The pod is being deleted, or sooner than was asked before.
    func stop(_ work: PodWork, _ pod: StoredObject) {
        let isFirst = work.stopping == nil
        if isFirst { work.stopping = now }
        act(as: nodes[work.node].actor)
        if isFirst {
            showEndings(work)
            // What it shows now is told before its end, also where nothing is left to be killed.
            if work.runs.contains(where: \.isAlive) { report(work) } else { write(work) }
        }
        let grace = pod.value[.metadata].int(.deletionGracePeriodSeconds)
        if work.isDead { return schedule(work, after: profile.podRemoval, Code.remove) }
        guard work.runs.contains(where: \.isAlive) else {
            work.deathDue = now
            return schedule(work, after: 0, Code.dead)
        }
        killPod(work, graceSeconds: grace, isQuiet: !isFirst)
    }

    /// The last container of a pod that was killed is dead.
    func allDead(_ work: PodWork) {
        guard !work.isDead, let due = work.deathDue, now >= due else { return }
        let wasInitialized = work.isInitialized
        for index in work.runs.indices where work.runs[index].isAlive {
            let death = work.runs[index].death
            end(
                work, index, code: death?.exitCode ?? 0, at: death?.at, reason: death?.reason)
        }
        if work.isForgotten {
            // Its end, and that of its containers, are told one after the other.
            work.isForgotten = false
            work.isDead = true
            write(work)
        }
        let ends = work.stopping != nil || work.verdict != nil
        if ends { loseUnstarted(work, wasInitialized: wasInitialized) }
        work.isDead = true
        freeAddress(work)
        report(work)
        if work.verdict?.reason == Self.evicted { planPass(work.node, after: Self.relist) }
    }

    /// Nothing of a pod that is being deleted starts again: containers that wait for their next start
    /// show how they ended (ShouldContainerBeRestarted).
    private func showEndings(_ work: PodWork) {
        for index in work.runs.indices { _ = work.runs[index].showEnding() }
    }

    /// Containers that do not run, of a pod that is over, count as lost: all of an initialized pod, and
    /// the init containers up to the last that was ever started. The others wait for ever. Source:
    /// status manager's TerminatePod, hasPodInitialized and initializedContainers.
    private func loseUnstarted(_ work: PodWork, wasInitialized: Bool) {
        let latest = work.runs.indices.last { index in
            guard work.runs[index].isOfInitialization else { return false }
            if case .waiting = work.runs[index].state { return work.runs[index].last != nil }
            return true
        }
        for index in work.runs.indices {
            guard case .waiting = work.runs[index].state else { continue }
            let isLost = work.runs[index].isOfInitialization ? index <= latest ?? 0 : wasInitialized
            guard isLost else { continue }
            work.runs[index].state = .ended(
                ContainerRun.Ending(
                    exitCode: 137, reason: "ContainerStatusUnknown",
                    message: "The container could not be located when the pod was terminated",
                    started: nil, finished: now, number: 0))
        }
    }

    /// Removes the object. A kubelet that is cut off does so when it reports again.
    func removePod(_ work: PodWork) {
        // One that is cut off does it when it reports again.
        guard !nodes[work.node].isCutOff, var pod = api.find(.pod, work.key), pod.uid == work.uid
        else { return }
        work.isRemoving = true
        if work.wasRunning, !work.isCleanedUp, work.plan.leftResources != work.plan.resources {
            work.isCleanedUp = true
            write(work)
            guard let next = api.find(.pod, work.key) else { return }
            pod = next
        }
        _ = try? api.delete(pod, options: DeleteOptions(gracePeriodSeconds: 0, uid: work.uid))
    }

    /// The pod is gone, by force or with its node's kubelet unheard: what runs is stopped.
    func forget(_ pod: StoredObject) {
        guard let work = work(pod.slot), work.uid == pod.uid else { return }
        for index in work.runs.indices where work.runs[index].isAlive {
            freeUsage(work, index)
            guard work.stopping == nil, profile.recordsKubeletEvents, !nodes[work.node].isCutOff
            else {
                continue
            }
            act(as: nodes[work.node].actor)
            tell(
                work, about: pod, .normal, "Killing",
                "Stopping container \(work.runs[index].name)", container: index)
        }
        drop(work)
    }

    // MARK: Deadlines

    /// The pod was active for as long as it may be. Source: kubelet's active deadline handler.
    func deadlinePassed(_ work: PodWork) {
        guard work.stopping == nil, work.verdict == nil, work.deathDue == nil, !work.isFinished,
            let pod = view.get(.pod, work.slot), let due = deadline(work, pod), due <= now
        else { return }
        let text = "Pod was active on the node longer than the specified deadline"
        tell(work, .normal, "DeadlineExceeded", text)
        endPod(
            work, PodWork.Verdict(reason: "DeadlineExceeded", message: text),
            graceSeconds: work.plan.graceSeconds)
    }

    /// Ends a pod with a reason of the kubelet's own: Failed, once its containers are dead.
    func endPod(_ work: PodWork, _ verdict: PodWork.Verdict, graceSeconds: Int) {
        work.verdict = verdict
        work.isBusy = false
        killPod(work, graceSeconds: graceSeconds)
        if work.runs.contains(where: \.isAlive) { report(work) }
    }
}
