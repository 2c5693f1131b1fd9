import Value

/// From scalars to values, by go-yaml's rules; then through JSON, as kubectl sends everything.
enum YAMLResolver {
    private static let prefix = "tag:yaml.org,2002:"

    /// The value of a scalar. Quoted text without a tag is a string.
    static func value(
        of scalar: YAMLScalarEvent, at mark: YAMLMark, _ dialect: YAMLDialect
    ) throws(YAMLError) -> Value {
        if scalar.tag == prefix + "binary" {
            guard let bytes = Base64.decode(scalar.text) else {
                throw YAMLError(problem: .badBase64, mark: mark)
            }
            return Value(String(decoding: bytes, as: UTF8.self))
        }
        let resolved = try resolve(scalar, at: mark)
        if dialect == .kustomize, scalar.tag == nil, case .bool = resolved,
            !["true", "false"].contains(scalar.text.lowercased())
        {
            return Value(scalar.text)
        }
        if dialect == .kustomize, case .timestamp = resolved, let instant = instant(scalar.text) {
            return Value(instant)
        }
        return try value(resolved, scalar.text, mark)
    }

    /// A date as Kustomize prints it, which takes it for an instant; nil for other times.
    private static func instant(_ text: String) -> String? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ $0.allSatisfy(\.isNumber) }) else { return nil }
        let padded = parts.dropFirst().map { $0.count == 1 ? "0\($0)" : String($0) }
        return "\(parts[0])-\(padded[0])-\(padded[1])T00:00:00Z"
    }

    /// What a scalar is, by its explicit tag or its text.
    private static func resolve(
        _ scalar: YAMLScalarEvent, at mark: YAMLMark
    ) throws(YAMLError) -> YAMLScalar {
        guard let tag = scalar.tag else {
            return scalar.isPlain ? YAMLScalar.resolve(scalar.text) : .string
        }
        let name = tag.hasPrefix(prefix) ? String(tag.dropFirst(prefix.count)) : ""
        guard ["bool", "int", "float", "null", "timestamp"].contains(name) else { return .string }
        var found = YAMLScalar.resolve(scalar.text, isTagged: name != "timestamp")
        if name == "float" {
            if case .int(let number) = found { found = .float(Double(number)) }
            if case .unsigned(let number) = found { found = .float(Double(number)) }
        }
        guard self.name(of: found) == name else {
            throw YAMLError(
                problem: .badTag(
                    found: "!!" + self.name(of: found), text: scalar.text, tag: "!!" + name),
                mark: mark)
        }
        return found
    }

    private static func value(
        _ scalar: YAMLScalar, _ text: String, _ mark: YAMLMark
    ) throws(YAMLError) -> Value {
        switch scalar {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .int(let number): return .int(number)
        case .unsigned(let number): return .double(Double(number))
        case .float(let number):
            // JSON does not keep "1.0" apart from "1".
            guard number.isFinite else {
                throw YAMLError(problem: .notFinite(number.goText), mark: mark)
            }
            return Int64(number.jsonText).map(Value.int) ?? .double(number)
        case .timestamp, .string: return Value(text)
        }
    }

    private static func name(of scalar: YAMLScalar) -> String {
        switch scalar {
        case .null: "null"
        case .bool: "bool"
        case .int, .unsigned: "int"
        case .float: "float"
        case .timestamp: "timestamp"
        case .string: "str"
        }
    }

    /// A key as JSON has it: everything that is no string becomes one, as far as kubectl goes.
    /// - Parameters:
    ///   - event: the key as written; an alias is judged by `key`, its value.
    ///   - value: what stands behind it, for the message.
    static func keyText(
        _ event: YAMLEvent, key: Value, value: Value
    ) throws(YAMLError) -> String {
        if case .scalar(let scalar) = event.kind {
            switch try resolve(scalar, at: event.mark) {
            case .float(let number):
                return number.isFinite || number.isNaN
                    ? number.goText : number < 0 ? "-.inf" : ".inf"
            case .unsigned(let number):
                let text = "0x" + String(number, radix: 16)
                throw YAMLError(
                    problem: .unsupportedKey(type: "uint64", key: text, value: goText(value)),
                    mark: event.mark)
            default: break
            }
        }
        switch key {
        case .null:
            throw YAMLError(
                problem: .unsupportedKey(
                    type: "%!s(<nil>)", key: "<nil>", value: goText(value)),
                mark: event.mark)
        case .array, .object: throw YAMLError(problem: .badKey(goText(key)), mark: event.mark)
        default: return key.scalarText ?? ""
        }
    }

    /// A value in Go's syntax (`%#v`).
    private static func goText(_ value: Value) -> String {
        switch value {
        case .null: return "<nil>"
        case .text: return JSON.text(value)
        case .array(let values):
            return "[]interface {}{" + values.map(goText).joined(separator: ", ") + "}"
        case .object(let object):
            let fields = object.sortedByName.map { field in
                JSON.text(Value(field.key.name)) + ":" + goText(field.value)
            }
            return "map[interface {}]interface {}{" + fields.joined(separator: ", ") + "}"
        case .bool, .int, .double, .opaque: return value.scalarText ?? ""
        }
    }
}
