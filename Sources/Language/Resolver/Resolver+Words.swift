import Syntax
import Value

extension Resolver {
    /// The words that a written word stands for: several where it has braces.
    mutating func wordPlans(_ word: Word) -> [WordPlan] {
        var words: [[WordPiece]] = [[]]
        for piece in word.pieces {
            if case .braces(let choices) = piece {
                words = words.flatMap { word in choices.map { word + [.bare($0)] } }
            } else {
                for index in words.indices { words[index].append(piece) }
            }
            if words.count > limits.words {
                report(.tooManyWords(limits.words), at: word.span)
                return []
            }
        }
        return words.map { WordPlan(pieces: piecePlans($0, at: word.span), span: word.span) }
    }

    /// The plan of a word that cannot be several; braces stand for their first text.
    mutating func wordPlan(_ word: Word) -> WordPlan {
        wordPlans(word).first ?? WordPlan(pieces: [], span: word.span)
    }

    private mutating func piecePlans(
        _ pieces: [WordPiece], at span: SourceSpan
    ) -> [WordPiecePlan] {
        var plans: [WordPiecePlan] = []
        var pieces = pieces
        if let rest = Self.behindTilde(pieces) {
            let home = ParameterPlan(name: "HOME", operation: rest.isEmpty ? .value : .home)
            plans.append(.parameter(tree.parameters.add(home), isQuoted: true))
            pieces = rest
        }
        for piece in pieces { add(piece, to: &plans, at: span) }
        guard plans.count > 1 else { return plans }
        var merged: [WordPiecePlan] = []
        for plan in plans {
            if case .text(let text) = plan, case .text(let before)? = merged.last {
                merged[merged.count - 1] = .text(before + text)
            } else {
                merged.append(plan)
            }
        }
        return merged
    }

    /// What follows the `~` that begins a word and stands for the home; nil where there is none.
    private static func behindTilde(_ pieces: [WordPiece]) -> [WordPiece]? {
        guard case .bare(let text)? = pieces.first, text.hasPrefix("~"),
            text.hasPrefix("~/") || text == "~" && pieces.count == 1
        else { return nil }
        return text == "~" ? [] : [.bare(String(text.dropFirst(2)))] + pieces.dropFirst()
    }

    private mutating func add(
        _ piece: WordPiece, to plans: inout [WordPiecePlan], at span: SourceSpan
    ) {
        switch piece {
        case .bare(let text): plans.append(Self.isPattern(text) ? .pattern(text) : .text(text))
        case .raw(let text): plans.append(.text(text))
        case .quoted(let parts): plans += quotedPlan(parts)
        case .interpolation(let expression):
            plans.append(
                parameter(named: expression, isQuoted: false) ?? .value(value(expression).node))
        case .json(let parts): for part in parts { add(part, to: &plans) }
        case .braces(let choices): plans.append(.text(choices.first ?? ""))
        case .expansion(let expansion): plans.append(plan(expansion, isQuoted: false, at: span))
        }
    }

    /// Whether it matters that a text is not quoted.
    private static func isPattern(_ text: String) -> Bool {
        text.utf8.contains {
            $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
                || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t")
        }
    }

    private mutating func add(_ part: JSONPiece, to plans: inout [WordPiecePlan]) {
        switch part {
        case .text(let text): plans.append(.text(text))
        case .value(let expression):
            plans.append(
                parameter(named: expression, isQuoted: true) ?? .json(value(expression).node))
        case .stringPart(let expression):
            plans.append(
                parameter(named: expression, isQuoted: true) ?? .jsonText(value(expression).node))
        case .parameter(let parameter): plans.append(plan(parameter, isQuoted: true))
        }
    }

    mutating func quotedPlan(_ parts: [StringPiece]) -> [WordPiecePlan] {
        var plans: [WordPiecePlan] = []
        for part in parts {
            switch part {
            case .text(let text): plans.append(.text(text))
            case .interpolation(let expression):
                plans.append(
                    parameter(named: expression, isQuoted: true)
                        ?? .quoted(value(expression).node))
            case .expansion(let expansion):
                plans.append(plan(expansion, isQuoted: true, at: SourceSpan(at: 0)))
            }
        }
        // `""` is a word of its own, though empty.
        return plans.isEmpty ? [.text("")] : plans
    }

