import Glibc

/// A process that runs files of a suite: this program once more.
///
/// Processes, not threads: what one file does to its process, from a crash to a loop that never looks
/// up, happens to that file alone.
final class WorkerProcess {
    let id: pid_t
    /// What the worker says, and what it complains of.
    var messages: LineReader
    var complaints: LineReader
    let messagesDescriptor: Int32
    let complaintsDescriptor: Int32
    private let jobs: Int32

    /// Starts a worker; nil, with `errno`, where the system has none to give.
    ///
    /// - Parameter command: what of this program it is.
    init?(command: String = WorkerCommand.name) {
        var pipes: [(read: Int32, write: Int32)] = []
        for _ in 0..<3 {
            var ends: [Int32] = [-1, -1]
            guard Self.makePipe(&ends) else {
                let problem = errno
                for pipe in pipes {
                    close(pipe.read)
                    close(pipe.write)
                }
                errno = problem
                return nil
            }
            pipes.append((ends[0], ends[1]))
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes[0].read, 0)
        posix_spawn_file_actions_adddup2(&actions, pipes[1].write, 1)
        posix_spawn_file_actions_adddup2(&actions, pipes[2].write, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What is typed at the terminal reaches the one that people look at; it passes signals on.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        // The way to a crash takes seconds to find, and nobody sees it.
        setenv("SWIFT_BACKTRACE", "enable=no", 0)
        let words = ["drydock", command].map { (word: String) in strdup(word) }
        defer { for word in words { free(word) } }
        var id: pid_t = 0
        let status = posix_spawn(
            &id, "/proc/self/exe", &actions, &attributes, words + [nil], environ)
        close(pipes[0].read)
        close(pipes[1].write)
        close(pipes[2].write)
        guard status == 0 else {
            close(pipes[0].write)
            close(pipes[1].read)
            close(pipes[2].read)
            errno = status
            return nil
        }
        self.id = id
        jobs = pipes[0].write
        messagesDescriptor = pipes[1].read
        complaintsDescriptor = pipes[2].read
        messages = LineReader(messagesDescriptor)
        complaints = LineReader(complaintsDescriptor)
    }

    /// A pipe that no other process inherits.
    private static func makePipe(_ ends: inout [Int32]) -> Bool {
        guard pipe(&ends) == 0 else { return false }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return true
    }

    /// Hands over a line. A worker that is gone does not take it, which its end will tell.
    func send(_ line: String) {
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(jobs, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                return
            }
        }
    }

    func signal(_ signal: Int32) { kill(id, signal) }

    /// Takes what is left of the worker, whose messages have ended, and says how it ended.
    func end() -> String {
        close(jobs)
        close(messagesDescriptor)
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        complaints.read()
        close(complaintsDescriptor)
        let signal = status & 0x7F
        if signal != 0 {
            return "was ended by the signal \(signal) (\(String(cString: strsignal(signal))))"
        }
        return "ended with the code \((status >> 8) & 0xFF)"
    }

    /// What it has said first on standard error: what comes of a crash is told there.
    var words: String {
        let text = String(decoding: complaints.rest, as: UTF8.self)
        return text.split(separator: "\n").prefix(3).joined(separator: " / ")
    }
}
