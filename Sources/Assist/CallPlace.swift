import Language
import Syntax

/// The call that a cursor stands in, for the hint at its parameters.
package struct CallPlace {
    package let name: String
    /// Which argument is at hand, from 0.
    package let argument: Int

    /// Looks back from the end of a text to the bracket that is open; nil outside calls.
    ///
    /// - Parameter before: the text up to the cursor. At most the last 10,000 bytes count.
    package init?(before text: [UInt8]) {
        var depth = 0
        var commas = 0
        let bytes = text.suffix(10_000)
        var index = bytes.endIndex
        while index > bytes.startIndex {
            index -= 1
            switch bytes[index] {
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth += 1
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                if depth == 0 { return nil }
                depth -= 1
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                let quote = bytes[index]
                // To the quote that began the text, if it stands on this line.
                var start = index
                while start > bytes.startIndex, bytes[start - 1] != UInt8(ascii: "\n") {
                    start -= 1
                    if bytes[start] == quote { break }
                }
                if bytes[start] == quote, start < index { index = start }
            case UInt8(ascii: ","): if depth == 0 { commas += 1 }
            case UInt8(ascii: "("):
                if depth > 0 {
                    depth -= 1
                    continue
                }
                var start = index
                while start > bytes.startIndex, Self.isName(bytes[start - 1]) { start -= 1 }
                guard start < index else {
                    // A group inside an argument: the call is further out.
                    commas = 0
                    continue
                }
                name = String(decoding: bytes[start..<index], as: UTF8.self)
                argument = commas
                return
            default: break
            }
        }
        return nil
    }

    private static func isName(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
            || byte == UInt8(ascii: "_")
    }
}

/// How a function is called.
package struct CallSignature {
    package let label: String
    package let parameters: [String]
    /// What the function gives, as Markdown.
    package let documentation: String
    /// Whether the last parameter takes any number of arguments.
    package let repeats: Bool

    /// The signature of a built-in function; nil where there is none of the name.
    package init?(builtin name: String) {
        guard let builtin = Builtins.named(name) else { return nil }
        label = builtin.signature
        parameters = builtin.parameters.map { parameter in
            parameter.name + (parameter.isOptional ? "?" : "") + (parameter.repeats ? "…" : "")
        }
        documentation = builtin.summary.sentence
        repeats = builtin.parameters.last?.repeats ?? false
    }

    /// The signature of a function that a script declares.
    package init(
        _ declaration: ScriptIndex.Declaration, _ function: FunctionLiteral, comment: String
    ) {
        label = ScriptIndex.signature(declaration.name, function)
        parameters = function.parameters.map { parameter in
            guard let value = parameter.defaultValue else { return parameter.name.name }
            return "\(parameter.name.name) = \(SyntaxPrinter.text(of: value))"
        }
        documentation = comment
        repeats = false
    }
}
