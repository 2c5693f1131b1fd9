import Foundation
import Testing
import Verbs

/// Kustomizations of our own, and what a stock kubectl 1.36 makes of them (`Scripts/record-kustomize`).
@Suite("kustomize, against recordings of kubectl 1.36")
struct KustomizeGoldenTests {
    static let top = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden/Kustomize")

    static let names: [String] = {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: top.path)) ?? []
        return found.filter { !$0.hasPrefix(".") }.sorted()
    }()

    @Test("there are recordings")
    func recordings() { #expect(Self.names.count >= 120) }

    @Test("prints the bytes that kubectl prints", arguments: names)
    func output(_ name: String) throws {
        let bench = try VerbBench(nodes: 0)
        try Self.addFiles(to: bench.files)
        let printed = try bench.run("kustomize \(name)")
        let lines = printed.split(separator: "\n", omittingEmptySubsequences: false)
            .filter { !$0.hasPrefix("# Warning: ") }
        let text = lines.joined(separator: "\n")
        if let expected = bench.files.texts["\(name)/expected.yaml"] {
            #expect(text == expected)
        } else {
            let expected = try #require(bench.files.texts["\(name)/expected.error"])
            // Where kubectl prints an address of its memory, what follows must be the same.
            let isAddress = expected.contains("&{0x")
            #expect(
                isAddress
                    ? text.contains("cannot merge or replace") : text == expected + "[exit 1]\n")
        }
    }

    /// All files below the folder of recordings, by their paths in it.
    private static func addFiles(to files: MemoryFiles) throws {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: top.path)
        for path in paths {
            let url = top.appending(path: path)
            if url.hasDirectoryPath { continue }
            guard let data = try? Data(contentsOf: url) else { continue }
            files.texts[path] = String(decoding: data, as: UTF8.self)
            files.binaries[path] = Array(data)
        }
    }
}
