import Model
import Value

extension Kubelet {
    /// First restart at once, then 10 s, 20 s … 5 min; a run of ten minutes begins anew.
    static let initialBackOff: Milliseconds = 10_000
    static let maximalBackOff: Milliseconds = 300_000
    static let backOffReset: Milliseconds = 600_000
    /// From the end of a container to the kubelet's next look at the pod.
    static let relist: Milliseconds = 1_000

    func behavior(_ work: PodWork, _ index: Int) -> ContainerBehavior {
        cluster.behaviors.behavior(
            namespace: work.key.namespace, pod: work.key.name,
            container: work.runs[index].name, image: work.runs[index].image)
    }

    /// Starts what is due: the next init container, or all containers once those have passed.
    func startNext(_ work: PodWork) {
        for index in work.runs.indices where work.runs[index].role != .main {
            if work.runs[index].isPassed { continue }
            if case .waiting(let reason, _) = work.runs[index].state, reason == "PodInitializing" {
                startContainer(work, index)
            }
            return
        }
        for index in work.runs.indices where work.runs[index].role == .main {
            if case .waiting(let reason, _) = work.runs[index].state,
                reason == "ContainerCreating" || reason == "PodInitializing"
            {
                startContainer(work, index)
            } else if work.runs[index].awaitsSandbox {
                startContainer(work, index)
            }
        }
    }

    /// Pulls the image if need be and starts the container.
    func startContainer(_ work: PodWork, _ index: Int) {
        let behavior = behavior(work, index)
        let image = work.runs[index].image
        if let words = behavior.pullFailure { return failPull(work, index, words) }
        if !work.runs[index].hasPulled {
            work.runs[index].hasPulled = true
            tell(work, .normal, "Pulling", "Pulling image \"\(image)\"", container: index)
            tell(
                work, .normal, "Pulled",
                "Successfully pulled image \"\(image)\" in 412ms (412ms including waiting). "
                    + "Image size: 72950530 bytes.", container: index)
        } else {
            tell(
                work, .normal, "Pulled",
                "Container image \"\(image)\" already present on machine", container: index)
        }
        let delay = behavior.startDelay ?? 0
        if delay == 0 { return run(work, index) }
        schedule(
            work, after: delay, Code.run, container: index,
            generation: work.runs[index].generation)
    }

    private func failPull(_ work: PodWork, _ index: Int, _ words: String) {
        let image = work.runs[index].image
        let message = "failed to pull and unpack image \"\(image)\": \(words)"
        tell(work, .normal, "Pulling", "Pulling image \"\(image)\"", container: index)
        tell(
            work, .warning, "Failed", "Failed to pull image \"\(image)\": \(message)",
            container: index)
        tell(work, .warning, "Failed", "Error: ErrImagePull", container: index)
        work.runs[index].state = .waiting(reason: "ErrImagePull", message: message)
        report(work)
        schedule(
            work, after: Self.relist * 10, Code.backOff, container: index,
            generation: work.runs[index].generation)
    }

    /// Shows the back-off of a container that failed to start or ended, and plans the next attempt.
    func enterBackOff(_ work: PodWork, _ index: Int) {
        let isPull = work.runs[index].generation == 0 || behavior(work, index).pullFailure != nil
        let delay = work.runs[index].backOff
        let name = work.runs[index].name
        if isPull {
            let image = work.runs[index].image
            work.runs[index].backOff = min(
                max(delay * 2, Self.initialBackOff), Self.maximalBackOff)
            tell(work, .normal, "BackOff", "Back-off pulling image \"\(image)\"", container: index)
            tell(work, .warning, "Failed", "Error: ImagePullBackOff", container: index)
            work.runs[index].state = .waiting(
                reason: "ImagePullBackOff", message: "Back-off pulling image \"\(image)\"")
            schedule(
                work, after: work.runs[index].backOff, Code.pull, container: index,
                generation: work.runs[index].generation)
        } else {
            let subject =
                "restarting failed container \(name) in pod \(work.key.name)_\(work.key.namespace)(\(work.uid))"
            tell(work, .warning, "BackOff", "Back-off \(subject)", container: index)
            work.runs[index].state = .waiting(
                reason: "CrashLoopBackOff",
                message: "back-off \(Self.text(delay)) "
                    + "restarting failed container=\(name) "
                    + "pod=\(work.key.name)_\(work.key.namespace)(\(work.uid))")
            schedule(
                work, after: delay - Self.relist, Code.restart, container: index,
                generation: work.runs[index].generation)
            work.runs[index].backOff = min(delay * 2, Self.maximalBackOff)
        }
        report(work)
    }

