import ArgumentParser
import Session
import Syntax

/// `drydock explain DDnnnn`: what a code means.
struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tell what the code of a diagnostic means, with an example and its mend.",
        discussion: "Without a code: all of them, one a line.")

    @Argument(help: "Codes such as DD2031.")
    var codes: [String] = []

    @Flag(inversion: .prefixedNo, help: "Colour the example (default: on a terminal).")
    var color: Bool?

    func validate() throws {
        for code in codes where Explanation.of(code) == nil {
            let nearest = Explanation.nearest(to: code).map { "; did you mean \($0)?" } ?? ""
            throw ValidationError(
                "there is no code \(code)\(nearest) (`drydock explain` lists all of them)")
        }
    }

    func run() throws {
        let output = OutputFile.standardOutput()
        if codes.isEmpty {
            for explanation in Explanation.all {
                output.write("\(explanation.code)  \(explanation.title)\n")
            }
        }
        let renderer = DiagnosticRenderer(usesColor: color ?? output.showsColor)
        let texts = codes.compactMap { Explanation.of($0) }.map { Self.text($0, renderer) }
        output.write(texts.joined(separator: "\n"))
        output.flush()
        try output.checkWhole()
    }

    private static func text(_ explanation: Explanation, _ renderer: DiagnosticRenderer) -> String {
        var text = "\(explanation.code): \(explanation.title)\n\n\(wrapped(explanation.meaning))\n"
        switch explanation.example {
        case .none(let reason): text += "\n(No example. \(reason))\n"
        case .script(let script):
            if script.utf8.count <= 500 { text += "\nThis script shows it:\n\n\(indented(script))" }
            if let finding = explanation.finding { text += "\n" + renderer.render(finding) }
            text += "\nBetter:\n\n\(indented(explanation.mend))"
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
