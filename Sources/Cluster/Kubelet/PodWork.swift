import Model
import Value

/// One pod as its kubelet handles it, from admission to removal.
final class PodWork {
    /// Distinguishes this work from earlier ones in the same slot: events carry it.
    let number: Int
    let key: ObjectKey
    let slot: Slot
    let uid: String
    let node: Int
    /// What the pod's spec asks of its kubelet; replaced when an image changes.
    var plan: PodPlan
    /// Init containers and sidecars in order, then the containers, then ephemeral ones.
    var runs: [ContainerRun]
    /// When the kubelet first saw the pod.
    let seen: Milliseconds
    /// When the kubelet takes the pod in, where it has to make room first.
    var admittedAt: Milliseconds?
    var address = ""
    /// Whether the address is one of the node's range, to be given back.
    var ownsAddress = false
    /// When a pod for which there was no address is tried again.
    var addressRetry: Milliseconds?
    /// Whether the sandbox is up: containers may start.
    var hasSandbox = false
    /// Whether the sandbox of a pod that is done is gone again.
    var isSandboxGone = false
    /// Whether the kubelet has cleaned up after the pod (upstream's SyncTerminatedPod).
    var isCleanedUp = false
    /// Whether the object is being removed.
    var isRemoving = false
    /// Whether its status said Running.
    var wasRunning = false
    /// When deletion was asked for; nil before.
    var stopping: Milliseconds?
    /// Whether a Job made the pod.
    let isOfJob: Bool
    /// When the last container of a pod that is being killed will be dead.
    var deathDue: Milliseconds?
    /// Whether all containers are dead after a kill of the whole pod.
    var isDead = false
    /// Whether the pod was running when its machine died, and its sandbox has to be made again.
    var isRestored = false
    /// Whether the kubelet finds a pod that is being deleted, but none of its containers.
    var isForgotten = false
    /// Set when the kubelet refuses the pod: phase Failed with this reason, and no containers.
    var refusal: Verdict?
    /// Set when the kubelet ends the pod, by eviction or deadline: phase Failed once all are dead.
    var verdict: Verdict?
    /// Whether a status write is on its way.
    var isWriting = false
    /// Whether the pod worker waits for a pull, a hook or a kill.
    var isBusy = false
    /// When the pod worker's next turn is, and its last one was.
    var nextSync: Milliseconds?
    var lastSync: Milliseconds = -1
    /// The images that could not be pulled for it.
    var pulls: [String: FailedPull] = [:]
    /// When the volumes of the pod were first tried, and how long until the next time.
    var mountSince: Milliseconds?
    var mountDelay: Milliseconds = 0
    /// The generation of the pod that the kubelet goes by, for what it observed (KEP-5067).
    var generation: Value
    /// The condition list last written, to keep its transition times.
    var conditions: Value = .null
    /// How far new amounts for the running pod are.
    var resize = ResizeState()
    /// The phase last written.
    var shownPhase = "Pending"
    struct Verdict {
        let reason: String
        let message: String
        /// What the condition DisruptionTarget says of it (KEP-3329); nil: there is none.
        var disruption: String?
    }

    init(
        number: Int, pod: StoredObject, plan: PodPlan, node: Int, seen: Milliseconds
    ) {
        self.number = number
        key = pod.key
        slot = pod.slot
        uid = pod.uid
        generation = pod.value[.metadata][.generation]
        isOfJob = pod.controllerReference?.text(.kind) == "Job"
        self.plan = plan
        self.node = node
        self.seen = seen
        conditions = pod.value[.status][.conditions]
        let isInitializing = plan.hasInitContainers
        runs = plan.containers.map { ContainerRun(plan: $0, isInitializing: isInitializing) }
    }

    private init(copying other: PodWork) {
        number = other.number
        key = other.key
        slot = other.slot
        uid = other.uid
        node = other.node
        plan = other.plan
        runs = other.runs
        seen = other.seen
        admittedAt = other.admittedAt
        address = other.address
        ownsAddress = other.ownsAddress
        addressRetry = other.addressRetry
        hasSandbox = other.hasSandbox
        isSandboxGone = other.isSandboxGone
        isCleanedUp = other.isCleanedUp
        isRemoving = other.isRemoving
        wasRunning = other.wasRunning
        stopping = other.stopping
        isOfJob = other.isOfJob
        deathDue = other.deathDue
        isDead = other.isDead
        isRestored = other.isRestored
        isForgotten = other.isForgotten
        refusal = other.refusal
        verdict = other.verdict
        isWriting = other.isWriting
        isBusy = other.isBusy
        nextSync = other.nextSync
        lastSync = other.lastSync
        pulls = other.pulls
        mountSince = other.mountSince
        mountDelay = other.mountDelay
        generation = other.generation
        conditions = other.conditions
        resize = other.resize
        shownPhase = other.shownPhase
    }

