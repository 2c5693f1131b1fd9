import Foundation
import Session
import Syntax
import Testing

@Suite("Explanations of codes")
struct ExplanationTests {
    @Test("every code that the sources have is explained, once and in order")
    func complete() throws {
        let codes = Explanation.all.map(\.code)
        #expect(codes == codes.sorted() || Set(codes).count == codes.count)
        #expect(Set(codes).count == codes.count)
        #expect(try Set(codes) == written())
    }

    @Test(
        "examples show their code, and the mended ones show none",
        arguments: Explanation.all.map(\.code))
    func examples(_ code: String) throws {
        let explanation = try #require(Explanation.of(code))
        #expect(!explanation.title.hasSuffix(".") && explanation.meaning.hasSuffix("."))
        guard case .script(let script) = explanation.example else { return }
        let found = Explanation.diagnostics(of: script)
        #expect(
            found.contains { $0.code == code }, "\(script)\n\(DiagnosticRenderer().render(found))")
        let left = Explanation.diagnostics(of: explanation.mend)
        #expect(left.isEmpty, "\(explanation.mend)\n\(DiagnosticRenderer().render(left))")
    }

    @Test("codes are found however they are written")
    func lookUp() {
        #expect(Explanation.of("dd2031")?.code == "DD2031")
        #expect(Explanation.of("2031")?.code == "DD2031")
        #expect(Explanation.of("DD9") == nil)
        #expect(Explanation.nearest(to: "DDD2031") == "DD2031")
    }

    /// The codes in the sources, but for those of the explanations themselves.
    private func written() throws -> Set<String> {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        let files = try #require(
            FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
        var codes: Set<String> = []
        for case let file as URL in files
        where file.pathExtension == "swift" && !file.path.contains("/Explain/") {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: #/"(DD[0-9]{4})"/#) { codes.insert(String(match.1)) }
        }
        return codes
    }
}
