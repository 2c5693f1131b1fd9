import Foundation
import Testing

@testable import Session

@Suite("include")
struct IncludeTests {
    /// Files of a script called `name`, whose folder holds `lib/a.dock`, `lib/deep/b.dock` and
    /// `c.dock`, each with its own path as text.
    private func withFiles<T>(_ name: String, _ body: (ScriptFiles) throws -> T) throws -> T {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "drydock-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for path in ["lib/a.dock", "lib/deep/b.dock", "c.dock"] {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try path.write(to: file, atomically: true, encoding: .utf8)
        }
        return try body(ScriptFiles(folder: folder.path, name: name))
    }

    @Test(
        "looks from the file that includes, and names a file as the user reaches it",
        arguments: [
            ("main.dock", "main.dock", "lib/a.dock", "lib/a.dock", "lib/a.dock"),
            ("x/main.dock", "x/main.dock", "lib/a.dock", "x/lib/a.dock", "lib/a.dock"),
            ("x/main.dock", "x/lib/a.dock", "deep/b.dock", "x/lib/deep/b.dock", "lib/deep/b.dock"),
            ("x/main.dock", "x/lib/deep/b.dock", "../../c.dock", "x/c.dock", "c.dock"),
            ("./main.dock", "./main.dock", "./lib/a.dock", "lib/a.dock", "lib/a.dock"),
            ("../x/main.dock", "../x/lib/a.dock", "../c.dock", "../x/c.dock", "c.dock"),
            (
                "/x/main.dock", "/x/lib/a.dock", "deep/b.dock", "/x/lib/deep/b.dock",
                "lib/deep/b.dock"
            ),
        ])
    func resolving(script: String, includer: String, path: String, name: String, text: String)
        throws
    {
        let found = try withFiles(script) { $0.included(path, from: includer) }
        #expect(found?.name == name)
        #expect(found?.text == text)
    }

    @Test("finds nothing beside the script for a file elsewhere, and nothing outside its folder")
    func absent() throws {
        try withFiles("main.dock") { files in
            #expect(files.included("lib/a.dock", from: "lib/a.dock") == nil)
            #expect(files.included("../../../../../../etc/hostname", from: "main.dock") == nil)
        }
    }
}
