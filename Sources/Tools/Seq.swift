import Value

extension Tool {
    static let seq = Tool(
        "seq", summary: "prints numbers in order", usage: "[OPTION]... [FIRST [INCREMENT]] LAST",
        examples: ["seq 3", "seq -w 8 11", "seq 0 0.5 2"],
        options: [
            ToolOption("f|format", .required("FORMAT"), "print by a format of printf"),
            ToolOption("s|separator", .required("TEXT"), "this between the numbers"),
            ToolOption("w|equal-width", "pad with zeros to one width"),
        ], run: Sequence.run)
}

/// The numbers that `seq` prints.
private struct Sequence {
    private let first: Double
    private let increment: Double
    private let last: Double
    private let decimals: Int
    private let format: PrintfFormat?
    private let isPadded: Bool

    static func run(_ call: ToolCall) throws(ToolStop) -> Int32 {
        var arguments = call.arguments
        // From a number on there are no options, though it be below zero.
        if let place = arguments.firstIndex(where: { !$0.hasPrefix("-") || isNegativeNumber($0) }),
            arguments[place].hasPrefix("-"), !arguments[..<place].contains("--")
        {
            arguments.insert("--", at: place)
        }
        let options = try ToolOptions(arguments, of: call.tool, stopsAtOperand: true)
        let sequence = try Sequence(options)
        let separator = options.value("s") ?? "\n"
        let width = sequence.width
        var index = 0
        while let number = sequence.number(index) {
            try call.step()
            if index > 0 { call.output.write(separator) }
            call.output.write(sequence.text(number, width: width))
            index += 1
        }
        if index > 0 { call.output.write("\n") }
        return 0
    }

    private static func isNegativeNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.count > 1 && bytes[0] == UInt8(ascii: "-")
            && (bytes[1].isDigit || bytes[1] == UInt8(ascii: "."))
    }

    private init(_ options: ToolOptions) throws(ToolStop) {
        let operands = options.operands
        if operands.isEmpty { throw .usage("missing operand") }
        if operands.count > 3 { throw .usage("extra operand \(operands[3].quoted)") }
        var numbers: [Double] = []
        for text in operands {
            let bytes = Array(text.utf8)
            let (number, length) = NumberText.scan(bytes[...], allowsWords: true)
            guard length == bytes.count, length > 0, !number.isNaN else {
                throw .usage("invalid floating point argument: \(text.quoted)")
            }
            numbers.append(number)
        }
        first = numbers.count > 1 ? numbers[0] : 1
        increment = numbers.count > 2 ? numbers[1] : 1
        last = numbers[numbers.count - 1]
        if increment == 0 { throw .usage("invalid Zero increment value: \(operands[1].quoted)") }
        // The end says nothing about decimals.
        let shown = operands.count > 1 ? operands.dropLast() : []
        decimals = shown.map(Self.decimals).max() ?? 0
        isPadded = options.has("w")
        format = try options.value("f").map { text throws(ToolStop) in try Self.format(text) }
        if format != nil, isPadded {
            throw .usage(
                "format string may not be specified when printing equal width strings")
        }
    }

    private static func decimals(_ text: String) -> Int {
        guard let point = text.firstIndex(of: "."), !text.contains(where: { "eE".contains($0) })
        else { return 0 }
        return text.distance(from: point, to: text.endIndex) - 1
    }

    private static func format(_ text: String) throws(ToolStop) -> PrintfFormat {
        let format = PrintfFormat(text.utf8, kinds: "eEfFgG")
        switch format.problem {
        case nil: break
        case .missingCharacter: throw .failure("format \(text.quoted) ends in %")
        case .invalidCharacter(let kind):
            throw .failure("format \(text.quoted) has unknown %\(kind) directive")
        case .tooWide: throw .failure("a width of more than \(PrintfConversion.widthLimit)")
        }
        switch format.argumentCount {
        case 0: throw .failure("format \(text.quoted) has no % directive")
        case 1: return format
        default: throw .failure("format \(text.quoted) has too many % directives")
        }
    }

    /// The number of this index; nil behind the end.
    func number(_ index: Int) -> Double? {
        let number = first + Double(index) * increment
        // A small part of the last decimal makes up for what the sums lost.
        let slack = abs(increment) * 1e-9
        guard increment > 0 ? number <= last + slack : number >= last - slack else { return nil }
        return number
    }

    /// The width of the widest number where all have one width.
    private var width: Int {
        guard isPadded, number(0) != nil else { return 0 }
        return max(fixed(first).utf8.count, fixed(last).utf8.count)
    }

    private func fixed(_ number: Double) -> String {
        guard number.isFinite else { return number < 0 ? "-inf" : "inf" }
        if decimals == 0, let whole = Int64(exactly: number) { return String(whole) }
        let text = DecimalText.fixed(number.magnitude, decimals: decimals)
        return number < 0 ? "-" + text : text
    }

    func text(_ number: Double, width: Int) -> String {
        if let format {
            var bytes: [UInt8] = []
            for piece in format.pieces {
                switch piece {
                case .text(let text): bytes += text
                case .conversion(let conversion): bytes += conversion.converted(number: number)
                }
            }
            return bytes.text
        }
        let text = fixed(number)
        guard text.utf8.count < width else { return text }
        let zeros = String(repeating: "0", count: width - text.utf8.count)
        return number < 0 ? "-" + zeros + text.dropFirst() : zeros + text
    }
}
