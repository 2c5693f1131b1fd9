import Syntax
import Value

/// A text of an exercise, in which `${name}` stands for what `vary` has drawn.
package struct ExerciseTemplate: Sendable, Equatable {
    /// A piece of the text.
    package enum Piece: Sendable, Equatable {
        case text(String)
        case name(String)
    }

    package private(set) var pieces: [Piece] = []

    /// The text of a string or a here-document.
    package init(_ value: Expression) {
        switch value.kind {
        case .string(let string): self.init(string.pieces)
        case .hereDocument(let document): self.init(document.pieces)
        default: self.init([StringPiece]())
        }
    }

    /// - Parameter pieces: those of a string; texts of raw ones may name variables as well.
    package init(_ pieces: [StringPiece]) {
        for piece in pieces {
            switch piece {
            case .text(let text): read(text)
            case .interpolation(let expression):
                if case .name(let name) = expression.kind {
                    self.pieces.append(.name(name))
                } else {
                    self.pieces.append(.name(SyntaxPrinter.text(of: expression)))
                }
            case .expansion: continue
            }
        }
    }

    /// Every `${name}` of plain letters is a name; every other dollar is a dollar.
    private mutating func read(_ text: String) {
        var rest = text[...]
        var plain = ""
        while let sign = rest.firstRange(of: "${") {
            plain += rest[..<sign.lowerBound]
            let behind = rest[sign.upperBound...]
            let name = behind.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            let isName =
                !name.isEmpty && name.first?.isNumber == false
                && behind[name.endIndex...].hasPrefix("}")
            if isName {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(.name(String(name)))
                rest = behind[name.endIndex...].dropFirst()
            } else {
                plain += "${"
                rest = behind
            }
        }
        plain += rest
        if !plain.isEmpty { pieces.append(.text(plain)) }
    }

    /// The names in the text, in order.
    package var names: [String] {
        pieces.compactMap { if case .name(let name) = $0 { name } else { nil } }
    }

    /// The text as an author writes it.
    package var written: String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .name(let name): "${\(name)}"
            }
        }.joined()
    }

    /// The text with the values in the place of their names.
    package func text(_ values: [(name: String, value: Value)]) -> String {
        pieces.map { piece in
            switch piece {
            case .text(let text): text
            case .name(let name):
                values.first { $0.name == name }.map { (try? Rendering.text($0.value)) ?? "" }
                    ?? "${\(name)}"
            }
        }.joined()
    }
}

/// The values that `vary` draws from.
package enum ExerciseValues {
    /// The texts, numbers, truth values, durations and quantities of a list; nil for what is none, or has others in it.
    package static func read(_ expression: Expression) -> [Value]? {
        guard case .list(let list) = expression.kind, !list.isOpen, !list.items.isEmpty else {
            return nil
        }
        var values: [Value] = []
        for item in list.items {
            guard let value = value(of: item) else { return nil }
            values.append(value)
        }
        return values
    }

    private static func value(of item: Expression) -> Value? {
        switch item.kind {
        case .string(let string): string.literalText.map { Value($0) }
        case .integer(let number): .int(number)
        case .boolean(let truth): .bool(truth)
        case .unit(let literal): try? Units.value(of: literal)
        default: nil
        }
    }
}
