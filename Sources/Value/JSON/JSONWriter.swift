import Support

/// Writes JSON into one buffer.
struct JSONWriter {
    let style: JSONStyle
    var output: [UInt8] = []

    init(style: JSONStyle) { self.style = style }

    mutating func write(_ value: Value, level: Int) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .int(let number): append(String(number))
        case .double(let number): append(number.isFinite ? number.jsonText : "null")
        case .text(let text): writeString(text.string)
        case .array(let values): write(values, level: level)
        case .object(let object): write(object, level: level)
        case .opaque(let opaque):
            if let text = opaque.text { writeString(text) } else { append("null") }
        }
    }

    private mutating func write(_ values: [Value], level: Int) {
        output.append(UInt8(ascii: "["))
        for (index, value) in values.enumerated() {
            if StopRequest.isMade { break }
            if index > 0 { output.append(UInt8(ascii: ",")) }
            breakLine(level: level + 1)
            write(value, level: level + 1)
        }
        if !values.isEmpty { breakLine(level: level) }
        output.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: Object, level: Int) {
        output.append(UInt8(ascii: "{"))
        if style.sortsKeys {
            for (index, field) in object.sortedByName.enumerated() {
                write(field, isFirst: index == 0, level: level + 1)
            }
        } else {
            for (index, field) in object.enumerated() {
                write(field, isFirst: index == 0, level: level + 1)
            }
        }
        if !object.isEmpty { breakLine(level: level) }
        output.append(UInt8(ascii: "}"))
    }

    private mutating func write(_ field: Field, isFirst: Bool, level: Int) {
        if !isFirst { output.append(UInt8(ascii: ",")) }
        breakLine(level: level)
        writeString(field.key.name)
        output.append(UInt8(ascii: ":"))
        if style.indent > 0 { output.append(UInt8(ascii: " ")) }
        write(field.value, level: level)
    }

    private mutating func breakLine(level: Int) {
        guard style.indent > 0 else { return }
        output.append(UInt8(ascii: "\n"))
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: level * style.indent))
    }

    private mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }

    private mutating func writeString(_ string: String) {
        output.append(UInt8(ascii: "\""))
        var previous: (UInt8, UInt8) = (0, 0)
        for byte in string.utf8 {
            switch byte {
            case UInt8(ascii: "\""): append("\\\"")
            case UInt8(ascii: "\\"): append("\\\\")
            case 0x08: append("\\b")
            case 0x0C: append("\\f")
            case 0x0A: append("\\n")
            case 0x0D: append("\\r")
            case 0x09: append("\\t")
            case 0..<0x20: writeEscape(byte)
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
                if style.escapesHTML { writeEscape(byte) } else { output.append(byte) }
            case 0xA8, 0xA9:
                output.append(byte)
                // U+2028 and U+2029 are line ends to JavaScript; Go always escapes them.
                if previous == (0xE2, 0x80) {
                    output.removeLast(3)
                    append(byte == 0xA8 ? "\\u2028" : "\\u2029")
                }
            default: output.append(byte)
            }
            previous = (previous.1, byte)
        }
        output.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscape(_ byte: UInt8) {
        append("\\u00")
        let digits = Array("0123456789abcdef".utf8)
        output.append(digits[Int(byte >> 4)])
        output.append(digits[Int(byte & 15)])
    }
}
