import API
import Model
import Printers
import Support
import Value

/// Findings as text: a line for each, causes under it and further in, then what would mend it.
package enum WhyText {
    /// Lines that a failure's report shows of a finding.
    package static let fewLines = 4

    /// All of it.
    package static func lines(_ finding: Finding, now: Milliseconds) -> [String] {
        lines(finding, now: now, indent: 0)
    }

    private static func lines(_ finding: Finding, now: Milliseconds, indent: Int) -> [String] {
        let blanks = String(repeating: " ", count: indent)
        var found = [blanks + line(finding, now: now)]
        if let table = finding.table {
            found += rows(table).map { "\(blanks)    \($0)" }
        }
        for cause in finding.because { found += lines(cause, now: now, indent: indent + 2) }
        for hint in finding.hints { found.append("\(blanks)  \(line(hint))") }
        return found
    }

    /// "pod/big is Pending since 10s: no node can take it".
    package static func line(_ finding: Finding, now: Milliseconds) -> String {
        var text = finding.subject.isEmpty ? finding.text : "\(finding.subject) \(finding.text)"
        if let since = finding.since {
            text += " since \(duration(max(now - since, 0)))"
        }
        return finding.detail.isEmpty ? text : "\(text): \(finding.detail)"
    }

    /// "2.5s", "1m12s": whole seconds from ten on, which is as much as anybody reads.
    package static func duration(_ time: Milliseconds) -> String {
        Duration(milliseconds: time < 10_000 ? time : time / 1_000 * 1_000).shortText
    }

    package static func line(_ hint: Finding.Hint) -> String {
        hint.command.isEmpty ? "hint: \(hint.text)" : "hint: `\(hint.command)` \(hint.text)"
    }

    private static func rows(_ table: Finding.Table) -> [String] {
        let text = ([table.header] + table.rows).map { $0.joined(separator: "\t") + "\n" }
        return TabWriter.align(text.joined()).split(separator: "\n").map(String.init)
    }

    /// The head of a finding, its first causes and the first hint, in ``fewLines`` lines at most.
    package static func few(_ finding: Finding, now: Milliseconds) -> [String] {
        var found = [line(finding, now: now)]
        var next = finding
        while found.count < fewLines - 1 {
            if let rows = next.table?.rows, !rows.isEmpty {
                found += rows.prefix(fewLines - 1 - found.count).map {
                    "  \($0.joined(separator: ": "))"
                }
                break
            }
            guard let cause = next.because.first else { break }
            found.append("  \(line(cause, now: now))")
            next = cause
        }
        if let hint = firstHint(finding) { found.append("  \(line(hint))") }
        return found
    }

    private static func firstHint(_ finding: Finding) -> Finding.Hint? {
        if let hint = finding.hints.first { return hint }
        for cause in finding.because {
            if let hint = firstHint(cause) { return hint }
        }
        return nil
    }

    // MARK: JSON

    package static func value(_ finding: Finding) -> Value {
        var value: Value = [
            "state": Value(finding.state.rawValue), "text": Value(finding.text),
        ]
        if !finding.subject.isEmpty { value["object"] = Value(finding.subject) }
        if !finding.detail.isEmpty { value["detail"] = Value(finding.detail) }
        if let since = finding.since { value["sinceMilliseconds"] = Value(Int(since)) }
        if let table = finding.table {
            value["table"] = .array(
                table.rows.map { row in
                    var entry = Object()
                    for (name, cell) in zip(table.header, row) {
                        entry[Key(name.lowercased())] = Value(cell)
                    }
                    return .object(entry)
                })
        }
        if !finding.because.isEmpty { value["because"] = .array(finding.because.map(Self.value)) }
        if !finding.hints.isEmpty {
            value["hints"] = .array(
                finding.hints.map { hint in
                    hint.command.isEmpty
                        ? ["text": Value(hint.text)]
                        : ["command": Value(hint.command), "text": Value(hint.text)]
                })
        }
        return value
    }
}
