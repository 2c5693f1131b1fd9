import Foundation
import Syntax
import Testing

/// Wrong texts with what the parser says about them, in `Tests/Golden/Syntax/*.golden`:
///
///     === name
///     text
///     --- says
///     the rendered diagnostics, and `(incomplete)` where more lines may come
///
/// A case without `--- says` is completed in the file, and fails once.
@Suite("Golden diagnostics")
struct GoldenTests {
    struct Case: Sendable {
        var name: String
        var text: String
        var says: String?
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden/Syntax")
    static let files = [
        "statements", "expressions", "literals", "commands", "resources", "shell", "dialect",
        "exercises",
    ]

    /// What the parser says of a case; `dialect.golden` is in the shell dialect.
    static func read(_ wrong: Case, in file: String) -> ParseResult {
        // The last line end belongs to the file, so that a text can break off in its line.
        let text = String(wrong.text.dropLast())
        return file == "dialect" ? parseShell(text) : parse(text)
    }

    static func read(_ file: String) throws -> [Case] {
        let path = folder.appending(path: "\(file).golden")
        let content = try String(contentsOf: path, encoding: .utf8)
        return content.components(separatedBy: "=== ").dropFirst().map { part in
            let name = part.prefix { $0 != "\n" }
            let halves = part.dropFirst(name.count + 1).components(separatedBy: "--- says\n")
            return Case(
                name: String(name), text: halves[0], says: halves.count > 1 ? halves[1] : nil)
        }
    }

    @Test("the parser says what the file says", arguments: files)
    func golden(_ file: String) throws {
        var cases = try Self.read(file)
        #expect(cases.count >= 8)
        var isComplete = true
        for index in cases.indices {
            let result = Self.read(cases[index], in: file)
            #expect(result.hasErrors, "\(cases[index].name) is right")
            let says =
                DiagnosticRenderer().render(result.diagnostics)
                + (result.isIncomplete ? "(incomplete)\n\n" : "")
            guard let expected = cases[index].says else {
                isComplete = false
                cases[index].says = says
                continue
            }
            #expect(says == expected, "\(file): \(cases[index].name)")
        }
        guard !isComplete else { return }
        let content = cases.map { "=== \($0.name)\n\($0.text)--- says\n\($0.says ?? "")" }.joined()
        try content.write(
            to: Self.folder.appending(path: "\(file).golden"), atomically: true, encoding: .utf8)
        Issue.record("new cases were completed in \(file).golden: look them over")
    }

    @Test("grammar and parser agree that the texts are wrong", arguments: files)
    func grammarRejects(_ file: String) throws {
        for wrong in try Self.read(file) {
            // The ranges of numbers are the one thing that the grammar does not say.
            if wrong.name.contains("too large") || wrong.name.contains("too many") { continue }
            let text = String(wrong.text.dropLast())
            let recogniser = Recogniser(.drydock, text, asShell: file == "dialect")
            #expect(!recogniser.accepts(), "\(wrong.name)")
        }
    }

    @Test("every code of the syntax family has a golden case")
    func everyCodeOccurs() throws {
        var codes: Set<String> = []
        for file in Self.files {
            for wrong in try Self.read(file) {
                codes.formUnion(Self.read(wrong, in: file).diagnostics.map(\.code))
            }
        }
        let family =
            (1...7).map { "DD100\($0)" } + (1...9).map { "DD110\($0)" }
            + (1...5).map { "DD120\($0)" } + (1...8).map { "DD130\($0)" }
            + (1...5).map { "DD140\($0)" }
        #expect(family.filter { !codes.contains($0) } == [])
    }
}
