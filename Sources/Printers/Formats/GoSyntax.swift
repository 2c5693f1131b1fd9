import Support
import Value

/// Values as Go's `fmt` prints them; kubectl's columns, templates and error messages show these.
package enum GoSyntax {
    /// `%v`: `map[a:1 b:[x y]]`, `<nil>`; keys sorted, strings bare.
    package static func plain(_ value: Value) -> String {
        switch value {
        case .null: "<nil>"
        case .array(let values): "[" + values.map(plain).joined(separator: " ") + "]"
        case .object(let object):
            "map["
                + object.sortedByName.map { $0.key.name + ":" + plain($0.value) }
                .joined(separator: " ") + "]"
        default: value.scalarText ?? "<nil>"
        }
    }

    /// `%#v`: `map[string]interface {}{"a":1, "b":[]interface {}{"x"}}`.
    package static func literal(_ value: Value) -> String {
        switch value {
        case .null: "interface {}(nil)"
        case .text(let text): quoted(text.string)
        case .array(let values):
            "[]interface {}{" + values.map(literal).joined(separator: ", ") + "}"
        case .object(let object):
            "map[string]interface {}{"
                + object.sortedByName.map { quoted($0.key.name) + ":" + literal($0.value) }
                .joined(separator: ", ") + "}"
        case .bool, .int, .double, .opaque: value.scalarText ?? "interface {}(nil)"
        }
    }

    /// The type that Go gives a decoded JSON value.
    /// - Parameter integer: the type of whole numbers, which depends on the decoder.
    package static func typeName(_ value: Value, integer: String = "int64") -> String {
        switch value {
        case .null: "<nil>"
        case .bool: "bool"
        case .int: integer
        case .double: "float64"
        case .text, .opaque: "string"
        case .array: "[]interface {}"
        case .object: "map[string]interface {}"
        }
    }

    /// As `strconv.Quote` does: double quotes, unprintable characters escaped.
    package static func quoted(_ string: String) -> String {
        var text = "\""
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\u{07}": text += "\\a"
            case "\u{08}": text += "\\b"
            case "\u{0C}": text += "\\f"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0B}": text += "\\v"
            default:
                if isPrintable(scalar) {
                    text.unicodeScalars.append(scalar)
                } else {
                    text += escape(scalar)
                }
            }
        }
        return text + "\""
    }

    /// Whether `%q` shows the character as it is.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
            .paragraphSeparator:
            false
        case .spaceSeparator: scalar == " "
        default: true
        }
    }

    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        let (mark, width) =
            scalar.value < 0x80 ? ("x", 2) : scalar.value <= 0xFFFF ? ("u", 4) : ("U", 8)
        return "\\" + mark + String(repeating: "0", count: width - digits.utf8.count) + digits
    }

    /// What a quoted literal stands for, as `strconv.UnquoteChar` reads it; nil where it is none.
    /// - Parameter quote: the quote around it, which must not stand inside without a backslash.
    static func unquoted(_ body: ArraySlice<Unicode.Scalar>, quote: Unicode.Scalar) -> String? {
        var text = String.UnicodeScalarView()
        var rest = body
        while let scalar = rest.popFirst() {
            if scalar == quote || scalar == "\n" { return nil }
            guard scalar == "\\" else {
                text.append(scalar)
                continue
            }
            guard let escaped = unescaped(&rest, quote: quote) else { return nil }
            text.append(escaped)
        }
        return String(text)
    }

    /// The character of an escape, behind its backslash.
    private static func unescaped(
        _ rest: inout ArraySlice<Unicode.Scalar>, quote: Unicode.Scalar
    ) -> Unicode.Scalar? {
        guard let mark = rest.popFirst() else { return nil }
        func number(_ count: Int, _ radix: Int, from first: Unicode.Scalar? = nil) -> Unicode
            .Scalar?
        {
            var digits = String.UnicodeScalarView()
            if let first { digits.append(first) }
            digits.append(contentsOf: rest.prefix(count))
            guard digits.count == count + (first == nil ? 0 : 1) else { return nil }
            rest = rest.dropFirst(count)
            return UInt32(String(digits), radix: radix).flatMap(Unicode.Scalar.init)
        }
        switch mark {
        case "a": return "\u{07}"
        case "b": return "\u{08}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{0B}"
        case "\\": return "\\"
        case "'", "\"": return mark == quote ? mark : nil
        case "x": return number(2, 16)
        case "u": return number(4, 16)
        case "U": return number(8, 16)
        case "0"..."7": return number(2, 8, from: mark)
        default: return nil
        }
    }
}
