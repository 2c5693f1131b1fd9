import Model
import Support
import Value

// Creating and starting containers, and what follows their end.
extension Kubelet {
    func behavior(_ work: PodWork, _ index: Int) -> ContainerBehavior {
        let name = work.runs[index].name
        var behavior = ContainerBehavior()
        if profile.runtime.readsExitAnnotations, let pod = view.get(.pod, work.slot) {
            behavior = NodeRuntime.annotatedBehavior(pod.value[.metadata][.annotations], name)
        }
        guard !cluster.behaviors.isEmpty else { return behavior }
        let subject = BehaviorSubject(
            work.key, container: name, image: work.runs[index].plan.image.text,
            pod: view.get(.pod, work.slot))
        behavior.overlay(
            cluster.behaviors.behavior(of: subject, concerned: &cluster.concernedBehaviors))
        return behavior
    }

    /// The image is there: creates and starts the container.
    func create(_ work: PodWork, _ index: Int) -> Attempt {
        for reference in work.runs[index].plan.environment {
            guard let fault = reference.environmentFault(api, work.key.namespace) else { continue }
            waiting.insert(work.slot)
            return fail(work, index, "CreateContainerConfigError", fault)
        }
        let behavior = behavior(work, index)
        if let words = behavior.startFailure, !words.isEmpty {
            return failStart(work, index, words)
        }
        let delay = behavior.startDelay ?? 0
        if delay == 0 { return run(work, index) }
        work.runs[index].isStarting = true
        schedule(
            work, after: delay, Code.run, container: index,
            generation: work.runs[index].generation)
        return .started
    }

    /// The runtime made the container but cannot run its command: exit code 128, as containerd says.
    private func failStart(_ work: PodWork, _ index: Int, _ words: String) -> Attempt {
        work.runs[index].beginRun()
        let message =
            "failed to create containerd task: failed to create shim task: OCI runtime create "
            + "failed: runc create failed: unable to start container process: "
            + "error during container init: \(words): unknown"
        work.runs[index].state = .ended(
            ContainerRun.Ending(
                exitCode: 128, reason: "StartError", message: message, started: nil, finished: now,
                number: work.runs[index].generation))
        tell(
            work, .normal, "Created", "Container created",
            container: index)
        report(work)
        let outcome = fail(work, index, "RunContainerError", message)
        planSync(work, after: Self.relist)
        return outcome
    }

    /// The container runs from now on; its pod sees it as running when its postStart hook is done.
    @discardableResult
    func run(_ work: PodWork, _ index: Int) -> Attempt {
        work.runs[index].beginRun()
        tell(work, .normal, "Created", "Container created", container: index)
        tell(work, .normal, "Started", "Container started", container: index)
        let hook = work.runs[index].plan.postStart
        guard !hook.isNull else {
            began(work, index, since: now)
            return .started
        }
        let behavior = behavior(work, index).postStart
        work.runs[index].hookSince = now
        work.isBusy = true
        schedule(
            work, after: Self.duration(of: hook, behavior), Code.hookDone, container: index,
            generation: work.runs[index].generation)
        return .busy
    }

    /// How long a hook takes: as said, or as its command or its `sleep` says.
    static func duration(of hook: Value, _ behavior: HookBehavior?) -> Milliseconds {
        if let takes = behavior?.takes { return takes }
        if !hook[.sleep].isNull { return Milliseconds(seconds: hook[.sleep].int(.seconds)) }
        let command = hook[.exec][.command].elements.compactMap(\.string)
        // A command that only prints something is not worth a state of its own.
        let time = CommandEnding.ending(of: command)?.after ?? 0
        return time > CommandEnding.moment ? time : 0
    }

