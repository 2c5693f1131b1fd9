import Glibc

/// What reading one line ended with.
package enum LineInput: Equatable, Sendable {
    /// A line without its newline; a pasted text may bring several lines at once.
    case line(String)
    /// Ctrl-C: what was typed is discarded.
    case interrupted
    /// Ctrl-D on an empty line, or the end of piped input.
    case endOfInput
}

/// Where the REPL takes its lines from: a terminal with editing, or anything else, read plainly.
package protocol LineReader: AnyObject {
    /// Whether a person sits at the other end: prompts and greetings are for persons.
    var isInteractive: Bool { get }

    /// Reads a line, showing `prompt` to a person.
    func read(prompt: String) -> LineInput

    /// The lines that have come already, or come without a pause; empty where there are none.
    func pending() -> [String]

    /// Keeps an entry, which may have several lines, in the history.
    func remember(_ entry: String)

    /// Whether more has been typed, or pasted, that was not read yet.
    var hasTyped: Bool { get }

    /// The entries that were kept, the oldest first.
    var entries: [String] { get }
}

extension LineReader {
    package var hasTyped: Bool { false }

    package var entries: [String] { [] }
}

/// Reads standard input as it is: no prompt, no echo, no history. (Readline would echo.)
package final class PlainLineReader: LineReader {
    package let isInteractive = false
    private var bytes: [UInt8] = []
    /// Where the next line begins in `bytes`.
    private var place = 0
    private var isAtEnd = false

    package init() {}

    package func read(prompt: String) -> LineInput {
        while true {
            if let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = bytes[place..<end]
                place = end + 1
                return .line(Self.text(line))
            }
            if isAtEnd {
                if place == bytes.count { return .endOfInput }
                let line = bytes[place...]
                place = bytes.count
                return .line(Self.text(line))
            }
            fill()
        }
    }

    private static func text(_ line: ArraySlice<UInt8>) -> String {
        String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
    }

    /// How long nothing may come before what has come is taken for the whole.
    private static let silenceMilliseconds: Int32 = 200

    package func pending() -> [String] {
        while !isAtEnd, isReady() { fill() }
        var rest = bytes[place...]
        if !isAtEnd {
            guard let last = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
            rest = rest[...last]
        }
        place += rest.count
        var lines = rest.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map
        {
            Self.text($0)
        }
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    private func isReady() -> Bool {
        var input = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return poll(&input, 1, Self.silenceMilliseconds) > 0
    }

    private func fill() {
        if place > 1 << 16 {
            bytes.removeFirst(place)
            place = 0
        }
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        let count = chunk.withUnsafeMutableBytes { Glibc.read(0, $0.baseAddress, $0.count) }
        if count > 0 {
            bytes += chunk[..<count]
        } else if count == 0 || errno != EINTR {
            isAtEnd = true
        }
    }

    package func remember(_ entry: String) {}
}