    // MARK: Expansions

    private mutating func plan(
        _ expansion: ShellExpansion, isQuoted: Bool, at span: SourceSpan
    ) -> WordPiecePlan {
        switch expansion {
        case .parameter(let parameter): return plan(parameter, isQuoted: isQuoted)
        case .arithmetic(let pieces):
            return .arithmetic(inArithmetic { $0.quotedPlan(pieces) }, isQuoted: isQuoted)
        case .substitution(let block):
            return .output(resolveCommands(block, named: "$("), isQuoted: isQuoted)
        case .process(let block): return .process(resolveCommands(block, named: "<("))
        }
    }

    /// A `$x` that is a parameter of the shell; elsewhere it is a text.
    private mutating func plan(_ parameter: ShellParameter, isQuoted: Bool) -> WordPiecePlan {
        if case .value = parameter.operation, !expands(parameter.name) {
            let written = source.text(in: parameter.span)
            // `${file}`: a keyword, which can only be a variable of a shell.
            if written.hasPrefix("${") {
                reportUndefined(parameter.name, at: parameter.span)
            } else if !isShell {
                warnOfDollar(at: parameter.span)
            }
            return .text(written)
        }
        let row = tree.parameters.add(
            ParameterPlan(name: parameter.name, operation: operation(parameter.operation)))
        if case .assign = parameter.operation { shellNames.insert(parameter.name) }
        return .parameter(row, isQuoted: isQuoted)
    }

    private mutating func operation(
        _ operation: ShellParameterOperation
    ) -> ParameterPlan.Operation {
        switch operation {
        case .value: return .value
        case .length: return .length
        case .orElse(let word, let alsoEmpty): return .orElse(pieces(word), alsoEmpty: alsoEmpty)
        case .assign(let word, let alsoEmpty): return .assign(pieces(word), alsoEmpty: alsoEmpty)
        case .ifSet(let word, let alsoEmpty): return .ifSet(pieces(word), alsoEmpty: alsoEmpty)
        case .trim(let word, let atEnd, let isLongest):
            return .trim(pieces(word), atEnd: atEnd, isLongest: isLongest)
        case .replace(let pattern, let word, let isEvery):
            return .replace(pieces(pattern), with: pieces(word), isEvery: isEvery)
        }
    }

    /// The pieces of a word that gives one text.
    mutating func pieces(_ word: Word) -> [WordPiecePlan] {
        piecePlans(word.pieces, at: word.span)
    }

    /// `${x}` where the language has no `x` but the shell has.
    private mutating func parameter(
        named expression: Expression, isQuoted: Bool
    ) -> WordPiecePlan? {
        guard case .name(let name) = expression.kind, lookUp(name) == nil,
            shellNames.contains(name) || expands(name) && Builtins.index[name] == nil
        else { return nil }
        let row = tree.parameters.add(ParameterPlan(name: name, operation: .value))
        return .parameter(row, isQuoted: isQuoted)
    }

    // MARK: Redirections and assignments

    mutating func redirectionPlan(_ redirection: Redirection) -> RedirectionPlan {
        let target: RedirectionPlan.Target
        switch redirection.target {
        case .word(let word):
            target = .word(wordPlan(word), source.text(in: word.span))
        case .hereDocument(let document):
            let outer = documentTag
            documentTag = document.isShellStyle ? document.tag : nil
            target = .text(quotedPlan(document.pieces))
            documentTag = outer
        }
        return RedirectionPlan(
            descriptor: redirection.descriptor, operation: redirection.operation, target: target)
    }

    mutating func assignmentPlan(_ assignment: ShellAssignment) -> AssignmentPlan {
        AssignmentPlan(name: assignment.name.name, value: pieces(assignment.value))
    }
}
