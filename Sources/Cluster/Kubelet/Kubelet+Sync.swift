import Model
import Support
import Value

// The pod worker: what a kubelet does for a pod at each turn.
extension Kubelet {
    /// From a change of a container to the kubelet's next look at the pod (PLEG's relist period).
    static let relist: Milliseconds = 1_000
    /// From a turn that failed to the next: upstream's back-off period of 10 s with its jitter of up to
    /// a half, taken at the middle.
    static let retry: Milliseconds = 12_500

    /// How an attempt to start a container went.
    enum Attempt {
        case started, failed
        /// A pull or a hook is on its way; the turn goes on afterwards.
        case busy
    }

    /// The sandbox is up as soon as the volumes are: containers may start.
    func startPod(_ work: PodWork) {
        guard !work.hasSandbox, work.stopping == nil, work.deathDue == nil, work.refusal == nil
        else { return }
        if !work.plan.volumes.isEmpty, !mountVolumes(work) { return }
        guard hasNetwork(for: work) else { return }
        guard takeAddress(work) else { return }
        work.hasSandbox = true
        if work.isRestored { renewSandbox(work) }
        tellSandbox(work)
        sync(work)
        // That it came up is a change that the kubelet looks at, whatever came of the first turn.
        if work.runs.contains(where: { $0.trouble != nil }) { planSync(work, after: Self.relist) }
    }

    /// That the sandbox is up is told by itself, before any container is started (OnPodSandboxReady); its
    /// address comes with the next status.
    private func tellSandbox(_ work: PodWork) {
        guard !nodes[work.node].isCutOff, let pod = api.find(.pod, work.key), pod.uid == work.uid
        else { return }
        let conditions = builder.conditions(
            of: work, work.phase, over: pod.value[.status][.conditions], api.timestamp)
        work.conditions = conditions
        _ = try? api.modifyStatus(pod) { $0[.conditions] = conditions }
    }

    /// Asks for a turn of the pod worker; an earlier one that is planned already will do.
    func planSync(_ work: PodWork, after delay: Milliseconds, weight: EventWeight = .work) {
        let due = now + delay
        if let planned = work.nextSync, planned <= due, planned >= now { return }
        work.nextSync = due
        schedule(work, after: delay, Code.sync, weight: weight)
    }

    /// A turn that was planned is due, unless it was moved, or another event of this instant took it.
    func syncIsDue(_ work: PodWork, planned: Bool) {
        if planned {
            guard work.nextSync == now else { return }
            work.nextSync = nil
        }
        if work.lastSync != now { sync(work) }
    }

    /// One turn (upstream: SyncPod): shows what the last one met, and starts what is due.
    func sync(_ work: PodWork) {
        guard work.mayStart else { return }
        work.lastSync = now
        if work.nextSync == now { work.nextSync = nil }
        var isNews = false
        for index in work.runs.indices where work.runs[index].trouble != nil {
            if work.runs[index].showTrouble() { isNews = true }
        }
        // Shown before anything is tried: between two failures a pod shows why it waits.
        if isNews { write(work) }
        if work.isFinished { return finish(work) }
        if work.restartsAll { return restartAll(work) }
        var hasFailed = false
        for index in work.due() {
            switch attempt(work, index) {
            case .started: continue
            case .busy: return
            case .failed: hasFailed = true
            }
            if work.runs[index].role == .initial { break }
        }
        if hasFailed { retrySync(work) }
    }

    /// Plans the turn after one that failed. What it will change is work; that it comes round to find
    /// nothing new is a tick.
    private func retrySync(_ work: PodWork) {
        let isNews = work.runs.contains(where: \.hasNews)
        planSync(work, after: Self.retry, weight: isNews ? .work : .tick)
    }

    /// Starts a container, unless it is backing off.
    func attempt(_ work: PodWork, _ index: Int) -> Attempt {
        if let finished = work.runs[index].latestEnding?.finished {
            guard mayRestart(work, index, after: finished) else { return .failed }
        }
        let outcome = pullImage(work, index)
        return outcome == .started ? create(work, index) : outcome
    }

    /// Whether a container that ended at `finished` may be started again; if so, the next time will take
    /// longer. Source: kuberuntime's doBackOff: at once, then after 10 s, 20 s, 40 s … 5 min.
    func mayRestart(_ work: PodWork, _ index: Int, after finished: Milliseconds) -> Bool {
        guard work.runs[index].restartBackOff.holds(finished, now) else {
            work.runs[index].restartBackOff.raise(finished, now)
            return true
        }
        let delay = work.runs[index].restartBackOff.delay
        let texts = backOffTexts(work, index, delay)
        tellBackOff(work, index, texts)
        work.runs[index].trouble = texts.trouble
        planAttempt(work, index, at: finished + delay)
        return false
    }

