import Support
import Value

// Probing containers. Source: pkg/kubelet/prober.
extension Kubelet {
    /// From the tick of a probe to its answer.
    private static let probeLatency: Milliseconds = 10

    /// A container came up: it is ready at once, or when its probes have passed often enough.
    func beginReadiness(_ work: PodWork, _ index: Int, _ behavior: ContainerBehavior) {
        work.runs[index].isReady = false
        let plan = work.runs[index].plan
        if plan.hasProbes {
            work.runs[index].probes = ProbeCounters()
            scheduleProbes(work, index)
        }
        if !plan.hasStartupProbe { settleReadiness(work, index, behavior) }
    }

    /// A started container without a readiness probe is ready, unless a behavior says otherwise.
    func settleReadiness(_ work: PodWork, _ index: Int, _ behavior: ContainerBehavior) {
        guard case .running(let since) = work.runs[index].state, work.runs[index].hasStarted,
            !work.runs[index].plan.hasReadinessProbe
        else { return }
        let age = now - since
        let readyAfter = behavior.readyAfter ?? 0
        let isReady = behavior.isReady != false && age >= readyAfter
        if behavior.isReady != false, age < readyAfter {
            schedule(
                work, after: readyAfter - age, Code.ready, container: index,
                generation: work.runs[index].generation)
        }
        guard isReady != work.runs[index].isReady else { return }
        work.runs[index].isReady = isReady
        report(work)
    }

    // MARK: When to look

    /// Plans the next look that may change something, and as a tick the next that will only repeat a
    /// failure.
    ///
    /// - Parameter isFresh: whether what was settled is open again.
    func scheduleProbes(_ work: PodWork, _ index: Int, isFresh: Bool = false) {
        guard case .running(let since) = work.runs[index].state,
            work.runs[index].plan.hasProbes
        else { return }
        let age = now - since
        var next: Milliseconds?
        var nextTick: Milliseconds?
        var asks = false
        let behavior = behavior(work, index)
        for kind in ProbeAnswer.Kind.all {
            let probe = work.runs[index].plan.spec[kind.field]
            guard !probe.isNull, isActive(kind, work.runs[index]) else { continue }
            let later = nextLook(probe, age)
            if asksFiles(work.runs[index].plan, kind) {
                // Files may change at any time, and who changes them tells nobody.
                let isNews = isFresh || !work.runs[index].probes.isSettled(kind, probe)
                if isNews { next = min(next ?? later, later) }
                nextTick = min(nextTick ?? later, later)
                asks = true
                continue
            }
            if isFresh || !work.runs[index].probes.isSettled(kind, probe) {
                next = min(next ?? later, later)
                continue
            }
            if work.runs[index].probes.failures(kind) > 0 {
                nextTick = min(nextTick ?? later, later)
            }
            // Settled: nothing is news until the answer changes.
            if let change = nextChange(behavior, kind, probe, after: age) {
                let due = max(nextLook(probe, change - 1), later)
                next = min(next ?? due, due)
            }
        }
        plan(work, index, \.plannedLook, next.map { since + $0 }, .work)
        if profile.recordsKubeletEvents || asks {
            plan(work, index, \.plannedTick, nextTick.map { since + $0 }, .tick)
        }
    }

    private func plan(
        _ work: PodWork, _ index: Int, _ place: WritableKeyPath<ProbeCounters, Milliseconds>,
        _ due: Milliseconds?, _ weight: EventWeight
    ) {
        let known = work.runs[index].probes[keyPath: place]
        guard let due, known <= now || due < known else { return }
        work.runs[index].probes[keyPath: place] = due
        schedule(
            work, after: due - now, Code.probe, container: index,
            generation: work.runs[index].generation, weight: weight)
    }

    /// Liveness and readiness are probed once the container has started, startup until then.
    private func isActive(_ kind: ProbeAnswer.Kind, _ run: ContainerRun) -> Bool {
        run.death == nil && (kind == .startup) != run.hasStarted
    }

    private func period(_ probe: Value) -> Milliseconds {
        Milliseconds(seconds: max(probe[.periodSeconds].int ?? 10, 1))
    }

    private func firstLook(_ probe: Value) -> Milliseconds {
        Milliseconds(seconds: probe.int(.initialDelaySeconds)) + Self.probeLatency
    }

