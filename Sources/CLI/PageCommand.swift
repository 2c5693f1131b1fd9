import ArgumentParser
import Glibc
import Pages
import Reports
import Session
import Syntax
import struct Verbs.FileProblem

/// `drydock page FILE…`: runs tutorials as they stand.
struct PageCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "page",
        abstract: "Run the commands of a tutorial and say which print what it shows.",
        discussion: """
            A page is Markdown or plain text with commands behind prompts or in code blocks, what they print, and \
            manifests. Each command is run in one simulated cluster, at an instant at which a reader could have seen \
            what the page shows. Ages, random names, addresses and the wording of older versions are no difference. \
            Exit codes: 0 where nothing differs and nothing fails, 3 a command failed, 4 an output differs.
            """)

    @Argument(help: "Pages (*.md, *.txt) or folders with Markdown.")
    var paths: [String]

    @Flag(
        help:
            "Put what this run prints in place of outputs that differ; nothing else of the page changes."
    )
    var update = false

    @Flag(name: .shortAndLong, help: "Tell of every command, also of those that go as printed.")
    var all = false

    @Option(help: "The seed of all randomness.")
    var seed: UInt64 = 1

    @Option(help: "Another folder that commands may read; may be repeated.")
    var allowRead: [String] = []

    @Option(help: ReportOption.help, transform: ReportOption.init(parsing:))
    var report: [ReportOption] = []

    @Flag(inversion: .prefixedNo, help: "Colour the report (default: on a terminal).")
    var color: Bool?

    func validate() throws {
        if report.filter({ $0.file == nil && !$0.format.isBesides }).count > 1 {
            throw ValidationError("only one report goes to standard output: give the others a file")
        }
    }

    func run() throws {
        Interrupts.catchSignals([SIGINT, SIGTERM], secondEnds: true)
        let outputs = try Outputs(ReportOption.withGitHub(report)) { file in
            var settings = ReportSettings(write: file.write)
            settings.usesColor = color ?? file.showsColor
            settings.command = ["drydock", "page", "--seed", "\(seed)"]
            return settings
        }
        let isOwnText = !report.contains { $0.file == nil && !$0.format.isBesides }
        let output = OutputFile.standardOutput()
        let text = PageReport(showsAll: all, usesColor: color ?? output.showsColor)
        var results: [ScriptResult] = []
        for path in try files() {
            if Interrupts.isPending { break }
            let page = try read(path)
            let result = PageRunner.run(
                page, path: path, folder: Self.folder(of: path), seed: seed, allowed: allowRead,
                interruptCheck: { Interrupts.isPending })
            if isOwnText { output.write(text.text(result)) }
            let script = result.script(Source(name: path, text: page))
            tell(script, to: outputs.report)
            results.append(script)
            if update, !result.wasInterrupted {
                try write(PageUpdate.text(of: page, result), to: path, over: page)
            }
        }
        outputs.report.finish()
        try outputs.close()
        output.flush()
        try output.checkWhole()
        if let signal = Interrupts.signal { throw ExitCode(128 + signal) }
        if results.exitCode != 0 { throw ExitCode(results.exitCode) }
    }

    private func tell(_ script: ScriptResult, to report: ReportSet) {
        report.began(script: script.path)
        for scenario in script.scenarios {
            report.began(scenario: scenario.title)
            report.ended(scenario)
        }
        report.ended(script)
    }

    /// The pages; in folders those of Markdown.
    private func files() throws -> [String] {
        try paths.flatMap { path in
            guard DiskFile.isFolder(path) else { return [path] }
            return try FileSearch.below(path, ending: ".md").map { found in
                switch found {
                case .file(let file): return file
                case .problem(let path, let problem):
                    throw Refusal("\(path): \(problem.message)")
                }
            }
        }
    }

    private func read(_ path: String) throws -> String {
        do throws(FileProblem) {
            return try DiskFile.text(path, atMost: ScriptFiles.maximumSize)
        } catch {
            throw Refusal("cannot read \(path): \(error.message)")
        }
    }

    private func write(_ text: String, to path: String, over old: String) throws {
        if text == old { return }
        if let problem = AtomicFile.replace(path, with: Array(text.utf8)) {
            throw Refusal("cannot write \(path): \(problem)")
        }
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    }
}
