import ArgumentParser
import Glibc
import Runner
import Syntax

/// Hands jobs to processes that judge, and takes what comes of them in the order of the jobs.
final class LearnPool {
    private final class Station {
        let process: WorkerProcess
        var job: Int?
        var begin: Int64 = 0

        init(_ process: WorkerProcess) { self.process = process }
    }

    /// Nobody counts so long: a process that is still at work then is ended.
    private static let patience: Int64 = 300_000_000

    /// What is said of a job whose process has ended before it was done.
    ///
    /// - Parameter verb: what it was to be: marked, tried.
    static func ended(_ verb: String) -> String {
        "the process that \(verb) it ended, or took more than \(patience / 1_000_000) s"
    }

    /// Refuses a number of processes that would never be done.
    static func check(jobs: Int?) throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more, found \(jobs)") }
    }

    private let width: Int
    private var stations: [Station] = []
    /// What came of each job, a line of JSON; nil where the process ended before it was done.
    private(set) var lines: [[UInt8]?] = []
    private var next = 0
    private var done = 0

    init(width: Int) { self.width = width }

    /// Does all jobs; answers what came of them.
    ///
    /// - Throws: the exit code of a program that was ended, where somebody asked to stop.
    func run<Result: Decodable>(_ jobs: [LearnJob], _ type: Result.Type) throws -> [Result?] {
        Interrupts.catchSignals([SIGINT, SIGTERM], secondEnds: true)
        lines = Array(repeating: nil, count: jobs.count)
        (next, done) = (0, 0)
        defer { endWorkers() }
        while done < jobs.count, !Interrupts.isPending {
            while next < jobs.count, let station = try idleStation() {
                station.job = next
                station.begin = WallClock.microseconds()
                station.process.send(try WorkerLine.text(jobs[next], sources: SourceTable()))
                next += 1
            }
            listen()
        }
        if let signal = Interrupts.signal {
            OutputFile.tell("interrupted; \(jobs.count - done) of \(jobs.count) did not end")
            throw ExitCode(128 + signal)
        }
        return try lines.map { line in
            try line.map { try WorkerLine.read(type, $0, sources: SourceTable()) }
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
            if station.job != nil, WallClock.microseconds() - station.begin > Self.patience {
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
        _ = station.process.end()
        stations.removeAll { $0 === station }
        guard station.job != nil else { return }
        done += 1
        // Its number may be another process's from here on.
        station.job = nil
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
