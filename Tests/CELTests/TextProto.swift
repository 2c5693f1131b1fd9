/// A message in protobuf's text format, as far as the public conformance cases use it.
struct TextProto {
    enum Content {
        case word(String)
        case text([UInt8])
        case message(TextProto)
    }

    private(set) var fields: [(name: String, content: Content)] = []

    init(_ text: String) {
        var reader = Reader(text)
        self = reader.message(until: nil)
    }

    fileprivate init() {}

    func all(_ name: String) -> [Content] { fields.filter { $0.name == name }.map(\.content) }

    func messages(_ name: String) -> [TextProto] {
        all(name).compactMap { if case .message(let message) = $0 { message } else { nil } }
    }

    func message(_ name: String) -> TextProto? { messages(name).first }

    func string(_ name: String) -> String? {
        if case .text(let bytes)? = all(name).first {
            String(decoding: bytes, as: UTF8.self)
        } else {
            nil
        }
    }

    func bytes(_ name: String) -> [UInt8]? {
        if case .text(let bytes)? = all(name).first { bytes } else { nil }
    }

    func word(_ name: String) -> String? {
        if case .word(let word)? = all(name).first { word } else { nil }
    }

    func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    private struct Reader {
        private var rest: ArraySlice<Unicode.Scalar>

        init(_ text: String) { rest = Array(text.unicodeScalars)[...] }

        private mutating func skip() {
            while let next = rest.first {
                if next == "#" {
                    rest = rest.drop { $0 != "\n" }
                } else if " \t\r\n,;".unicodeScalars.contains(next) {
                    rest = rest.dropFirst()
                } else {
                    return
                }
            }
        }

        mutating func message(until end: Unicode.Scalar?) -> TextProto {
            var message = TextProto()
            while true {
                skip()
                guard let next = rest.first else { return message }
                if next == end {
                    rest = rest.dropFirst()
                    return message
                }
                var name = ""
                if next == "[" {
                    name = word { $0 != "]" } + "]"
                    rest = rest.dropFirst()
                } else {
                    name = word {
                        $0.properties.isAlphabetic || $0 == "_" || ("0"..."9").contains($0)
                    }
                }
                skip()
                if rest.first == ":" { rest = rest.dropFirst() }
                skip()
                if rest.first == "[" {
                    rest = rest.dropFirst()
                    skip()
                    while rest.first != "]" {
                        message.fields.append((name, value()))
                        skip()
                    }
                    rest = rest.dropFirst()
                } else {
                    message.fields.append((name, value()))
                }
            }
        }

        private mutating func word(_ isPart: (Unicode.Scalar) -> Bool) -> String {
            let part = rest.prefix(while: isPart)
            rest = rest.dropFirst(part.count)
            return String(String.UnicodeScalarView(part))
        }

        private mutating func value() -> Content {
            switch rest.first {
            case "{":
                rest = rest.dropFirst()
                return .message(message(until: "}"))
            case "<":
                rest = rest.dropFirst()
                return .message(message(until: ">"))
            case "\"", "'":
                var bytes: [UInt8] = []
                while let quote = rest.first, quote == "\"" || quote == "'" {
                    bytes += text(quote)
                    skip()
                }
                return .text(bytes)
            default:
                return .word(word { !" \t\r\n,;}]>#".unicodeScalars.contains($0) })
            }
        }

        private mutating func text(_ quote: Unicode.Scalar) -> [UInt8] {
            rest = rest.dropFirst()
            var bytes: [UInt8] = []
            while let next = rest.popFirst(), next != quote {
                if next == "\\" { bytes += escape() } else { bytes += Array(String(next).utf8) }
            }
            return bytes
        }

        private mutating func escape() -> [UInt8] {
            guard let kind = rest.popFirst() else { return [] }
            func number(_ digits: ArraySlice<Unicode.Scalar>, _ radix: Int) -> UInt32 {
                UInt32(String(String.UnicodeScalarView(digits)), radix: radix) ?? 0
            }
            let known: [Unicode.Scalar: UInt8] = [
                "n": 10, "t": 9, "r": 13, "a": 7, "b": 8, "f": 12, "v": 11,
            ]
            if let byte = known[kind] { return [byte] }
            switch kind {
            case "x", "X":
                let digits = rest.prefix(2)
                rest = rest.dropFirst(2)
                return [UInt8(number(digits, 16))]
            case "u", "U":
                let digits = rest.prefix(kind == "u" ? 4 : 8)
                rest = rest.dropFirst(digits.count)
                return Unicode.Scalar(number(digits, 16)).map { Array(String($0).utf8) } ?? []
            case "0"..."7":
                let digits = [kind] + rest.prefix(while: { ("0"..."7").contains($0) }).prefix(2)
                rest = rest.dropFirst(digits.count - 1)
                return [UInt8(truncatingIfNeeded: number(digits[...], 8))]
            default: return Array(String(kind).utf8)
            }
        }
    }
}
