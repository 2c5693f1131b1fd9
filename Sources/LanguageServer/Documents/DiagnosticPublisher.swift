import Syntax
import Value

/// What was told of each file: a file that several scripts include has the findings of all of them.
struct DiagnosticPublisher {
    /// By the script that was looked at, then by the file that the findings are in.
    private var found: [String: [String: [Value]]] = [:]
    private var included: [String: Set<String>] = [:]

    /// The paths of what a script includes.
    func included(by uri: String) -> Set<String> { included[uri] ?? [] }

    /// Takes what was found in a script; answers what to tell of which files.
    mutating func update(
        _ uri: String, _ analysis: Analysis, _ workspace: Workspace
    ) -> [(uri: String, diagnostics: [Value])] {
        var byFile: [String: [Value]] = [uri: []]
        var tables: [ObjectIdentifier: LineTable] = [:]
        for diagnostic in analysis.diagnostics {
            let source = diagnostic.source
            let place = source === analysis.script.source ? uri : workspace.uri(ofPath: source.name)
            let lines = tables[ObjectIdentifier(source)] ?? LineTable(source.utf8)
            tables[ObjectIdentifier(source)] = lines
            byFile[place, default: []].append(Self.value(diagnostic, place, lines, workspace))
        }
        included[uri] = Set(analysis.includedNames)
        return replace(uri, by: byFile)
    }

    /// A script was closed.
    mutating func forget(_ uri: String) -> [(uri: String, diagnostics: [Value])] {
        included[uri] = nil
        var told = replace(uri, by: [:])
        found[uri] = nil
        if !told.contains(where: { $0.uri == uri }) { told.append((uri, merged(uri))) }
        return told
    }

    private mutating func replace(
        _ root: String, by byFile: [String: [Value]]
    ) -> [(uri: String, diagnostics: [Value])] {
        let before = found[root] ?? [:]
        found[root] = byFile
        let files = Set(before.keys).union(byFile.keys).sorted()
        // The script itself comes first.
        return (files.filter { $0 == root } + files.filter { $0 != root }).map { ($0, merged($0)) }
    }

    private func merged(_ uri: String) -> [Value] {
        var all: [Value] = []
        let roots = found.keys.sorted()
        // The file's own findings first: by way of what includes it they are the same with a note more.
        for root in roots.filter({ $0 == uri }) + roots.filter({ $0 != uri }) {
            for diagnostic in found[root]?[uri] ?? [] {
                let isKnown = all.contains { Self.isSame($0, diagnostic) }
                if !isKnown { all.append(diagnostic) }
            }
        }
        return all
    }

    private static func isSame(_ left: Value, _ right: Value) -> Bool {
        func head(_ diagnostic: Value) -> Substring? {
            diagnostic["message"].string?.split(separator: "\n").first
        }
        return left["range"] == right["range"] && left["code"] == right["code"]
            && head(left) == head(right)
    }

    private static func value(
        _ diagnostic: Diagnostic, _ uri: String, _ lines: LineTable, _ workspace: Workspace
    ) -> Value {
        var message = diagnostic.message
        if !diagnostic.label.isEmpty, !message.contains(diagnostic.label) {
            message += " (\(diagnostic.label))"
        }
        for note in diagnostic.notes where note.span == nil { message += "\nnote: \(note.message)" }
        if let hint = diagnostic.hint { message += "\nhelp: \(hint)" }
        var value: Value = [
            "range": workspace.range(diagnostic.span, in: lines),
            "severity": diagnostic.severity == .error ? 1 : 2,
            "code": Value(diagnostic.code), "source": "drydock", "message": Value(message),
        ]
        let related = diagnostic.notes.compactMap { note -> Value? in
            guard let span = note.span else { return nil }
            return [
                "location": ["uri": Value(uri), "range": workspace.range(span, in: lines)],
                "message": Value(note.message),
            ]
        }
        // DiagnosticTag.Unnecessary
        if diagnostic.isAboutNeedlessPart { value["tags"] = [1] }
        if !related.isEmpty { value["relatedInformation"] = .array(related) }
        return value
    }
}