    /// The postStart hook is done: the container shows as running, or is killed for the hook's failure.
    func hookDone(_ work: PodWork, _ index: Int) {
        guard let since = work.runs[index].hookSince else { return }
        work.runs[index].hookSince = nil
        work.isBusy = false
        if behavior(work, index).postStart?.succeeds ?? true {
            began(work, index, since: since)
            return sync(work)
        }
        work.runs[index].state = .running(since: since)
        tell(work, .warning, "FailedPostStartHook", "PostStartHook failed", container: index)
        work.runs[index].trouble = ContainerRun.Trouble(
            reason: "PostStartHookError", message: hookFailure(work, index))
        killContainer(work, index, message: "FailedPostStartHook", restarts: false)
    }

    /// What a status says of a postStart hook that failed (pkg/kubelet/lifecycle, handlers.go).
    private func hookFailure(_ work: PodWork, _ index: Int) -> String {
        let hook = work.runs[index].plan.postStart
        let subject =
            "for Container \"\(work.runs[index].name)\" in Pod \"\(work.longName)\" failed"
        let request = hook[.httpGet]
        if !request.isNull {
            let port = request[.port].int.map { String($0) } ?? request.text(.port)
            let address = "\(request[.host].string ?? work.address):\(port)"
            let path = request[.path].string ?? ""
            let scheme = (request[.scheme].string ?? "HTTP").lowercased()
            return "HTTP lifecycle hook (\(path)) \(subject) - error: Get \"\(scheme)://\(address)"
                + "\(path)\": dial tcp \(address): connect: connection refused"
        }
        let command = hook[.exec][.command].elements.compactMap(\.string).joined(separator: " ")
        return "Exec lifecycle hook ([\(command)]) \(subject) - error: "
            + "command '\(command)' exited with 1: , message: \"\""
    }

    private func began(_ work: PodWork, _ index: Int, since: Milliseconds) {
        work.runs[index].state = .running(since: since)
        if work.runs[index].plan.command.isScripted { noteScriptedRun(work, index, since: since) }
        work.runs[index].hasStarted = !work.runs[index].plan.hasStartupProbe
        let behavior = behavior(work, index)
        let role = work.runs[index].role
        if role == .main || role == .sidecar { beginReadiness(work, index, behavior) }
        planExit(work, index, behavior)
        beginCommand(work, index, behavior)
        if !behavior.memory.isEmpty || !behavior.disk.isEmpty { planUsage(work, index, behavior) }
        report(work)
        if work.runs[index].role == .sidecar { planSync(work, after: Self.relist) }
    }

    // MARK: The end of a container

    func planExit(_ work: PodWork, _ index: Int, _ behavior: ContainerBehavior) {
        guard case .running(let since) = work.runs[index].state,
            let after = exitDelay(work, work.runs[index], behavior)
        else { return }
        schedule(
            work, after: since + after - now, Code.exit, container: index,
            generation: work.runs[index].generation)
    }

    /// How long a run of the container lasts if nobody ends it; nil: it stays up.
    private func exitDelay(
        _ work: PodWork, _ run: ContainerRun, _ behavior: ContainerBehavior
    ) -> Milliseconds? {
        if let times = behavior.exitTimes, run.restarts >= times { return nil }
        if let after = behavior.exitAfter { return after }
        guard profile.runtime.endsCommands else { return nil }
        if run.plan.command.isLive || run.plan.command.isPrompt { return nil }
        if let ending = run.plan.ending { return ending.after }
        switch run.role {
        // An init container that says nothing does its work and ends.
        case .initial: return Self.relist
        // So does a container of a Job, whatever its image: a Job is there to come to an end.
        case .main: return work.isOfJob && !run.plan.isEndless ? CommandEnding.work : nil
        case .sidecar, .ephemeral: return nil
        }
    }

    /// The process of a container ended by itself, unless a behavior has since put that off.
    func exit(_ work: PodWork, _ index: Int) {
        guard case .running(let since) = work.runs[index].state, work.runs[index].death == nil
        else { return }
        let behavior = behavior(work, index)
        guard let after = exitDelay(work, work.runs[index], behavior), now - since >= after else {
            return
        }
        let plain = work.runs[index].plan.ending
        let isOutOfMemory = behavior.isOutOfMemory ?? false
        let code =
            isOutOfMemory
            ? 137 : behavior.exitCode ?? (behavior.exitAfter == nil ? plain?.exitCode : nil) ?? 0
        end(
            work, index, code: code, reason: isOutOfMemory ? "OOMKilled" : nil,
            message: behavior.terminationMessage ?? "")
        afterEnd(work)
    }