    /// "10s", "1m20s", "5m0s": as Go prints durations.
    private static func text(_ delay: Milliseconds) -> String {
        let seconds = delay / 1_000
        return seconds < 60 ? "\(seconds)s" : "\(seconds / 60)m\(seconds % 60)s"
    }

    /// The container runs from now on.
    func run(_ work: PodWork, _ index: Int) {
        let behavior = behavior(work, index)
        let name = work.runs[index].name
        if work.runs[index].generation > 0 { work.runs[index].restarts += 1 }
        if work.runs[index].awaitsSandbox {
            work.runs[index].awaitsSandbox = false
            work.runs[index].last = work.runs[index].ending
        }
        work.runs[index].generation += 1
        work.runs[index].state = .running(since: now)
        tell(work, .normal, "Created", "Created container: \(name)", container: index)
        tell(work, .normal, "Started", "Started container \(name)", container: index)
        let spec = work.runs[index].spec
        work.runs[index].hasStarted = spec[.startupProbe].isNull
        if work.runs[index].role != .initial { beginReadiness(work, index, behavior) }
        planExit(work, index, behavior)
        report(work)
        if work.runs[index].role == .sidecar { startNext(work) }
    }

    private func planExit(_ work: PodWork, _ index: Int, _ behavior: ContainerBehavior) {
        var after = behavior.exitAfter
        if after == nil, profile.hasContainerExit {
            after = CommandEnding(container: work.runs[index].spec)?.after
            // An init container that says nothing does its work and ends.
            if after == nil, work.runs[index].role == .initial { after = Self.relist }
        } else if after == nil, work.runs[index].role == .initial {
            after = nil
        }
        guard let after else { return }
        schedule(
            work, after: after, Code.exit, container: index,
            generation: work.runs[index].generation)
    }

    /// The process of a container ended by itself.
    func exit(_ work: PodWork, _ index: Int) {
        guard case .running(let since) = work.runs[index].state else { return }
        let behavior = behavior(work, index)
        let plain = CommandEnding(container: work.runs[index].spec)
        let code =
            behavior.isOutOfMemory
            ? 137 : behavior.exitCode ?? (behavior.exitAfter == nil ? plain?.exitCode : nil) ?? 0
        end(
            work, index, code: code, since: since,
            reason: behavior.isOutOfMemory ? "OOMKilled" : nil)
        afterEnd(work, index, code: code)
    }

    /// Ends a running container: what it ended with is kept as its state.
    func end(
        _ work: PodWork, _ index: Int, code: Int, since: Milliseconds, reason: String? = nil
    ) {
        work.runs[index].state = .ended(
            ContainerRun.Ending(
                exitCode: code, reason: reason ?? (code == 0 ? "Completed" : "Error"),
                started: since, finished: now))
        work.runs[index].isReady = false
        work.runs[index].hasStarted = false
        if now - since >= Self.backOffReset { work.runs[index].backOff = 0 }
    }

    /// Decides what follows the end of a container: a restart, the next one, or the end of the pod.
    func afterEnd(_ work: PodWork, _ index: Int, code: Int) {
        report(work)
        let run = work.runs[index]
        if work.restarts(run.role, after: code) {
            work.runs[index].last = run.ending
            planRestart(work, index)
        } else if run.role == .initial, code == 0 {
            startNext(work)
        } else if work.isFinished {
            endSidecars(work)
        }
    }

    private func planRestart(_ work: PodWork, _ index: Int) {
        let generation = work.runs[index].generation
        if work.runs[index].backOff == 0 {
            work.runs[index].backOff = Self.initialBackOff
            schedule(
                work, after: Self.relist, Code.restart, container: index, generation: generation)
        } else {
            schedule(
                work, after: Self.relist, Code.backOff, container: index, generation: generation)
        }
    }

    /// Sidecars stop when the containers of the pod are done (KEP-753).
    private func endSidecars(_ work: PodWork) {
        for index in work.runs.indices where work.runs[index].role == .sidecar {
            guard case .running(let since) = work.runs[index].state else { continue }
            end(work, index, code: 0, since: since)
        }
    }

    /// Records an event about a container of the pod.
    func tell(
        _ work: PodWork, _ type: EventType, _ reason: String, _ message: String, container: Int
    ) {
        guard profile.hasKubeletEvents, !nodes[work.node].isCutOff,
            let pod = view.get(.pod, work.slot), pod.uid == work.uid
        else { return }
        let group = work.runs[container].role == .main ? "containers" : "initContainers"
        record(
            pod, type, reason: reason, message: message,
            source: EventSource(Kubelet.name, host: nodes[work.node].name),
            fieldPath: "spec.\(group){\(work.runs[container].name)}",
            series: nodes[work.node].boots)
    }
}
