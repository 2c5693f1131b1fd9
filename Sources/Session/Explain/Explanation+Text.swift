import Syntax

extension Explanation {
    /// All that is told of a code, for people; every line ends in a newline.
    package func text(_ renderer: DiagnosticRenderer = DiagnosticRenderer()) -> String {
        var text = "\(code): \(title)\n\n\(Self.wrapped(meaning))\n"
        switch example {
        case .none(let reason): text += "\n(No example. \(reason))\n"
        case .script(let script):
            if script.utf8.count <= 500 {
                text += "\nThis script shows it:\n\n\(Self.indented(script))"
            }
            if let finding { text += "\n" + renderer.render(finding) }
            text += "\nBetter:\n\n\(Self.indented(mend))"
        }
        return text
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
    }

    /// Lines of at most 80 characters.
    private static func wrapped(_ text: String) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].count + word.count >= 80 { lines.append("") }
            let line = lines.count - 1
            lines[line] += lines[line].isEmpty ? String(word) : " \(word)"
        }
        return lines.joined(separator: "\n")
    }
}
