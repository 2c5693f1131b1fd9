import Model
import Support
import Value

/// Builds the status of a pod from what its kubelet knows. Equal parts are shared: a thousand pods
/// that become ready in one second have one list of conditions in memory.
struct PodStatusBuilder {
    /// Whether the kubelets are of a version that reports PodReadyToStartContainers (KEP-3085, on
    /// since 1.29).
    let reportsSandbox: Bool
    /// `fakeRuntime` or `containerd`.
    let runtime: String
    private var shared = SharedParts()

    init(reportsSandbox: Bool, runtime: String) {
        self.reportsSandbox = reportsSandbox
        self.runtime = runtime
    }

    /// The new status over `old`, which keeps what others wrote (qosClass, foreign conditions).
    mutating func status(
        of work: PodWork, over old: Value, hostAddress: Value, now: Value,
        text: (Milliseconds) -> Value
    ) -> Value {
        var status = old
        status[.phase] = Value(work.phase)
        status[.conditions] = conditions(of: work, over: old[.conditions], now)
        if let refusal = work.refusal {
            status[.reason] = Value(refusal.reason)
            status[.message] = Value(refusal.message)
            if status[.startTime].isNull { status[.startTime] = text(work.seen) }
            return status
        }
        status[.hostIP] = hostAddress
        if reportsSandbox { status[.hostIPs] = shared.addressList(hostAddress) }
        if !work.address.isEmpty {
            status[.podIP] = Value(work.address)
            status[.podIPs] = [["ip": Value(work.address)]]
        }
        if status[.startTime].isNull { status[.startTime] = text(work.seen) }
        status[.nominatedNodeName] = .null
        let initial = work.runs.filter { $0.role != .main }
        if !initial.isEmpty {
            status[.initContainerStatuses] = .array(
                initial.map { containerStatus($0, work, text) })
        }
        status[.containerStatuses] = .array(
            work.runs.filter { $0.role == .main }.map { containerStatus($0, work, text) })
        return status
    }

    // MARK: Containers

    private func containerStatus(
        _ run: ContainerRun, _ work: PodWork, _ text: (Milliseconds) -> Value
    ) -> Value {
        let isPulled = run.generation > 0
        var status = Object(minimumCapacity: 9)
        if isPulled { status.append(.containerID, Value(containerID(run, run.generation, work))) }
        status.append(.image, Value(run.image))
        status.append(.imageID, Value(isPulled ? imageID(run.image) : ""))
        var last = Value.emptyObject
        if let ending = run.last { last[.terminated] = terminated(ending, run, work, text) }
        status.append(.lastState, last)
        status.append(.name, Value(run.name))
        // An init container is ready when it has done its work.
        status.append(
            .ready, .bool(run.role == .initial ? run.isPassed : run.isReady))
        status.append(.restartCount, Value(run.restarts))
        status.append(.started, .bool(run.isRunning && run.hasStarted))
        status.append(.state, state(run, work, text))
        return .object(status)
    }

    private func state(
        _ run: ContainerRun, _ work: PodWork, _ text: (Milliseconds) -> Value
    ) -> Value {
        switch run.state {
        case .waiting(let reason, let message):
            var waiting: Value = [.reason: Value(reason)]
            if !message.isEmpty { waiting[.message] = Value(message) }
            return [.waiting: waiting]
        case .running(let since): return [.running: [.startedAt: text(since)]]
        case .ended(let ending): return [.terminated: terminated(ending, run, work, text)]
        }
    }

    private func terminated(
        _ ending: ContainerRun.Ending, _ run: ContainerRun, _ work: PodWork,
        _ text: (Milliseconds) -> Value
    ) -> Value {
        [
            .containerID: Value(containerID(run, run.generation, work)),
            .exitCode: Value(ending.exitCode), .finishedAt: text(ending.finished),
            .reason: Value(ending.reason), .startedAt: text(ending.started),
        ]
    }

