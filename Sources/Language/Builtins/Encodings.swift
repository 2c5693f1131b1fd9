import Patterns
import Support
import Value
import YAML

extension Builtins {
    /// Values as texts of other forms, and back.
    static let encodings: [Builtin] = [
        Builtin(
            "toYaml", ["value"], "the YAML text of a value, as `get -o yaml` would write it",
            example: "toYaml({a: [1]}) == \"a:\\n- 1\\n\"", run: { try $0.yaml($1) }),
        Builtin(
            "fromYaml", ["text"], "the value that a YAML text of one document stands for",
            example: "fromYaml(\"a: [1, yes]\") == {a: [1, true]}",
            run: { evaluator, arguments in
                let stream = YAML.read(try evaluator.text(arguments, 0))
                if let error = stream.error {
                    throw RuntimeError.builtin(
                        "this is no YAML: line \(error.mark.line): \(error.message)", hint: nil)
                }
                guard stream.documents.count < 2 else {
                    throw RuntimeError.builtin(
                        "the text holds \(stream.documents.count) YAML documents",
                        hint: "split it first: `split(text, \"\\n---\\n\")`")
                }
                let value = stream.documents.first?.value ?? .null
                try Measure.check(value, evaluator.limits)
                return value
            }),
        Builtin(
            "pretty", ["value"],
            "a value for people to read: lists and maps over several lines, as YAML; others as `${…}` "
                + "would insert them", example: "pretty({a: [1]}) == \"a:\\n- 1\"",
            run: { evaluator, arguments in
                guard evaluator.value(arguments, 0).isStructure else {
                    return Value(try evaluator.shown(evaluator.value(arguments, 0)))
                }
                let text = try evaluator.yaml(arguments).string ?? ""
                return Value(Evaluator.withoutFinalNewlines(text))
            }),
        Builtin(
            "base64", ["text"], "the text in base64, as Secrets hold it",
            example: "base64(\"admin\") == \"YWRtaW4=\"",
            run: { evaluator, arguments in
                let text = try evaluator.text(arguments, 0)
                return try evaluator.textValue(Base64.encode(Array(text.utf8)))
            }),
        Builtin(
            "base64decode", ["text"], "the text that a base64 text stands for",
            example: "base64decode(\"YWRtaW4=\") == \"admin\"",
            run: { evaluator, arguments in
                let text = try evaluator.text(arguments, 0)
                guard let bytes = Base64.decode(text) else {
                    throw evaluator.wrong(arguments, 0, "base64")
                }
                guard let decoded = String(validating: bytes, as: UTF8.self) else {
                    throw RuntimeError.builtin(
                        "the base64 stands for \(bytes.count) bytes that are no text", hint: nil)
                }
                return Value(decoded)
            }),
        Builtin(
            "capture", ["pattern", "text"],
            "what the groups of a regular expression hold in its first match: a list, or a map where they "
                + "have names; the match itself where there are none, null where nothing matches",
            example: "capture(\"(?P<app>[a-z]+)-([0-9]+)\", \"web-12\").app == \"web\"",
            run: { try $0.captured($1) }),
    ]
}

extension Evaluator {
    fileprivate func yaml(_ arguments: Arguments) throws -> Value {
        let value = value(arguments, 0)
        try Measure.check(value, limits, asJSON: true)
        // Amounts and the like become what the API writes for them.
        let plain: Value
        do throws(JSONError) {
            plain = try JSON.parseExactly(JSON.text(value))
        } catch {
            preconditionFailure("JSON that was just written is read again: \(error)")
        }
        return try textValue(YAMLPrinter.text(plain))
    }

    fileprivate mutating func captured(_ arguments: Arguments) throws -> Value {
        let pattern = try pattern(value(arguments, 0))
        var text = try text(arguments, 1)
        text.makeContiguousUTF8()
        let match: PatternMatch?
        do throws(PatternExhaustion) {
            match = try pattern.firstMatch(in: text.utf8.span)
        } catch {
            throw RuntimeError.patternSteps(error.steps)
        }
        guard let match else { return .null }
        let bytes = Array(text.utf8)
        func part(_ range: Range<Int>?) -> Value {
            range.map { Value(String(decoding: bytes[$0], as: UTF8.self)) } ?? .null
        }
        if pattern.groupCount == 0 { return part(match.range) }
        if pattern.groupNames.isEmpty { return .array(match.groups.dropFirst().map(part)) }
        var object = Object()
        for (name, group) in pattern.groupNames {
            object.set(Key(name), to: part(match.groups[group]))
        }
        return .object(object)
    }
}
