import Support
import Syntax
import Value

extension Evaluator {
    // MARK: Commands

    func invocation(_ plan: PipelinePlan, at place: Place) throws -> Invocation {
        if isCondition { throw RuntimeError.actsInCondition }
        return Invocation(
            stages: try plan.stages.map { stage in
                Stage(
                    arguments: try stage.words.flatMap { try arguments(of: $0) },
                    hasKubectl: stage.hasKubectl,
                    redirections: try stage.redirections.map { try redirection($0) },
                    span: stage.span)
            }, isBackground: plan.isBackground, hasBlock: plan.hasBlock, place: place)
    }

    private func redirection(_ plan: RedirectionPlan) throws -> AppliedRedirection {
        let target: AppliedRedirection.Target =
            switch plan.target {
            case .word(let word):
                .word(try arguments(of: word).map(\.text).joined(separator: " "))
            case .text(let pieces): .text(try joined(pieces))
            }
        return AppliedRedirection(
            descriptor: plan.descriptor, operation: plan.operation, target: target)
    }

    // MARK: Words

    /// The words that one written word stands for: several where it is wholly a list or the output
    /// of a command, else one.
    func arguments(of plan: WordPlan) throws -> [Argument] {
        if plan.pieces.count == 1 {
            switch plan.pieces[0] {
            case .text(let text): return [Argument(text: text, span: plan.span)]
            case .value(let register):
                guard case .array(let values) = stack[base + register] else { break }
                return try values.map {
                    Argument(text: try wordText($0), span: plan.span)
                }
            case .output(let register):
                let text = try shown(stack[base + register])
                return Search.words(text).map { Argument(text: $0, span: plan.span) }
            default: break
            }
        }
        return [Argument(text: try joined(plan.pieces), span: plan.span)]
    }

    private func joined(_ pieces: [WordPiecePlan]) throws -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let part): text += part
            case .value(let register): text += try wordText(stack[base + register])
            case .quoted(let register): text += try quotedText(stack[base + register])
            case .json(let register):
                let value = stack[base + register]
                try Measure.check(value, limits, asJSON: true)
                text += JSON.text(value)
            case .jsonText(let register):
                let quoted = JSON.text(Value(try quotedText(stack[base + register])))
                text += quoted.dropFirst().dropLast()
            case .output(let register):
                text += Self.withoutFinalNewlines(try shown(stack[base + register]))
            }
        }
        if text.utf8.count > limits.textBytes { throw RuntimeError.textSize(limits.textBytes) }
        return text
    }

    /// A value as a word or a part of one.
    private func wordText(_ value: Value) throws -> String {
        switch value {
        case .null: throw RuntimeError.nullWord
        case .array: throw RuntimeError.valueInWord(value)
        default: return try shown(value)
        }
    }

    /// A value inside quotes, where structures are as good as texts.
    private func quotedText(_ value: Value) throws -> String {
        if value.isNull { throw RuntimeError.nullWord }
        return try shown(value)
    }

    static func withoutFinalNewlines(_ text: String) -> String {
        var text = text[...]
        while text.last == "\n" || text.last == "\r\n" { text.removeLast() }
        return String(text)
    }
}

/// Selector text inside an interpolation: `app=web,tier!=db`.
enum SelectorText {
    static func requirements(_ text: String) throws(RuntimeError) -> [LabelRequirement] {
        var requirements: [LabelRequirement] = []
        for part in parts(text) {
            guard let requirement = requirement(part) else { throw .selector(text) }
            requirements.append(requirement)
        }
        return requirements
    }

    /// The parts between commas outside parentheses, without blanks around them.
    private static func parts(_ text: String) -> [String] {
        var parts: [String] = []
        var current = ""
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                parts.append(current)
                current = ""
            } else {
                current.append(character)
            }
        }
        parts.append(current)
        return parts.map { TextTools.trimmed($0) }.filter { !$0.isEmpty }
    }

    private static func requirement(_ text: String) -> LabelRequirement? {
        if text.hasPrefix("!") {
            return LabelRequirement(
                key: TextTools.trimmed(String(text.dropFirst())), relation: .absent)
        }
        for (sign, relation) in [
            ("!=", LabelRequirement.Relation.notEqual), ("==", .equal), ("=", .equal),
        ] {
            let pieces = Search.split(text, by: sign)
            guard pieces.count == 2 else { continue }
            return LabelRequirement(
                key: TextTools.trimmed(pieces[0]), relation: relation,
                values: [TextTools.trimmed(pieces[1])])
        }
        let words = Search.words(text)
        guard let key = words.first else { return nil }
        if words.count == 1 { return LabelRequirement(key: key, relation: .exists) }
        guard words[1].hasPrefix("in") || words[1].hasPrefix("notin"),
            let open = text.firstIndex(of: "("),
            text.hasSuffix(")")
        else { return nil }
        let inside = text[text.index(after: open)...].dropLast()
        return LabelRequirement(
            key: key, relation: words[1].hasPrefix("notin") ? .noneOf : .oneOf,
            values: inside.split(separator: ",").map { TextTools.trimmed(String($0)) })
    }
}
