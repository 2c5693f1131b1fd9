import Language
import Syntax

extension Explanation {
    /// What reading a script, and where that finds no error, running it as one scenario shows. For the
    /// examples, which are small; nothing is read from the disk.
    package static func diagnostics(of script: String) -> [Diagnostic] {
        let source = Source(name: "example.dock", text: script)
        let files = ScriptFiles(folder: "/nonexistent")
        let found = ScriptChecker.check(source, files: files)
        if !found.isEmpty { return found }
        let program = Program(
            checking: Parser.parse(source).script, facts: ClusterFacts(files: files))
        let session = Session(SessionOptions(), files: files) { _ in }
        do {
            if program.scenarios.isEmpty {
                try ProgramRun(program, host: session).run()
            } else {
                _ = try ProgramRun(program, host: session).cases()
            }
        } catch Trouble.diagnostic(let diagnostic) {
            return [diagnostic]
        } catch {
            // Other ends of a run have no code.
        }
        return []
    }

    /// How the code's example is told of; nil where there is none.
    package var finding: Diagnostic? {
        guard case .script(let script) = example else { return nil }
        return Self.diagnostics(of: script).first { $0.code == code }
    }
}
