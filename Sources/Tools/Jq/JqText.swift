import Value

/// Values as jq prints them.
enum JqText {
    /// A double that is whole stays one number: jq has no other kind.
    static func number(_ number: Double) -> Value {
        number == number.rounded() && abs(number) < 1e17 ? .int(Int64(number)) : .double(number)
    }

    static func text(of number: Double) -> String {
        if number.isNaN { return "null" }
        if number.isInfinite {
            return number < 0 ? "-1.7976931348623157e+308" : "1.7976931348623157e+308"
        }
        return number.jqText
    }

    // MARK: JSON

    static func compact(_ value: Value) -> String {
        var writer = JqWriter()
        writer.write(value, level: 0)
        return writer.bytes.text
    }

    /// As messages show a value: cut to a few bytes.
    static func short(_ value: Value, limit: Int = 14) -> String {
        let text = Array(compact(value).utf8)
        guard text.count > limit else { return text.text }
        var end = limit - 3
        while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
        return text[..<end].text + "..."
    }

    /// `number (1)`
    static func described(_ value: Value) -> String { "\(value.jqTypeName) (\(short(value)))" }

    /// What `tostring` and insertions make of a value: a text as it is.
    static func plain(_ value: Value) -> String { value.string ?? compact(value) }

    /// Whether a value has at most so many levels.
    static func isShallow(_ value: Value, limit: Int) -> Bool {
        switch value {
        case .array(let items):
            return limit > 0 && items.allSatisfy { isShallow($0, limit: limit - 1) }
        case .object(let object):
            return limit > 0 && object.allSatisfy { isShallow($0.value, limit: limit - 1) }
        case .null, .bool, .int, .double, .text, .opaque: return true
        }
    }

    static func split(_ text: String, _ separator: String) -> [String] {
        if text.isEmpty { return [] }
        if separator.isEmpty { return text.unicodeScalars.map { String($0) } }
        let (bytes, part) = (Array(text.utf8)[...], Array(separator.utf8))
        var parts: [String] = []
        var start = 0
        while let place = bytes.firstPlace(of: part, from: start) {
            parts.append(bytes[start..<place].text)
            start = place + part.count
        }
        return parts + [bytes[start...].text]
    }

    // MARK: Formats

    /// A value as `@format` writes it.
    static func formatted(_ value: Value, _ format: JqFormat) throws(JqStop) -> String {
        switch format {
        case .text: return plain(value)
        case .json: return compact(value)
        case .csv, .tsv: return try row(value, format)
        case .html:
            return escaped(plain(value)) { character in
                switch character {
                case "<": "&lt;"
                case ">": "&gt;"
                case "&": "&amp;"
                case "'": "&#39;"
                case "\"": "&quot;"
                default: nil
                }
            }
        case .uri:
            var text = ""
            for byte in plain(value).utf8 {
                if byte.isLetter || byte.isDigit || "-_.~".utf8.contains(byte) {
                    text.unicodeScalars.append(Unicode.Scalar(byte))
                } else {
                    let hex = String(byte, radix: 16, uppercase: true)
                    text += "%" + (hex.utf8.count == 1 ? "0" : "") + hex
                }
            }
            return text
        case .sh: return try quoted(value)
        case .base64: return Base64.encode(Array(plain(value).utf8))
        case .base64d:
            let text = plain(value)
            let trimmed = text.utf8.filter { $0 != UInt8(ascii: "=") }
            let padding = String(repeating: "=", count: (4 - trimmed.count % 4) % 4)
            let decoded = Base64.decodePrefix(Array(trimmed) + Array(padding.utf8))
            guard decoded.isWhole || !decoded.bytes.isEmpty else {
                throw .failure("\(described(value)) is not valid base64 data")
            }
            return decoded.bytes.text
        }
    }

    private static func escaped(_ text: String, _ escape: (Character) -> String?) -> String {
        text.reduce(into: "") { $0 += escape($1) ?? String($1) }
    }