    private func containerID(_ run: ContainerRun, _ generation: Int, _ work: PodWork) -> String {
        var hash = StableHash()
        hash.combine(work.uid)
        hash.combine(run.name)
        hash.combine(UInt64(generation))
        var stream = RandomStream(seed: hash.value)
        let digits = (0..<4).map { _ in
            let text = String(stream.next(), radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        return "\(runtime)://\(digits.joined())"
    }

    private func imageID(_ image: String) -> String {
        guard reportsSandbox else { return image }
        let digits = ["a", "b", "c", "d"].map { part in
            var hash = StableHash()
            hash.combine(image)
            hash.combine(part)
            let text = String(hash.value, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        let name = image.split(separator: ":").first.map(String.init) ?? image
        return "docker.io/\(name)@sha256:\(digits.joined())"
    }

    // MARK: Conditions

    private mutating func conditions(of work: PodWork, over old: Value, _ now: Value) -> Value {
        let verdicts = self.verdicts(work)
        var list: [Value] = []
        list.reserveCapacity(5)
        for verdict in verdicts {
            list.append(shared.condition(verdict, over: old, now))
        }
        // Conditions of others (DisruptionTarget, readiness gates) stay, the scheduler's last.
        var scheduled: Value = .null
        for entry in old.elements {
            guard let type = entry[.type].string else { continue }
            if type == "PodScheduled" {
                scheduled = entry
            } else if !verdicts.contains(where: { $0.type == type }) {
                list.append(entry)
            }
        }
        if scheduled.isNull {
            scheduled = shared.condition(
                Verdict(type: "PodScheduled", holds: true), over: .null, now)
        } else if scheduled.text(.status) != "True" {
            scheduled = shared.condition(
                Verdict(type: "PodScheduled", holds: true), over: old, now)
        }
        list.append(scheduled)
        return shared.list(list)
    }

    fileprivate struct Verdict {
        let type: String
        let holds: Bool
        var reason = ""
        var message = ""
    }

    private func verdicts(_ work: PodWork) -> [Verdict] {
        var result: [Verdict] = []
        if reportsSandbox {
            result.append(
                Verdict(
                    type: "PodReadyToStartContainers", holds: work.hasSandbox && !work.isFinished))
        }
        let initialized = work.refusal == nil && work.isInitialized
        let phase = work.phase
        let isOver = phase == "Succeeded"
        let waiting = work.runs.filter { $0.role != .main && !$0.isPassed }.map(\.name)
        result.append(
            initialized || isOver
                ? Verdict(
                    type: "Initialized", holds: true, reason: isOver ? "PodCompleted" : "")
                : Verdict(
                    type: "Initialized", holds: false, reason: "ContainersNotInitialized",
                    message: "containers with incomplete status: [\(joined(waiting))]"))
        let unready = work.runs.filter { $0.role != .initial && !$0.isReady }.map(\.name)
        let gate = work.spec[.readinessGates].elements.map { $0.text(.conditionType) }
            .filter { !Conditions(work.conditions).isTrue($0) }
        var ready = Verdict(type: "ContainersReady", holds: unready.isEmpty && work.refusal == nil)
        if isOver {
            ready = Verdict(type: "ContainersReady", holds: false, reason: "PodCompleted")
        } else if work.isFinished {
            ready = Verdict(type: "ContainersReady", holds: false, reason: "PodFailed")
        } else if !unready.isEmpty {
            ready.reason = "ContainersNotReady"
            ready.message = "containers with unready status: [\(joined(unready))]"
        }
        var podReady = Verdict(
            type: "Ready", holds: ready.holds, reason: ready.reason, message: ready.message)
        if ready.holds, !gate.isEmpty {
            podReady = Verdict(
                type: "Ready", holds: false, reason: "ReadinessGatesNotReady",
                message: gate.map {
                    "corresponding condition of pod readiness gate \"\($0)\" does not exist."
                }
                .joined(separator: ", "))
        }
        result.append(podReady)
        result.append(ready)
        return result
    }

    private func joined(_ names: [String]) -> String { names.joined(separator: " ") }

    /// Parts of a status that many pods have in common, by content; kept for one second each.
    private struct SharedParts {
        private var second: Value = .null
        private var conditions: [String: Value] = [:]
        private var lists: [Value] = []
        private var addresses: [String: Value] = [:]

        mutating func condition(_ verdict: Verdict, over old: Value, _ now: Value) -> Value {
            let status = verdict.holds ? "True" : "False"
            var since = now
            for entry in old.elements
            where entry[.type].string == verdict.type && entry[.status].string == status {
                if entry.text(.reason) == verdict.reason, entry.text(.message) == verdict.message {
                    return entry
                }
                since = entry[.lastTransitionTime]
            }
            if second != now {
                second = now
                conditions.removeAll(keepingCapacity: true)
                lists.removeAll(keepingCapacity: true)
            }
            let key =
                "\(verdict.type)/\(status)/\(verdict.reason)/\(verdict.message)/\(since.string ?? "")"
            if let found = conditions[key] { return found }
            var object = Object(minimumCapacity: 6)
            object.append(.lastProbeTime, .null)
            object.append(.lastTransitionTime, since)
            if !verdict.message.isEmpty { object.append(.message, Value(verdict.message)) }
            if !verdict.reason.isEmpty { object.append(.reason, Value(verdict.reason)) }
            object.append(.status, Value(status))
            object.append(.type, Value(verdict.type))
            conditions[key] = .object(object)
            return .object(object)
        }

        mutating func list(_ entries: [Value]) -> Value {
            let value = Value.array(entries)
            // Pods of one second come in few kinds: a short search finds the list to share.
            if let found = lists.last(where: { $0 == value }) { return found }
            if lists.count < 32 { lists.append(value) }
            return value
        }

        mutating func addressList(_ address: Value) -> Value {
            let text = address.string ?? ""
            if let found = addresses[text] { return found }
            let value: Value = [["ip": address]]
            addresses[text] = value
            return value
        }
    }
}
