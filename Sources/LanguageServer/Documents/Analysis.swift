import Assist
import Language
import Session
import Syntax

/// What is found in one version of a script and what it includes.
final class Analysis {
    let script: Script
    let diagnostics: [Diagnostic]
    let index: ScriptIndex
    /// Whether the text is one that the parser could not read whole.
    let hasSyntaxErrors: Bool

    /// Looks at a script.
    ///
    /// - Parameters:
    ///   - path: the absolute path, or what else the text is called.
    ///   - files: those that it can include, open ones as they are in their editors.
    init(path: String, bytes: [UInt8], files: ScriptFiles) {
        let source = Source(name: path, bytes: bytes)
        let parsed = Parser.parse(source)
        script = parsed.script
        hasSyntaxErrors = parsed.hasErrors
        index = Self.index(of: parsed.script, ClusterFacts(files: files))
        diagnostics = ScriptChecker.check(parsed, files: files)
    }

    /// The names in a text, whatever is wrong with it.
    static func index(of source: Source, files: ScriptFiles) -> ScriptIndex {
        index(of: Parser.parse(source).script, ClusterFacts(files: files))
    }

    private static func index(of script: Script, _ facts: ClusterFacts) -> ScriptIndex {
        ScriptIndex(script) { path, including in
            facts.includedText(path: path, including: including).map { found in
                Parser.parse(Source(name: found.name, text: found.text)).script
            }
        }
    }

    /// The names of the files that the script includes.
    var includedNames: [String] { index.sources.dropFirst().map(\.name) }
}
