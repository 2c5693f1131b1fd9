import Glibc
import Language
import Value

/// The bounds of a session on sums: what is made of parts that are all within their own limits.
package struct SessionLimits: Sendable {
    /// Bytes that a scenario, or a statement at the prompt, may write.
    package var output = 256 << 20
    /// Bytes that `output { … }` and `$(…)` may hold at once.
    package var captured = 64 << 20
    /// Blocks of `at` and `every` that may wait at once.
    package var timers = 10_000
    /// Blocks of `at` and `every` that may be begun at one instant.
    package var timersPerInstant = 100_000
    /// Bytes of memory that the whole program may use; none by default, because a test or a server runs
    /// many sessions in one process.
    package var memory = Int.max

    /// What the program on the command line allows itself.
    package static let programMemory = 2 << 30

    package init() {}
}

/// How much of its limits a session has used up.
package struct SessionUsage {
    package var limits = SessionLimits()
    var output = 0
    var captured = 0
    private var timers = 0
    private var begun = (instant: Milliseconds(-1), count: 0)
    private var looks = 0
    private var events = 0
    /// Whether a run of the world was stopped for its memory.
    private(set) var isOutOfMemory = false

    /// Looks at the memory are calls of the system: only some looks at the rest are.
    private static let looksBetween = 32
    /// An event is far shorter than a look.
    private static let eventsBetween = 8_192

    var isOutputOver: Bool { output > limits.output || captured > limits.captured }

    mutating func check() throws {
        if output > limits.output { throw Self.error("output", limits.output) }
        if captured > limits.captured { throw Self.error("captured output", limits.captured) }
        guard limits.memory < .max else { return }
        looks += 1
        guard looks % Self.looksBetween == 1 else { return }
        if ProcessMemory.resident > limits.memory { throw memoryError }
    }

    var memoryError: HostError {
        HostError(
            "the session uses more than \(limits.memory >> 20) MiB of memory",
            hint: "keep fewer objects, or shorter lists and texts, at a time")
    }

    /// Whether the world has to stop in the middle of a run, asked before each of its events.
    mutating func isOutOfMemoryBeforeEvent() -> Bool {
        guard limits.memory < .max else { return false }
        events += 1
        guard events % Self.eventsBetween == 0 else { return false }
        isOutOfMemory = ProcessMemory.resident > limits.memory
        return isOutOfMemory
    }

    private static func error(_ what: String, _ limit: Int) -> HostError {
        HostError(
            "more than \(limit >> 20) MiB of \(what)", hint: "does the loop here ever end?")
    }

    // MARK: Timers

    mutating func beginTimer(now: Milliseconds) throws {
        if begun.instant != now { begun = (now, 0) }
        begun.count += 1
        guard begun.count <= limits.timersPerInstant else {
            throw HostError(
                "more than \(limits.timersPerInstant) blocks of `at` and `every` were begun at one "
                    + "instant", hint: "does a block begin itself anew at once?")
        }
        guard timers < limits.timers else {
            throw HostError(
                "more than \(limits.timers) blocks of `at` and `every` wait at once",
                hint: "does a block of `every` begin another one each time?")
        }
        timers += 1
    }

    mutating func endTimer() { timers -= 1 }

    /// A statement at the prompt has as much output as any other.
    package mutating func forgetOutput() { output = 0 }

    /// An earlier world is there again, with its timers.
    mutating func takeTimers(of other: SessionUsage) {
        (timers, begun) = (other.timers, other.begun)
    }

    /// A new world has no timers.
    mutating func forgetTimers() { timers = 0 }
}

/// What the program takes of the machine.
private enum ProcessMemory {
    /// Bytes in memory; 0 where the system does not say.
    static var resident: Int {
        let file = open("/proc/self/statm", O_RDONLY)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return 0 }
        let fields = bytes[..<count].split(separator: UInt8(ascii: " "))
        guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else {
            return 0
        }
        return pages * Int(getpagesize())
    }
}
