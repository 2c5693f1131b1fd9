import Support
import Value

extension Kubelet {
    /// A container came up: it is ready at once, or when its probes have passed often enough.
    func beginReadiness(_ work: PodWork, _ index: Int, _ behavior: ContainerBehavior) {
        let spec = work.runs[index].spec
        work.runs[index].isReady = false
        work.runs[index].probes = ProbeCounters()
        let hasProbe = [Key.startupProbe, .readinessProbe, .livenessProbe].contains {
            !spec[$0].isNull
        }
        if hasProbe || !behavior.probes.isEmpty {
            scheduleProbe(work, index)
            if !spec[.readinessProbe].isNull { return }
        }
        if behavior.isReady == false { return }
        let delay = behavior.readyAfter ?? 0
        if delay == 0, work.runs[index].hasStarted {
            work.runs[index].isReady = true
        } else if delay > 0 {
            schedule(
                work, after: delay, Code.ready, container: index,
                generation: work.runs[index].generation)
        }
    }

    func becomeReady(_ work: PodWork, _ index: Int) {
        guard work.runs[index].isRunning, !work.runs[index].isReady else { return }
        work.runs[index].isReady = true
        report(work)
    }

    // MARK: Probes

    /// The next look of each probe that can still change something.
    private func scheduleProbe(_ work: PodWork, _ index: Int) {
        guard case .running(let since) = work.runs[index].state else { return }
        let age = now - since
        var next: Milliseconds?
        for kind in [ProbeAnswer.Kind.startup, .readiness, .liveness] {
            let probe = work.runs[index].spec[kind.field]
            guard !probe.isNull, let due = nextLook(work, index, kind, probe, age) else { continue }
            next = min(next ?? due, due)
        }
        guard let next else { return }
        schedule(
            work, after: next - age, Code.probe, container: index,
            generation: work.runs[index].generation)
    }

    /// The age of the container at the next look of one probe; nil when its verdict is settled and
    /// no answer will change.
    private func nextLook(
        _ work: PodWork, _ index: Int, _ kind: ProbeAnswer.Kind, _ probe: Value,
        _ age: Milliseconds
    ) -> Milliseconds? {
        let run = work.runs[index]
        if kind == .startup, run.hasStarted { return nil }
        if kind != .startup, !run.hasStarted { return nil }
        let period = Milliseconds(max(probe[.periodSeconds].int ?? 10, 1)) * 1_000
        let first = Milliseconds(probe.int(.initialDelaySeconds)) * 1_000 + Self.probeLatency
        let later = age < first ? first : first + ((age - first) / period + 1) * period
        guard run.probes.isSettled(kind, probe) else { return later }
        // Settled: look again only when the answer changes.
        let changes = answers(work, index, kind).map(\.from).filter { $0 > age }
        guard let change = changes.min() else { return nil }
        return change <= first ? first : first + ((change - first + period - 1) / period) * period
    }

    /// From the tick of a probe to its answer.
    private static let probeLatency: Milliseconds = 10

    private func answers(
        _ work: PodWork, _ index: Int, _ kind: ProbeAnswer.Kind
    ) -> [ProbeAnswer] {
        behavior(work, index).probes.filter { $0.kind == kind }
    }

    private func succeeds(
        _ work: PodWork, _ index: Int, _ kind: ProbeAnswer.Kind, _ age: Milliseconds
    ) -> Bool {
        let given = answers(work, index, kind).last { $0.from <= age }
        if let given { return given.succeeds }
        let behavior = behavior(work, index)
        if kind == .readiness {
            if behavior.isReady == false { return false }
            if let readyAfter = behavior.readyAfter { return age >= readyAfter }
        }
        // The recorded containers had nothing to connect to (corpus README).
        let needsConnection = work.runs[index].spec[kind.field][.exec].isNull
        return !(profile.hasRecordedDeletion && needsConnection)
    }

