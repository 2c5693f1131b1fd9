import ArgumentParser
import Glibc
import Runner
import Syntax

/// Hands jobs to processes that judge, and takes what comes of them in the order of the jobs.
final class LearnPool {
    private final class Station {
        let process: WorkerProcess
        var job: Int?
        /// What the process had used of a core when it got the job, in microseconds.
        var begin: Int64 = 0
        var isOutOfTime = false

        init(_ process: WorkerProcess) { self.process = process }

        /// What the process has used of a core, in microseconds: a busy machine takes nothing from a job.
        var used: Int64 {
            var (clock, time) = (clockid_t(), timespec())
            guard clock_getcpuclockid(process.id, &clock) == 0, clock_gettime(clock, &time) == 0
            else { return begin }
            return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000
        }
    }

    /// What came of a job.
    enum Outcome<Result> {
        case done(Result)
        /// The process ended before it was done, twice: how.
        case lost(String)

        var result: Result? { if case .done(let result) = self { result } else { nil } }

        var loss: String? { if case .lost(let words) = self { words } else { nil } }
    }

    /// Everything that a job does is counted: what works so long, in microseconds of a core, never ends.
    static let patience: Int64 = 300_000_000

    private let width: Int
    private var stations: [Station] = []
    /// What came of each job, a line of JSON; nil where the process ended before it was done.
    private var lines: [[UInt8]?] = []
    /// How the process of a job ended that was not done.
    private var losses: [Int: String] = [:]
    private var waiting: [Int] = []
    private var done = 0

    init(width: Int) { self.width = width }

    /// Does all jobs; answers what came of them.
    ///
    /// A job whose process was ended from outside (no memory was left) is begun once more: what comes of an
    /// answer does not depend on the machine.
    func run<Result: Decodable>(
        _ jobs: [LearnJob], _ type: Result.Type
    ) throws -> [Outcome<Result>] {
        // A process that is gone takes no job, which is an error to be seen and not the end of this one.
        Interrupts.catchSignals([SIGINT, SIGTERM], secondEnds: true)
        lines = Array(repeating: nil, count: jobs.count)
        (waiting, losses, done) = (Array(jobs.indices.reversed()), [:], 0)
        defer { endWorkers() }
        while done < jobs.count, !Interrupts.isPending {
            while !waiting.isEmpty, let station = try idleStation() {
                let job = waiting.removeLast()
                station.job = job
                station.begin = station.used
                station.process.send(try WorkerLine.text(jobs[job], sources: SourceTable()))
            }
            listen()
        }
        if let signal = Interrupts.signal { throw ExitCode(128 + signal) }
        return try lines.enumerated().map { index, line in
            guard let line else { return .lost(losses[index] ?? "ended") }
            return .done(try WorkerLine.read(type, line, sources: SourceTable()))
        }
    }

    private func idleStation() throws -> Station? {
        if let idle = stations.first(where: { $0.job == nil }) { return idle }
        guard stations.count < width else { return nil }
        guard let process = WorkerProcess(command: LearnWorkerCommand.name) else {
            if !stations.isEmpty { return nil }
            throw Refusal("cannot start a process: \(systemError())")
        }
        let station = Station(process)
        stations.append(station)
        return station
    }

    private func listen() {
        var polled = stations.map {
            pollfd(fd: $0.process.messagesDescriptor, events: Int16(POLLIN), revents: 0)
        }
        let count = poll(&polled, nfds_t(polled.count), 100)
        for (index, station) in Array(stations.enumerated()) {
            if count > 0, polled[index].revents != 0 { take(from: station) }
            if station.job != nil, station.used - station.begin > Self.patience {
                station.isOutOfTime = true
                station.process.signal(SIGKILL)
            }
        }
    }

    private func take(from station: Station) {
        station.process.messages.read()
        while let line = station.process.messages.takeLine() {
            guard let job = station.job else { continue }
            lines[job] = line
            done += 1
            station.job = nil
        }
        guard station.process.messages.isAtEnd else { return }
        let ending = station.process.end()
        stations.removeAll { $0 === station }
        guard let job = station.job else { return }
        let words = station.process.words
        let isFirst = losses[job] == nil
        losses[job] =
            station.isOutOfTime
            ? "was ended: it had worked for \(Self.patience / 1_000_000) s"
            : words.isEmpty ? ending : "\(ending): \(words)"
        if isFirst, !station.isOutOfTime { waiting.append(job) } else { done += 1 }
    }

    private func endWorkers() {
        for station in stations {
            if station.job != nil { station.process.signal(SIGKILL) }
            _ = station.process.end()
        }
        stations = []
    }

    /// As many as the machine has cores.
    static var cores: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
