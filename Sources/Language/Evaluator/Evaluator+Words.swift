import Patterns
import Support
import Tools
import Value

/// From words as written to the arguments of a command.
extension Evaluator {
    // MARK: Words

    /// The words that one written word stands for: none, one or several. Lists and what `"$@"` means
    /// give several; unquoted expansions are cut at blanks; patterns name files.
    mutating func arguments(of plan: WordPlan) throws -> [Argument] {
        if plan.pieces.count == 1 {
            switch plan.pieces[0] {
            case .text(let text): return [Argument(text: text, span: plan.span)]
            case .value(let expression):
                let value = try value(expression)
                guard case .array(let values) = value else {
                    return [Argument(text: try sized(wordText(value)), span: plan.span)]
                }
                return try values.map { Argument(text: try wordText($0), span: plan.span) }
            case .pattern, .quoted, .json, .jsonText, .parameter, .arithmetic, .output, .process:
                break
            }
        }
        var fields = FieldBuilder()
        for piece in plan.pieces { try add(piece, to: &fields) }
        return try fields.finish().flatMap { field -> [Argument] in
            let paths =
                field.isPattern ? PathExpansion.paths(field.pattern, in: shell.tools) : []
            let texts = paths.isEmpty ? [try sized(field.text)] : paths
            return texts.map { Argument(text: $0, span: plan.span) }
        }
    }

    /// A word of `[[ … ]]`, which stays one word; behind a sign that compares it is a pattern.
    mutating func testArgument(of plan: WordPlan, after last: Argument?) throws -> Argument {
        let isPattern = last.map { ["=", "==", "!="].contains($0.text) } ?? false
        let text = try isPattern ? pattern(of: plan.pieces) : text(of: plan.pieces)
        return Argument(text: text, span: plan.span)
    }

    private mutating func add(_ piece: WordPiecePlan, to fields: inout FieldBuilder) throws {
        if case .parameter(let row, isQuoted: false) = piece,
            let operand = operandInForce(tree.parameters[row])
        {
            for piece in operand {
                if case .pattern(let text) = piece {
                    fields.addCut(text)
                } else {
                    try add(piece, to: &fields)
                }
            }
            return
        }
        if case .parameter(let row, isQuoted: true) = piece, tree.parameters[row].name == "@",
            case .value = tree.parameters[row].operation
        {
            for (index, value) in shell.positional.enumerated() {
                if index > 0 { fields.cut() }
                fields.add(value, isQuoted: true)
            }
            return
        }
        let text = try text(of: piece)
        if piece.splits {
            fields.addCut(text)
        } else if case .pattern = piece {
            fields.add(text, isQuoted: false)
        } else {
            fields.add(text, isQuoted: true)
        }
    }

    /// The pieces as one text, neither cut nor matched against files.
    mutating func text(of pieces: [WordPiecePlan]) throws -> String {
        var text = ""
        for piece in pieces { text += try self.text(of: piece) }
        return try sized(text)
    }

    /// The pieces as a pattern in which what is quoted means itself.
    mutating func pattern(of pieces: [WordPiecePlan]) throws -> String {
        var pattern = ""
        for piece in pieces {
            let text = try text(of: piece)
            var isPlain = !piece.splits
            if case .pattern = piece { isPlain = false }
            pattern += isPlain ? Glob.escaped(text) : text
        }
        return try sized(pattern)
    }

    private mutating func text(of piece: WordPiecePlan) throws -> String {
        switch piece {
        case .text(let text), .pattern(let text): return text
        case .value(let expression):
            let value = try value(expression)
            return try wordText(value)
        case .quoted(let expression): return try quotedText(expression)
        case .json(let expression):
            let value = try value(expression)
            try Measure.check(value, limits, asJSON: true)
            return JSON.text(value)
        case .jsonText(let expression):
            let quoted = JSON.text(Value(try quotedText(expression)))
            return String(quoted.dropFirst().dropLast())
        case .parameter(let row, _): return try value(of: tree.parameters[row])
        case .arithmetic(let pieces, _):
            let shell = shell
            return String(
                try ShellArithmetic.evaluate(text(of: pieces)) { shell.value(of: $0) ?? "" })
        case .output(let block, _): return Self.withoutFinalNewlines(try output(of: block))
        case .process(let block): return try file(holding: output(of: block))
        }
    }

    /// A value as a word or a part of one.
    private func wordText(_ value: Value) throws -> String {
        switch value {
        case .null: throw RuntimeError.nullWord
        case .array: throw RuntimeError.valueInWord(value)
        case .bool, .int, .double, .text, .object, .opaque: return try shown(value)
        }
    }

    /// A value inside quotes, where structures are as good as texts.
    private mutating func quotedText(_ expression: NodeIndex) throws -> String {
        let value = try value(expression)
        if value.isNull { throw RuntimeError.nullWord }
        return try shown(value)
    }

    static func withoutFinalNewlines(_ text: String) -> String {
        var text = text[...]
        while text.last == "\n" || text.last == "\r\n" { text.removeLast() }
        return String(text)
    }

