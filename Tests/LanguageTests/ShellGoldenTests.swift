import Foundation
import Language
import Testing
import Tools

/// Texts of the shell dialect against what bash printed: Tests/Golden/Shell, recorded by
/// Scripts/record-tools, over the files of Tests/Golden/Tools/files.
@Suite("Shell")
struct ShellGoldenTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var command: String
        var expected: String
        var testDescription: String { command }
    }

    static let golden = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Golden")

    static func cases(_ name: String) throws -> [Case] {
        let text = try String(
            contentsOf: golden.appending(path: "Shell/\(name).golden"), encoding: .utf8)
        var cases: [Case] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("$ ") {
                cases.append(Case(command: String(line.dropFirst(2)), expected: ""))
            } else if !cases.isEmpty, line != "~", !line.isEmpty {
                cases[cases.count - 1].expected += line + "\n"
            }
        }
        return cases
    }

    /// What a command prints and how it ends, as the files have it.
    static func result(of command: String) throws -> String {
        let host = EchoHost()
        try fill(host.folder, from: golden.appending(path: "Tools/files"), at: "")
        let (output, error) = (ToolOutput(), ToolOutput())
        let status = try Shell(host: host).run(command, output: output, error: error)
        var text = lines(output.text, after: "  ", marksEnd: true)
        let errors = error.text.replacingOccurrences(
            of: "(?m)^bash: line [0-9]+: ", with: "", options: .regularExpression)
        text += lines(errors, after: "! ", marksEnd: false)
        return text + (status == 0 ? "" : "= \(status)\n")
    }

    private static func lines(_ text: String, after prefix: String, marksEnd: Bool) -> String {
        guard !text.isEmpty else { return "" }
        let isEnded = text.hasSuffix("\n")
        let lines = (isEnded ? String(text.dropLast()) : text).components(separatedBy: "\n")
        return lines.map { prefix + $0 + "\n" }.joined() + (isEnded || !marksEnd ? "" : "\\\n")
    }

    private static func fill(_ folder: MemoryFolder, from place: URL, at path: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: place.path) {
            let file = place.appending(path: name)
            let inside = path.isEmpty ? name : "\(path)/\(name)"
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
            if isFolder.boolValue {
                try folder.makeDirectory(inside)
                try fill(folder, from: file, at: inside)
            } else {
                try folder.write(Array(try Data(contentsOf: file)), to: inside)
            }
        }
    }

    @Test(
        "texts run as in bash",
        arguments: ["words", "variables", "lists", "compounds", "mistakes"])
    func recorded(_ name: String) throws {
        let cases = try Self.cases(name)
        #expect(cases.count > 8)
        for recorded in cases {
            let actual = try Self.result(of: recorded.command)
            #expect(actual == recorded.expected, "\(recorded.command)")
        }
    }
}

/// Prints its arguments as `kubectl`, knows no other command.
final class EchoHost: CommandHost {
    let folder = MemoryFolder()
    var text = ""
    var slept: Int64 = 0
    var limits: [Int64?] = []
    var isInterrupted = false

    func hasCommand(_ word: String) -> Bool { word == "kubectl" }

    func run(_ call: CommandCall) throws -> Int32 {
        limits.append(call.timeLimit)
        switch call.words.first {
        case "mixed":
            call.output.write("one\n")
            call.error.write("two\n")
            call.output.write("three\n")
            return 1
        case "watch":
            call.output.write("row\n")
            return 124
        case "stdin": call.output.write(call.input.readAll())
        case "edit": call.output.write(call.edited("a: 1\n") ?? "not edited\n")
        case "pwd": call.output.write(call.workingDirectory + "\n")
        default: call.output.write(call.words.map { "<\($0)>" }.joined() + "\n")
        }
        return 0
    }

    func sleep(milliseconds: Int64) { slept += milliseconds }
    var sessionFiles: any ToolFiles { folder }
    var virtualMilliseconds: Int64 { slept }
    func write(_ text: String) { self.text += text }
}
