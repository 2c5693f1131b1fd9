import ArgumentParser
import Glibc
import Runner
import Session
import Syntax

/// `drydock suite-worker`: what `drydock test` starts to run files, never a person. Reads the setup and
/// then jobs from standard input, a line each, and writes messages to standard output.
struct WorkerCommand: ParsableCommand {
    static let name = "suite-worker"

    static let configuration = CommandConfiguration(
        commandName: name, abstract: "Run the files of a suite (for drydock test).",
        shouldDisplay: false)

    /// A worker that has grown beyond this ends after its file, so that none pays for another.
    private static let largestPeak = 512 << 20

    /// How many looks at the interrupts come before one at the parent.
    private static let looksBetween = 64

    func run() throws {
        Interrupts.catchSignals([SIGINT, SIGTERM], secondEnds: true)
        let sources = SourceTable()
        var input = LineReader(0)
        guard let first = input.next() else { return }
        let setup = try WorkerLine.read(SuiteSetup.self, first, sources: sources)
        let output = OutputFile.standardOutput()
        let worker = SuiteWorker(setup, flush: output.flush) { output.write($0) }
        worker.memoryLimit = SessionLimits.programMemory
        worker.alarm = WallAlarm()
        worker.wallClock = WallClock.microseconds
        let parent = getppid()
        var looks = 0
        worker.interruptCheck = {
            looks &+= 1
            // Whoever waits for the results may be gone, which is a call of the system to find out.
            return Interrupts.isPending || output.problem != nil
                || looks % Self.looksBetween == 0 && getppid() != parent
        }
        while let line = input.next() {
            worker.run(try WorkerLine.read(FileJob.self, line, sources: sources))
            output.flush()
            if output.problem != nil || Interrupts.isPending || Self.peak > Self.largestPeak {
                return
            }
        }
    }

    /// The most memory that the process has had, in bytes.
    private static var peak: Int {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss * 1024
    }
}

/// Reads lines from a descriptor.
struct LineReader {
    private let descriptor: Int32
    private var bytes: [UInt8] = []
    /// How many of ``bytes`` hold no end of a line.
    private var searched = 0
    private(set) var isAtEnd = false

    init(_ descriptor: Int32) { self.descriptor = descriptor }

    /// The next line without its end, for which it waits; nil when there is none.
    mutating func next() -> [UInt8]? {
        while true {
            if let line = takeLine() { return line }
            if isAtEnd { return nil }
            read()
        }
    }

    /// A line that has come already; nil where none is whole.
    mutating func takeLine() -> [UInt8]? {
        guard let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
            searched = bytes.count
            return nil
        }
        let line = Array(bytes[..<end])
        bytes.removeSubrange(...end)
        searched = 0
        return line
    }

    /// Everything that has come and was not taken.
    var rest: [UInt8] { bytes }

    /// Waits for more.
    mutating func read() {
        let room = 65_536
        let chunk = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            let result = Glibc.read(descriptor, buffer.baseAddress, room)
            if result == 0 || (result < 0 && errno != EINTR && errno != EAGAIN) { isAtEnd = true }
            count = max(result, 0)
        }
        bytes += chunk
    }

    /// Forgets all but the first so many bytes.
    mutating func keep(first count: Int) {
        if bytes.count > count { bytes.removeLast(bytes.count - count) }
        searched = min(searched, bytes.count)
    }
}
