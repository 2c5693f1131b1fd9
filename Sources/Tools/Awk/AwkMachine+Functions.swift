import Patterns
import Support

/// Functions. Places and lengths count characters.
extension AwkMachine {
    mutating func run(_ function: AwkFunction, _ arguments: [AwkNode]) throws(ToolStop) -> AwkValue
    {
        switch function {
        case .length:
            let text = arguments.isEmpty ? try recordText() : try self.text(arguments[0])
            return .number(Double(text.characterCount))
        case .sprintf: return .text(try formatted(arguments))
        case .sub, .gsub: return try replace(arguments, all: function == .gsub)
        case .index:
            let text = try self.text(arguments[0])
            let part = try self.text(arguments[1])
            guard !part.isEmpty else { return .number(0) }
            let place = text[...].firstPlace(of: part, from: 0)
            return .number(place.map { Double(text[..<$0].characterCount + 1) } ?? 0)
        case .match: return try match(arguments)
        case .substr: return try substring(arguments)
        case .tolower, .toupper:
            let text = try self.text(arguments[0]).text
            return .text(Array((function == .tolower ? text.lowercased() : text.uppercased()).utf8))
        case .close: return .number(close(try text(arguments[0]).text) ? 0 : -1)
        case .fflush: return .number(0)
        case .rand: return .number(Double(random.below(1 << 53)) / Double(1 << 53))
        case .srand:
            let old = seed
            seed =
                arguments.isEmpty
                ? Double(call.context.host.now.seconds) : try value(arguments[0]).number
            random = RandomStream(seed: UInt64(bitPattern: Int64(seed.clamped)))
            return .number(old)
        case .split: return .none
        case .atan2, .cos, .exp, .int, .log, .sin, .sqrt:
            let number = try value(arguments[0]).number
            let other = arguments.count > 1 ? try value(arguments[1]).number : 0
            return .number(AwkMath.value(function, number, other) ?? 0)
        }
    }

    private mutating func match(_ arguments: [AwkNode]) throws(ToolStop) -> AwkValue {
        let text = try self.text(arguments[0])
        let match = try call.firstMatch(pattern(of: arguments[1]), text[...])
        let start = match.map { Double(text[..<$0.range.lowerBound].characterCount + 1) } ?? 0
        set(.rstart, .number(start))
        set(.rlength, .number(match.map { Double(text[$0.range].characterCount) } ?? -1))
        return .number(start)
    }

    /// The characters from one place on, at most a number of them; both are rounded.
    private mutating func substring(_ arguments: [AwkNode]) throws(ToolStop) -> AwkValue {
        let text = try self.text(arguments[0])
        let start = try value(arguments[1]).number.rounded(.toNearestOrEven)
        var end = Double.infinity
        if arguments.count > 2 {
            end = start + (try value(arguments[2]).number.rounded(.toNearestOrEven))
        }
        guard !start.isNaN, !end.isNaN else { return .text([]) }
        let first = max(1, start).clamped
        let last = end.clamped
        guard first < last else { return .text([]) }
        let from = text.place(ofCharacter: first - 1, from: 0)
        let to = text.place(ofCharacter: last - first, from: from)
        return .text(Array(text[from..<to]))
    }

    private mutating func replace(_ arguments: [AwkNode], all: Bool) throws(ToolStop) -> AwkValue {
        let pattern = try pattern(of: arguments[0])
        let replacement = try AwkReplacement(text(arguments[1]))
        let target = arguments.count > 2 ? arguments[2] : nil
        let text = if let target { try self.text(target) } else { try recordText() }
        let matches = try call.allMatches(pattern, text[...], atMost: all ? .max : 1)
        guard !matches.isEmpty else { return .number(0) }
        var result: [UInt8] = []
        var place = 0
        for match in matches {
            result += text[place..<match.range.lowerBound]
            replacement.write(text[match.range], to: &result)
            place = match.range.upperBound
            try call.check(size: result.count)
        }
        result += text[place...]
        if let target {
            try assign(target, .text(result))
        } else {
            record.set(result)
        }
        return .number(Double(matches.count))
    }

