import Assist
import Language
import Model
import Syntax
import Value

extension LanguageServer {
    /// `textDocument/hover`
    func hover(_ parameters: Value) throws(RPCError) -> Value {
        let cursor = try cursor(parameters)
        guard let (text, span) = story(at: cursor) else { return .null }
        return [
            "contents": ["kind": "markdown", "value": Value(text)],
            "range": workspace.range(span, in: cursor.lines),
        ]
    }

    /// What is told of what stands at the cursor, and where that is.
    private func story(at cursor: Cursor) -> (text: String, span: SourceSpan)? {
        let index = cursor.analysis.index
        let place = cursor.offset
        let descriptions = Descriptions()
        if let manifest = manifestStory(at: cursor) { return manifest }
        if let field = index.fields.last(where: { $0.source == 0 && $0.span.touches(place) }) {
            return (descriptions.text(of: field.shape), field.span)
        }
        if let mention = index.mention(at: place) {
            if let declaration = mention.declaration {
                return (text(of: index.declarations[declaration], in: index), mention.span)
            }
            if let text = descriptions.text(of: .builtin(mention.name)) {
                return (text, mention.span)
            }
        }
        if let object = index.objects.last(where: { $0.source == 0 && $0.span.touches(place) }) {
            var text = descriptions.text(of: .kind(object.kind.qualifiedPlural)) ?? ""
            let places = Places(index, workspace, cursor.path)
            if let name = object.name, let origin = places.origin(of: object.kind, name) {
                text += "\n\n`\(object.kind.singular)/\(name)` comes from \(origin)"
            }
            return (text, object.span)
        }
        if let found = commandStory(index, place, descriptions) { return found }
        if let behavior = behaviorStory(index, place, descriptions) { return behavior }
        return keywordStory(cursor, descriptions)
    }

    private func text(of declaration: ScriptIndex.Declaration, in index: ScriptIndex) -> String {
        let source = index.sources[declaration.source]
        var text: String
        if let function = declaration.function {
            text = Descriptions.code(
                "fn " + ScriptIndex.signature(declaration.name, function), "dock")
        } else if declaration.kind == .variable, declaration.whole != declaration.span {
            let statement = source.text(in: declaration.whole)
            let first = statement.split(separator: "\n").first.map(String.init) ?? statement
            text = Descriptions.code(first, "dock")
        } else {
            text = Descriptions.code(declaration.name, "dock")
        }
        let comment = index.comment(above: declaration)
        if !comment.isEmpty { text += "\n\n\(comment)" }
        if let shape = declaration.shape { text += "\n\n" + Descriptions().text(of: shape) }
        let line = source.lineIndex(at: Int(declaration.span.start)) + 1
        let place = declaration.source == 0 ? "line \(line)" : "\(source.name):\(line)"
        let what =
            switch declaration.kind {
            case .variable: "variable"
            case .function: "function"
            case .parameter: "parameter"
            case .shellVariable: "variable of the shell"
            }
        return text + "\n\n\(what), \(place)"
    }

    // MARK: Commands

    private func commandStory(
        _ index: ScriptIndex, _ place: Int, _ descriptions: Descriptions
    ) -> (text: String, span: SourceSpan)? {
        guard let (command, word) = index.word(at: place) else { return nil }
        let words = CommandWords(command.words)
        guard words.roles.indices.contains(word) else { return nil }
        let topic: Topic?
        switch words.roles[word] {
        case .verb(_, let path): topic = .verb(path)
        case .tool(let tool): topic = .tool(tool.name)
        case .flag(let flag), .value(of: let flag): topic = .flag(flag.name, of: words.path)
        case .argument:
            let text = words.texts[word]
            topic =
                KindRegistry.builtIn.kind(named: text).map {
                    .kind(KindRegistry.builtIn[$0].qualifiedPlural)
                }
        case .unknown: topic = nil
        }
        guard let topic, let text = descriptions.text(of: topic) else { return nil }
        return (text, command.words[word].span)
    }

    private func behaviorStory(
        _ index: ScriptIndex, _ place: Int, _ descriptions: Descriptions
    ) -> (text: String, span: SourceSpan)? {
        for behavior in index.behaviors where behavior.source == 0 {
            for setting in behavior.statement.settings where setting.name.span.touches(place) {
                return descriptions.text(of: .setting(setting.name.name)).map {
                    ($0, setting.name.span)
                }
            }
        }
        return nil
    }

