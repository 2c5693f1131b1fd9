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
        let texts = codes.compactMap { Explanation.of($0) }.map { $0.text(renderer) }
        output.write(texts.joined(separator: "\n"))
        output.flush()
        try output.checkWhole()
    }
}