    private func backOffTexts(
        _ work: PodWork, _ index: Int, _ delay: Milliseconds
    ) -> BackOffTexts {
        let known = work.runs[index].backOffTexts
        if let known, known.delay == delay { return known }
        let subject = "container=\(work.runs[index].name) pod=\(work.longName)"
        let trouble = ContainerRun.Trouble(
            reason: "CrashLoopBackOff",
            message: "back-off \(goDuration(delay)) restarting failed \(subject)")
        let texts = known ?? BackOffTexts(delay: delay, trouble: trouble)
        texts.delay = delay
        texts.trouble = trouble
        work.runs[index].backOffTexts = texts
        return texts
    }

    /// Makes sure that the first turn at or after `instant` counts as work to come.
    func planAttempt(_ work: PodWork, _ index: Int, at instant: Milliseconds) {
        let turns = max((instant - now + Self.retry - 1) / Self.retry, 1)
        schedule(
            work, after: turns * Self.retry, Code.restart, container: index,
            generation: work.runs[index].generation)
    }

    /// All is done: what runs beside the containers is stopped (KEP-753).
    private func finish(_ work: PodWork) {
        guard work.runs.contains(where: \.isAlive) else { return }
        killPod(work, graceSeconds: work.plan.graceSeconds)
    }

    // MARK: Volumes

    private static let firstMountDelay: Milliseconds = 500
    private static let lastMountDelay: Milliseconds = 122_000
    /// How long a turn of the pod worker waits for volumes.
    private static let mountTimeout: Milliseconds = 123_000

    /// Whether the volumes of the pod can be set up. If not, tries again after 0.5 s, 1 s, 2 s …
    /// 2m2s (volume operations' exponential back-off).
    private func mountVolumes(_ work: PodWork) -> Bool {
        let faults = mountFaults(work)
        guard let first = faults.first else { return true }
        if work.mountSince == nil {
            work.mountSince = now
            schedule(work, after: Self.mountTimeout, Code.mountTimeout, weight: .tick)
        }
        tell(
            work, .warning, "FailedMount",
            "MountVolume.SetUp failed for volume \"\(first.volume)\" : \(first.fault)")
        work.mountDelay = min(
            max(work.mountDelay * 2, Self.firstMountDelay), Self.lastMountDelay)
        schedule(work, after: work.mountDelay, Code.start, weight: .tick)
        waiting.insert(work.slot)
        return false
    }

    private func mountFaults(_ work: PodWork) -> [(volume: String, fault: String)] {
        work.plan.volumes.compactMap { reference in
            reference.mountFault(api, work.key.namespace).map { (reference.volume, $0) }
        }
    }

    /// The pod worker gave up waiting; it begins anew.
    func mountTimedOut(_ work: PodWork) {
        guard !work.hasSandbox, work.stopping == nil, work.deathDue == nil else { return }
        var names: [String] = []
        for (volume, _) in mountFaults(work) where !names.contains(volume) { names.append(volume) }
        if !names.isEmpty {
            tell(
                work, .warning, "FailedMount",
                "Unable to attach or mount volumes: unmounted volumes=[\(names.joined(separator: " "))], "
                    + "unattached volumes=[], failed to process volumes=[]: "
                    + "context deadline exceeded")
        }
        schedule(work, after: Self.mountTimeout + Self.retry, Code.mountTimeout, weight: .tick)
    }

    /// A config map or secret was written: pods that miss one look again at their next turn, which is
    /// now more than a tick.
    func configChanged(_ change: Change) {
        guard change.type != .deleted, !waiting.isEmpty else { return }
        for slot in waiting.sorted(by: { $0.index < $1.index }) {
            guard let work = work(slot), !work.isDead else {
                waiting.remove(slot)
                continue
            }
            guard work.key.namespace == change.object.namespace else { continue }
            if work.hasSandbox {
                guard let next = work.nextSync, next >= now else { continue }
                schedule(work, after: next - now, Code.sync)
            } else if mountFaults(work).isEmpty {
                schedule(work, after: min(work.mountDelay, Self.retry), Code.start)
            }
        }
    }

    /// "10s", "1m20s", "5m0s", "412ms", "1.5s": as Go prints durations.
    func goDuration(_ time: Milliseconds) -> String {
        if time < 1_000 { return time == 0 ? "0s" : "\(time)ms" }
        var seconds = "\(time / 1_000 % 60)"
        let rest = time % 1_000
        if rest > 0 {
            var digits = String(1_000 + rest).dropFirst()
            while digits.last == "0" { digits = digits.dropLast() }
            seconds += ".\(digits)"
        }
        let minutes = time / 60_000
        if minutes == 0 { return "\(seconds)s" }
        return minutes < 60
            ? "\(minutes)m\(seconds)s" : "\(minutes / 60)h\(minutes % 60)m\(seconds)s"
    }
}
