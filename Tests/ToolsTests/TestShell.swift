import Foundation
import Value

@testable import Tools

/// As much of a shell as the rows of the golden files need: words with quotation marks, `|`, `;`, `<`, `>`
/// and `>>`.
final class TestShell: ToolHost {
    let files = MemoryFolder()
    private(set) var now = Timestamp(milliseconds: 1_735_732_800_000)
    var isInterrupted = false
    private var timeLimit: Int64?
    private lazy var context = ToolContext(
        files: files, host: self, environment: ["HOME": "/home", "PATH": "/usr/bin"])

    init() throws {
        let root = ToolGoldenTests.folder.appending(path: "files")
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path)
        for path in paths.sorted() {
            var isFolder: ObjCBool = false
            let url = root.appending(path: path)
            _ = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
            if isFolder.boolValue {
                try files.makeDirectory(path)
            } else {
                try files.write(Array(Data(contentsOf: url)), to: path)
            }
        }
    }

    // MARK: ToolHost

    var network: (any ToolNetwork)? { FakeNetwork() }

    func sleep(milliseconds: Int64) -> Int32 {
        let limit = timeLimit ?? .max
        now = now + Duration(milliseconds: min(limit, milliseconds))
        return milliseconds > limit ? 124 : 0
    }

    func hasCommand(_ name: String) -> Bool { name == "kubectl" }

    func run(_ command: ToolCommand) -> Int32 {
        let outer = timeLimit
        defer { timeLimit = outer }
        timeLimit = command.timeLimit ?? outer
        guard let tool = ToolRegistry.tool(named: command.words[0]) else {
            command.error.write("\(command.words[0]): command not found\n")
            return 127
        }
        return ToolRegistry.run(
            tool, command.words, input: command.input, output: command.output,
            error: command.error, in: context)
    }

    // MARK: Lines

    /// What a line prints, in the form of the golden files.
    func run(_ line: String) -> String {
        let output = ToolOutput()
        let error = ToolOutput()
        var status: Int32 = 0
        for pipeline in Self.split(line) {
            var input = ToolInput()
            for (index, stage) in pipeline.enumerated() {
                let kept = ToolOutput()
                let isLast = index == pipeline.count - 1
                let isToFile = stage.output != nil
                if let path = stage.input {
                    let bytes = (try? files.read(context.resolve(path))) ?? []
                    input = ToolInput(bytes, isFile: true)
                }
                status = run(
                    ToolCommand(
                        words: stage.words, input: input,
                        output: isLast && !isToFile ? output : kept, error: error))
                let bytes = kept.take()
                if let path = stage.output {
                    let full = context.resolve(path)
                    if stage.appends {
                        try? files.append(bytes, to: full)
                    } else {
                        try? files.write(bytes, to: full)
                    }
                }
                input = ToolInput(bytes)
            }
        }
        return Self.rendered(output.text, error.text, status)
    }

    private static func rendered(_ output: String, _ error: String, _ status: Int32) -> String {
        var text = ""
        var lines = output.split(separator: "\n", omittingEmptySubsequences: false)
        let isOpen = lines.last?.isEmpty == false
        if !isOpen { lines.removeLast() }
        for line in lines { text += "  \(line)\n" }
        if isOpen { text += "\\\n" }
        for line in error.split(separator: "\n") { text += "! \(line)\n" }
        return status == 0 ? text : text + "= \(status)\n"
    }

    private struct Stage {
        var words: [String] = []
        var input: String?
        var output: String?
        var appends = false
    }

    private static func split(_ line: String) -> [[Stage]] {
        var pipelines = [[Stage()]]
        var word: String?
        var target = Character(" ")
        func end() {
            guard let text = word else { return }
            word = nil
            var stage = pipelines[pipelines.count - 1].removeLast()
            switch target {
            case "<": stage.input = text
            case ">": stage.output = text
            default: stage.words.append(text)
            }
            target = " "
            pipelines[pipelines.count - 1].append(stage)
        }
        var rest = line[...]
        while let next = rest.popFirst() {
            switch next {
            case " ": end()
            case "|":
                end()
                pipelines[pipelines.count - 1].append(Stage())
            case ";":
                end()
                pipelines.append([Stage()])
            case "<": target = next
            case ">":
                if target == ">" {
                    let last = pipelines.count - 1
                    pipelines[last][pipelines[last].count - 1].appends = true
                }
                target = next
            case "'":
                let text = rest.prefix { $0 != "'" }
                word = (word ?? "") + text
                rest = rest.dropFirst(text.count + 1)
            case "$" where rest.first == "'":
                rest.removeFirst()
                let text = rest.prefix { $0 != "'" }
                let bytes = EscapeText.unescaped(Array(text.utf8), .format).bytes
                word = (word ?? "") + String(decoding: bytes, as: UTF8.self)
                rest = rest.dropFirst(text.count + 1)
            case "\"":
                word = word ?? ""
                while let inner = rest.popFirst(), inner != "\"" {
                    let isEscape =
                        inner == "\\" && rest.first.map { "\"\\$`".contains($0) } ?? false
                    word?.append(isEscape ? rest.removeFirst() : inner)
                }
            case "\\": word = (word ?? "") + String(rest.popFirst() ?? "\\")
            default: word = (word ?? "") + String(next)
            }
        }
        end()
        return pipelines.filter { !($0.count == 1 && $0[0].words.isEmpty) }
    }
}