    func probe(_ work: PodWork, _ index: Int) {
        guard case .running(let since) = work.runs[index].state else { return }
        let age = now - since
        for kind in [ProbeAnswer.Kind.startup, .readiness, .liveness] {
            let probe = work.runs[index].spec[kind.field]
            guard !probe.isNull, isDue(work, index, kind, probe, age) else { continue }
            let success = succeeds(work, index, kind, age)
            work.runs[index].probes.count(kind, success)
            if !success { reportFailure(work, index, kind, probe) }
            apply(work, index, kind, probe)
            guard work.runs[index].isRunning else { return }
        }
        scheduleProbe(work, index)
    }

    private func isDue(
        _ work: PodWork, _ index: Int, _ kind: ProbeAnswer.Kind, _ probe: Value,
        _ age: Milliseconds
    ) -> Bool {
        if kind == .startup ? work.runs[index].hasStarted : !work.runs[index].hasStarted {
            return false
        }
        let period = Milliseconds(max(probe[.periodSeconds].int ?? 10, 1)) * 1_000
        let first = Milliseconds(probe.int(.initialDelaySeconds)) * 1_000 + Self.probeLatency
        return age >= first && (age - first) % period == 0
    }

    /// Thresholds passed: started, ready or not, or killed.
    private func apply(
        _ work: PodWork, _ index: Int, _ kind: ProbeAnswer.Kind, _ probe: Value
    ) {
        let counters = work.runs[index].probes
        let failed = counters.failures(kind) >= probe[.failureThreshold].int ?? 3
        let passed = counters.successes(kind) >= probe[.successThreshold].int ?? 1
        switch kind {
        case .startup:
            if passed {
                work.runs[index].hasStarted = true
                if work.runs[index].spec[.readinessProbe].isNull {
                    work.runs[index].isReady = true
                }
                report(work)
            } else if failed {
                killUnhealthy(work, index, "startup")
            }
        case .readiness:
            if passed != work.runs[index].isReady, passed || failed {
                work.runs[index].isReady = passed
                report(work)
            }
        case .liveness:
            if failed { killUnhealthy(work, index, "liveness") }
        }
    }

    private func reportFailure(
        _ work: PodWork, _ index: Int, _ kind: ProbeAnswer.Kind, _ probe: Value
    ) {
        let label = kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
        let detail: String
        if !probe[.httpGet].isNull {
            detail = "HTTP probe failed with statuscode: 503"
        } else if !probe[.tcpSocket].isNull {
            let port = probe[.tcpSocket][.port]
            detail =
                "dial tcp \(work.address):\(port.int.map(String.init) ?? port.string ?? "")"
                + ": connect: connection refused"
        } else {
            detail = ""
        }
        tell(work, .warning, "Unhealthy", "\(label) probe failed: \(detail)", container: index)
    }

    private func killUnhealthy(_ work: PodWork, _ index: Int, _ probe: String) {
        guard case .running(let since) = work.runs[index].state else { return }
        let name = work.runs[index].name
        tell(
            work, .normal, "Killing",
            "Container \(name) failed \(probe) probe, will be restarted", container: index)
        end(work, index, code: 137, since: since)
        afterEnd(work, index, code: 137)
    }
}

extension ProbeAnswer.Kind {
    /// The field of the container that describes the probe.
    var field: Key {
        switch self {
        case .liveness: .livenessProbe
        case .readiness: .readinessProbe
        case .startup: .startupProbe
        }
    }
}

/// How often in a row each probe of a container succeeded or failed.
struct ProbeCounters {
    private var streaks: [ProbeAnswer.Kind: Int] = [:]  // positive: successes, negative: failures

    init() {}

    mutating func count(_ kind: ProbeAnswer.Kind, _ success: Bool) {
        let streak = streaks[kind] ?? 0
        streaks[kind] = success ? max(streak, 0) + 1 : min(streak, 0) - 1
    }

    func successes(_ kind: ProbeAnswer.Kind) -> Int { max(streaks[kind] ?? 0, 0) }
    func failures(_ kind: ProbeAnswer.Kind) -> Int { max(-(streaks[kind] ?? 0), 0) }

    /// Whether more answers of the same sort would change nothing.
    func isSettled(_ kind: ProbeAnswer.Kind, _ probe: Value) -> Bool {
        successes(kind) >= probe[.successThreshold].int ?? 1
            || (kind == .readiness && failures(kind) >= probe[.failureThreshold].int ?? 3)
    }
}
