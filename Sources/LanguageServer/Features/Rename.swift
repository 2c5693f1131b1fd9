import Assist
import Language
import Model
import Syntax
import Value

extension LanguageServer {
    /// `textDocument/prepareRename`
    func prepareRename(_ parameters: Value) throws(RPCError) -> Value {
        let cursor = try cursor(parameters)
        let mention = try renamed(at: cursor)
        return [
            "range": workspace.range(mention.span, in: cursor.lines),
            "placeholder": Value(mention.name),
        ]
    }

    /// `textDocument/rename`: of variables, parameters and functions.
    func rename(_ parameters: Value) throws(RPCError) -> Value {
        let cursor = try cursor(parameters)
        guard let name = parameters["newName"].string else {
            throw .invalidParameters("newName is missing")
        }
        let mention = try renamed(at: cursor)
        guard let target = target(at: cursor) else { throw Self.notRenamed }
        if name == mention.name { return ["changes": .emptyObject] }
        try check(name)
        let mentions = mentions(of: target, from: cursor)
        try checkFree(name, mentions, cursor)
        var changes = Value.emptyObject
        for mention in mentions {
            let uri = workspace.uri(ofPath: mention.source.name)
            let range = workspace.range(mention.span, in: workspace.lines(of: mention.source))
            changes[uri].append(["range": range, "newText": Value(name)])
        }
        return ["changes": changes]
    }

    private static let notRenamed = RPCError.failed(
        "only variables, parameters and functions of scripts can be renamed")

    /// The mention at a cursor whose name can be another.
    private func renamed(at cursor: Cursor) throws(RPCError) -> ScriptIndex.Mention {
        let index = cursor.analysis.index
        if cursor.analysis.hasSyntaxErrors {
            throw .failed("the script has errors: some mentions may not be found until it parses")
        }
        guard let mention = index.mention(at: cursor.offset) else {
            if index.objects.contains(where: { $0.source == 0 && $0.span.touches(cursor.offset) }) {
                throw .failed(
                    "an object is named by the manifest or command that makes it; "
                        + "change it there, then where the script mentions it")
            }
            throw Self.notRenamed
        }
        guard mention.declaration != nil else {
            throw .failed(
                Builtins.named(mention.name) == nil
                    ? "nothing declares `\(mention.name)`"
                    : "`\(mention.name)` is a function of the language")
        }
        return mention
    }

    /// Whether a name can be that of a variable.
    private func check(_ name: String) throws(RPCError) {
        let bytes = Array(name.utf8)
        func isLetter(_ byte: UInt8) -> Bool {
            (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_")
        }
        let isName =
            bytes.first.map(isLetter) ?? false
            && bytes.allSatisfy { isLetter($0) || (48...57).contains($0) }
        guard isName else {
            throw .failed("`\(name)` is no name: letters, digits and _, a letter first")
        }
        if Keyword(rawValue: name) != nil { throw .failed("`\(name)` is a word of the language") }
        if let kind = KindRegistry.builtIn.kind(named: name) {
            throw .failed("`\(name)` is a name of the kind \(KindRegistry.builtIn[kind].name)")
        }
    }

    /// Whether the name means nothing else where the renamed one is mentioned.
    private func checkFree(
        _ name: String, _ mentions: [FoundMention], _ cursor: Cursor
    ) throws(RPCError) {
        let index = cursor.analysis.index
        for mention in mentions where mention.source.name == index.sources[0].name {
            let place = Int(mention.span.start)
            if let other = index.visible(at: place).first(where: { $0.name == name }) {
                let source = index.sources[other.source]
                let line = source.lineIndex(at: Int(other.span.start)) + 1
                throw .failed("`\(name)` is declared in line \(line) of \(source.name)")
            }
        }
        if Builtins.named(name) != nil {
            throw .failed("`\(name)` is a function of the language")
        }
    }
}
