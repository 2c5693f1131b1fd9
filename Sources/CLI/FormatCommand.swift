import ArgumentParser
import Glibc
import Session
import Support
import Syntax

/// `drydock fmt FILE|DIR…`: lays out scripts.
struct FormatCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Lay out scripts: indentation, blanks, empty lines, lines that are too long.",
        discussion: """
            Files are written in place, and only where something changes; `-` reads a script from standard \
            input and prints it. Tokens, comments and here-documents stay as they are. A file with errors \
            is left alone, and the exit code is 2. With --check or --diff nothing is written, and files \
            that would change end with the exit code 4.
            """)

    @Argument(help: "Scripts (*.dock), folders with them, or - for standard input.")
    var paths: [String]

    @Flag(help: "Write nothing: name the files that would change.")
    var check = false

    @Flag(help: "Write nothing: show what would change.")
    var diff = false

    @Flag(inversion: .prefixedNo, help: "Colour errors (default: on a terminal).")
    var color: Bool?

    func run() throws {
        let output = OutputFile.standardOutput()
        let errors = OutputFile(2, name: "standard error")
        var run = FormatRun(isDry: check || diff, showsDiff: diff, output: output)
        run.renderer = DiagnosticRenderer(usesColor: color ?? errors.showsColor)
        for path in paths {
            if path == "-" {
                run.formatInput()
                continue
            }
            for found in FileSearch.below(path, ending: ".dock") {
                switch found {
                case .file(let file): run.format(file)
                case .problem(let path, let problem): run.fail("\(path): \(problem.message)")
                }
            }
        }
        output.flush()
        errors.write(run.errors)
        errors.flush()
        try output.checkWhole()
        if let code = run.exitCode { throw ExitCode(code.rawValue) }
    }
}

/// Formats one file after the other and remembers how that went.
struct FormatRun {
    let isDry: Bool
    let showsDiff: Bool
    let output: OutputFile
    var renderer = DiagnosticRenderer()
    private(set) var errors = ""
    private var hasErrors = false
    private var isUnusable = false
    private var wouldChange = false

    init(isDry: Bool, showsDiff: Bool, output: OutputFile) {
        self.isDry = isDry
        self.showsDiff = showsDiff
        self.output = output
    }

    /// Nil where all is well.
    var exitCode: ProgramExit? {
        if isUnusable { return .badUsage }
        if hasErrors { return .doesNotParse }
        return wouldChange ? .expectationFailed : nil
    }

    mutating func fail(_ message: String) {
        errors += "drydock: \(message.showingControls)\n"
        isUnusable = true
    }

    /// Formats standard input onto standard output; with errors nothing is printed.
    mutating func formatInput() {
        do {
            let old = try DiskFile.bytes("/dev/stdin", atMost: ScriptFiles.maximumSize)
            guard let text = formatted(old, name: "<stdin>") else { return }
            if isDry {
                report(String(decoding: old, as: UTF8.self), text, name: "<stdin>")
            } else {
                output.write(text)
            }
        } catch {
            fail("cannot read standard input: \(error.message)")
        }
    }

    /// Formats a file in place, or says how it would change.
    mutating func format(_ path: String) {
        let old: [UInt8]
        do {
            old = try DiskFile.bytes(path, atMost: ScriptFiles.maximumSize)
        } catch {
            return fail("cannot read \(path): \(error.message)")
        }
        guard let text = formatted(old, name: path) else { return }
        if Array(text.utf8) == old { return }
        if isDry { return report(String(decoding: old, as: UTF8.self), text, name: path) }
        if let problem = AtomicFile.replace(path, with: Array(text.utf8)) {
            fail("cannot write \(path): \(problem)")
        } else {
            output.write("\(path.showingControls)\n")
        }
    }

    private mutating func formatted(_ bytes: [UInt8], name: String) -> String? {
        let source = Source(name: name, bytes: bytes)
        guard source.utf8 == bytes else {
            fail("\(name): is not UTF-8")
            return nil
        }
        switch SourceFormatter.format(source) {
        case .formatted(let text): return text
        case .refused(let diagnostics):
            errors += renderer.render(diagnostics)
            hasErrors = true
            return nil
        }
    }

    private mutating func report(_ old: String, _ new: String, name: String) {
        if old == new { return }
        wouldChange = true
        let name = name.showingControls
        if showsDiff {
            output.write("--- \(name)\n+++ \(name) (formatted)\n" + UnifiedDiff(old, new).hunks)
        } else {
            output.write("\(name)\n")
        }
    }
}