    private func keywordStory(
        _ cursor: Cursor, _ descriptions: Descriptions
    ) -> (text: String, span: SourceSpan)? {
        let bytes = cursor.lines.bytes
        func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte) }
        var start = cursor.offset
        while start > 0, isLetter(bytes[start - 1]) { start -= 1 }
        var end = cursor.offset
        while end < bytes.count, isLetter(bytes[end]) { end += 1 }
        let word = String(decoding: bytes[start..<end], as: UTF8.self)
        // Not in a comment, in a text, or as a part of something longer.
        let before = start > 0 ? bytes[start - 1] : UInt8(ascii: " ")
        let behind = end < bytes.count ? bytes[end] : UInt8(ascii: " ")
        guard Self.blanks.contains(before), Self.blanks.contains(behind), isCode(at: start, cursor)
        else { return nil }
        return descriptions.text(of: .keyword(word)).map {
            ($0, SourceSpan(start: start, end: end))
        }
    }

    private static let blanks = Set(" \t\n\r(){}[]:;,".utf8)

    /// Whether a place is neither in a here-document nor behind a `#` or an open quote of its line.
    private func isCode(at offset: Int, _ cursor: Cursor) -> Bool {
        let index = cursor.analysis.index
        let line = index.sources[0].lineIndex(at: offset)
        if index.documents.contains(where: { $0.source == 0 && $0.lines.contains(line) }) {
            return false
        }
        let start = cursor.lines.range(ofLine: cursor.lines.line(at: offset)).lowerBound
        let before = cursor.lines.bytes[start..<max(start, offset)]
        return !before.contains(UInt8(ascii: "#"))
            && before.count { $0 == UInt8(ascii: "\"") } % 2 == 0
            && before.count { $0 == UInt8(ascii: "'") } % 2 == 0
    }

    // MARK: Manifests

    private func manifestStory(at cursor: Cursor) -> (text: String, span: SourceSpan)? {
        // The whole word at the cursor, so that the place is that of the field and not of a half.
        let line = cursor.lines.range(ofLine: cursor.lines.line(at: cursor.offset))
        let bytes = cursor.lines.bytes
        func isName(_ byte: UInt8) -> Bool {
            (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        }
        var start = cursor.offset
        while start > line.lowerBound, isName(bytes[start - 1]) { start -= 1 }
        var end = cursor.offset
        while end < line.upperBound, isName(bytes[end]) { end += 1 }
        guard end > start, end < line.upperBound, bytes[end] == UInt8(ascii: ":") else {
            return nil
        }
        let whole = Cursor(
            uri: cursor.uri, lines: cursor.lines, offset: end + 1, analysis: cursor.analysis)
        guard let place = manifestPlace(at: whole), let shape = place.shape(.builtIn) else {
            return nil
        }
        return (Descriptions().text(of: shape), SourceSpan(start: start, end: end))
    }

    // MARK: Signatures

    /// `textDocument/signatureHelp`
    func signatureHelp(_ parameters: Value) throws(RPCError) -> Value {
        let cursor = try cursor(parameters)
        guard let call = CallPlace(before: Array(cursor.lines.bytes.prefix(cursor.offset))) else {
            return .null
        }
        let index = cursor.analysis.index
        let declared = index.declarations.last { $0.name == call.name && $0.function != nil }
        let signature: CallSignature?
        if let declared, let function = declared.function {
            signature = CallSignature(declared, function, comment: index.comment(above: declared))
        } else {
            signature = CallSignature(builtin: call.name)
        }
        guard let signature else { return .null }
        let last = signature.parameters.count - 1
        let active = signature.repeats ? min(call.argument, last) : call.argument
        return [
            "signatures": [
                [
                    "label": Value(signature.label),
                    "documentation": [
                        "kind": "markdown", "value": Value(signature.documentation),
                    ],
                    "parameters": .array(signature.parameters.map { ["label": Value($0)] }),
                ]
            ],
            "activeSignature": 0, "activeParameter": Value(max(active, 0)),
        ]
    }
}

extension ScriptIndex {
    /// The command and the place of its word at an offset of the script.
    func word(at offset: Int) -> (command: Command, word: Int)? {
        for mention in commands.reversed() where mention.source == 0 {
            guard mention.command.span.touches(offset) else { continue }
            if let word = mention.command.words.firstIndex(where: { $0.span.touches(offset) }) {
                return (mention.command, word)
            }
        }
        return nil
    }
}
