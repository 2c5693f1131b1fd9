import Model
import Support
import Value

/// Builds the status of a pod from what its kubelet knows. Equal parts are shared: a thousand pods
/// that become ready in one second have one list of conditions in memory.
struct PodStatusBuilder {
    let runtime: NodeRuntime
    var shared = SharedParts()
    private var images: [String: (name: Value, id: Value)] = [:]

    init(runtime: NodeRuntime) { self.runtime = runtime }

    /// The new status over `old`, which keeps what others wrote (qosClass, foreign conditions).
    mutating func status(
        of work: PodWork, over old: Value, hostAddress: Value, now: Value,
        text: (Milliseconds) -> Value
    ) -> Value {
        var status = old.fields
        let phase = work.phase
        status.set(.phase, to: shared.text(phase))
        status.set(.conditions, to: conditions(of: work, phase, over: old[.conditions], now))
        if let verdict = work.verdict, phase == "Failed" {
            status[.reason] = Value(verdict.reason)
            status[.message] = Value(verdict.message)
        }
        if let refusal = work.refusal {
            if status[.conditions].elements.isEmpty {
                status.removeValue(forKey: .conditions)
            }
            status[.reason] = Value(refusal.reason)
            status[.message] = Value(refusal.message)
            status.set(.observedGeneration, to: work.generation)
            if !status.contains(.startTime) { status.set(.startTime, to: text(work.seen)) }
            return .object(status)
        }
        if status[.hostIP] != hostAddress { status[.hostIP] = hostAddress }
        status[.hostIPs] = shared.addressList(hostAddress)
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
        status.set(.observedGeneration, to: work.generation)
        status.set(
            .resources,
            to: work.isCleanedUp && work.wasRunning
                ? work.plan.leftResources : work.resize.shown ?? work.plan.resources)
        if !work.plan.resources[.requests].isNull {
            status.set(.allocatedResources, to: work.plan.resources[.requests])
        }
        var initial: [Value] = []
        var main: [Value] = []
        var ephemeral: [Value] = []
        for (index, run) in work.runs.enumerated() {
            let value = containerStatus(run, index, work, text)
            switch run.role {
            case .main: main.append(value)
            case .initial, .sidecar: initial.append(value)
            case .ephemeral: ephemeral.append(value)
            }
        }
        if !initial.isEmpty { status.set(.initContainerStatuses, to: .array(initial)) }
        status.set(.containerStatuses, to: .array(main))
        if !ephemeral.isEmpty { status.set(.ephemeralContainerStatuses, to: .array(ephemeral)) }
        return .object(status)
    }

    private static let ip = Key("ip")

    // MARK: Containers

    private mutating func containerStatus(
        _ run: ContainerRun, _ index: Int, _ work: PodWork, _ text: (Milliseconds) -> Value
    ) -> Value {
        let isCreated = run.generation > 0
        let plan = run.plan
        let image = imageTexts(plan.image)
        var status = Object(minimumCapacity: 12)
        let requests = plan.spec[.resources][.requests]
        if isCreated, !requests.isNull { status.append(.allocatedResources, requests) }
        if isCreated { status.append(.containerID, containerID(index, run.generation, work)) }
        status.append(.image, isCreated ? image.name : Value(plan.image.text))
        status.append(.imageID, isCreated ? image.id : shared.text(""))
        status.append(
            .lastState,
            run.last.map { [.terminated: terminated($0, index, work, text)] } ?? Value.emptyObject)
        status.append(.name, Value(run.name))
        // An init container is ready when it has done its work.
        status.append(
            .ready, .bool(run.role == .initial ? run.isPassed : run.isReady))
        if isCreated {
            status.append(.resources, Self.resources(run.shownResources ?? plan.spec[.resources]))
        }
        status.append(.restartCount, Value(run.restarts))
        // Nothing asks an ephemeral container whether it has started.
        if run.role != .ephemeral {
            status.append(.started, .bool(run.isRunning && run.hasStarted))
        }
        status.append(.state, state(run, index, work, text))
        if isCreated, !plan.mounts.isNull {
            status.append(.volumeMounts, plan.mounts)
        }
        return .object(status)
    }

    /// What a container has, as far as it is told: amounts, not claims.
    private static func resources(_ given: Value) -> Value {
        var resources = Value.emptyObject
        for part in [Key.limits, .requests] where !given[part].isNull {
            resources[part] = given[part]
        }
        return resources
    }

    private mutating func state(
        _ run: ContainerRun, _ index: Int, _ work: PodWork, _ text: (Milliseconds) -> Value
    ) -> Value {
        switch run.state {
        case .waiting(let reason, let message):
            return shared.waiting(reason, message)
        case .running(let since): return shared.running(text(since))
        case .ended(let ending): return [.terminated: terminated(ending, index, work, text)]
        }
    }

    private func terminated(
        _ ending: ContainerRun.Ending, _ index: Int, _ work: PodWork,
        _ text: (Milliseconds) -> Value
    ) -> Value {
        var value: Value = [
            .exitCode: Value(ending.exitCode),
            .finishedAt: ending.number == 0 ? .null : text(ending.finished),
            .reason: Value(ending.reason),
            .startedAt: ending.started.map(text) ?? (ending.number == 0 ? .null : Self.never),
        ]
        if ending.number > 0 {
            value[.containerID] = containerID(index, ending.number, work)
        }
        if !ending.message.isEmpty { value[.message] = Value(ending.message) }
        return value
    }

    /// What a container runtime gives for a process that never began.
    private static let never: Value = "1970-01-01T00:00:00Z"

    /// The runtime's name for a run of a container; every status of the pod repeats it.
    private func containerID(_ index: Int, _ generation: Int, _ work: PodWork) -> Value {
        if let known = work.runs[index].ids.id(ofRun: generation) { return known }
        var hash = StableHash()
        hash.combine(work.uid)
        hash.combine(work.runs[index].name)
        hash.combine(UInt64(generation))
        var stream = RandomStream(seed: hash.value)
        let text = "\(runtime.name)://" + Self.digits((0..<4).map { _ in stream.next() })
        let id = Value(text)
        work.runs[index].ids.note(id, ofRun: generation)
        return id
    }

    /// An image as the runtime names it: with registry and tag, and by the digest of its contents.
    private mutating func imageTexts(_ image: ImageName) -> (name: Value, id: Value) {
        if let known = images[image.text] { return known }
        let digits = ["a", "b", "c", "d"].map { part in
            var hash = StableHash()
            hash.combine(image.text)
            hash.combine(part)
            return hash.value
        }
        let texts: (Value, Value) =
            runtime.resolvesImages
            ? (
                Value(image.normalized),
                Value("\(image.repository)@sha256:\(Self.digits(digits))")
            ) : (Value(image.text), Value(image.text))
        images[image.text] = texts
        return texts
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
}
