import ArgumentParser
import Reports
import Runner
import Session
import Support
import Syntax
import Value

/// `drydock check FILE|DIR…`: tells what is wrong in scripts without running them.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Tell what is wrong in scripts without running them.",
        discussion: """
            Errors: syntax, names, kinds, fields, commands and their flags, embedded manifests that the API \
            server would refuse. Warnings: names that nothing reads, statements that are never reached, \
            expectations that cannot fail. Exit codes: 0 no errors, 2 errors (with --strict: or warnings), \
            1 a file cannot be read.
            """)

    @Argument(help: "Scripts (*.dock) or folders with them.")
    var paths: [String]

    @Flag(help: "Warnings fail as errors do.")
    var strict = false

    @Option(help: "human, json (one object a line) or github (annotations of a workflow).")
    var format = CheckFormat.human

    @Option(help: "Another folder that scripts may read; may be repeated.")
    var allowRead: [String] = []

    @OptionGroup
    var configured: ConfigurationArguments

    @Flag(inversion: .prefixedNo, help: "Colour the findings (default: on a terminal).")
    var color: Bool?

    func run() throws {
        let output = OutputFile.standardOutput()
        let renderer = DiagnosticRenderer(usesColor: color ?? output.showsColor)
        let configuration = try configured.configuration(for: paths)
        let allowed = allowRead + configuration.allowRead
        var isUnusable = false
        var count = (files: 0, errors: 0, warnings: 0)
        var code: String?
        for found in paths.flatMap({ FileSearch.below($0, ending: ".dock") }) {
            guard case .file(let path) = found, let diagnostics = diagnostics(of: path, allowed)
            else {
                if case .problem(let path, let problem) = found {
                    OutputFile.tell("\(path): \(problem.message)")
                }
                isUnusable = true
                continue
            }
            count.files += 1
            for diagnostic in diagnostics {
                switch diagnostic.severity {
                case .error: count.errors += 1
                case .warning: count.warnings += 1
                }
                code = code ?? diagnostic.code
                output.write(format.text(of: diagnostic, renderer))
            }
        }
        if case .human = format, count.files > 0 {
            output.write(summary(count.files, count.errors, count.warnings))
            if let code { output.write("(drydock explain \(code) tells more)\n") }
        }
        output.flush()
        try output.checkWhole()
        if isUnusable { throw ExitCode(ProgramExit.badUsage.rawValue) }
        if count.errors > 0 || (strict || configuration.isStrict == true) && count.warnings > 0 {
            throw ExitCode(ProgramExit.doesNotParse.rawValue)
        }
    }

    /// What a file holds; nil, and a word about why, where it cannot be read.
    private func diagnostics(of path: String, _ allowed: [String]) -> [Diagnostic]? {
        do {
            let text = try DiskFile.text(path, atMost: ScriptFiles.maximumSize)
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
            let files = ScriptFiles(folder: folder, allowed: allowed, name: path)
            return ScriptChecker.check(Source(name: path, text: text), files: files)
        } catch {
            OutputFile.tell("cannot read \(path): \(error.message)")
            return nil
        }
    }

    private func summary(_ files: Int, _ errors: Int, _ warnings: Int) -> String {
        func counted(_ count: Int, _ noun: String) -> String {
            "\(count) \(noun)\(count == 1 ? "" : "s")"
        }
        return "\(counted(files, "script")) checked: \(counted(errors, "error")), "
            + "\(counted(warnings, "warning"))\n"
    }
}

/// How findings are written.
enum CheckFormat: String, ExpressibleByArgument, CaseIterable {
    case human
    /// One JSON object a line.
    case json
    /// Workflow commands of GitHub Actions, which make annotations.
    case github

    func text(of diagnostic: Diagnostic, _ renderer: DiagnosticRenderer) -> String {
        switch self {
        case .human: renderer.render(diagnostic) + "\n"
        case .json: JSON.text(object(diagnostic)) + "\n"
        case .github: annotation(diagnostic)
        }
    }

    private func object(_ diagnostic: Diagnostic) -> Value {
        let (start, end) = (diagnostic.location, end(of: diagnostic))
        var object = Object()
        object.set(Key("file"), to: Value(diagnostic.source.name))
        object.set(Key("line"), to: .int(Int64(start.line)))
        object.set(Key("column"), to: .int(Int64(start.column)))
        object.set(Key("endLine"), to: .int(Int64(end.line)))
        object.set(Key("endColumn"), to: .int(Int64(end.column)))
        object.set(Key("severity"), to: Value(diagnostic.severity.rawValue))
        object.set(Key("code"), to: Value(diagnostic.code))
        object.set(Key("message"), to: Value(diagnostic.message))
        if !diagnostic.label.isEmpty { object.set(Key("label"), to: Value(diagnostic.label)) }
        if let hint = diagnostic.hint { object.set(Key("hint"), to: Value(hint)) }
        if !diagnostic.notes.isEmpty {
            let notes = diagnostic.notes.map { Value($0.message) }
            object.set(Key("notes"), to: .array(notes))
        }
        return .object(object)
    }

    private func end(of diagnostic: Diagnostic) -> SourceLocation {
        diagnostic.source.location(at: Int(diagnostic.span.end))
    }

    private func annotation(_ diagnostic: Diagnostic) -> String {
        let (start, end) = (diagnostic.location, end(of: diagnostic))
        var text = diagnostic.message
        if let hint = diagnostic.hint { text += "\nhint: \(hint)" }
        // Columns mean something only within one line.
        let columns = start.line == end.line ? ",col=\(start.column),endColumn=\(end.column)" : ""
        let place = "line=\(start.line),endLine=\(end.line)\(columns)"
        let file = GitHubReport.property(diagnostic.source.name)
        return "::\(diagnostic.severity.rawValue) file=\(file),\(place),title=\(diagnostic.code)::"
            + "\(GitHubReport.data(text))\n"
    }
}
