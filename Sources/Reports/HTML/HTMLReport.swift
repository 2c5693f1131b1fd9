import Language
import Support
import Syntax
import Value

extension ReportFormat {
    /// For people, later.
    package static let html = ReportFormat(
        name: "html",
        summary: "for people: one page to keep, send and print, which needs no network",
        drawsPictures: true
    ) { HTMLReport($0) }
}

/// Writes a run as one page of HTML: every failure with its whole text, everything else folded.
///
/// The choice of what is shown is made by radio buttons and style alone, so that it may be shown where
/// programs are forbidden, as on most build servers; there the timelines of scenarios are the signs that
/// a terminal shows. Elsewhere each is a page of its own within the page.
package final class HTMLReport: Report {
    /// How much of what a scenario printed is shown, from its end, in bytes.
    package static let outputLimit = 256 << 10

    private let write: (String) -> Void
    private let command: [String]
    private let diagnostics = DiagnosticRenderer()
    private var results: [ScriptResult] = []
    /// The sections of the scripts that have ended.
    private var sections: [String] = []
    private var entries = ""
    private var path = ""
    private var output = ""
    /// The size of the timelines so far, in bytes.
    private var pictureSize = 0

    package init(_ settings: ReportSettings) {
        write = settings.write
        command = settings.command
    }

    // MARK: Listening

    package func began(script path: String) {
        self.path = path
        entries = ""
    }

    package func began(scenario title: String) { output = "" }

    package func wrote(_ text: String) { output += text }

    package func ended(_ result: ScenarioResult) {
        let status = Status(result)
        var body = ""
        if case .skipped(let reason?) = result.outcome { body += Self.paragraph(reason) }
        for problem in result.problems { body += Self.block(problem.text(diagnostics), "failure") }
        if !result.warnings.isEmpty {
            body += Self.block(diagnostics.render(result.warnings), "warning")
        }
        for attachment in result.attachments {
            body += Self.folded(
                "Attached: \(attachment.name.onOneLine)", attachment.content.text,
                isOpen: status == .failed)
        }
        if let picture = result.picture { body += timeline(picture, isFailed: status == .failed) }
        if !output.isEmpty { body += Self.folded("Output", Self.end(of: output), isOpen: false) }
        body += Self.paragraph(facts(of: result), "facts")
        entries += Self.entry(
            status, hasWarnings: !result.warnings.isEmpty,
            title: result.title.isEmpty ? path : result.title, tags: result.tags,
            time: times(result), body: body)
    }

    package func ended(_ result: ScriptResult) {
        results.append(result)
        var body = ""
        if let problem = result.problem { body += Self.block(problem, "failure") }
        let errors = result.diagnostics.filter { $0.severity == .error }
        let warnings = result.diagnostics.filter { $0.severity != .error }
        if !errors.isEmpty { body += Self.block(diagnostics.render(errors), "failure") }
        if !warnings.isEmpty { body += Self.block(diagnostics.render(warnings), "warning") }
        if !body.isEmpty {
            entries =
                Self.entry(
                    result.isRefused ? .failed : .passed, hasWarnings: !warnings.isEmpty,
                    title: result.isRefused ? "the script cannot run" : "check of the script",
                    tags: [], time: "", body: body) + entries
        }
        guard !entries.isEmpty else { return }
        sections.append("<section>\n<h2>\(Self.escaped(path))</h2>\n\(entries)</section>\n")
    }

    // MARK: Timelines

    /// How much the timelines of a page may take, in bytes; of what passed only while half is free.
    package static let pictureLimit = 48 << 20

    private func timeline(_ picture: ScenarioPicture, isFailed: Bool) -> String {
        guard !picture.text.isEmpty else { return "" }
        let frame =
            "<iframe sandbox=\"allow-scripts\" loading=\"lazy\" title=\"timeline\" srcdoc=\"\(Self.escaped(picture.page))\"></iframe>\n"
        var content = Self.block(picture.text, "text")
        let left = max(Self.pictureLimit / (isFailed ? 1 : 2) - pictureSize, 0)
        if frame.utf8.count <= left {
            pictureSize += frame.utf8.count
            content = frame + "<noscript>\(content)</noscript>"
        } else {
            content += Self.paragraph(
                "Only as signs: drawn, this timeline takes \(frame.utf8.count >> 20) MB, and this page has "
                    + "\(left >> 20) MB left for it. `timeline --html FILE` draws it on a page of its own."
            )
        }
        return "<details class=\"part\"><summary>Timeline</summary>\(content)</details>\n"
    }

    // MARK: Parts

    private enum Status: String, CaseIterable {
        case failed
        case passed
        case skipped

        init(_ result: ScenarioResult) {
            self = result.isPassed ? .passed : result.isSkipped ? .skipped : .failed
        }

        /// For those who see no colours.
        var sign: String {
            switch self {
            case .failed: "✗"
            case .passed: "✓"
            case .skipped: "–"
            }
        }
    }

    private func times(_ result: ScenarioResult) -> String {
        let virtual = Duration(milliseconds: result.virtualMilliseconds).shortText
        guard let wall = result.wallMicroseconds else { return virtual }
        return "\(virtual) in \(WallTime.text(wall))"
    }

    private func facts(of result: ScenarioResult) -> String {
        let place = result.place?.description ?? path
        let interrupted = if case .interrupted = result.outcome { "interrupted · " } else { "" }
        return "\(interrupted)\(place) · seed \(result.seed) · \(result.writes) writes, "
            + "\(result.events) events, trace \(String(result.trace, radix: 16))"
    }

    private static func entry(
        _ status: Status, hasWarnings: Bool, title: String, tags: [String], time: String,
        body: String
    ) -> String {
        let classes = "\(status.rawValue)\(hasWarnings ? " warned" : "")"
        let tags = tags.map { " <span class=\"tag\">\(escaped($0))</span>" }.joined()
        return "<details class=\"\(classes)\"\(status == .failed || hasWarnings ? " open" : "")>\n"
            + "<summary><span class=\"sign\">\(status.sign)</span> "
            + "<span class=\"title\">\(escaped(title.onOneLine))</span>\(tags)"
            + "<span class=\"time\">\(escaped(time))</span></summary>\n"
            + "<div class=\"body\">\n\(body)</div>\n</details>\n"
    }

    private static func block(_ text: String, _ kind: String) -> String {
        "<pre class=\"\(kind)\">\(escaped(text.withoutFinalNewlines))</pre>\n"
    }

    private static func paragraph(_ text: String, _ kind: String = "") -> String {
        "<p\(kind.isEmpty ? "" : " class=\"\(kind)\"")>\(escaped(text))</p>\n"
    }

    private static func folded(_ title: String, _ text: String, isOpen: Bool) -> String {
        "<details class=\"part\"\(isOpen ? " open" : "")><summary>\(escaped(title))</summary>"
            + "\(block(text, "text"))</details>\n"
    }

    /// The end of a long text, from the beginning of a line.
    static func end(of text: String) -> String {
        let bytes = text.utf8
        guard bytes.count > outputLimit else { return text }
        var kept = bytes.suffix(outputLimit)
        if let newline = kept.firstIndex(of: UInt8(ascii: "\n")) {
            kept = kept[bytes.index(after: newline)...]
        }
        return "… \(bytes.count - kept.count) bytes before\n"
            + String(decoding: kept, as: UTF8.self)
    }

    /// The text with what HTML would read as its own written as references.
    package static func escaped(_ text: String) -> String {
        var result: [UInt8] = []
        let bytes = Array(text.showingControls.utf8)
        result.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "&"): result += "&amp;".utf8
            case UInt8(ascii: "<"): result += "&lt;".utf8
            case UInt8(ascii: ">"): result += "&gt;".utf8
            case UInt8(ascii: "\""): result += "&quot;".utf8
            case UInt8(ascii: "'"): result += "&#39;".utf8
            // U+FFFE and U+FFFF are no characters of HTML: EF BF BE and EF BF BF become U+FFFD.
            case 0xBE, 0xBF:
                let isNone = result.suffix(2).elementsEqual([0xEF, 0xBF])
                result.append(isNone ? 0xBD : byte)
            default: result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    // MARK: The end

    package func finish() {
        let scenarios = results.flatMap(\.scenarios)
        let statuses = scenarios.map(Status.init)
        let refused = results.count { $0.isRefused }
        let warned =
            scenarios.count { !$0.warnings.isEmpty }
            + results.count { $0.diagnostics.contains { $0.severity == .warning } }
        let choices: [(name: String, count: Int)] =
            [("all", scenarios.count + refused)]
            + Status.allCases.map { status in
                let own = statuses.count { $0 == status }
                return (status.rawValue, own + (status == .failed ? refused : 0))
            } + [("warned", warned)]
        let virtual = scenarios.reduce(0) { $0 + $1.virtualMilliseconds }
        let walls = results.compactMap(\.wallMicroseconds)
        var time = "\(Duration(milliseconds: virtual).shortText) of virtual time"
        if !walls.isEmpty { time += " in \(WallTime.text(walls.reduce(0, +)))" }
        write(
            HTMLPage.top(choices: choices, hasFailures: choices[1].count > 0)
                + "<p class=\"facts\">\(results.count) \(results.count == 1 ? "script" : "scripts"), "
                + "\(time)</p>\n")
        if let again = Reproduction.command(for: results, command) {
            write("<p>The first failure again:</p>\n" + Self.block(again, "text"))
        }
        write(HTMLPage.afterHeader)
        for section in sections { write(section) }
        write(HTMLPage.bottom)
    }
}
