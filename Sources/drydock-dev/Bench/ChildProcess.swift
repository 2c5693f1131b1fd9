import Glibc

/// What running a program took and answered.
struct ChildRun {
    /// The exit code; 128 and more for a signal.
    let exitCode: Int32
    /// Time on the wall.
    let wallSeconds: Double
    /// Processor time of the process, in the program and in the kernel.
    let cpuSeconds: Double
    /// The most memory it had at a time (`ru_maxrss`).
    let peakBytes: Int
    /// What it wrote to standard output and standard error.
    let output: String
}

/// Running other programs and measuring them from outside.
enum ChildProcess {
    /// A program that cannot be started.
    struct StartFailure: Error, CustomStringConvertible {
        let program: String
        let code: Int32

        var description: String { "cannot start \(program): \(String(cString: strerror(code)))" }
    }

    /// Runs `arguments[0]`, found by PATH, to its end, or until a signal that ``Termination`` catches.
    static func run(_ arguments: [String]) throws(StartFailure) -> ChildRun {
        var pipe: [Int32] = [-1, -1]
        precondition(Glibc.pipe(&pipe) == 0, "no pipe can be made")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipe[1], 1)
        posix_spawn_file_actions_adddup2(&actions, pipe[1], 2)
        posix_spawn_file_actions_addclose(&actions, pipe[0])
        posix_spawn_file_actions_addclose(&actions, pipe[1])
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        defer { for word in words { free(word) } }
        words.append(nil)
        var process: pid_t = 0
        let begin = seconds()
        let code = posix_spawnp(&process, arguments[0], &actions, nil, words, environ)
        close(pipe[1])
        guard code == 0 else {
            close(pipe[0])
            throw StartFailure(program: arguments[0], code: code)
        }
        Termination.pass(to: process)
        // A signal that came before it was known whom to pass it to.
        if let signal = Termination.signal { kill(process, signal) }
        defer { Termination.pass(to: nil) }
        let output = readAll(pipe[0])
        close(pipe[0])
        var status: Int32 = 0
        var usage = rusage()
        while wait4(process, &status, 0, &usage) < 0, errno == EINTR {}
        let wall = seconds() - begin
        return ChildRun(
            exitCode: status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + (status & 0x7F),
            wallSeconds: wall, cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime),
            peakBytes: usage.ru_maxrss * 1024, output: output)
    }

    private static func readAll(_ file: Int32) -> String {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += chunk[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func seconds(_ time: timeval) -> Double {
        Double(time.tv_sec) + Double(time.tv_usec) / 1e6
    }
}
