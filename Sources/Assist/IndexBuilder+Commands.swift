import Model
import Syntax

extension IndexBuilder {
    mutating func walk(_ statement: CommandStatement) {
        for pipeline in statement.pipelines {
            for stage in pipeline.stages {
                switch stage {
                case .command(let command): walk(command)
                case .compound(let compound): walk(compound)
                }
            }
        }
        if let block = statement.block { walk(block) }
    }

    private mutating func walk(_ command: Command) {
        index.commands.append(ScriptIndex.CommandMention(command: command, source: source))
        for assignment in command.assignments {
            walk(assignment.value)
            if command.words.isEmpty { set(assignment.name) }
        }
        for word in command.words { walk(word) }
        noteObjects(in: command)
        for word in setWords(of: command) { set(word) }
        walk(command.redirections)
    }

    /// The names that `export a=1`, `local a=1` and `read a` set.
    private func setWords(of command: Command) -> [Identifier] {
        switch command.words.first?.literalText {
        case "export", "local":
            return command.words.dropFirst().compactMap { word in
                guard case .bare(let text)? = word.pieces.first,
                    let sign = text.firstIndex(of: "=")
                else { return nil }
                let name = String(text[..<sign])
                let start = Int(word.span.start)
                return Identifier(
                    name: name, span: SourceSpan(start: start, end: start + name.utf8.count))
            }
        case "read":
            return command.words.dropFirst().compactMap { word in
                word.literalText.flatMap {
                    $0.hasPrefix("-") ? nil : Identifier(name: $0, span: word.span)
                }
            }
        default: return []
        }
    }

    /// A variable of the shell: set anew where it is known, else declared.
    private mutating func set(_ name: Identifier) {
        if lookUp(name.name) != nil {
            _ = mention(name.name, at: name.span, isWrite: true)
        } else {
            declare(name, .shellVariable, by: name.span)
        }
    }

    /// `deployment/web` among the words.
    private mutating func noteObjects(in command: Command) {
        for word in command.words.dropFirst() {
            guard let text = word.literalText, !text.hasPrefix("-"),
                let slash = text.firstIndex(of: "/"), slash != text.startIndex,
                let kind = kinds.kind(named: String(text[..<slash]))
            else { continue }
            let start = Int(word.span.start)
            index.objects.append(
                ScriptIndex.ObjectMention(
                    span: word.span, source: source, kind: kinds[kind],
                    kindSpan: SourceSpan(
                        start: start, end: start + text[..<slash].utf8.count),
                    name: String(text[text.index(after: slash)...])))
        }
    }

    private mutating func walk(_ redirections: [Redirection]) {
        for redirection in redirections {
            switch redirection.target {
            case .word(let word): walk(word)
            case .hereDocument(let document): add(document)
            }
        }
    }

    private mutating func walk(_ compound: CompoundCommand) {
        switch compound.kind {
        case .forEach(let loop):
            for word in loop.words ?? [] { walk(word) }
            set(loop.name)
            walk(loop.body)
        case .loop(let loop):
            walk(loop.condition)
            walk(loop.body)
        case .conditional(let conditional):
            for branch in conditional.branches {
                walk(branch.condition)
                walk(branch.body)
            }
            if let block = conditional.otherwise { walk(block) }
        case .choice(let choice):
            walk(choice.subject)
            for branch in choice.branches {
                for pattern in branch.patterns { walk(pattern) }
                walk(branch.body)
            }
        case .group(let block), .subshell(let block): walk(block)
        }
        walk(compound.redirections)
    }

    // MARK: Words

    mutating func walk(_ word: Word) {
        for piece in word.pieces {
            switch piece {
            case .bare, .raw, .braces: break
            case .quoted(let pieces): walk(pieces)
            case .interpolation(let expression): walk(expression)
            case .json(let pieces):
                for piece in pieces {
                    switch piece {
                    case .text: break
                    case .parameter(let parameter): walk(parameter)
                    case .value(let expression), .stringPart(let expression): walk(expression)
                    }
                }
            case .expansion(let expansion): walk(expansion)
            }
        }
    }

    mutating func walk(_ expansion: ShellExpansion) {
        switch expansion {
        case .parameter(let parameter): walk(parameter)
        case .arithmetic(let pieces): walk(pieces)
        case .substitution(let block), .process(let block): walk(block)
        }
    }

    private mutating func walk(_ parameter: ShellParameter) {
        if lookUp(parameter.name) != nil {
            let text = index.sources[source].text(in: parameter.span)
            // The name stands behind `$`, `${` or `${#`.
            if let range = text.firstRange(of: parameter.name) {
                let start =
                    Int(parameter.span.start) + text[..<range.lowerBound].utf8.count
                _ = mention(
                    parameter.name,
                    at: SourceSpan(start: start, end: start + parameter.name.utf8.count))
            }
        }
        switch parameter.operation {
        case .value, .length: break
        case .orElse(let word, _), .assign(let word, _), .ifSet(let word, _), .trim(let word, _, _):
            walk(word)
        case .replace(let pattern, let word, _):
            walk(pattern)
            walk(word)
        }
    }
}
