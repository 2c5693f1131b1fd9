import Language
import Syntax
import Verbs

/// Checks scripts without running them: what `drydock check` and an editor show.
package enum ScriptChecker {
    /// Everything that can be told of a script from reading it: errors of its syntax, names, kinds,
    /// fields and commands; embedded manifests that the API server would refuse; and warnings.
    ///
    /// - Parameters:
    ///   - source: the script; its name is the path that messages show and includes are seen from.
    ///   - files: what the script may read, for the files it includes.
    /// - Returns: in the order of the text, those of included files after those of the script.
    ///   Warnings are looked for only where the syntax is right.
    package static func check(_ source: Source, files: ScriptFiles) -> [Diagnostic] {
        check(Parser.parse(source), files: files)
    }

    /// The same of a script that has been read already.
    package static func check(_ parsed: ParseResult, files: ScriptFiles) -> [Diagnostic] {
        guard !parsed.hasErrors else { return parsed.diagnostics }
        let source = parsed.script.source
        let facts = ClusterFacts(files: files)
        let program = Program(checking: parsed.script, facts: facts)
        var own = parsed.diagnostics + program.diagnostics.filter { $0.source === source }
        own += ScriptWarnings.find(
            in: parsed.script, including: included(by: parsed.script, files: files))
        var manifests = ManifestWalker(source: source)
        manifests.read(parsed.script)
        own += manifests.diagnostics
        return own.sorted { $0.span.start < $1.span.start }
            + program.diagnostics.filter { $0.source !== source }
    }

    /// Every script that is included, each once.
    private static func included(by script: Script, files: ScriptFiles) -> [Script] {
        var found: [Script] = []
        var names: Set<String> = []
        var next = [script]
        while let script = next.popLast() {
            for case .include(let path) in script.statements.map(\.kind) {
                guard let path = path.literalText,
                    let file = files.included(path, from: script.source.name),
                    names.insert(file.name).inserted
                else { continue }
                let parsed = Parser.parse(Source(name: file.name, text: file.text)).script
                found.append(parsed)
                next.append(parsed)
            }
        }
        return found
    }
}
