import Value

extension Tool {
    static let printf = Tool(
        "printf", summary: "prints its arguments by a format", usage: "FORMAT [ARGUMENT]...",
        examples: ["printf '%s\\n' a b c", "printf '%-8s %3d\\n' web 3"],
        takesOptions: false, usageStatus: 2, usageHint: ""
    ) { call throws(ToolStop) in
        var arguments = call.arguments[...]
        if arguments.first == "--" {
            arguments = arguments.dropFirst()
        } else if let option = arguments.first, option.hasPrefix("-"), option.count > 1 {
            if option == "-v" {
                throw .failure("-v: not supported: take the output with $(…)", status: 2)
            }
            call.complain("\(option.prefix(2)): invalid option")
            throw .failure("usage: printf [-v var] format [arguments]", status: 2)
        }
        guard let text = arguments.popFirst() else {
            throw .failure("usage: printf [-v var] format [arguments]", status: 2)
        }
        let format = PrintfFormat(text.utf8, kinds: "sbqdiouxXcfFeEgG(", escapes: .format)
        var printer = Printer(call: call, arguments: arguments)
        repeat {
            try call.step()
            // The format is used again while it takes arguments.
        } while try printer.print(format) && format.argumentCount > 0
        switch format.problem {
        case nil: return printer.status
        case .missingCharacter(let text):
            throw .failure("`\(text)': missing format character")
        case .invalidCharacter(let text):
            throw .failure("`\(text)': invalid format character")
        case .tooWide: throw .failure("a width of more than \(PrintfConversion.widthLimit)")
        }
    }
}

private struct Printer {
    let call: ToolCall
    var arguments: ArraySlice<String>
    private(set) var status: Int32 = 0

    init(call: ToolCall, arguments: ArraySlice<String>) {
        self.call = call
        self.arguments = arguments
    }

    /// Prints the format once; true when arguments are left.
    mutating func print(_ format: PrintfFormat) throws(ToolStop) -> Bool {
        for piece in format.pieces {
            switch piece {
            case .text(let text): call.output.write(text)
            case .conversion(var conversion):
                let width = conversion.width == .argument ? Int(integer(arguments.popFirst())) : nil
                let precision =
                    conversion.precision == .argument ? Int(integer(arguments.popFirst())) : nil
                conversion.settle(width: width, precision: precision)
                guard write(conversion) else { return false }
            }
        }
        return !arguments.isEmpty && format.problem == nil
    }

    /// False when a `\c` ends everything.
    private mutating func write(_ conversion: PrintfConversion) -> Bool {
        let argument = arguments.popFirst()
        switch conversion.kind {
        case UInt8(ascii: "s"):
            call.output.write(conversion.converted(text: Array((argument ?? "").utf8)))
        case UInt8(ascii: "b"):
            let (bytes, isCut) = EscapeText.unescaped(Array((argument ?? "").utf8), .argument)
            call.output.write(conversion.converted(text: bytes))
            if isCut { return false }
        case UInt8(ascii: "q"):
            call.output.write(
                conversion.converted(text: Array((argument ?? "").quotedForBash.utf8)))
        case UInt8(ascii: "c"):
            call.output.write(conversion.converted(text: Array((argument ?? "").prefix(1).utf8)))
        case UInt8(ascii: "("):
            let seconds = argument.map { integer($0) } ?? -1
            let instant =
                seconds < 0
                ? call.context.host.now
                : Timestamp(milliseconds: Int64(clamping: Int128(seconds) * 1000))
            call.output.write(
                conversion.converted(
                    text: Array(DateFormat.text(instant, conversion.timeFormat).utf8)))
        case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"),
            UInt8(ascii: "g"), UInt8(ascii: "G"):
            call.output.write(conversion.converted(number: number(argument)))
        default: call.output.write(conversion.converted(integer: integer(argument)))
        }
        return true
    }

    /// The code of the character behind a quotation mark; nil for other arguments.
    private func code(_ text: String) -> UInt32? {
        guard let mark = text.first, mark == "'" || mark == "\"" else { return nil }
        return text.dropFirst().unicodeScalars.first?.value ?? 0
    }

    private mutating func integer(_ argument: String?) -> Int64 {
        guard let argument else { return 0 }
        if let code = code(argument) { return Int64(code) }
        var rest = argument.drop { $0.isWhitespace }
        let isNegative = rest.first == "-"
        if isNegative || rest.first == "+" { rest = rest.dropFirst() }
        var radix = 10
        if rest.lowercased().hasPrefix("0x") {
            radix = 16
            rest = rest.dropFirst(2)
        } else if rest.first == "0" {
            radix = 8
        }
        let digits = rest.prefix { $0.isASCII && $0.hexDigitValue.map { $0 < radix } ?? false }
        if digits.count != rest.count || digits.isEmpty, !argument.isEmpty {
            complain("\(argument): invalid number")
        }
        guard !digits.isEmpty else { return 0 }
        guard let magnitude = UInt64(digits, radix: radix) else {
            return outOfRange(argument, isNegative)
        }
        if isNegative {
            return magnitude > Int64.min.magnitude
                ? outOfRange(argument, true) : Int64(truncatingIfNeeded: 0 &- magnitude)
        }
        return magnitude > Int64.max.magnitude
            ? outOfRange(argument, false) : Int64(truncatingIfNeeded: magnitude)
    }

    private func outOfRange(_ argument: String, _ isNegative: Bool) -> Int64 {
        call.complain("warning: \(argument): Numerical result out of range")
        return isNegative ? .min : .max
    }

    private mutating func number(_ argument: String?) -> Double {
        guard let argument else { return 0 }
        if let code = code(argument) { return Double(code) }
        let bytes = Array(argument.utf8)
        let (number, length) = NumberText.scan(bytes[...], allowsWords: true)
        if length != bytes.count { complain("\(argument): invalid number") }
        return number
    }

    private mutating func complain(_ message: String) {
        call.complain(message)
        status = 1
    }
}

extension String {
    /// So that bash reads it as this one word, as `%q` writes it.
    var quotedForBash: String {
        if isEmpty { return "''" }
        if unicodeScalars.contains(where: { $0.value < 32 || $0.value == 127 }) {
            var text = "$'"
            for scalar in unicodeScalars {
                switch scalar {
                case "\n": text += "\\n"
                case "\t": text += "\\t"
                case "\r": text += "\\r"
                case "'", "\\": text += "\\\(scalar)"
                default:
                    let isControl = scalar.value < 32 || scalar.value == 127
                    let octal = String(scalar.value, radix: 8)
                    text +=
                        isControl
                        ? "\\" + String(repeating: "0", count: max(0, 3 - octal.count)) + octal
                        : String(scalar)
                }
            }
            return text + "'"
        }
        var text = ""
        for character in self {
            let isPlain =
                character.isLetter || character.isNumber || "_-./:@%+,=".contains(character)
                || !character.isASCII
            text += isPlain ? String(character) : "\\\(character)"
        }
        return text
    }
}
