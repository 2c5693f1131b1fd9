import Foundation
import Testing

/// docs/architecture.md against the sources.
@Suite("docs/architecture.md")
struct ArchitectureTests {
    private let lines: [Substring]

    init() throws {
        let file = SourceTree.root.appending(path: "docs/architecture.md")
        lines = try String(contentsOf: file, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    @Test("shows the layers that the tidy test holds")
    func layers() {
        let start = lines.firstIndex { $0.hasPrefix("drydock  drydock-dev") } ?? 0
        let shown = lines[start...].prefix { $0 != "```" }.map { line in
            // Two blanks lie between names, more before the words about them.
            Set(
                (line.firstRange(of: "   ").map { line[..<$0.lowerBound] } ?? line)
                    .split(separator: " ").map(String.init))
        }
        #expect(shown.reversed() == Layers.fromBottom)
        #expect(Set(Layers.fromBottom.joined()) == Set(SourceTree.repository.targets))
    }

    @Test("names files and folders that exist")
    func paths() {
        var count = 0
        for line in lines {
            let pieces = line.split(separator: "`", omittingEmptySubsequences: false)
            for index in stride(from: 1, to: pieces.count - 1, by: 2) {
                let path = pieces[index]
                // A path to be: `Verbs/Kubectl/NAME.swift`; its folder exists.
                let folder =
                    path.firstRange(of: /NAME|GROUP/).map { path[..<$0.lowerBound] } ?? path
                guard folder.contains("/"), !folder.contains(" ") else { continue }
                count += 1
                let exists = ["", "Sources/"].contains { root in
                    FileManager.default.fileExists(
                        atPath: SourceTree.root.appending(path: root + folder).path)
                }
                #expect(exists, "\(path)")
            }
        }
        #expect(count > 25)
    }
}