    /// The age of the container at the first look after `age`: with an initial delay of 5 s and a
    /// period of 10 s after 5, 15, 25 … seconds.
    private func nextLook(_ probe: Value, _ age: Milliseconds) -> Milliseconds {
        let first = firstLook(probe)
        let period = period(probe)
        return age < first ? first : first + ((age - first) / period + 1) * period
    }

    private func isDue(_ probe: Value, _ age: Milliseconds) -> Bool {
        let first = firstLook(probe)
        return age >= first && (age - first) % period(probe) == 0
    }

    /// When the answers of a probe change next.
    private func nextChange(
        _ behavior: ContainerBehavior, _ kind: ProbeAnswer.Kind, _ probe: Value,
        after age: Milliseconds
    ) -> Milliseconds? {
        var changes = behavior.probes.filter { $0.kind == kind }.map(\.from)
        if !behavior.http.isEmpty, let path = probe.requestedPath {
            changes += HTTPBehavior.rule(behavior.http, for: path)?.answers.map(\.from) ?? []
        }
        if kind == .readiness, let readyAfter = behavior.readyAfter { changes.append(readyAfter) }
        return changes.filter { $0 > age }.min()
    }

    // MARK: Looking

    private func answer(
        _ work: PodWork, _ index: Int, _ kind: ProbeAnswer.Kind, _ age: Milliseconds
    ) -> ProbeAnswer {
        let behavior = behavior(work, index)
        let probe = work.runs[index].plan.spec[kind.field]
        if let said = behavior.said(of: kind, probe, at: age) { return said }
        if let found = commandAnswer(work, index, kind, behavior) { return found }
        let succeeds = profile.runtime.answersProbes || Self.succeedsUnanswered(probe)
        return ProbeAnswer(kind: kind, from: 0, succeeds: succeeds)
    }

    /// What a probe finds where nothing runs in the container: commands succeed, and a connection is made
    /// to the address that all its pods share, but not to the node's own; nothing speaks HTTP.
    private static func succeedsUnanswered(_ probe: Value) -> Bool {
        if !probe[.exec].isNull { return true }
        let connection = probe[.tcpSocket]
        return !connection.isNull && !connection.text(.host).hasPrefix("127.")
    }

    /// The probes that are due now look at the container.
    func probe(_ work: PodWork, _ index: Int) {
        guard case .running(let since) = work.runs[index].state,
            work.runs[index].probes.lastLook != now
        else { return }
        work.runs[index].probes.lastLook = now
        let age = now - since
        for kind in ProbeAnswer.Kind.all {
            let probe = work.runs[index].plan.spec[kind.field]
            let isDue =
                isDue(probe, age)
                || kind == .readiness && work.runs[index].probes.extraLook == now
            guard !probe.isNull, isActive(kind, work.runs[index]), isDue else { continue }
            let answer = answer(work, index, kind, age)
            let timeout = Milliseconds(seconds: probe[.timeoutSeconds].int ?? 1)
            let isLate = answer.takes > timeout
            let succeeds = answer.succeeds && !isLate
            work.runs[index].probes.count(kind, succeeds)
            if !succeeds { tellFailure(work, index, kind, probe, answer, isLate: isLate) }
            apply(work, index, kind, probe)
        }
        scheduleProbes(work, index)
    }

