import Assist
import Language
import Syntax
import Value

/// What a piece of text is, by the protocol's names.
enum TokenType: String, CaseIterable {
    case function, variable, parameter, property, type, keyword, string
}

extension LanguageServer {
    /// `textDocument/semanticTokens/full`: names by what they were declared as, verbs, flags, kinds and
    /// known fields. All else is for the grammar of the editor.
    func semanticTokens(_ parameters: Value) throws(RPCError) -> Value {
        let uri = try documentURI(parameters)
        let lines = try workspace.document(uri).lines
        let index = try workspace.analysis(uri).index
        var tokens: [(span: SourceSpan, type: TokenType, isDeclaration: Bool)] = []
        for mention in index.mentions where mention.source == 0 {
            guard let id = mention.declaration else {
                if Builtins.named(mention.name) != nil {
                    tokens.append((mention.span, .function, false))
                }
                continue
            }
            let declaration = index.declarations[id]
            let type: TokenType =
                switch declaration.kind {
                case .function: .function
                case .parameter: .parameter
                case .variable, .shellVariable: .variable
                }
            tokens.append((mention.span, type, mention.span == declaration.span))
        }
        for field in index.fields where field.source == 0 {
            tokens.append((field.span, .property, false))
        }
        for object in index.objects where object.source == 0 {
            tokens.append((object.kindSpan, .type, false))
        }
        for mention in index.commands where mention.source == 0 {
            let words = CommandWords(mention.command.words)
            for (word, role) in zip(mention.command.words, words.roles) {
                switch role {
                case .verb, .tool: tokens.append((word.span, .keyword, false))
                case .flag: tokens.append((word.span, .property, false))
                case .value, .argument, .unknown: break
                }
            }
        }
        for behavior in index.behaviors where behavior.source == 0 {
            for setting in behavior.statement.settings {
                tokens.append((setting.name.span, .property, false))
            }
        }
        return ["data": .array(encoded(tokens, lines))]
    }

    /// The tokens as distances from one to the next; of those that overlap the first, and none over two
    /// lines.
    private func encoded(
        _ tokens: [(span: SourceSpan, type: TokenType, isDeclaration: Bool)], _ lines: LineTable
    ) -> [Value] {
        var data: [Value] = []
        var last = Position(line: 0, character: 0)
        var end = 0
        let ordered = tokens.enumerated().sorted {
            ($0.element.span.start, $0.offset) < ($1.element.span.start, $1.offset)
        }
        for (_, token) in ordered where Int(token.span.start) >= end && !token.span.isEmpty {
            let start = lines.position(of: Int(token.span.start), workspace.encoding)
            let stop = lines.position(of: Int(token.span.end), workspace.encoding)
            guard start.line == stop.line else { continue }
            let type = TokenType.allCases.firstIndex(of: token.type) ?? 0
            let isSameLine = start.line == last.line
            data += [
                Value(start.line - last.line),
                Value(isSameLine ? start.character - last.character : start.character),
                Value(stop.character - start.character), Value(type),
                Value(token.isDeclaration ? 1 : 0),
            ]
            last = start
            end = Int(token.span.end)
        }
        return data
    }
}
