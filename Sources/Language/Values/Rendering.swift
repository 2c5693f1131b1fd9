import Support
import Value

/// Values as text.
enum Rendering {
    /// The text of a value inside a string: texts as they are, structures as JSON.
    static func text(_ value: Value) throws(RuntimeError) -> String {
        switch value {
        case .text(let text): return text.string
        case .int(let number): return String(number)
        case .double(let number): return number.jsonText
        case .bool(let flag): return flag ? "true" : "false"
        case .null: return "null"
        case .array, .object:
            try checkJSON(value)
            return JSON.text(value)
        case .opaque(let opaque):
            if let absent = opaque as? AbsentObject { throw absent.error }
            guard let text = opaque.text else { throw .closureInObject(value) }
            return text
        }
    }

    /// Functions and objects that do not exist have no JSON.
    static func checkJSON(_ value: Value) throws(RuntimeError) {
        switch value {
        case .array(let values): for value in values { try checkJSON(value) }
        case .object(let object): for field in object { try checkJSON(field.value) }
        case .opaque(let opaque):
            if let absent = opaque as? AbsentObject { throw absent.error }
            if opaque.text == nil { throw .closureInObject(value) }
        default: break
        }
    }

    /// A value as a script writes it, on one line.
    static func literal(_ value: Value) -> String {
        switch value {
        case .text(let text): quoted(text.string)
        case .array(let values): "[\(values.map { literal($0) }.joined(separator: ", "))]"
        case .object(let object):
            "{"
                + object.map { "\(key($0.key)): \(literal($0.value))" }.joined(separator: ", ")
                + "}"
        case .opaque(let opaque): opaque.text ?? "a \(opaque.typeName)"
        case .double(let number): number.jsonText
        case .int(let number): String(number)
        case .bool(let flag): flag ? "true" : "false"
        case .null: "null"
        }
    }

    /// A value on one line, cut short where it is long: objects of a cluster by kind and name, lists
    /// of them by the names.
    static func short(_ value: Value, limit: Int = 72) -> String {
        if case .opaque(let opaque) = value, let absent = opaque as? AbsentObject {
            return "\(absent.query.text) (does not exist)"
        }
        if let name = objectName(value) { return name }
        let text: String
        if case .array(let values) = value {
            let items = values.prefix(limit).map { short($0, limit: limit) }
            text = "[\(items.joined(separator: ", "))]"
        } else {
            text = literal(value)
        }
        guard text.count > limit else { return text }
        let kept = text.prefix(limit - 1)
        if case .array(let values) = value { return "\(kept)… (\(values.count) items)" }
        return "\(kept)…"
    }

    /// `pod/web-1` for an object of a cluster.
    static func objectName(_ value: Value) -> String? {
        guard case .object(let object) = value, let kind = object[.kind].string,
            let name = object[.metadata][.name].string
        else { return nil }
        return "\(kind.lowercased())/\(name)"
    }

    static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text.unicodeScalars {
            switch character {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            case "$": result += "$"
            default:
                if character.value < 0x20 || character.value == 0x7F {
                    result += "\\u{\(String(character.value, radix: 16))}"
                } else {
                    result.unicodeScalars.append(character)
                }
            }
        }
        return result + "\""
    }

    /// A key of a map as a script writes it.
    static func key(_ key: Key) -> String {
        let name = key.name
        let isBare =
            !name.isEmpty
            && name.utf8.allSatisfy { byte in
                byte == UInt8(ascii: "_") || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
                    || (byte >= 48 && byte <= 57)
            } && !(name.utf8.first.map { $0 >= 48 && $0 <= 57 } ?? true)
        return isBare ? name : quoted(name)
    }
}
