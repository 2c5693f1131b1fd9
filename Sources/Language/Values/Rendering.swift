import Support
import Value

/// Values as text.
enum Rendering {
    /// The text of a value inside a string: texts as they are, structures as JSON.
    static func text(
        _ value: Value, limits: Limits = .standard
    ) throws(RuntimeError) -> String {
        switch value {
        case .text(let text): return text.string
        case .int(let number): return String(number)
        case .double(let number): return number.jsonText
        case .bool(let flag): return flag ? "true" : "false"
        case .null: return "null"
        case .array, .object:
            try Measure.check(value, limits, asJSON: true)
            return JSON.text(value)
        case .opaque(let opaque):
            if let absent = opaque as? AbsentObject { throw absent.error }
            guard let text = opaque.text else { throw .closureInObject(value) }
            return text
        }
    }

    /// A value as a script writes it, on one line. Ends soon after `limit` characters.
    static func literal(_ value: Value, limit: Int = 1_000_000) -> String {
        var writer = LiteralWriter(limit: limit)
        writer.write(value)
        return writer.text
    }

    /// A value on one line, cut short where it is long: objects of a cluster by kind and name, lists
    /// of them by the names.
    static func short(_ value: Value, limit: Int = 72) -> String {
        if case .opaque(let opaque) = value, let absent = opaque as? AbsentObject {
            return "\(absent.query.text) (does not exist)"
        }
        if let name = objectName(value) { return name }
        var writer = LiteralWriter(limit: limit * 4)
        writer.namesObjects = true
        writer.write(value)
        guard writer.text.count > limit else { return writer.text }
        let kept = writer.text.prefix(limit - 1)
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

    static func quoted(_ text: String, limit: Int = .max) -> String {
        var result = "\""
        for character in text.unicodeScalars.prefix(limit) {
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

/// Writes values as a script would, up to a size.
private struct LiteralWriter {
    var text = ""
    let limit: Int
    /// Objects of a cluster inside lists stand as their names.
    var namesObjects = false
    private var size = 0

    init(limit: Int) { self.limit = limit }

    private mutating func add(_ part: String) {
        text += part
        size += part.utf8.count
    }

    mutating func write(_ value: Value) {
        guard size <= limit else { return }
        switch value {
        case .text(let text): add(Rendering.quoted(text.string, limit: limit))
        case .array(let values):
            add("[")
            for (index, value) in values.enumerated() where size <= limit {
                if index > 0 { add(", ") }
                write(value)
            }
            add("]")
        case .object(let object):
            if namesObjects, let name = Rendering.objectName(value) { return add(name) }
            add("{")
            for (index, field) in object.enumerated() where size <= limit {
                if index > 0 { add(", ") }
                add("\(Rendering.key(field.key)): ")
                write(field.value)
            }
            add("}")
        case .opaque(let quantity as QuantityValue) where quantity.written != nil:
            // A field of an object, as the object has it.
            add(Rendering.quoted(quantity.written?.string ?? "", limit: limit))
        case .opaque(let opaque): add(opaque.text ?? "a \(opaque.typeName)")
        case .double(let number): add(number.jsonText)
        case .int(let number): add(String(number))
        case .bool(let flag): add(flag ? "true" : "false")
        case .null: add("null")
        }
    }
}
