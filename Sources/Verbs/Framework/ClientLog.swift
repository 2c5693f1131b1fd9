import Support
import Value

/// What kubectl says through its log, which goes to standard error with a head of its own.
extension VerbContext {
    /// The weight of a line of the log.
    enum LogLevel: String {
        case warning = "W"
        case fatal = "F"
    }

    /// Writes a line of the log once a command. `place` is the file and line that kubectl names.
    ///
    /// Source of the head: klog (`W0101 00:01:02.250000       1 helpers.go:719] …`).
    func log(_ level: LogLevel, _ place: String, _ text: String) {
        guard isNew(logLine: text) else { return }
        let date = Array(now.text.utf8)
        func part(_ range: Range<Int>) -> String { String(decoding: date[range], as: UTF8.self) }
        let milliseconds = String(1000 + clock.now % 1000).dropFirst()
        output.error(
            "\(level.rawValue)\(part(5..<7))\(part(8..<10)) \(part(11..<19)).\(milliseconds)000"
                + "       1 \(place)] \(text)\n")
    }
}
