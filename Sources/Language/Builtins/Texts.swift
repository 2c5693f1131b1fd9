import Support
import Value

extension Builtins {
    static let texts: [Builtin] = [
        Builtin(
            "upper", ["text"], "the text in capitals", example: "upper(\"ab\") == \"AB\"",
            run: { try $0.textValue(try $0.text($1, 0).uppercased()) }),
        Builtin(
            "lower", ["text"], "the text in small letters", example: "lower(\"AB\") == \"ab\"",
            run: { try $0.textValue(try $0.text($1, 0).lowercased()) }),
        Builtin(
            "trim", ["text"], "the text without blanks and line ends around it",
            example: "trim(\" a \") == \"a\"",
            run: { Value(TextTools.trimmed(try $0.text($1, 0))) }),
        Builtin(
            "split", ["text", .optional("separator")],
            "the pieces between separators, or the words between blanks",
            example: "split(\"a,b\", \",\") == [\"a\", \"b\"]",
            run: { evaluator, arguments in
                let text = try evaluator.text(arguments, 0)
                guard arguments.count > 1 else { return Value(strings: Search.words(text)) }
                let separator = try evaluator.text(arguments, 1)
                guard !separator.isEmpty else {
                    return Value(strings: text.map { String($0) })
                }
                return Value(strings: Search.split(text, by: separator))
            }),
        Builtin(
            "lines", ["text"], "the lines of a text, without an empty one at its end",
            example: "count(lines(output { get pods }))",
            run: { evaluator, arguments in
                let text = Evaluator.withoutFinalNewlines(try evaluator.text(arguments, 0))
                return Value(strings: text.isEmpty ? [] : Search.split(text, by: "\n"))
            }),
        Builtin(
            "join", ["list", .optional("separator")],
            "the items as one text, with a separator between",
            example: "join([\"a\", \"b\"], \"-\") == \"a-b\"",
            run: { evaluator, arguments in
                let separator =
                    arguments.count > 1 ? try evaluator.text(arguments, 1) : ""
                let texts = try evaluator.list(arguments, 0).map { try evaluator.shown($0) }
                let size = texts.reduce(separator.utf8.count * texts.count) { $0 + $1.utf8.count }
                if size > evaluator.limits.textBytes {
                    throw RuntimeError.textSize(evaluator.limits.textBytes)
                }
                return Value(texts.joined(separator: separator))
            }),
        Builtin(
            "replace", ["text", "old", "new"], "the text with every `old` replaced by `new`",
            example: "replace(\"a-b\", \"-\", \"+\") == \"a+b\"", run: { try $0.replaced($1) }),
        Builtin(
            "startsWith", ["text", "prefix"], "whether a text begins with another",
            example: "startsWith(\"web-1\", \"web\")",
            run: { .bool(try $0.text($1, 0).utf8.starts(with: try $0.text($1, 1).utf8)) }),
        Builtin(
            "endsWith", ["text", "suffix"], "whether a text ends with another",
            example: "endsWith(\"web-1\", \"-1\")",
            run: {
                let suffix = try $0.text($1, 1).utf8
                return .bool(try $0.text($1, 0).utf8.reversed().starts(with: suffix.reversed()))
            }),
        Builtin(
            "substring", ["text", "start", .optional("end")],
            "the characters from index `start` to before `end`; negative indices count from the end",
            example: "substring(\"abc\", 1) == \"bc\"",
            run: { evaluator, arguments in
                let characters = Array(try evaluator.text(arguments, 0))
                return Value(String(characters[try evaluator.bounds(arguments, characters.count)]))
            }),
        Builtin(
            "padLeft", ["value", "width", .optional("fill")],
            "the text brought to a width by filling on the left",
            example: "padLeft(7, 3, \"0\") == \"007\"",
            run: { try $0.padded($1, onLeft: true) }),
        Builtin(
            "padRight", ["value", "width", .optional("fill")],
            "the text brought to a width by filling on the right",
            example: "padRight(\"a\", 3) == \"a  \"", run: { try $0.padded($1, onLeft: false) }),
        Builtin(
            "repeat", ["text", "times"], "the text so many times",
            example: "repeat(\"ab\", 2) == \"abab\"",
            run: { evaluator, arguments in
                let text = try evaluator.text(arguments, 0)
                let times = try evaluator.integer(arguments, 1)
                guard times >= 0 else { throw evaluator.wrong(arguments, 1, "zero or more") }
                let (size, isOver) = text.utf8.count.multipliedReportingOverflow(by: times)
                if isOver || size > evaluator.limits.textBytes {
                    throw RuntimeError.textSize(evaluator.limits.textBytes)
                }
                return Value(text.isEmpty ? "" : String(repeating: text, count: times))
            }),
        Builtin(
            "format", ["template", .rest("values")],
            "the template with each `{}` replaced by the next value",
            example: "format(\"{} of {}\", 1, 3) == \"1 of 3\"", run: { try $0.formatted($1) }),
        Builtin(
            "text", ["value"], "a value as text, as `${…}` would insert it",
            example: "text(3) == \"3\"",
            run: { try $0.textValue(try $0.shown($0.value($1, 0))) }),
        Builtin(
            "findAll", ["text", "pattern"],
            "the lines of a text in which a regular expression matches",
            example: "findAll(output { get pods }, \"Running\")",
            run: { evaluator, arguments in
                let pattern = try evaluator.pattern(evaluator.value(arguments, 1))
                let lines = Search.split(
                    Evaluator.withoutFinalNewlines(try evaluator.text(arguments, 0)), by: "\n")
                return Value(strings: try lines.filter { try evaluator.matches($0, pattern) })
            }),
    ]
}

extension Evaluator {
    fileprivate func replaced(_ arguments: Arguments) throws -> Value {
        let text = try text(arguments, 0)
        let old = try self.text(arguments, 1)
        let new = try self.text(arguments, 2)
        guard !old.isEmpty else { throw wrong(arguments, 1, "text that is not empty") }
        let pieces = Search.split(text, by: old)
        let size = text.utf8.count + (pieces.count - 1) * new.utf8.count
        if size > limits.textBytes + pieces.count * old.utf8.count {
            throw RuntimeError.textSize(limits.textBytes)
        }
        return try textValue(pieces.joined(separator: new))
    }

    fileprivate func padded(_ arguments: Arguments, onLeft: Bool) throws -> Value {
        let text = try shown(value(arguments, 0))
        let width = try integer(arguments, 1)
        let fill = arguments.count > 2 ? try self.text(arguments, 2) : " "
        guard width <= limits.textBytes,
            let padded = TextTools.padded(
                text, to: width, with: fill, onLeft: onLeft, atMost: limits.textBytes)
        else { throw RuntimeError.textSize(limits.textBytes) }
        return try textValue(padded)
    }

    fileprivate func formatted(_ arguments: Arguments) throws -> Value {
        let pieces = Search.split(try text(arguments, 0), by: "{}")
        guard pieces.count - 1 == arguments.count - 1 else {
            throw RuntimeError.builtin(
                "the template has \(pieces.count - 1) `{}`, but there are \(arguments.count - 1) "
                    + "values", hint: nil)
        }
        var result = pieces[0]
        for (index, piece) in pieces.dropFirst().enumerated() {
            result += try shown(value(arguments, index + 1))
            result += piece
        }
        return try textValue(result)
    }
}