    mutating func split(
        _ text: AwkNode, _ array: Int, _ separator: AwkNode?
    ) throws(ToolStop) -> AwkValue {
        let text = try self.text(text)
        let splitter: AwkSplitter
        if let separator, case .pattern(let pattern) = program.expressions[separator] {
            splitter = .pattern(pattern)
        } else if let separator {
            splitter = self.splitter(try self.text(separator))
        } else {
            splitter = self.splitter(self.text(.fs))
        }
        let parts = splitter.parts(of: text)
        arrays[array].removeAll()
        for (index, part) in parts.enumerated() {
            arrays[array][Array(String(index + 1).utf8)] = .input(part)
        }
        return .number(Double(parts.count))
    }

    // MARK: Formats

    mutating func formatted(_ arguments: [AwkNode]) throws(ToolStop) -> [UInt8] {
        let formatText = try text(arguments[0])
        let format = format(formatText)
        if format.problem != nil {
            throw runTimeError("bad conversion in printf(\"\(formatText.text)\")")
        }
        var values: [AwkValue] = []
        for argument in arguments.dropFirst() { values.append(try value(argument)) }
        guard values.count >= format.argumentCount else {
            throw runTimeError("not enough arguments passed to printf(\"\(formatText.text)\")")
        }
        var rest = values[...]
        var result: [UInt8] = []
        for piece in format.pieces {
            switch piece {
            case .text(let text): result += text
            case .conversion(var conversion):
                let width = conversion.width == .argument ? rest.popFirst()?.number.clamped : nil
                let precision =
                    conversion.precision == .argument ? rest.popFirst()?.number.clamped : nil
                conversion.settle(width: width, precision: precision)
                result += try converted(rest.popFirst() ?? .none, conversion)
            }
            try call.check(size: result.count)
        }
        return result
    }

    private func runTimeError(_ message: String) -> ToolStop {
        let name = text(.fileName).text
        let counts = "FNR=\(Int(value(.fnr).number.clamped)) NR=\(Int(value(.nr).number.clamped))"
        return .failure("run time error: \(message)\n\tFILENAME=\"\(name)\" \(counts)", status: 2)
    }

    private mutating func converted(
        _ value: AwkValue, _ conversion: PrintfConversion
    ) throws(ToolStop) -> [UInt8] {
        switch conversion.kind {
        case UInt8(ascii: "s"): return conversion.converted(text: try text(value))
        case UInt8(ascii: "c"):
            if case .number(let number) = value {
                let scalar = Unicode.Scalar(UInt32(clamping: number.clamped)) ?? "\u{FFFD}"
                return conversion.converted(text: Array(String(scalar).utf8))
            }
            let text = try text(value)
            return conversion.converted(text: Array(text[..<text.place(ofCharacter: 1, from: 0)]))
        case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"),
            UInt8(ascii: "g"), UInt8(ascii: "G"):
            return conversion.converted(number: value.number)
        default: return conversion.converted(integer: Int64(value.number.clamped))
        }
    }
}

/// The right side of `sub`: `&` is the match, `\&` an `&`.
private struct AwkReplacement {
    /// Texts between the places where the match stands.
    private var parts: [[UInt8]] = [[]]

    init(_ text: [UInt8]) {
        var place = 0
        while place < text.count {
            let next = text[place]
            place += 1
            if next == UInt8(ascii: "\\"), place < text.count,
                text[place] == UInt8(ascii: "&") || text[place] == UInt8(ascii: "\\")
            {
                parts[parts.count - 1].append(text[place])
                place += 1
            } else if next == UInt8(ascii: "&") {
                parts.append([])
            } else {
                parts[parts.count - 1].append(next)
            }
        }
    }

    func write(_ match: ArraySlice<UInt8>, to result: inout [UInt8]) {
        for (index, part) in parts.enumerated() {
            if index > 0 { result += match }
            result += part
        }
    }
}

extension Sequence<UInt8> {
    /// How many characters of UTF-8 begin in it.
    fileprivate var characterCount: Int { count { $0 & 0xC0 != 0x80 } }
}

extension [UInt8] {
    /// Where the character of this number begins, counted from 0 at `start`; the end where there
    /// are fewer.
    fileprivate func place(ofCharacter number: Int, from start: Int) -> Int {
        var place = start
        var left = number
        while left > 0, place < count {
            place += 1
            while place < count, self[place] & 0xC0 == 0x80 { place += 1 }
            left -= 1
        }
        return place
    }
}
