import Foundation
import Testing

/// Sources with what is said about them, in `Tests/Golden/Language/*.golden`:
///
///     === name
///     source
///     --- says
///     what the run wrote and what went wrong
///
/// A case without `--- says` is completed in the file, and fails once.
@Suite("Golden messages")
struct GoldenTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var source: String
        var says: String?

        var testDescription: String { name }
    }

    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden/Language")

    static func read(_ file: String) -> [Case] {
        guard
            let text = try? String(
                contentsOf: folder.appending(path: "\(file).golden"), encoding: .utf8)
        else { return [] }
        return text.components(separatedBy: "=== ").dropFirst().map { part in
            let name = part.prefix { $0 != "\n" }
            let rest = part.dropFirst(name.count + 1)
            let halves = rest.components(separatedBy: "--- says\n")
            return Case(
                name: String(name), source: halves[0], says: halves.count > 1 ? halves[1] : nil)
        }
    }

    /// What a user sees: output, then trouble.
    static func outcome(_ source: String) -> String {
        let ran = run(source, prepare: smallWorld)
        let trouble =
            ran.trouble.isEmpty || ran.trouble.hasSuffix("\n")
            ? ran.trouble : ran.trouble + "\n"
        return ran.output + trouble
    }

    @Test("say what the file says", arguments: ["checks", "runtime", "expectations"])
    func golden(file: String) throws {
        var cases = Self.read(file)
        #expect(!cases.isEmpty)
        var isComplete = true
        for index in cases.indices {
            let actual = Self.outcome(cases[index].source)
            guard let says = cases[index].says else {
                isComplete = false
                cases[index].says = actual
                continue
            }
            #expect(actual == says, "\(file): \(cases[index].name)")
        }
        guard !isComplete else { return }
        let text = cases.map { "=== \($0.name)\n\($0.source)--- says\n\($0.says ?? "")" }.joined()
        try text.write(
            to: Self.folder.appending(path: "\(file).golden"), atomically: true, encoding: .utf8)
        Issue.record("new cases were completed in \(file).golden: look them over")
    }
}
