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
    private var imageIDs: [String: Value] = [:]

    init(reportsSandbox: Bool, runtime: String) {
        self.reportsSandbox = reportsSandbox
        self.runtime = runtime
    }

    /// The new status over `old`, which keeps what others wrote (qosClass, foreign conditions).
    mutating func status(
        of work: PodWork, over old: Value, hostAddress: Value, now: Value,
        text: (Milliseconds) -> Value
    ) -> Value {
        var status = old.fields
        status.set(.phase, to: shared.text(work.phase))
        status.set(.conditions, to: conditions(of: work, over: old[.conditions], now))
        if let refusal = work.refusal {
            status[.reason] = Value(refusal.reason)
            status[.message] = Value(refusal.message)
            if !status.contains(.startTime) { status.set(.startTime, to: text(work.seen)) }
            return .object(status)
        }
        if status[.hostIP] != hostAddress { status[.hostIP] = hostAddress }
        if reportsSandbox { status[.hostIPs] = shared.addressList(hostAddress) }
        if !work.address.isEmpty, status[.podIP].string != work.address {
            let address = Value(work.address)
            status.set(.podIP, to: address)
            status.set(.podIPs, to: [[Self.ip: address]])
        } else if work.address.isEmpty, status.contains(.podIP) {
            status.removeValue(forKey: .podIP)
            status.removeValue(forKey: .podIPs)
        }
        if !status.contains(.startTime) { status.set(.startTime, to: text(work.seen)) }
        status.removeValue(forKey: .nominatedNodeName)
        var initial: [Value] = []
        var main: [Value] = []
        for run in work.runs {
            let value = containerStatus(run, work, text)
            if run.role == .main { main.append(value) } else { initial.append(value) }
        }
        if !initial.isEmpty { status.set(.initContainerStatuses, to: .array(initial)) }
        status.set(.containerStatuses, to: .array(main))
        return .object(status)
    }

    private static let ip = Key("ip")

    // MARK: Containers

    private mutating func containerStatus(
        _ run: ContainerRun, _ work: PodWork, _ text: (Milliseconds) -> Value
    ) -> Value {
        let isPulled = run.generation > 0
        var status = Object(minimumCapacity: 9)
        if isPulled { status.append(.containerID, Value(containerID(run, run.generation, work))) }
        status.append(.image, Value(run.image))
        status.append(.imageID, isPulled ? imageID(run.image) : shared.text(""))
        status.append(
            .lastState,
            run.last.map { [.terminated: terminated($0, run, work, text)] } ?? Value.emptyObject)
        status.append(.name, Value(run.name))
        // An init container is ready when it has done its work.
        status.append(
            .ready, .bool(run.role == .initial ? run.isPassed : run.isReady))
        status.append(.restartCount, Value(run.restarts))
        status.append(.started, .bool(run.isRunning && run.hasStarted))
        status.append(.state, state(run, work, text))
        return .object(status)
    }

    private mutating func state(
        _ run: ContainerRun, _ work: PodWork, _ text: (Milliseconds) -> Value
    ) -> Value {
        switch run.state {
        case .waiting(let reason, let message):
            return shared.waiting(reason, message)
        case .running(let since): return shared.running(text(since))
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
        return "\(runtime)://" + Self.digits((0..<4).map { _ in stream.next() })
    }

    private mutating func imageID(_ image: String) -> Value {
        if let known = imageIDs[image] { return known }
        let digits = ["a", "b", "c", "d"].map { part in
            var hash = StableHash()
            hash.combine(image)
            hash.combine(part)
            return hash.value
        }
        let name = image.split(separator: ":").first.map(String.init) ?? image
        let id = reportsSandbox ? "docker.io/\(name)@sha256:\(Self.digits(digits))" : image
        imageIDs[image] = Value(id)
        return Value(id)
    }

    /// Sixteen hexadecimal digits for each number.
    private static func digits(_ numbers: [UInt64]) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(numbers.count * 16)
        for number in numbers {
            for place in 0..<16 { bytes.append(hexDigit(number >> UInt64(60 - place * 4))) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    // MARK: Conditions

    private mutating func conditions(of work: PodWork, over old: Value, _ now: Value) -> Value {
        let verdicts = self.verdicts(work)
        // Times are the kubelet's own: what the node controller wrote while the node was silent is
        // put right as if it had never been.
        let own = work.conditions.isNull ? old : work.conditions
        var list: [Value] = []
        list.reserveCapacity(5)
        for verdict in verdicts {
            list.append(shared.condition(verdict, over: own, now))
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

    /// What a condition says.
    struct Verdict: Equatable {
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
        let initialized = work.refusal == nil && work.wasInitialized
        let phase = work.phase
        let isOver = phase == "Succeeded"
        if initialized || isOver {
            result.append(
                Verdict(type: "Initialized", holds: true, reason: isOver ? "PodCompleted" : ""))
        } else {
            let waiting = work.runs.filter { $0.role != .main && !$0.isPassed }.map(\.name)
            result.append(
                Verdict(
                    type: "Initialized", holds: false, reason: "ContainersNotInitialized",
                    message: "containers with incomplete status: [\(joined(waiting))]"))
        }
        var unready: [String] = []
        for run in work.runs where run.role != .initial && !run.isReady { unready.append(run.name) }
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
}
