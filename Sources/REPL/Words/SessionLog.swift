import Glibc
import Value

/// What was typed in a session, on the disk: a session that was killed can be gone through again.
final class SessionLog {
    /// One statement, and the trace of the world after it; empty where it did not come to its end.
    struct Entry {
        let text: String
        let trace: String
    }

    private let path: String
    private var size: Int
    private var isFull = false

    /// Bytes that a log may have: what was typed after that is not kept.
    static let limit = 4 << 20
    /// How many logs of sessions that were killed are kept.
    private static let kept = 8

    private init(path: String, size: Int) {
        self.path = path
        self.size = size
    }

    private static func path(in folder: String, _ process: pid_t) -> String {
        "\(folder)/session-\(process).log"
    }

    /// Begins the log of this process; nil where it cannot be written.
    static func begin(in folder: String, seed: UInt64) -> SessionLog? {
        forgetOld(in: folder)
        let path = path(in: folder, getpid())
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { return nil }
        close(file)
        let log = SessionLog(path: path, size: 0)
        log.write(["seed": Value(String(seed)), "version": 1])
        return log
    }

    /// The last session that was killed, and its log, which goes on as that of this process.
    static func resume(in folder: String) -> (seed: UInt64, entries: [Entry], log: SessionLog)? {
        guard let old = dead(in: folder).last else { return nil }
        let path = path(in: folder, getpid())
        guard rename(old, path) == 0, let bytes = read(path) else { return nil }
        var lines = bytes.split(separator: UInt8(ascii: "\n")).compactMap {
            try? JSON.parse(bytes: Array($0))
        }
        guard let first = lines.first, let seed = first["seed"].string.flatMap(UInt64.init) else {
            unlink(path)
            return nil
        }
        lines.removeFirst()
        let entries = lines.map {
            Entry(text: $0["text"].string ?? "", trace: $0["trace"].string ?? "")
        }
        return (seed, entries, SessionLog(path: path, size: bytes.count))
    }

    func add(_ text: String, trace: String) {
        write(["text": Value(text), "trace": Value(trace)])
    }

    /// The session ended as it should.
    func remove() { unlink(path) }

    private func write(_ record: Value) {
        let line = Array((JSON.text(record) + "\n").utf8)
        guard !isFull, size + line.count <= Self.limit else {
            isFull = true
            return
        }
        let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return }
        defer { close(file) }
        if line.withUnsafeBytes({ Glibc.write(file, $0.baseAddress, $0.count) }) == line.count {
            size += line.count
        } else {
            isFull = true
        }
    }

    private static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: limit)
        var count = 0
        while count < limit {
            let more = bytes.withUnsafeMutableBytes {
                Glibc.read(file, $0.baseAddress! + count, limit - count)
            }
            if more <= 0 { break }
            count += more
        }
        return Array(bytes[..<count])
    }

    /// The logs of processes that are gone, the last one at the end.
    private static func dead(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var found: [(path: String, time: Int)] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix("session-"), name.hasSuffix(".log"),
                let process = pid_t(name.dropFirst(8).dropLast(4)), process != getpid(),
                !runs(process)
            else { continue }
            var status = stat()
            let path = "\(folder)/\(name)"
            guard stat(path, &status) == 0 else { continue }
            found.append(
                (path, status.st_mtim.tv_sec * 1_000_000 + status.st_mtim.tv_nsec / 1_000))
        }
        return found.sorted { ($0.time, $0.path) < ($1.time, $1.path) }.map(\.path)
    }

    /// Whether a process is there and not only waits for its parent to learn of its end.
    private static func runs(_ process: pid_t) -> Bool {
        if kill(process, 0) != 0, errno == ESRCH { return false }
        guard let bytes = read("/proc/\(process)/stat") else { return true }
        // The state stands behind the name in parentheses, which may hold anything.
        let state = bytes.lastIndex(of: UInt8(ascii: ")")).map { bytes[$0...].dropFirst(2).first }
        return state != UInt8(ascii: "Z")
    }

    private static func forgetOld(in folder: String) {
        for path in dead(in: folder).dropLast(kept) { unlink(path) }
    }
}
