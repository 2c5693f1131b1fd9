import Support

/// Writing YAML as `kubectl -o yaml` does (go-yaml v2 behind `sigs.k8s.io/yaml`).
///
/// Keys are in natural order (`a2` before `a10`), lists stand under their key without indentation,
/// strings are quoted where they would read as something else.
public enum YAMLPrinter {
    /// The YAML text of `value`, ending in a newline.
    public static func text(_ value: Value) -> String {
        String(decoding: bytes(value), as: UTF8.self)
    }

    /// The UTF-8 of ``text(_:)``.
    public static func bytes(_ value: Value) -> [UInt8] {
        var writer = YAMLWriter()
        writer.write(value, indent: 0, context: .root)
        return writer.output
    }

    /// Whether `left` comes before `right` among the keys of a map: letters after everything else,
    /// runs of digits by their number.
    public static func keyPrecedes(_ left: String, _ right: String) -> Bool {
        keyPrecedes(Array(left.unicodeScalars), Array(right.unicodeScalars))
    }

    static func keyPrecedes(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
        guard
            let place = (0..<min(left.count, right.count)).first(where: { left[$0] != right[$0] })
        else { return left.count < right.count }
        let isLeftLetter = left[place].properties.isAlphabetic
        let isRightLetter = right[place].properties.isAlphabetic
        if isLeftLetter && isRightLetter { return left[place] < right[place] }
        if isLeftLetter || isRightLetter { return isRightLetter }
        // Behind other digits a zero belongs to the number; at its start it is only padding.
        var start: Int64 = 0
        if left[place] == "0" || right[place] == "0" {
            let before = left[..<place].reversed().prefix(while: isDigit)
            if before.contains(where: { $0 != "0" }) { start = 1 }
        }
        let (leftNumber, leftEnd) = number(left[place...], from: start)
        let (rightNumber, rightEnd) = number(right[place...], from: start)
        if leftNumber != rightNumber { return leftNumber < rightNumber }
        if leftEnd != rightEnd { return leftEnd < rightEnd }
        return left[place] < right[place]
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber
    }

    private static func number(
        _ scalars: ArraySlice<Unicode.Scalar>, from start: Int64
    ) -> (Int64, end: Int) {
        var number = start
        var end = scalars.startIndex
        while end < scalars.endIndex, isDigit(scalars[end]) {
            number = number &* 10 &+ Int64(scalars[end].value) &- 0x30
            end += 1
        }
        return (number, end)
    }
}

/// Writes block style into one buffer.
private struct YAMLWriter {
    var output: [UInt8] = []

    /// What stands to the left of a value on its line.
    enum Context {
        case root
        /// `key:`; a list below stays at the key's indentation.
        case field
        /// `- ` or `? `: a map or list begins on the same line.
        case item
    }

    mutating func write(_ value: Value, indent: Int, context: Context) {
        switch value {
        case .null: writeScalar("null", context)
        case .bool(let flag): writeScalar(flag ? "true" : "false", context)
        case .int(let number): writeScalar(String(number), context)
        case .double(let number): writeScalar(Self.text(number), context)
        case .text(let text): writeString(text.string, indent: indent, context: context)
        case .opaque(let opaque):
            if let text = opaque.text {
                writeString(text, indent: indent, context: context)
            } else {
                writeScalar("null", context)
            }
        case .array(let values):
            if values.isEmpty { return writeScalar("[]", context) }
            write(values, indent: indent, context: context)
        case .object(let object):
            if object.isEmpty { return writeScalar("{}", context) }
            write(object, indent: indent, context: context)
        }
    }

    /// Numbers pass through JSON on their way: one without a fraction is written as an integer as
    /// long as it fits in 64 bits.
    private static func text(_ number: Double) -> String {
        if number.isNaN { return ".nan" }
        if number.isInfinite { return number < 0 ? "-.inf" : ".inf" }
        let text = number.jsonText
        return Int64(text) != nil || UInt64(text) != nil ? text : number.goText
    }

    /// The number of characters on the line so far.
    private var column: Int {
        output.reversed().prefix { $0 != UInt8(ascii: "\n") }.count { $0 & 0xC0 != 0x80 }
    }

    private mutating func write(_ values: [Value], indent: Int, context: Context) {
        if case .field = context { append("\n") }
        for (index, value) in values.enumerated() {
            if StopRequest.isMade { return }
            if index > 0 || !isItem(context) { pad(indent) }
            append("- ")
            write(value, indent: indent + 2, context: .item)
        }
    }

    private mutating func write(_ object: Object, indent: Int, context: Context) {
        let named = object.map { field in
            let name = field.key.name
            return (scalars: Array(name.unicodeScalars), name: name, value: field.value)
        }.sorted { YAMLPrinter.keyPrecedes($0.scalars, $1.scalars) }
        if case .field = context { append("\n") }
        for (index, (_, name, value)) in named.enumerated() {
            if index > 0 || !isItem(context) { pad(indent) }
            if isSimpleKey(name) {
                append(YAMLText(name).keyForm)
                append(":")
                write(value, indent: valueIndent(value, indent), context: .field)
            } else {
                append("? ")
                writeString(name, indent: indent + 2, context: .item)
                pad(indent)
                append(": ")
                write(value, indent: indent + 2, context: .item)
            }
        }
    }

    private func isItem(_ context: Context) -> Bool {
        if case .item = context { return true }
        return false
    }

    /// A list stands under its key without indentation.
    private func valueIndent(_ value: Value, _ indent: Int) -> Int {
        if case .array(let values) = value, !values.isEmpty { return indent }
        return indent + 2
    }

    /// Keys with line breaks or more than 128 bytes take the form `? key`.
    private func isSimpleKey(_ name: String) -> Bool {
        name.utf8.count <= 128 && !YAMLText(name).isMultiline
    }

    private mutating func writeScalar(_ text: String, _ context: Context) {
        if case .field = context { append(" ") }
        append(text)
        append("\n")
    }

    private mutating func writeString(_ string: String, indent: Int, context: Context) {
        let text = YAMLText(string)
        if case .field = context { append(" ") }
        guard text.isLiteral else {
            append(text.form(column: column, indent: max(indent, context.isRoot ? 2 : indent)))
            return append("\n")
        }
        append("|" + text.blockHints + "\n")
        let content = max(indent, context.isRoot ? 2 : indent)
        for line in text.lines {
            if !line.isEmpty {
                pad(content)
                output.append(contentsOf: line)
            }
            append("\n")
        }
    }

    private mutating func pad(_ count: Int) {
        output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
    }

    private mutating func append(_ text: String) { output.append(contentsOf: text.utf8) }
}

extension YAMLWriter.Context {
    fileprivate var isRoot: Bool {
        if case .root = self { return true }
        return false
    }
}
