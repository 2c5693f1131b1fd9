import API
import Containers
import Model
import Value

// What containers wrote to their logs: worked out when somebody asks.
extension SimulatedCluster {
    /// Of how many lines a log is made at most, the last ones.
    static let logLines = 200_000

    package func containerLog(
        _ pod: ObjectKey, container: String, previous: Bool, until horizon: Milliseconds
    ) -> ContainerLog? {
        guard let object = state.get(.pod, pod),
            let kubelet, let work = kubelet.work(object.slot), work.uid == object.uid,
            let index = work.runs.firstIndex(where: { $0.name == container }),
            let span = Self.span(of: work.runs[index], previous: previous)
        else { return nil }
        let end = min(span.ended ?? horizon, horizon)
        return ContainerLog(
            lines: kubelet.logLines(
                work, index, object.value[.spec], span, until: end, previous: previous),
            run: span.number, ended: span.ended)
    }

    /// When a run was.
    struct RunSpan {
        let started: Milliseconds
        let ended: Milliseconds?
        let number: Int
    }

    /// The run whose log is shown: the present one, or the last that there was; and the one before.
    /// Source: kubelet's validateContainerLogStatus.
    private static func span(of run: ContainerRun, previous: Bool) -> RunSpan? {
        func span(_ ending: ContainerRun.Ending?) -> RunSpan? {
            guard let ending, ending.number > 0 else { return nil }
            return RunSpan(
                started: ending.started ?? ending.finished, ended: ending.finished,
                number: ending.number)
        }
        if previous { return span(run.last) }
        switch run.state {
        case .running(let since):
            return RunSpan(started: since, ended: nil, number: run.generation)
        case .ended(let ending): return span(ending)
        case .waiting: return span(run.last)
        }
    }
}

extension Kubelet {
    /// The lines of a run from its start to `end`: what a script says that it writes, or else what its own
    /// command prints and what its image is known to write; and a line for each request that its server
    /// answered.
    func logLines(
        _ work: PodWork, _ index: Int, _ spec: Value, _ span: SimulatedCluster.RunSpan,
        until end: Milliseconds, previous: Bool = false
    ) -> [LogLine] {
        let behavior = behavior(work, index)
        let plan = work.runs[index].plan
        let names = AnswerText(work, image: plan.image, node: nodes[work.node].name, spec: spec)
        var lines: [LogLine]
        if let said = behavior.logs {
            lines = Self.lines(said, from: span.started, to: end, names)
        } else {
            lines = startLines(plan, names, since: span.started)
            if !plan.listening.words.isEmpty {
                let target = ContainerTarget(
                    namespace: work.key.namespace, pod: work.key.name, container: plan.name)
                lines += cluster.containerWorld.output(of: target, previous: previous).map {
                    LogLine(time: $0.time, text: $0.text)
                }
            }
        }
        let requests = cluster.hasNetwork ? cluster.network.accessLog : AccessLog()
        for request in requests.lines(uid: work.uid, container: plan.name, run: span.number) {
            lines.append(LogLine(time: request.time, text: request.text))
        }
        lines = lines.filter { $0.time <= end }
        // Of equal times what the process says of itself comes first.
        return lines.enumerated().sorted {
            ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
        }.map(\.element)
    }

    /// Of lines that come again and again the last ones.
    private static func lines(
        _ said: [LogBehavior], from start: Milliseconds, to end: Milliseconds, _ names: AnswerText
    ) -> [LogLine] {
        var lines: [LogLine] = []
        for line in said {
            let text = names.filled(line.text)
            let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
            var time = start + line.after
            if let every = line.every, end > time {
                let count = (end - time) / every + 1
                let most = Milliseconds(SimulatedCluster.logLines / max(said.count, 1))
                if count > most { time += (count - most) * every }
            }
            while time <= end {
                for part in parts { lines.append(LogLine(time: time, text: String(part))) }
                guard let every = line.every else { break }
                time += every
            }
        }
        return lines
    }

    /// What the entry point of an image says before its server serves.
    private func startLines(
        _ plan: ContainerPlan, _ names: AnswerText, since start: Milliseconds
    ) -> [LogLine] {
        guard plan.listening.words.isEmpty, case .nginx = plan.listening.server?.style else {
            return []
        }
        return [
            "/docker-entrypoint.sh: Configuration complete; ready for start up",
            "\(AccessLog.errorTime(start)) [notice] 1#1: start worker processes",
        ].map { LogLine(time: start, text: $0) }
    }

    /// The end of a container's log, for a termination message: of a container that failed and left none,
    /// where its policy is FallbackToLogsOnError. Source: kuberuntime's readLastStringFromContainerLogs:
    /// at most 80 lines and 2048 bytes.
    func lastWords(_ work: PodWork, _ index: Int, code: Int, at instant: Milliseconds) -> String {
        let plan = work.runs[index].plan
        guard code != 0,
            plan.spec.text(.terminationMessagePolicy) == "FallbackToLogsOnError",
            case .running(let since) = work.runs[index].state
        else { return "" }
        let span = SimulatedCluster.RunSpan(
            started: since, ended: instant, number: work.runs[index].generation)
        let spec = view.get(.pod, work.slot)?.value[.spec] ?? .null
        let lines = logLines(work, index, spec, span, until: instant).suffix(80)
        let text = lines.map { $0.text + "\n" }.joined()
        return String(decoding: text.utf8.suffix(2048), as: UTF8.self)
    }
}
