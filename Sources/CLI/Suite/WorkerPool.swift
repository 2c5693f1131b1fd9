import Glibc
import Runner
import Session
import Syntax

/// Runs the files of a suite in workers, and hands over their records in the order of the files.
final class WorkerPool {
    /// A worker with the file that it runs.
    private final class Station {
        let process: WorkerProcess
        var file: Int?
        /// When the scenario at work has to be over; nil while there is none, or no limit.
        var deadline: Int64?

        init(_ process: WorkerProcess) { self.process = process }
    }

    private let setup: SuiteSetup
    private let width: Int
    private var stations: [Station] = []
    private(set) var records: [FileRecord]
    /// The first file that was not begun, and the first that was not handed over.
    private var next = 0
    private var told = 0
    private var hasForwarded = false
    /// Takes each file when all before it are done.
    var finished: (FileRecord) -> Void = { _ in }
    /// Called when anything has changed, and now and then.
    var changed: () -> Void = {}
    /// Whether no further file is to be begun, and what runs does not matter.
    var isOver = false

    /// Microseconds that a worker has to end a scenario by itself.
    private static let grace: Int64 = 5_000_000

    /// - Parameters:
    ///   - records: those of files that cannot be read are done already.
    ///   - width: how many files to run at a time.
    init(_ setup: SuiteSetup, _ records: [FileRecord], width: Int) {
        self.setup = setup
        self.records = records
        self.width = width
    }

    /// How many files have ended.
    var doneCount: Int { records.count { $0.result != nil } }

    /// Runs everything, or until the user asks to stop.
    func run() throws {
        defer { endWorkers() }
        handOver()
        while !isOver, !isDone {
            if !Interrupts.isPending { try begin() }
            forwardInterrupt()
            if stations.allSatisfy({ $0.file == nil }), Interrupts.isPending { break }
            wait()
            changed()
        }
    }

    private var isDone: Bool { told == records.count }

    // MARK: Beginning

    private func begin() throws {
        while next < records.count {
            if records[next].result != nil {
                next += 1
                continue
            }
            guard let station = try idleStation() else { return }
            station.file = next
            let sources = SourceTable()
            station.process.send(try WorkerLine.text(records[next].job, sources: sources))
            next += 1
        }
    }

    /// A worker without work, a new one where there may be more; nil where all are busy.
    private func idleStation() throws -> Station? {
        if let idle = stations.first(where: { $0.file == nil }) { return idle }
        guard stations.count < width else { return nil }
        guard let process = WorkerProcess() else {
            // With some at work it goes on more slowly.
            if !stations.isEmpty { return nil }
            throw Refusal("cannot start a process: \(systemError())")
        }
        process.send(try WorkerLine.text(setup, sources: SourceTable()))
        let station = Station(process)
        stations.append(station)
        return station
    }

    private func forwardInterrupt() {
        guard let signal = Interrupts.signal, !hasForwarded else { return }
        hasForwarded = true
        for station in stations { station.process.signal(signal) }
    }

    // MARK: Listening

    private func wait() {
        var polled: [pollfd] = []
        for station in stations {
            for descriptor in [
                station.process.messagesDescriptor, station.process.complaintsDescriptor,
            ] {
                polled.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
            }
        }
        let count = poll(&polled, nfds_t(polled.count), 100)
        if count > 0 {
            for (index, station) in Array(stations.enumerated()) {
                if polled[2 * index + 1].revents != 0, !station.process.complaints.isAtEnd {
                    station.process.complaints.read()
                    station.process.complaints.keep(first: 4_096)
                }
                if polled[2 * index].revents != 0 { listen(to: station) }
            }
        }
        checkDeadlines()
        handOver()
    }

    private func listen(to station: Station) {
        station.process.messages.read()
        while let line = station.process.messages.takeLine() {
            guard let file = station.file else { continue }
            do {
                try records[file].take(line)
            } catch {
                // Half a message, or something that a broken worker wrote.
                station.process.signal(SIGKILL)
            }
            if records[file].result != nil { station.file = nil }
            setDeadline(of: station)
        }
        if station.process.messages.isAtEnd { bury(station) }
    }

    private func bury(_ station: Station) {
        let how = station.process.end()
        stations.removeAll { $0 === station }
        guard let file = station.file, records[file].result == nil else { return }
        records[file].crash(
            how, words: station.process.words,
            seed: setup.seed ?? SessionOptions.standardSeed)
    }

    private func setDeadline(of station: Station) {
        guard let limit = setup.wallLimit, let file = station.file, records[file].current != nil
        else { return station.deadline = nil }
        station.deadline = WallClock.microseconds() + limit * 1_000 + Self.grace
    }

    /// A scenario that does not end by itself when its time is over is ended.
    private func checkDeadlines() {
        let now = WallClock.microseconds()
        for station in stations {
            guard let deadline = station.deadline, now > deadline else { continue }
            station.deadline = nil
            station.process.signal(SIGKILL)
        }
    }

    private func handOver() {
        while told < records.count, records[told].result != nil, !isOver {
            tell()
        }
    }

    /// The files that ended behind one that did not, in order: for whoever was interrupted.
    func handOverRest() {
        while told < records.count {
            tell()
        }
    }

    private func tell() {
        if records[told].result != nil { finished(records[told]) }
        records[told].forget()
        told += 1
    }

    private func endWorkers() {
        for station in stations {
            // One that is idle ends by itself when it hears nothing more.
            if station.file != nil { station.process.signal(SIGKILL) }
            _ = station.process.end()
        }
        stations = []
    }
}
