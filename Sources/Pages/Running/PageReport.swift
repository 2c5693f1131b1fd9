import Language
import Reports
import Support
import Syntax
import Value

/// A page's result as text for people.
package struct PageReport {
    /// Whether commands that went well are told of too.
    private let showsAll: Bool
    private let usesColor: Bool

    package init(showsAll: Bool, usesColor: Bool) {
        self.showsAll = showsAll
        self.usesColor = usesColor
    }

    /// A line for each command that did not go as printed, with what differs below it, and the counts.
    package func text(_ result: PageResult) -> String {
        var text = ""
        for item in result.items { text += self.text(item, result.path) }
        for remark in result.remarks {
            text += "\(result.path):\(remark.line): \(paint("differs", "31")): in the prose\n"
            text += "    \(remark.text)\n"
        }
        return (text + "\(result.path): \(summary(result))\n").showingControls(allowing: usesColor)
    }

    private func text(_ item: PageItem, _ path: String) -> String {
        let (word, color, reasons) = words(item.verdict)
        guard let word, showsAll || !reasons.isEmpty else { return "" }
        let command = item.command.split(separator: "\n").first.map(String.init) ?? ""
        var text = "\(path):\(item.line): \(paint(word, color)): \(command)\n"
        if showsAll, let ranAs = item.ranAs, ranAs.split(separator: "\n").count == 1 {
            text += "    ran as: \(ranAs)\n"
        }
        for reason in reasons { text += "    \(reason)\n" }
        return text
    }

    private func words(_ verdict: PageItem.Verdict) -> (String?, String, [String]) {
        switch verdict {
        case .asPrinted: ("as printed", "32", [])
        case .ran: ("ran", "32", [])
        case .differs(let reasons):
            ("differs", "31", reasons.isEmpty ? ["the output differs"] : reasons)
        case .failed(let reason): ("failed", "31", [reason])
        case .refused(let error, let cause):
            ("refused as a cluster refuses it", "31", [error, cause])
        case .notSimulated(let reason): ("not simulated", "33", [reason])
        }
    }

    private func paint(_ text: String, _ code: String) -> String {
        usesColor ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }

    private func summary(_ result: PageResult) -> String {
        "\(result.asPrinted) as printed, \(result.ran) ran, \(result.differing + result.remarks.count) differ, "
            + "\(result.failed) failed, \(result.refused) refused, \(result.notSimulated) not simulated"
    }
}

extension String {
    /// Control characters made visible, but for those of colours where they are ours.
    fileprivate func showingControls(allowing colors: Bool) -> String {
        colors ? self : showingControls
    }
}

extension PageResult {
    /// The page as a script whose scenarios are its commands, for the reports that suites have.
    package func script(_ source: Source) -> ScriptResult {
        ScriptResult(
            path: path, diagnostics: [],
            scenarios: items.map { scenario($0, source) }
                + remarks.map {
                    scenario(
                        PageItem(
                            command: "prose", line: $0.line, verdict: .differs([$0.text]),
                            range: 0..<0, indent: ""),
                        source)
                })
    }

    private func scenario(_ item: PageItem, _ source: Source) -> ScenarioResult {
        let line = min(item.line, source.lineCount) - 1
        let range = source.lineRange(line)
        let place = Place(
            source: source, span: SourceSpan(start: range.lowerBound, end: range.upperBound))
        let command = item.command.split(separator: "\n").first.map(String.init) ?? ""
        let outcome: ScenarioResult.Outcome
        switch item.verdict {
        case .asPrinted, .ran: outcome = .passed
        case .notSimulated(let reason): outcome = .skipped(reason: reason)
        case .failed(let reason):
            outcome = .commandFailed(
                CommandFailure(text: command, exitCode: 1, errorText: reason, place: place))
        case .refused(let error, let cause):
            outcome = .commandFailed(
                CommandFailure(
                    text: command, exitCode: 1, errorText: "\(error)\n\(cause)", place: place))
        case .differs(let reasons):
            var failure = ExpectationFailure(
                form: .output, place: place, expression: command,
                summary: reasons.first ?? "the output differs",
                atMilliseconds: item.milliseconds)
            failure.evidence = Array(reasons.dropFirst())
            outcome = .failed(failure)
        }
        return ScenarioResult(
            title: "line \(item.line): \(command)", tags: [], outcome: outcome, place: place,
            seed: seed,
            virtualMilliseconds: item.milliseconds, trace: 0, writes: 0, events: 0)
    }
}
