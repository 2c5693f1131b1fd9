import Foundation

/// The program on a real pseudo-terminal, as a person has it: line discipline, signals, echo.
final class PseudoTerminal {
    private let process = Process()
    private let master: Int32
    private var screen = ""
    /// The process of the program itself, once it was looked for.
    private var program: Int32?

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts drydock on a terminal of its own, with its history below `state`.
    ///
    /// Colours and the pager are off unless `environment` says otherwise.
    ///
    /// - Parameters:
    ///   - arguments: those of the program.
    ///   - environment: further variables that it sees.
    ///   - folder: where it is started.
    ///   - rows: of the window.
    init(
        state: String, arguments: [String] = [], environment: [String: String] = [:],
        folder: String? = nil, rows: Int = 40, columns: Int = 100
    ) throws {
        var slave: Int32 = -1
        var opened: Int32 = -1
        guard openpty(&opened, &slave, nil, nil, nil) == 0 else {
            throw Failure(description: "openpty failed")
        }
        master = opened
        var size = winsize(
            ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(slave, UInt(TIOCSWINSZ), &size)
        // setsid gives the child a session whose controlling terminal is ours, so that Ctrl-C works.
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
        process.arguments = ["--ctty", "--wait", Self.program] + arguments
        process.environment = [
            "XDG_STATE_HOME": state, "TERM": "xterm", "PATH": "/usr/bin:/bin", "TMPDIR": state,
            "NO_COLOR": "1", "DRYDOCK_PAGER": "",
        ].merging(environment) { $1 }
        if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
        let handle = FileHandle(fileDescriptor: slave, closeOnDealloc: true)
        process.standardInput = handle
        process.standardOutput = handle
        process.standardError = handle
        try process.run()
        _ = fcntl(master, F_SETFL, O_NONBLOCK)
    }

    /// Processor time that the program has used so far, in steps of 10 ms.
    var processorMilliseconds: Int {
        func fields(_ path: String) -> [Substring] {
            let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            return text.split(separator: ")").last?.split(separator: " ") ?? []
        }
        // setsid makes the program its child, or becomes it.
        if program == nil {
            let child = Self.child(of: process.processIdentifier)
            program = child == 0 ? process.processIdentifier : child
        }
        let pids = ["\(program ?? 0)"]
        return pids.reduce(0) { sum, pid in
            let fields = fields("/proc/\(pid)/stat")
            guard fields.count > 12 else { return sum }
            return sum + ((Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)) * 10
        }
    }

    /// The child of a process; 0 where it has none.
    private static func child(of parent: Int32) -> Int32 {
        let ps = Process()
        ps.executableURL = URL(fileURLWithPath: "/usr/bin/ps")
        ps.arguments = ["-o", "pid=", "--ppid", "\(parent)"]
        let output = Pipe()
        ps.standardOutput = output
        guard (try? ps.run()) != nil else { return 0 }
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        ps.waitUntilExit()
        return text.split(whereSeparator: \.isWhitespace).first.flatMap { Int32($0) } ?? 0
    }

    /// Changes the size of the window, and tells the program.
    func resize(rows: Int, columns: Int) {
        var size = winsize(
            ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// The program beside the running test bundle, or another build of it.
    static var program: String {
        if let path = ProcessInfo.processInfo.environment["DRYDOCK_PROGRAM"] { return path }
        return URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
            .appendingPathComponent("drydock").path
    }

    deinit {
        if process.isRunning { process.terminate() }
        close(master)
    }

    /// Ends the program as nothing else can.
    func kill() {
        let list = Process()
        let output = Pipe()
        list.executableURL = URL(fileURLWithPath: "/bin/ps")
        list.arguments = ["-o", "pid=", "--ppid", "\(process.processIdentifier)"]
        list.standardOutput = output
        try? list.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        list.waitUntilExit()
        let children = text.split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
        for child in children { Foundation.kill(child, SIGKILL) }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Types `text`. A program that is gone takes no more of it; what then does not come is told by ``wait(for:)``.
    func type(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // The program may wait for somebody who reads what it says.
                read()
                usleep(1_000)
            } else if errno != EINTR {
                return
            }
        }
    }

    /// Types `text` until `shown` appears: for what a signal on its way may still throw away.
    func type(_ text: String, until shown: String) throws {
        for _ in 1...45 {
            type(text)
            if (try? wait(for: shown, atMost: 2)) != nil { return }
        }
        throw Failure(description: "no \(shown.debugDescription) on the screen:\n\(screen)")
    }

    /// Reads until `text` appears behind what was read so far; throws after ninety seconds, since
    /// other tests may keep every core busy.
    @discardableResult
    func wait(for text: String, atMost seconds: Double = 90) throws -> String {
        let deadline = Date(timeIntervalSinceNow: seconds)
        while Date() < deadline {
            read()
            if let range = screen.range(of: text) {
                let seen = String(screen[..<range.upperBound])
                screen = String(screen[range.upperBound...])
                return seen
            }
            usleep(5_000)
        }
        throw Failure(description: "no \(text.debugDescription) on the screen:\n\(screen)")
    }

    private func read() {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Foundation.read(master, &buffer, buffer.count)
            if count <= 0 { return }
            // Readline rings where it cannot decide.
            screen += String(
                decoding: buffer[..<count].filter { $0 != 0x07 }, as: UTF8.self)
        }
    }

    /// Types Ctrl-D at the next prompt, waits for the end of the program and answers its exit code.
    ///
    /// Only a prompt reads the terminal character by character. Between prompts the line discipline
    /// takes Ctrl-D as the end of a line that nobody reads, and it is lost.
    func leave() throws -> Int32 {
        try wait(for: "] > ")
        type("\u{04}")
        return try end()
    }

    /// Waits for the end of a program that ends by itself, and answers its exit code.
    func finish() throws -> Int32 { try end() }

    private func end() throws -> Int32 {
        let deadline = Date(timeIntervalSinceNow: 90)
        while process.isRunning {
            read()
            guard Date() < deadline else {
                throw Failure(description: "the program does not end:\n\(screen)")
            }
            usleep(5_000)
        }
        return process.terminationStatus
    }
}