    // MARK: Parameters

    mutating func value(of plan: ParameterPlan) throws -> String {
        let found = shell.value(of: plan.name)
        let value = found ?? ""
        switch plan.operation {
        case .value, .length:
            if found == nil, shell.options.refusesUnset {
                throw RuntimeError.shell("line 1: \(plan.name): unbound variable")
            }
            if case .length = plan.operation { return String(value.unicodeScalars.count) }
            return value
        case .home: return value.hasSuffix("/") ? value : value + "/"
        case .orElse(let word, let alsoEmpty):
            return Self.isMissing(found, alsoEmpty) ? try text(of: word) : value
        case .ifSet(let word, let alsoEmpty):
            return Self.isMissing(found, alsoEmpty) ? "" : try text(of: word)
        case .assign(let word, let alsoEmpty):
            guard Self.isMissing(found, alsoEmpty) else { return value }
            let text = try text(of: word)
            shell.set(plan.name, to: text)
            return text
        case .trim(let word, let atEnd, let isLongest):
            let glob = Glob(try pattern(of: word))
            return atEnd
                ? glob.droppingSuffix(of: value, longest: isLongest)
                : glob.droppingPrefix(of: value, longest: isLongest)
        case .replace(let word, let replacement, let isEvery):
            let glob = Glob(try pattern(of: word))
            let replacement = try text(of: replacement)
            do {
                return try sized(
                    glob.replacing(in: value, with: replacement, all: isEvery))
            } catch let exhaustion as PatternExhaustion {
                throw RuntimeError.patternSteps(exhaustion.steps)
            }
        }
    }

    /// The word that stands for an unquoted `${x:-word}` or `${x:+word}`, whose quoted parts are not
    /// cut; nil where the parameter's own value does.
    private func operandInForce(_ plan: ParameterPlan) -> [WordPiecePlan]? {
        let value = shell.value(of: plan.name)
        switch plan.operation {
        case .orElse(let word, let alsoEmpty): return Self.isMissing(value, alsoEmpty) ? word : nil
        case .ifSet(let word, let alsoEmpty): return Self.isMissing(value, alsoEmpty) ? nil : word
        case .value, .home, .length, .assign, .trim, .replace: return nil
        }
    }

    private static func isMissing(_ value: String?, _ alsoEmpty: Bool) -> Bool {
        value.map { alsoEmpty && $0.isEmpty } ?? true
    }

    // MARK: Output of commands

    /// What the commands of a block write. They run in a shell of their own.
    private mutating func output(of block: NodeIndex) throws -> String {
        try checkActs()
        let (status, trace) = (shell.status, trace)
        let sink = ToolOutput(limit: limits.textBytes)
        var inner = streams
        inner.output = sink
        do {
            try with(inner) { evaluator throws in
                try evaluator.inSubshell { evaluator throws in try evaluator.execute(block) }
            }
        } catch {
            salvage(sink, to: streams.output, after: error)
            throw error
        }
        if sink.isFull { throw RuntimeError.textSize(limits.textBytes) }
        shell.substitutionStatus = shell.status
        // `$?` in the word still means the command before.
        shell.status = status
        self.trace = trace
        return sink.text
    }

    /// Keeps a text as a file that only its name can be asked for.
    private func file(holding text: String) throws -> String {
        let path = shell.newProcessFile()
        do {
            try shell.tools.files.makeDirectory("/dev/fd", parents: true)
            try shell.tools.files.write(Array(text.utf8), to: path)
        } catch {
            throw RuntimeError.shell("\(path): \(error.reason)")
        }
        return path
    }
}

/// Puts words together out of pieces.
private struct FieldBuilder {
    struct Field {
        var text = ""
        /// The text with what is quoted escaped, to be matched against names of files.
        var pattern = ""
        var isPattern = false
    }

    private var done: [Field] = []
    private var current: Field?

    mutating func add(_ text: String, isQuoted: Bool) {
        var field = current ?? Field()
        field.text += text
        field.pattern += isQuoted ? Glob.escaped(text) : text
        if !isQuoted { field.isPattern = field.isPattern || Self.isPattern(text) }
        current = field
    }

    /// Adds a text that blanks cut; those at its ends part it from its neighbours.
    mutating func addCut(_ text: String) {
        var rest = text.unicodeScalars[...]
        while let first = rest.first {
            if Self.isBlank(first) {
                cut()
                rest = rest.drop(while: Self.isBlank)
            } else {
                let part = rest.prefix { !Self.isBlank($0) }
                add(String(part), isQuoted: false)
                rest = rest[part.endIndex...]
            }
        }
    }

    /// Ends the word at hand.
    mutating func cut() {
        if let current { done.append(current) }
        current = nil
    }

    mutating func finish() -> [Field] {
        cut()
        return done
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\n"
    }

    private static func isPattern(_ text: String) -> Bool {
        text.utf8.contains {
            $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "[")
        }
    }
}
