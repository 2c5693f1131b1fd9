/// The measures, and how each is taken.
struct Bench {
    let program: String
    let folder: String
    let runs: Int

    /// One measure: rows of the table.
    struct Measure: Sendable {
        let name: String
        var isLarge = false
        let run: @Sendable (Bench) throws -> [BenchRow]
    }

    /// A script that did not do what it should; what it takes means nothing then.
    struct WrongEnd: Error, CustomStringConvertible {
        let command: String
        let run: ChildRun

        var description: String { "\(command) ended with \(run.exitCode):\n\(run.output)" }
    }

    static let measures: [Measure] = [
        Measure(name: "start") { [try $0.start()] },
        Measure(name: "small scenario") { [try $0.small()] },
        Measure(name: "rollout") { [try $0.rollout()] },
        Measure(name: "large", isLarge: true) { try $0.large() },
        Measure(name: "interpreter loop") { [try $0.interpreter("loop", must: 0.5)] },
        Measure(name: "interpreter calls") { [try $0.interpreter("calls", must: 0.8)] },
        Measure(name: "interpreter fields") { [try $0.interpreter("fields", must: 0.7)] },
        Measure(name: "scenarios") { [try $0.scenarios()] },
    ]

    // MARK: Running

    /// Runs a command `count` times, all of which must succeed.
    private func repeated(_ count: Int, _ command: [String]) throws -> [ChildRun] {
        try (0..<count).map { _ in
            let run = try ChildProcess.run(command)
            guard run.exitCode == 0 else {
                throw WrongEnd(command: command.joined(separator: " "), run: run)
            }
            return run
        }
    }

    private func script(_ name: String, _ count: Int) throws -> [ChildRun] {
        try repeated(count, [program, "run", "--statistics", "\(folder)/\(name).dock"])
    }

    private func least(_ runs: [ChildRun]) -> Double { runs.map(\.cpuSeconds).min() ?? 0 }

    private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    // MARK: Measures

    private func start() throws -> BenchRow {
        // Taken in turns, so that a busy moment meets both.
        var own: [Double] = []
        var peer: [Double] = []
        for _ in 0..<runs * 10 {
            own.append(try script("three-lines", 1)[0].wallSeconds)
            peer.append(try repeated(1, ["/bin/true"])[0].wallSeconds)
        }
        let unit = BenchRow.Unit.seconds
        let least = own.min() ?? 0
        let leastPeer = peer.min() ?? 0
        return BenchRow(
            name: "start to end of three lines", unit: .seconds, value: least,
            budget: BenchRow.Budget(must: 0.008, aim: 0.003),
            remark: "median \(unit.text(median(own))); /bin/true \(unit.text(leastPeer)), median "
                + "\(unit.text(median(peer))); \(BenchRow.Unit.ratio.text(least / leastPeer))")
    }

    private func small() throws -> BenchRow {
        let runs = try script("small", runs * 2)
        return BenchRow(
            name: "10 nodes, 100 pods, as a process", unit: .seconds, value: least(runs),
            budget: BenchRow.Budget(must: 0.030, aim: 0.008), remark: remark(runs[0], pods: 100))
    }

    private func rollout() throws -> BenchRow {
        let runs = try script("rollout", runs)
        return BenchRow(
            name: "100 nodes, 1,000 pods, created and rolled", unit: .seconds, value: least(runs),
            budget: BenchRow.Budget(must: 0.200, aim: 0.050),
            remark: remark(runs[0], pods: 2_000))
    }

    private func large() throws -> [BenchRow] {
        let pods = 150_000
        let empty = try script("three-lines", 1)[0].peakBytes
        let run = try script("large", 1)[0]
        return [
            BenchRow(
                name: "5,000 nodes, 150,000 pods created", unit: .seconds, value: run.cpuSeconds,
                budget: BenchRow.Budget(must: 15, aim: 1.5), remark: remark(run, pods: pods)),
            BenchRow(
                name: "memory per pod at that size", unit: .bytes,
                value: Double(run.peakBytes - empty) / Double(pods),
                budget: BenchRow.Budget(must: 4_096, aim: 1_536),
                remark: "peak \(run.peakBytes >> 20) MB"),
        ]
    }

    private func interpreter(_ name: String, must: Double) throws -> BenchRow {
        var own: [ChildRun] = []
        var peer: [ChildRun] = []
        for _ in 0..<runs {
            own += try script(name, 1)
            peer += try repeated(1, ["python3", "\(folder)/\(name).py"])
        }
        let unit = BenchRow.Unit.seconds
        return BenchRow(
            name: "interpreter, \(name), to python3", unit: .ratio,
            value: least(own) / least(peer), budget: BenchRow.Budget(must: must, aim: must / 2),
            remark: "\(unit.text(least(own))) to \(unit.text(least(peer)))")
    }

    private func scenarios() throws -> BenchRow {
        let runs = try script("scenarios", 1)
        return BenchRow(
            name: "1,000 small scenarios, one core", unit: .seconds, value: least(runs),
            budget: BenchRow.Budget(must: 20, aim: 2), remark: "must and aim are for two cores")
    }

    /// Writes and steps per pod and the trace of a run, as it told them, and its memory.
    private func remark(_ run: ChildRun, pods: Int) -> String {
        guard let facts = RunStatistics(run.output) else {
            return "peak \(run.peakBytes >> 20) MB"
        }
        return
            "per pod \(perPod(facts.writes, pods)) writes, \(perPod(facts.events, pods)) events; "
            + "trace \(facts.trace); peak \(run.peakBytes >> 20) MB"
    }

    private func perPod(_ count: Int, _ pods: Int) -> String {
        let tenths = (count * 10 + pods / 2) / pods
        return "\(tenths / 10).\(tenths % 10)"
    }
}

/// The line that `drydock run --statistics` prints for a scenario:
/// `statistics: 123 writes, 456 events, trace 0123456789abcdef`.
private struct RunStatistics {
    let writes: Int
    let events: Int
    let trace: Substring

    init?(_ output: String) {
        let marks = output.matches(of: /statistics: (\d+) writes, (\d+) events, trace ([0-9a-f]+)/)
        guard let found = marks.last, let writes = Int(found.1), let events = Int(found.2) else {
            return nil
        }
        self.writes = writes
        self.events = events
        trace = found.3
    }
}
