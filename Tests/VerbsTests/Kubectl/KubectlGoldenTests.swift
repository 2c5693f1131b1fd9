import Foundation
import Testing

import Verbs

/// Wrong invocations, client-only commands and generators against what a stock kubectl printed:
/// Tests/Golden/Kubectl, recorded by Scripts/record-kubectl.
///
/// `KUBECTL_GOLDEN=FILE` writes every difference to FILE, to work on.
@Suite("kubectl's own words")
struct KubectlGoldenTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Golden/Kubectl")

    /// The recorded files.
    static let files = ["flags", "commands", "generators", "config", "formats"]

    struct Entry {
        let command: String
        /// Why Drydock answers otherwise; nil where it should not.
        var reason: String?
        var expected = ""
    }

    static func read(_ name: String) throws -> [Entry] {
        let text = try String(
            contentsOf: folder.appending(path: name + ".golden"), encoding: .utf8)
        var entries: [Entry] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("$ ") {
                entries.append(Entry(command: String(line.dropFirst(2))))
            } else if entries.isEmpty {
                continue
            } else if line.hasPrefix("~ ") {
                entries[entries.count - 1].reason = String(line.dropFirst(2))
            } else if line.hasPrefix("= ") {
                entries[entries.count - 1].expected += "[exit \(line.dropFirst(2))]\n"
            } else if line.hasPrefix("  ") {
                entries[entries.count - 1].expected += line.dropFirst(2) + "\n"
            } else if !line.isEmpty {
                entries[entries.count - 1].expected += line + "\n"
            } else {
                entries[entries.count - 1].expected += "\n"
            }
        }
        // What stands behind the last line break is nothing.
        if entries.last?.expected.hasSuffix("\n\n") == true {
            entries[entries.count - 1].expected.removeLast()
        }
        return entries
    }

    /// Gives a bench the files that the commands name.
    static func addFiles(to bench: VerbBench) throws {
        let files = folder.appending(path: "files")
        for name in try FileManager.default.contentsOfDirectory(atPath: files.path).sorted() {
            let bytes = [UInt8](try Data(contentsOf: files.appending(path: name)))
            bench.files.texts[name] = String(decoding: bytes, as: UTF8.self)
            bench.files.binaries[name] = bytes
        }
    }

    /// What a command prints in a fresh cluster, without blanks at the ends of lines. Several of them,
    /// parted by `&&`, work in one session.
    private func outcome(_ command: String) throws -> String {
        let bench = try VerbBench(nodes: 0)
        try Self.addFiles(to: bench)
        // The recorded kubectl would ask for a name without one.
        bench.kubeConfig[.users, "drydock"] = ["token": "none"]
        var text = ""
        for line in command.split(separator: " && ") {
            text += try bench.run(String(line))
            // The recording ends the last line of each command.
            if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return String(line)
        }
        if let usage = lines.firstIndex(of: "Usage:") {
            // Of a help the line of usage counts; the rest is in words of our own.
            lines =
                Array(lines[usage...].prefix(2))
                + lines.filter { $0.hasPrefix("error: ") || $0.hasPrefix("[exit ") } + [""]
        }
        return lines.joined(separator: "\n")
    }

    @Test("as stock kubectl", arguments: Self.files)
    func compare(_ name: String) throws {
        let entries = try Self.read(name)
        #expect(entries.count >= 100)
        var differences = ""
        var equal = 0
        for entry in entries {
            let ours = try outcome(entry.command)
            if ours == entry.expected {
                equal += 1
                if let reason = entry.reason {
                    Issue.record("`\(entry.command)` is said to differ (\(reason)) but does not")
                }
            } else if entry.reason == nil {
                differences +=
                    "$ \(entry.command)\n--- kubectl\n\(entry.expected)--- ours\n\(ours)\n"
            }
        }
        if let path = ProcessInfo.processInfo.environment["KUBECTL_GOLDEN"] {
            try "\(equal) of \(entries.count)\n\(differences)".write(
                toFile: path + "." + name, atomically: true, encoding: .utf8)
        }
        #expect(differences.isEmpty, "\(equal) of \(entries.count) are equal")
    }
}