    /// Ends a running container: what it ended with is kept as its state.
    func end(
        _ work: PodWork, _ index: Int, code: Int, at time: Milliseconds? = nil,
        reason: String? = nil, message: String = ""
    ) {
        let since: Milliseconds
        switch work.runs[index].state {
        case .running(let instant): since = instant
        case .waiting, .ended: since = work.runs[index].hookSince ?? now
        }
        let message = message.isEmpty ? terminationMessage(work, index) : message
        work.runs[index].state = .ended(
            ContainerRun.Ending(
                exitCode: code, reason: reason ?? (code == 0 ? "Completed" : "Error"),
                message: message.isEmpty
                    ? lastWords(work, index, code: code, at: time ?? now) : message,
                started: since, finished: time ?? now,
                number: work.runs[index].generation))
        work.runs[index].isReady = false
        work.runs[index].record?.ended = time ?? now
        work.runs[index].record = nil
        work.runs[index].signalled = nil
        work.runs[index].commandStatus = nil
        work.runs[index].commandTurns = 0
        work.runs[index].hasStarted = false
        work.runs[index].hookSince = nil
        work.runs[index].death = nil
        freeUsage(work, index)
    }

    /// What follows the end of a container is decided at the kubelet's next look at the pod.
    func afterEnd(_ work: PodWork) {
        report(work)
        if work.isFinished, !work.runs.contains(where: \.isAlive) {
            freeAddress(work)
            return schedule(work, after: Self.relist, Code.sandboxGone)
        }
        planSync(work, after: Self.relist)
    }

    /// Nothing of the pod runs any more: its sandbox was stopped, which is told by itself.
    func sandboxStopped(_ work: PodWork) {
        guard !work.isDead, work.isFinished else { return }
        work.isSandboxGone = true
        work.isCleanedUp = true
        report(work)
    }

    /// Records an event about the pod, or about one of its containers.
    func tell(
        _ work: PodWork, _ type: EventType, _ reason: String, _ message: String,
        container: Int? = nil
    ) {
        guard profile.recordsKubeletEvents, !nodes[work.node].isCutOff,
            let pod = view.get(.pod, work.slot), pod.uid == work.uid
        else { return }
        tell(work, about: pod, type, reason, message, container: container)
    }

    /// As ``tell(_:_:_:_:container:)`` for a version of the pod, which may be its last.
    func tell(
        _ work: PodWork, about pod: StoredObject, _ type: EventType, _ reason: String,
        _ message: String, container: Int?
    ) {
        record(
            pod, type, reason: reason, message: message,
            source: EventSource(Kubelet.name, host: nodes[work.node].name),
            fieldPath: container.map { work.fieldPath(ofContainer: $0) } ?? "",
            series: nodes[work.node].boots)
    }

    /// Records that a container may not be started yet: at every turn the same of the same pod, so that it
    /// is put together once.
    func tellBackOff(_ work: PodWork, _ index: Int, _ texts: BackOffTexts) {
        let (node, boots) = (nodes[work.node].name, nodes[work.node].boots)
        guard profile.recordsKubeletEvents, !nodes[work.node].isCutOff,
            let pod = view.get(.pod, work.slot), pod.uid == work.uid
        else { return }
        if let known = texts.telling, known.series == boots {
            return cluster.recorder.tell(known, about: pod)
        }
        let telling = cluster.recorder.telling(
            pod, .warning, reason: "BackOff",
            message: "Back-off restarting failed container \(work.runs[index].name) in pod "
                + work.longName,
            source: EventSource(Kubelet.name, host: node),
            fieldPath: work.fieldPath(ofContainer: index), series: boots)
        texts.telling = telling
        cluster.recorder.tell(telling, about: pod)
    }
}
