import Model
import Support
import Value

// What machines that die, are cut off and come back mean to a kubelet.
extension Kubelet {
    /// What containerd says of containers whose task is gone when it starts: nobody saw them end.
    private static let unknownExit = (code: 255, reason: "Unknown")

    /// The kubelet dies: nothing on its node moves any more, and nobody reports.
    func kill(_ node: Int, reboots: Bool) {
        nodes[node].isDown = nodes[node].isAlive ? reboots : nodes[node].isDown && reboots
        nodes[node].isAlive = false
        nodes[node].lives += 1
        nodes[node].usage = [0, 0]
        nodes[node].isPressed = [false, false]
        nodes[node].pressedUntil = [0, 0]
        nodes[node].nextPass = nil
        nodes[node].addresses.reset()
        nodes[node].starved = []
        for slot in works.indices where works[slot]?.node == node {
            if let work = works[slot] { endScriptedRuns(work) }
            works[slot] = nil
        }
    }

    /// The kubelet starts. It finds the pods of its node, and of their containers what the runtime
    /// remembers. One that was only cut off reports what happened meanwhile.
    func revive(_ node: Int) {
        if nodes[node].isAlive { return reconnect(node) }
        if nodes[node].isDown { nodes[node].boots += 1 }
        nodes[node].isAlive = true
        nodes[node].isDown = false
        nodes[node].isCutOff = false
        nodes[node].isFull = now
        tellStart(node)
        reportNode(node)
        for pod in view.pods(onNode: nodes[node].name).sorted(by: { $0.name < $1.name }) {
            if PodView(pod.value).isTerminal {
                if pod.isDeleting { finish(pod, node) }
            } else {
                readmit(pod, node)
            }
        }
    }

    /// A pod that ended while it was being deleted, whose object the kubelet did not live to remove:
    /// nobody else does. Source: the status manager, which syncs every pod of the node once it starts
    /// (canBeDeleted).
    private func finish(_ pod: StoredObject, _ node: Int) {
        let work = addWork(pod, node)
        work.stopping = now
        work.isDead = true
        schedule(work, after: profile.statusWrite, Code.remove)
    }

    /// The kubelet reaches the API server again: it takes in what it missed, and reports.
    private func reconnect(_ node: Int) {
        guard nodes[node].isCutOff else { return networkChanged(node) }
        nodes[node].isCutOff = false
        reportNode(node)
        // What the eviction manager had planned is void since the cut.
        nodes[node].nextPass = nil
        if nodes[node].isPressed.contains(true) || nodes[node].usage.contains(where: { $0 > 0 }) {
            planPass(node)
        }
        for case let work? in works where work.node == node {
            work.isWriting = false
            report(work)
        }
        for pod in view.pods(onNode: nodes[node].name).sorted(by: { $0.name < $1.name }) {
            take(pod, node, at: now)
        }
        for case let work? in works where work.node == node {
            guard view.get(.pod, work.slot)?.uid != work.uid else { continue }
            for index in work.runs.indices { freeUsage(work, index) }
            drop(work)
        }
    }

    // MARK: Pods after a restart

    /// Takes up a pod that was bound to the node before its kubelet started.
    ///
    /// A machine that rebooted has the dead containers of the pod, which end with 255 "Unknown"; the
    /// pod stays Running, is not ready, and its containers start once more in a new sandbox. Example:
    /// `1/1 Running 0`, then `0/1 Unknown 0`, then `1/1 Running 1 (1s ago)`. The recorded kubelets
    /// remembered nothing, so that their pods began anew.
    private func readmit(_ pod: StoredObject, _ node: Int) {
        let work = addWork(pod, node)
        if work.plan.isHostNetwork { work.address = nodes[node].address.string ?? "" }
        let status = PodStatusView(pod.value[.status])
        for container in status.containerStatuses + status.initContainerStatuses {
            guard let index = work.runs.firstIndex(where: { $0.name == container.name }) else {
                continue
            }
            if !container.running.isNull || container.restartCount > 0 {
                work.runs[index].restarts = container.restartCount
            }
            if !profile.runtime.forgetsContainers {
                restore(container.value, to: work, index)
            } else if !pod.isDeleting, !container.running.isNull {
                work.runs[index].last = Self.lost(at: now)
                work.runs[index].restarts += 1
            }
        }
        if pod.isDeleting {
            work.isForgotten = profile.runtime.forgetsContainers && status.phase == "Running"
            return stop(work, pod)
        }
        report(work)
        if work.isFinished { return }
        planStart(work, bound: now)
    }

    /// A container that ran and of which the runtime knows nothing (convertToAPIContainerStatuses).
    private static func lost(at instant: Milliseconds) -> ContainerRun.Ending {
        ContainerRun.Ending(
            exitCode: 137, reason: "ContainerStatusUnknown",
            message: "The container could not be located when the pod was deleted.  The container "
                + "used to be Running",
            started: nil, finished: instant, number: 0)
    }

    /// The state in which the runtime finds a container that was started before.
    private func restore(_ status: Value, to work: PodWork, _ index: Int) {
        guard !status.text(.containerID).isEmpty else { return }
        work.isRestored = true
        work.runs[index].generation = status.int(.restartCount) + 1
        let state = status[.state]
        if !state[.running].isNull {
            work.runs[index].state = .ended(
                ContainerRun.Ending(
                    exitCode: Self.unknownExit.code, reason: Self.unknownExit.reason,
                    started: Self.instant(state[.running][.startedAt]) ?? now, finished: now,
                    number: work.runs[index].generation))
            return
        }
        // One that waited for its next start had ended already.
        let ended = state[.terminated].isNull ? status[.lastState][.terminated] : state[.terminated]
        guard !ended.isNull else { return }
        work.runs[index].state = .ended(
            ContainerRun.Ending(
                exitCode: ended.int(.exitCode), reason: ended.text(.reason),
                started: Self.instant(ended[.startedAt]) ?? now,
                finished: Self.instant(ended[.finishedAt]) ?? now,
                number: work.runs[index].generation))
    }

    private static func instant(_ text: Value) -> Milliseconds? {
        text.string.flatMap { Timestamp(parsing: $0) }?.worldTime
    }

    /// A restored pod gets a new sandbox: its init containers run once more.
    func renewSandbox(_ work: PodWork) {
        work.isRestored = false
        for index in work.runs.indices where work.runs[index].isOfInitialization {
            work.runs[index].last = work.runs[index].ending ?? work.runs[index].last
            work.runs[index].state = .waiting(reason: "PodInitializing", message: "")
            work.runs[index].hasStarted = false
        }
        guard profile.recordsKubeletEvents, let pod = view.get(.pod, work.slot), pod.uid == work.uid
        else { return }
        record(
            pod, .normal, reason: "SandboxChanged",
            message: "Pod sandbox changed, it will be killed and re-created.",
            source: EventSource(Self.name, host: nodes[work.node].name),
            series: nodes[work.node].boots)
    }
}
