extension CELParser {
    /// literal := ["-"] INT | UINT | ["-"] DOUBLE | STRING | BYTES | "true" | "false" | "null"
    mutating func parseLiteral() throws(Stop) -> CELTermID {
        let start = next.range.lowerBound
        let isNegative = takes(.minus)
        let token = take()
        let word = text(token)
        let value: CELValue?
        var wrong = ""
        switch token.kind {
        case .int:
            value = Self.integer(word, isNegative: isNegative).map { .int($0) }
            wrong = "invalid int literal"
        case .uint:
            value = Self.unsigned(word).map { .uint($0) }
            wrong = "invalid uint literal"
        case .double:
            value = Double(word).flatMap { $0.isFinite ? .double(isNegative ? -$0 : $0) : nil }
            wrong = "invalid double literal"
        case .string, .bytes:
            do {
                let bytes = try CELTextLiteral.bytes(word, isBytes: token.kind == .bytes)
                value =
                    token.kind == .bytes
                    ? .bytes(bytes) : .string(String(decoding: bytes, as: UTF8.self))
            } catch {
                value = nil
                wrong = error.message
            }
        case .sign(.isTrue): value = .bool(true)
        case .sign(.isFalse): value = .bool(false)
        case .end, .identifier, .quotedIdentifier, .sign: value = .null
        }
        guard let value else {
            issues.append(source.issue(at: start, wrong))
            return try add(.broken, at: start)
        }
        return try add(.literal(value), at: start)
    }

    private static func integer(_ word: String, isNegative: Bool) -> Int64? {
        let sign = isNegative ? "-" : ""
        if word.hasPrefix("0x") { return Int64(sign + word.dropFirst(2), radix: 16) }
        return Int64(sign + word)
    }

    private static func unsigned(_ word: String) -> UInt64? {
        let digits = word.dropLast()
        if digits.hasPrefix("0x") { return UInt64(digits.dropFirst(2), radix: 16) }
        return UInt64(digits)
    }
}

/// The bytes that a text between quotes stands for (cel-spec, "String and Bytes Values").
enum CELTextLiteral {
    struct Wrong: Error {
        let message: String
    }

    /// - Parameter isBytes: whether `\x41` is a byte; else it is a code point, as `\u0041` is.
    static func bytes(_ literal: String, isBytes: Bool) throws(Wrong) -> [UInt8] {
        var scalars = Array(literal.unicodeScalars)[...]
        if isBytes { scalars = scalars.dropFirst() }
        let isRaw = scalars.first == "r" || scalars.first == "R"
        if isRaw { scalars = scalars.dropFirst() }
        let isLong =
            scalars.count >= 6
            && scalars.prefix(3).allSatisfy { $0 == scalars.first }
        scalars = scalars.dropFirst(isLong ? 3 : 1).dropLast(isLong ? 3 : 1)
        var bytes: [UInt8] = []
        while let next = scalars.popFirst() {
            if next == "\\", !isRaw {
                bytes += try escape(&scalars, isBytes: isBytes)
            } else if next == "\r" {
                if scalars.first == "\n" { scalars = scalars.dropFirst() }
                bytes.append(0x0A)
            } else {
                bytes += Array(String(next).utf8)
            }
        }
        return bytes
    }

    private static func escape(
        _ scalars: inout ArraySlice<Unicode.Scalar>, isBytes: Bool
    ) throws(Wrong) -> [UInt8] {
        guard let kind = scalars.popFirst() else {
            throw Wrong(message: "unable to unescape string, found '\\' as last character")
        }
        let wrong = Wrong(message: "unable to unescape string")
        var number: UInt32 = 0
        func read(_ count: Int, base: UInt32) throws(Wrong) {
            for _ in 0..<count {
                guard let digit = scalars.popFirst()?.hexDigit, digit < base else { throw wrong }
                number = number << (base == 16 ? 4 : 3) | digit
            }
        }
        switch kind {
        case "a": return [7]
        case "b": return [8]
        case "f": return [12]
        case "n": return [10]
        case "r": return [13]
        case "t": return [9]
        case "v": return [11]
        case "\"", "'", "\\", "?", "`": return Array(String(kind).utf8)
        case "x", "X": try read(2, base: 16)
        case "u":
            if isBytes { throw wrong }
            try read(4, base: 16)
        case "U":
            if isBytes { throw wrong }
            try read(8, base: 16)
        case "0", "1", "2", "3":
            number = kind.value - 0x30
            try read(2, base: 8)
        default: throw wrong
        }
        if isBytes { return [UInt8(truncatingIfNeeded: number)] }
        guard let scalar = Unicode.Scalar(number) else {
            throw Wrong(message: "invalid unicode code point")
        }
        return Array(String(scalar).utf8)
    }
}
