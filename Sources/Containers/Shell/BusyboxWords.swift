import Tools

/// Messages of coreutils as busybox words them: its programs are Alpine's and its own image's.
enum BusyboxWords {
    /// An output that changes the messages of a tool on their way.
    static func output(_ tool: String, to error: ToolOutput) -> ToolOutput {
        ToolOutput { piece in error.write(text(tool, String(decoding: piece, as: UTF8.self))) }
    }

    /// `cat: can't open 'x': No such file or directory` for `cat: x: No such file or directory`.
    static func text(_ tool: String, _ message: String) -> String {
        var text = String(message.map { $0 == "‘" || $0 == "’" ? "'" : $0 })
        switch tool {
        case "cat", "head", "tail", "wc", "sort", "cut", "tac", "nl", "uniq":
            let parts = text.split(separator: ": ", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == tool, !parts[1].contains("'") else { return text }
            return "\(tool): can't open '\(parts[1])': \(parts[2])"
        case "touch":
            let start = "touch: cannot touch '"
            guard text.hasPrefix(start), let end = text.lastIndex(of: "'") else { return text }
            let path = text[text.index(text.startIndex, offsetBy: start.count)..<end]
            return "touch: \(path)\(text[text.index(after: end)...])"
        case "rm", "cp", "mkdir", "mv", "rmdir":
            if let range = text.firstRange(of: "cannot ") {
                text.replaceSubrange(range, with: "can't ")
            }
            return text
        default: return text
        }
    }
}
