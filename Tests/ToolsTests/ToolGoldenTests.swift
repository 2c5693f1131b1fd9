import Foundation
import Testing

@testable import Tools

/// What the real tools printed, in `Tests/Golden/Tools/*.golden`, which `Scripts/record-tools` writes.
@Suite("Tools")
struct ToolGoldenTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var file: String
        var command: String
        var expected: String

        var testDescription: String { "\(file): \(command)" }
    }

    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden/Tools")

    static let rows: [Row] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".golden") }.sorted().flatMap(read)
    }()

    private static func read(_ name: String) -> [Row] {
        let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
        var rows: [Row] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("$ ") {
                rows.append(Row(file: name, command: String(line.dropFirst(2)), expected: ""))
            } else if !rows.isEmpty, let mark = line.first, " !=\\".contains(mark) {
                rows[rows.count - 1].expected += line + "\n"
            }
        }
        return rows
    }

    @Test("print what the real ones print", arguments: rows)
    func golden(row: Row) throws {
        let shell = try TestShell()
        #expect(shell.run(row.command) == row.expected)
    }

    @Test("have each a file of rows")
    func coverage() {
        let files = Set(Self.rows.map { $0.file.split(separator: ".")[0] })
        for tool in ToolRegistry.all {
            let name = Self.names[tool.name] ?? tool.name
            #expect(
                files.contains(Substring(name)), "\(tool.name) has no rows in Tests/Golden/Tools")
        }
    }

    /// Tools that share a file of rows with another.
    private static let names: [String: String] = {
        var names = shared
        for tool in ToolRegistry.all where tool.isOutside { names[tool.name] = "outside" }
        return names
    }()

    private static let shared = [
        "mv": "cp", "rmdir": "rm", "pwd": "cd", "printenv": "env", "type": "which",
        "command": "which", "false": "true", "dirname": "basename",
        "unalias": "alias", "whoami": "id", "hostname": "id", "popd": "pushd", "dirs": "pushd",
        "history": "clear",
        "kubens": "outside",
        "telnet": "nc",
    ]
}
