import ArgumentParser
import Glibc
import Reports
import Runner
import Session
import struct Verbs.FileProblem

/// `drydock run FILE|DIR…`: runs scripts, prints what their commands print, and reports.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run scenario scripts and report what held and what did not.")

    @Argument(help: "Scripts (*.dock) or folders with them.")
    var paths: [String]

    @Option(help: "The seed of all randomness (default: the script's own, or 1).")
    var seed: UInt64?

    @Option(help: "Only scenarios whose title holds this text.")
    var filter = ""

    @Option(help: "Only scenarios with this tag; may be repeated.")
    var tag: [String] = []

    @Option(help: "Another folder that scripts may read; may be repeated.")
    var allowRead: [String] = []

    @Flag(name: .shortAndLong, help: "Show what commands print only for scenarios that fail.")
    var quiet = false

    @Flag(help: "Tell for each scenario how many writes and events there were, and its trace hash.")
    var statistics = false

    @Flag(inversion: .prefixedNo, help: "Colour the report (default: on a terminal).")
    var color: Bool?

    func run() throws {
        let output = OutputBuffer()
        let report = HumanReport(
            usesColor: color ?? Terminal.showsColor, hidesOutput: quiet,
            showsStatistics: statistics, write: output.write)
        var options = RunOptions()
        options.seed = seed
        options.filter = filter
        options.tags = tag
        options.allowedFolders = allowRead
        let runner = ScriptRunner(options, listener: report)
        Interrupts.catchOnce()
        runner.interruptCheck = { Interrupts.isPending }
        var results: [ScriptResult] = []
        for path in try scripts() {
            let text: String
            do throws(FileProblem) {
                text = try DiskFile.text(path, atMost: ScriptFiles.maximumSize)
            } catch {
                output.flush()
                throw ValidationError("cannot read \(path): \(error.message)")
            }
            results.append(runner.run(text: text, path: path, folder: Self.folder(of: path)))
            if results.exitCode == 130 { break }
        }
        report.finish()
        output.flush()
        if results.exitCode != 0 { throw ExitCode(results.exitCode) }
    }

    private func scripts() throws -> [String] {
        let found = paths.flatMap { DiskFile.below($0, ending: ".dock") }
        if found.isEmpty {
            throw ValidationError("no scripts (*.dock) in \(paths.joined(separator: ", "))")
        }
        return found
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}

/// Standard output, written in large pieces.
final class OutputBuffer {
    private var bytes: [UInt8] = []

    func write(_ text: String) {
        bytes += text.utf8
        // A person wants to see lines as they come; a pipe wants few writes.
        if bytes.count > 65_536 || Terminal.isOutputTerminal { flush() }
    }

    func flush() {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
            // A reader that went away (`| head`) ends the writing, not the run.
            if count <= 0 { break }
            rest = rest.dropFirst(count)
        }
        bytes.removeAll(keepingCapacity: true)
    }
}

/// What is known of the terminal.
enum Terminal {
    static let isOutputTerminal = isatty(1) == 1

    static var showsColor: Bool {
        isOutputTerminal && getenv("NO_COLOR") == nil
            && getenv("TERM").map { String(cString: $0) } != "dumb"
    }
}
