/// Commands that print what they are told: `echo`, `printf`, `seq`, `basename`, `dirname`.
enum ShellPrinting {
    static let all: [ShellBuiltin] = [
        ShellBuiltin("echo", echo),
        ShellBuiltin("printf", printf),
        ShellBuiltin("seq", sequence),
        ShellBuiltin("basename", basename),
        ShellBuiltin("dirname") { call in
            guard let path = call.arguments.first else { return call.fail("missing operand") }
            let parts = path.split(separator: "/").dropLast()
            let root = path.hasPrefix("/") ? "/" : ""
            call.print(
                (parts.isEmpty ? (root.isEmpty ? "." : root) : root + parts.joined(separator: "/"))
                    + "\n")
            return 0
        },
    ]

    private static func echo(_ call: ShellCall) -> Int32 {
        var words = call.arguments[...]
        var newline = true
        var escapes = false
        while let option = words.first, option.count > 1, option.hasPrefix("-"),
            option.dropFirst().allSatisfy({ "neE".contains($0) })
        {
            if option.contains("n") { newline = false }
            if option.contains("e") { escapes = true }
            if option.contains("E") { escapes = false }
            words = words.dropFirst()
        }
        let text = words.joined(separator: " ")
        call.print((escapes ? unescaped(text) : text) + (newline ? "\n" : ""))
        return 0
    }

    /// Backslash escapes replaced; an unknown one stays as it is.
    private static func unescaped(_ text: String) -> String {
        var result = ""
        var rest = Array(text)[...]
        while let next = rest.popFirst() {
            guard next == "\\", let escaped = rest.popFirst() else {
                result.append(next)
                continue
            }
            if escaped == "x" || escaped == "0" {
                let radix = escaped == "x" ? 16 : 8
                let digits = rest.prefix(escaped == "x" ? 2 : 3).prefix {
                    $0.hexDigitValue.map { $0 < radix } ?? false
                }
                if let value = UInt8(String(digits), radix: radix) {
                    result.unicodeScalars.append(Unicode.Scalar(value))
                    rest = rest.dropFirst(digits.count)
                    continue
                }
            }
            result += ShellEscapes.simple[escaped] ?? "\\\(escaped)"
        }
        return result
    }

    private static func printf(_ call: ShellCall) -> Int32 {
        guard let format = call.arguments.first else {
            return call.fail("usage: printf format [arguments]", status: 2)
        }
        var arguments = call.arguments.dropFirst()
        repeat {
            let before = arguments.count
            call.print(formatted(Array(unescaped(format)), &arguments))
            // The format is used again while it takes arguments.
            if arguments.count == before { break }
        } while !arguments.isEmpty
        return 0
    }

    static func formatted(
        _ format: [Character], _ arguments: inout ArraySlice<String>
    ) -> String {
        var result = ""
        var index = 0
        while index < format.count {
            guard format[index] == "%", index + 1 < format.count else {
                result.append(format[index])
                index += 1
                continue
            }
            if format[index + 1] == "%" {
                result.append("%")
                index += 2
                continue
            }
            var end = index + 1
            while end < format.count, "-+ 0#.123456789".contains(format[end]) { end += 1 }
            guard end < format.count else { break }
            let options = String(format[(index + 1)..<end])
            result += converted(format[end], options, arguments.popFirst() ?? "")
            index = end + 1
        }
        return result
    }

    private static func converted(_ kind: Character, _ options: String, _ argument: String)
        -> String
    {
        let parts = options.split(separator: ".", omittingEmptySubsequences: false)
        let isLeft = options.hasPrefix("-")
        let digits = parts[0].drop { "-+ #".contains($0) }
        let width = Int(digits) ?? 0
        let precision = parts.count > 1 ? Int(parts[1]) ?? 0 : nil
        var text: String
        switch kind {
        case "s": text = precision.map { String(argument.prefix($0)) } ?? argument
        case "b": text = unescaped(argument)
        case "q": text = argument
        case "d", "i": text = String(Int(argument) ?? 0)
        case "x": text = String(Int(argument) ?? 0, radix: 16)
        case "c": text = String(argument.prefix(1))
        case "f": text = fixed(Double(argument) ?? 0, precision ?? 6)
        default: text = "%\(options)\(kind)"
        }
        let padding = max(0, width - text.count)
        if isLeft { return text + String(repeating: " ", count: padding) }
        let isZero = digits.hasPrefix("0") && "dixf".contains(kind)
        if isZero, text.hasPrefix("-") {
            return "-" + String(repeating: "0", count: padding) + text.dropFirst()
        }
        return String(repeating: isZero ? "0" : " ", count: padding) + text
    }

    static func fixed(_ value: Double, _ precision: Int) -> String {
        guard value.isFinite, abs(value) < 1e15 else { return "\(value)" }
        let places = min(precision, 9)
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let scaled = (abs(value) * scale).rounded(.toNearestOrEven)
        let sign = value < 0 && scaled > 0 ? "-" : ""
        let digits = String(Int64(scaled))
        guard places > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }

    /// `seq LAST`, `seq FIRST LAST`, `seq FIRST STEP LAST`
    private static func sequence(_ call: ShellCall) -> Int32 {
        let numbers = call.arguments.compactMap { Int($0) }
        guard numbers.count == call.arguments.count, (1...3).contains(numbers.count) else {
            return call.fail("expected one to three whole numbers")
        }
        let first = numbers.count > 1 ? numbers[0] : 1
        let step = numbers.count > 2 ? numbers[1] : 1
        let last = numbers[numbers.count - 1]
        guard step != 0,
            abs(last.subtractingReportingOverflow(first).partialValue / step)
                < Shell.maximumLoopTurns
        else { return call.fail("range is too long") }
        for value in stride(from: first, through: last, by: step) { call.print("\(value)\n") }
        return 0
    }

    private static func basename(_ call: ShellCall) -> Int32 {
        guard let path = call.arguments.first else { return call.fail("missing operand") }
        var name = path.split(separator: "/").last.map(String.init) ?? path
        if call.arguments.count > 1, name.hasSuffix(call.arguments[1]), name != call.arguments[1] {
            name.removeLast(call.arguments[1].count)
        }
        call.print(name + "\n")
        return 0
    }
}