    private static func row(_ value: Value, _ format: JqFormat) throws(JqStop) -> String {
        let name = format.rawValue
        guard case .array(let items) = value else {
            throw .failure("\(described(value)) cannot be \(name)-formatted, only an array can be")
        }
        var cells: [String] = []
        for item in items {
            switch item {
            case .null: cells.append("")
            case .bool(let flag): cells.append(flag ? "true" : "false")
            case .int, .double: cells.append(compact(item))
            case .text(let text):
                if format == .csv {
                    cells.append("\"" + escaped(text.string) { $0 == "\"" ? "\"\"" : nil } + "\"")
                } else {
                    cells.append(
                        escaped(text.string) { character in
                            switch character {
                            case "\t": "\\t"
                            case "\n": "\\n"
                            case "\r": "\\r"
                            case "\\": "\\\\"
                            default: nil
                            }
                        })
                }
            case .array, .object, .opaque:
                throw .failure("\(described(item)) is not valid in a \(name) row")
            }
        }
        return cells.joined(separator: format == .csv ? "," : "\t")
    }

    private static func quoted(_ value: Value) throws(JqStop) -> String {
        let items = value.array ?? [value]
        var words: [String] = []
        for item in items {
            switch item {
            case .text(let text):
                words.append("'" + escaped(text.string) { $0 == "'" ? "'\\''" : nil } + "'")
            case .array, .object:
                throw .failure("\(described(item)) can not be escaped for shell")
            case .null, .bool, .int, .double, .opaque: words.append(compact(item))
            }
        }
        return words.joined(separator: " ")
    }
}

/// Writes JSON, on one line or on many.
struct JqWriter {
    private(set) var bytes: [UInt8] = []
    /// What each level is indented by; nil for one line.
    var indent: String?
    var sortsKeys = false
    var isASCII = false

    mutating func write(_ value: Value, level: Int) {
        switch value {
        case .null: bytes += "null".utf8
        case .bool(let flag): bytes += (flag ? "true" : "false").utf8
        case .int(let number): bytes += String(number).utf8
        case .double(let number): bytes += JqText.text(of: number).utf8
        case .text(let text): write(text.string)
        case .opaque(let value): write(value.text ?? "")
        case .array(let items):
            writeList("[", "]", items.count, level) { writer, index in
                writer.write(items[index], level: level + 1)
            }
        case .object(let object):
            let fields =
                sortsKeys ? JqOrder.sortedFields(object) : object.map { ($0.key.name, $0.value) }
            writeList("{", "}", fields.count, level) { writer, index in
                writer.write(fields[index].0)
                writer.bytes += (writer.indent == nil ? ":" : ": ").utf8
                writer.write(fields[index].1, level: level + 1)
            }
        }
    }

    private mutating func writeList(
        _ start: String, _ end: String, _ count: Int, _ level: Int,
        _ item: (inout JqWriter, Int) -> Void
    ) {
        bytes += start.utf8
        for index in 0..<count {
            if index > 0 { bytes += ",".utf8 }
            newLine(level + 1)
            item(&self, index)
        }
        if count > 0 { newLine(level) }
        bytes += end.utf8
    }

    private mutating func newLine(_ level: Int) {
        guard let indent else { return }
        bytes.append(.newline)
        for _ in 0..<level { bytes += indent.utf8 }
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": bytes += "\\\"".utf8
            case "\\": bytes += "\\\\".utf8
            case "\n": bytes += "\\n".utf8
            case "\t": bytes += "\\t".utf8
            case "\r": bytes += "\\r".utf8
            case "\u{8}": bytes += "\\b".utf8
            case "\u{C}": bytes += "\\f".utf8
            default:
                if scalar.value < 32 || scalar.value == 127 || isASCII && scalar.value > 127 {
                    for unit in String(scalar).utf16 { writeEscape(unit) }
                } else {
                    bytes += UTF8.encode(scalar) ?? .init()
                }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscape(_ unit: UInt16) {
        let hex = String(unit, radix: 16)
        bytes += ("\\u" + String(repeating: "0", count: 4 - hex.utf8.count) + hex).utf8
    }
}
