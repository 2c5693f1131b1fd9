import Glibc
import Support

/// A file that a report goes to, written in large pieces.
///
/// The first write that fails ends the writing: what follows is dropped, and ``problem`` says why.
final class OutputFile {
    /// Why text was lost.
    enum Problem: Equatable {
        /// The reader went away (`| head`).
        case closedPipe
        /// What the system says, such as `No space left on device`.
        case system(String)
    }

    private(set) var problem: Problem?
    /// What people call it, for messages.
    let name: String
    private let descriptor: Int32
    let isTerminal: Bool
    private var bytes: [UInt8] = []

    /// - Parameters:
    ///   - descriptor: open for writing; it stays so.
    ///   - name: what people call it.
    init(_ descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
        isTerminal = isatty(descriptor) == 1
    }

    /// Standard output, with nothing written yet.
    static func standardOutput() -> OutputFile { OutputFile(1, name: "standard output") }

    /// Says a sentence on standard error.
    static func tell(_ problem: String) {
        let file = OutputFile(2, name: "standard error")
        file.write("drydock: \(problem.showingControls)\n")
        file.flush()
    }

    /// A new file, or the old one emptied. Nil, with `errno`, where it cannot be made.
    convenience init?(creating path: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        if descriptor < 0 { return nil }
        self.init(descriptor, name: path)
    }

    /// Whether a report may be coloured: on a terminal, unless it or its user wants none.
    var showsColor: Bool {
        isTerminal && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true)
            && getenv("TERM").map { String(cString: $0) } != "dumb"
    }

    func write(_ text: String) { write(bytes: text.utf8) }

    func write(bytes more: some Sequence<UInt8>) {
        bytes += more
        // A person wants to see lines as they come; a pipe wants few writes.
        if bytes.count > 65_536 || isTerminal { flush() }
    }

    func flush() {
        var rest = bytes[...]
        while !rest.isEmpty, problem == nil {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                problem = errno == EPIPE ? .closedPipe : .system(systemError())
            }
        }
        bytes.removeAll(keepingCapacity: true)
    }
}

/// What the system says of the last call that failed (`errno`), such as `no such file or directory`.
func systemError() -> String { String(cString: strerror(errno)).lowercased() }
