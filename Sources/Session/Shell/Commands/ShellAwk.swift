/// `awk [-F SEPARATOR] [-v NAME=VALUE] PROGRAM [FILE…]`
enum ShellAwk {
    static let functions: Set<String> = [
        "gsub", "index", "int", "length", "match", "split", "sprintf", "sub", "substr", "tolower",
        "toupper",
    ]

    static func run(_ call: ShellCall) -> Int32 {
        let options: ShellOptions
        let program: ShellAwkProgram
        var operands: [String]
        do throws(ShellSyntaxError) {
            options = try ShellOptions(call.arguments, valued: "Fv", long: [:])
            operands = options.operands
            guard !operands.isEmpty else {
                throw ShellSyntaxError(message: "usage: awk [-F fs][-v var=value] prog [file …]")
            }
            program = try ShellAwkParser.parse(operands.removeFirst())
        } catch {
            return call.fail(error.message, status: 2)
        }
        var machine = ShellAwkMachine(program)
        if let separator = options.value("F") {
            machine.set("FS", .text(separator == "t" ? "\t" : unescaped(separator)))
        }
        for assignment in options.values("v") {
            guard let equals = assignment.firstIndex(of: "=") else { continue }
            machine.set(
                String(assignment[..<equals]),
                .input(unescaped(String(assignment[assignment.index(after: equals)...]))))
        }
        let needsInput = program.rules.contains {
            if case .begin = $0.trigger { false } else { true }
        }
        var lines: [String] = []
        var failed = false
        if needsInput { (lines, failed) = call.lines(operands) }
        let status = machine.run(lines)
        call.print(machine.output)
        if let problem = machine.problem { return call.fail(problem, status: 2) }
        return failed ? 2 : status
    }

    static func unescaped(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let next = rest.popFirst() {
            guard next == "\\", let escaped = rest.popFirst() else {
                result.append(next)
                continue
            }
            result += ShellEscapes.simple[escaped] ?? "\\\(escaped)"
        }
        return result
    }
}

/// A value of awk: a number, a text, or input that counts as a number where it looks like one.
enum ShellAwkValue {
    case number(Double)
    case text(String)
    case input(String)

    /// The leading number, 0 without one.
    var number: Double {
        switch self {
        case .number(let number): number
        case .text(let text), .input(let text): Self.leadingNumber(text)
        }
    }

    var text: String {
        switch self {
        case .number(let number): Self.text(of: number)
        case .text(let text), .input(let text): text
        }
    }

    var isTrue: Bool {
        switch self {
        case .number(let number): number != 0
        case .text(let text): !text.isEmpty
        case .input(let text): isNumeric ? number != 0 : !text.isEmpty
        }
    }

    /// Whether it is compared as a number.
    var isNumeric: Bool {
        switch self {
        case .number: true
        case .text: false
        case .input(let text):
            Double(text.filter { $0 != " " }) != nil && text.contains { $0.isNumber }
        }
    }

    private static func leadingNumber(_ text: String) -> Double {
        let body = text.drop { $0 == " " || $0 == "\t" }
        var digits = ""
        var hasPoint = false
        for character in body {
            if character.isASCII, character.isNumber {
                digits.append(character)
            } else if character == ".", !hasPoint {
                hasPoint = true
                digits.append(character)
            } else if digits.isEmpty, character == "-" || character == "+" {
                digits.append(character)
            } else {
                break
            }
        }
        if digits.hasSuffix(".") { digits.removeLast() }
        return Double(digits) ?? 0
    }

    /// Whole numbers as they are, others with six significant digits.
    static func text(of number: Double) -> String {
        guard number.isFinite else { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
        if number == number.rounded(), abs(number) < 1e16 { return String(Int64(number)) }
        var places = 5
        var size = abs(number)
        while size >= 10, places > 0 {
            size /= 10
            places -= 1
        }
        while size < 1, size > 0, places < 9 {
            size *= 10
            places += 1
        }
        var text = ShellPrinting.fixed(number, places)
        while text.contains("."), text.last == "0" || text.last == "." {
            let isPoint = text.removeLast() == "."
            if isPoint { break }
        }
        return text
    }
}