    /// The same for another world.
    func copy(_ copies: inout RunCopies) -> PodWork {
        let copy = PodWork(copying: self)
        copy.runs = runs.map { $0.copy(&copies) }
        return copy
    }

    /// Takes up ephemeral containers that were added to the pod.
    func addRuns(of plan: PodPlan) {
        let known = Set(runs.map(\.name))
        for container in plan.containers
        where container.role == .ephemeral && !known.contains(container.name) {
            runs.append(ContainerRun(plan: container, isInitializing: false))
        }
    }

    var restartPolicy: String { plan.restartPolicy }

    /// The pod as messages name it (kubelet's format.Pod).
    var longName: String { "\(key.name)_\(key.namespace)(\(uid))" }

    /// A container as events name it: `spec.containers{web}`.
    func fieldPath(ofContainer index: Int) -> String {
        let group =
            switch runs[index].role {
            case .main: "containers"
            case .initial, .sidecar: "initContainers"
            case .ephemeral: "ephemeralContainers"
            }
        return "spec.\(group){\(runs[index].name)}"
    }

    /// Whether the pod worker may start containers.
    var mayStart: Bool {
        hasSandbox && stopping == nil && deathDue == nil && refusal == nil && verdict == nil
            && !isBusy
    }

    // MARK: What is to be started

    /// Whether a container will be started again after it ended with `code` (ShouldContainerBeRestarted).
    func restarts(_ plan: ContainerPlan, after code: Int) -> Bool {
        if plan.role == .main || plan.role == .initial, let own = plan.restarts(after: code) {
            return own
        }
        switch plan.role {
        case .sidecar: return true
        case .initial: return code != 0 && restartPolicy != "Never"
        case .main: return restartPolicy == "Always" || restartPolicy == "OnFailure" && code != 0
        case .ephemeral: return false
        }
    }

    /// Whether a container ended in a way that has all of them start again (KEP-5532).
    var restartsAll: Bool {
        plan.restartsAll
            && runs.contains { run in
                run.role != .ephemeral
                    && run.ending.map { run.plan.restartsAll(after: $0.exitCode) } ?? false
            }
    }

    /// Whether any of the containers proper was ever started: then the pod stays initialized, even if
    /// a sidecar or the whole machine starts again.
    var hasStartedMain: Bool { runs.contains { $0.role == .main && $0.generation > 0 } }

    /// Whether every init container and sidecar let the containers start.
    var isInitialized: Bool {
        !plan.hasInitContainers || hasStartedMain
            || runs.allSatisfy { !$0.isOfInitialization || $0.isPassed }
    }

    /// Whether the container at `index` is to be started now.
    private func isDue(_ index: Int) -> Bool {
        guard !runs[index].isAlive, !runs[index].isStarting else { return false }
        if runs[index].generation == 0 || runs[index].isOfInitialization && !runs[index].hasRunHere
        {
            return true
        }
        guard let code = runs[index].latestExitCode else { return true }
        return restarts(runs[index].plan, after: code)
    }

    /// The containers of `role` that are to be started now.
    private func due(_ role: ContainerRun.Role) -> [Int] {
        var found: [Int] = []
        for index in runs.indices where runs[index].role == role && isDue(index) {
            found.append(index)
        }
        return found
    }

    /// The containers that the pod worker is to start at this turn, in order.
    ///
    /// Init containers come one after another; a sidecar lets the next begin once it has started;
    /// sidecars that died are started again at any time. Source: kubelet's computePodActions and
    /// computeInitContainerActions. With init containers a, b (a sidecar) and a main container c: a;
    /// after a's exit code 0 b; after b's startup c.
    func due() -> [Int] {
        // Ephemeral containers come first, whatever the others do, and once (computePodActions).
        let added = due(.ephemeral)
        return added.isEmpty ? dueOfPlan() : added + dueOfPlan()
    }

    private func dueOfPlan() -> [Int] {
        guard plan.hasInitContainers else { return due(.main) }
        if runs.contains(where: { $0.role == .main && $0.hasRunHere }) {
            return due(.sidecar) + due(.main)
        }
        let latest = runs.indices.last { runs[$0].isOfInitialization && runs[$0].hasRunHere }
        guard let latest else { return isDue(0) ? [0] : [] }
        var result = due(.sidecar).filter { $0 < latest }
        guard runs[latest].isPassed else {
            if isDue(latest) { result.append(latest) }
            return result
        }
        let next = latest + 1
        if next < runs.count, runs[next].isOfInitialization {
            return isDue(next) ? result + [next] : result
        }
        return result + due(.main)
    }
}
