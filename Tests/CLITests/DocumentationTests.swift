import Foundation
import Reports
import Runner
import Testing

/// What README.md, CONTRIBUTING.md and docs/ show is run: every `dock` block must pass, every
/// `console` block must print what stands under its commands, every `repl` block what stands under
/// its prompts. Commands in `sh` blocks take too long for that; what they name must exist.
///
/// The `dock` blocks of a page are one script, read from top to bottom, except that a block with
/// scenarios is a script of its own. A name after `dock` is the block's file, which console blocks
/// of the page can run; so can `yaml` and
/// `markdown` blocks with a name. A console block runs in a folder of its own, with `repository` after
/// `console` in this repository; times on the clock are not compared.
@Suite("The documentation")
struct DocumentationTests {
    static let pages = ["README.md", "CONTRIBUTING.md"] + documents

    private static let documents: [String] = {
        let folder = Program.root.appending(path: "docs").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
    }()

    struct Block {
        let language: String
        let name: String
        let text: String
        /// The line of its first line of text, from 1.
        let line: Int
    }

    static func blocks(_ page: String) throws -> [Block] {
        let text = try String(contentsOf: Program.root.appending(path: page), encoding: .utf8)
        var blocks: [Block] = []
        var info: [String]?
        var lines: [Substring] = []
        var start = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            guard line.hasPrefix("```") else {
                lines.append(line)
                continue
            }
            if let head = info {
                blocks.append(
                    Block(
                        language: head.first ?? "", name: head.count > 1 ? head[1] : "",
                        text: lines.map { $0 + "\n" }.joined(), line: start))
                info = nil
            } else {
                info = line.dropFirst(3).split(separator: " ").map(String.init)
                start = index + 2
                lines = []
            }
        }
        return blocks
    }

    @Test("dock blocks pass", arguments: pages)
    func scripts(page: String) throws {
        let blocks = try Self.blocks(page).filter { $0.language == "dock" }
        var scripts = blocks.filter(\.hasScenarios).map(\.padded)
        // Blank lines for what lies between keep the line numbers of the page.
        var session = ""
        for block in blocks where !block.hasScenarios {
            let lines = session.utf8.count { $0 == UInt8(ascii: "\n") }
            session += String(repeating: "\n", count: block.line - 1 - lines) + block.text
        }
        scripts.append(session)
        for script in scripts {
            var output = ""
            let report = HumanReport(ReportSettings { output += $0 }, hidesOutput: true)
            let result = ScriptRunner(RunOptions(), listener: report).run(
                text: script, path: page, folder: Program.root.appending(path: "docs").path)
            #expect([result].exitCode == 0, "\(result.diagnostics)\n\(output)")
        }
    }

    @Test("console blocks print what they show", arguments: pages)
    func consoles(page: String) throws {
        let blocks = try Self.blocks(page)
        try Program.withFolder { folder in
            for block in blocks
            where ["dock", "yaml", "markdown"].contains(block.language) && !block.name.isEmpty {
                let file = folder.appending(path: block.name)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try block.text.write(to: file, atomically: true, encoding: .utf8)
            }
            for block in blocks where block.language == "console" {
                var (actual, text) = ("", block.text)
                var exitCode: Int32 = 0
                for line in block.text.split(separator: "\n") where line.hasPrefix("$ ") {
                    let result = try Program.shell(
                        "(exit \(exitCode)); \(line.dropFirst(2))",
                        in: block.name == "repository" ? Program.root : folder)
                    exitCode = result.exitCode
                    actual += line + "\n" + result.output
                }
                (actual, text) = (WallTime.hidden(in: actual), WallTime.hidden(in: block.text))
                #expect(actual == text, "\(page):\(block.line)")
            }
        }
    }

    @Test("sh blocks name scripts, steps, targets and files that exist", arguments: pages)
    func commands(page: String) throws {
        for block in try Self.blocks(page) where block.language == "sh" {
            for line in block.text.split(separator: "\n") {
                for problem in try CommandLineCheck.problems(String(line)) {
                    Issue.record("\(page):\(block.line): \(problem), in: \(line)")
                }
            }
        }
    }

    @Test(
        "a command that names what does not exist is found",
        arguments: [
            ("Scripts/tset", "there is no Scripts/tset"), ("sl -la", "sl is no program known here"),
            ("Scripts/test formt", "Scripts/test has no step formt"),
            ("swift test --filter NoSuchTests", "no test target or suite is called NoSuchTests"),
            ("swift build --target Rumner", "there is no Sources/Rumner"),
            (".build/debug/drydock run scenaros", "there is no scenaros"),
        ])
    func missing(command: String, problem: String) throws {
        #expect(try CommandLineCheck.problems(command) == [problem])
    }

    @Test("repl blocks answer what they show", arguments: pages)
    func prompts(page: String) throws {
        for block in try Self.blocks(page) where block.language == "repl" {
            var typed = ""
            var expected = ""
            for line in block.text.split(separator: "\n", omittingEmptySubsequences: false) {
                if line.hasPrefix("["), let prompt = line.firstRange(of: "] > ") {
                    typed += line[prompt.upperBound...] + "\n"
                } else {
                    expected += line + "\n"
                }
            }
            let result = try Program.withFolder { folder in
                try Program.shell(
                    "drydock", in: folder, input: typed, environment: ["HOME": folder.path])
            }
            #expect(result.output + "\n" == expected, "\(page):\(block.line)")
        }
    }

    @Test("shows scripts, sessions and consoles")
    func kinds() throws {
        let languages = try Self.pages.flatMap { try Self.blocks($0) }.map(\.language)
        #expect(languages.count { $0 == "dock" } >= 15)
        #expect(languages.count { $0 == "console" } >= 3)
        #expect(languages.contains("repl"))
    }
}

extension DocumentationTests.Block {
    var hasScenarios: Bool {
        text.split(separator: "\n").contains {
            $0.hasPrefix("scenario ") || $0.hasPrefix("exercise ")
        }
    }

    /// The text with as many blank lines before it as the page has.
    var padded: String { String(repeating: "\n", count: line - 1) + text }
}