    /// Readiness is looked at as soon as the container has started, out of turn. Source: prober
    /// manager's UpdatePodStatus (its manual trigger).
    private func lookAtReadiness(_ work: PodWork, _ index: Int) {
        let probe = work.runs[index].plan.spec[.readinessProbe]
        guard !probe.isNull,
            case .running(let since) = work.runs[index].state, now - since >= firstLook(probe)
        else { return }
        work.runs[index].probes.extraLook = now + Self.probeLatency
        schedule(
            work, after: Self.probeLatency, Code.probe, container: index,
            generation: work.runs[index].generation)
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
                settleReadiness(work, index, behavior(work, index))
                report(work)
                if work.runs[index].role == .sidecar { planSync(work, after: 0) }
                lookAtReadiness(work, index)
            } else if failed {
                killUnhealthy(work, index, kind, probe)
            }
        case .readiness:
            if passed != work.runs[index].isReady, passed || failed {
                work.runs[index].isReady = passed
                report(work)
            }
        case .liveness:
            if failed { killUnhealthy(work, index, kind, probe) }
        }
    }

    /// Source: kuberuntime's computePodActions and computeInitContainerActions: a pod that is never
    /// restarted loses the container; a sidecar is started anew whatever the policy, without a word.
    private func killUnhealthy(
        _ work: PodWork, _ index: Int, _ kind: ProbeAnswer.Kind, _ probe: Value
    ) {
        let run = work.runs[index]
        let isMain = run.role == .main
        let restarts = !isMain || work.restartPolicy != "Never"
        let subject = isMain ? "Container" : "Init container"
        killContainer(
            work, index,
            message: "\(subject) \(run.name) failed \(kind.rawValue) probe"
                + (isMain && restarts ? ", will be restarted" : ""),
            restarts: restarts, graceSeconds: probe[.terminationGracePeriodSeconds].int)
    }

    // MARK: Texts

    private func tellFailure(
        _ work: PodWork, _ index: Int, _ kind: ProbeAnswer.Kind, _ probe: Value,
        _ answer: ProbeAnswer, isLate: Bool
    ) {
        let label = kind.rawValue.prefix(1).uppercased() + kind.rawValue.dropFirst()
        let detail =
            isLate
            ? lateText(work, probe) : answer.message ?? Self.failureText(probe, work.address)
        tell(work, .warning, "Unhealthy", "\(label) probe failed: \(detail)", container: index)
    }

    private static func failureText(_ probe: Value, _ address: String) -> String {
        if !probe[.httpGet].isNull { return "HTTP probe failed with statuscode: 503" }
        if !probe[.tcpSocket].isNull {
            return "dial tcp \(address):\(probe[.tcpSocket][.port].portText)"
                + ": connect: connection refused"
        }
        return probe[.grpc].isNull
            ? "" : "service unhealthy (responded with \"NOT_SERVING\")"
    }

    private func lateText(_ work: PodWork, _ probe: Value) -> String {
        let timeout = "\(probe[.timeoutSeconds].int ?? 1)s"
        let http = probe[.httpGet]
        if !http.isNull {
            let scheme = (http[.scheme].string ?? "HTTP").lowercased()
            let host = http[.host].string ?? work.address
            let path = http[.path].string ?? "/"
            return "Get \"\(scheme)://\(host):\(http[.port].portText)\(path)\": "
                + "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
        }
        if !probe[.tcpSocket].isNull {
            return "dial tcp \(work.address):\(probe[.tcpSocket][.port].portText): i/o timeout"
        }
        if !probe[.grpc].isNull {
            return "timeout: health rpc did not complete within \(timeout)"
        }
        let command = probe[.exec][.command].elements.compactMap(\.string)
        return "command timed out: \"\(command.joined(separator: " "))\" timed out after \(timeout)"
    }
}

extension Value {
    /// A port by number or name.
    fileprivate var portText: String { int.map { String($0) } ?? string ?? "" }
}

extension ProbeAnswer.Kind {
    static let all: [ProbeAnswer.Kind] = [.startup, .readiness, .liveness]

    /// The field of the container that describes the probe.
    var field: Key {
        switch self {
        case .liveness: .livenessProbe
        case .readiness: .readinessProbe
        case .startup: .startupProbe
        }
    }
}

/// How often in a row each probe of a container succeeded or failed, and when they look again.
struct ProbeCounters {
    /// Positive: successes, negative: failures.
    private var startup = 0
    private var readiness = 0
    private var liveness = 0
    var plannedLook: Milliseconds = -1
    var plannedTick: Milliseconds = -1
    var lastLook: Milliseconds = -1
    /// When readiness is looked at out of turn.
    var extraLook: Milliseconds = -1

    init() {}

    private func streak(_ kind: ProbeAnswer.Kind) -> Int {
        switch kind {
        case .startup: startup
        case .readiness: readiness
        case .liveness: liveness
        }
    }

    mutating func count(_ kind: ProbeAnswer.Kind, _ success: Bool) {
        let streak = streak(kind)
        let next = success ? max(streak, 0) + 1 : min(streak, 0) - 1
        switch kind {
        case .startup: startup = next
        case .readiness: readiness = next
        case .liveness: liveness = next
        }
    }

    func successes(_ kind: ProbeAnswer.Kind) -> Int { max(streak(kind), 0) }
    func failures(_ kind: ProbeAnswer.Kind) -> Int { max(-streak(kind), 0) }

    /// Whether more answers of the same sort would change nothing.
    func isSettled(_ kind: ProbeAnswer.Kind, _ probe: Value) -> Bool {
        successes(kind) >= probe[.successThreshold].int ?? 1
            || (kind == .readiness && failures(kind) >= probe[.failureThreshold].int ?? 3)
    }
}
