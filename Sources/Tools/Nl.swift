import Patterns

extension Tool {
    static let nl = Tool(
        "nl", summary: "numbers lines", usage: "[OPTION]... [FILE]...",
        examples: ["nl -ba web.yaml"],
        options: [
            ToolOption(
                "b|body-numbering", .required("STYLE"),
                "which lines: a all, t those not empty, n none, pBRE those that match"),
            ToolOption("i|line-increment", .required("NUM"), "how much each number is larger"),
            ToolOption("n|number-format", .required("FORMAT"), "ln, rn or rz"),
            ToolOption("s|number-separator", .required("TEXT"), "what follows the number"),
            ToolOption("v|starting-line-number", .required("NUM"), "the first number"),
            ToolOption("w|number-width", .required("NUM"), "how wide numbers are"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        let style = options.value("b") ?? "t"
        let format = options.value("n") ?? "rn"
        let separator = options.value("s") ?? "\t"
        guard ["ln", "rn", "rz"].contains(format) else {
            throw .usage("invalid line numbering format: \(format.quoted)")
        }
        var pattern: Pattern?
        if style.hasPrefix("p") {
            pattern = try call.pattern(String(style.dropFirst()), .basic)
        } else if !["a", "t", "n"].contains(style) {
            throw .usage("invalid body numbering style: \(style.quoted)")
        }
        let width = try number(options, "w", 6, "invalid line number field width")
        guard (1...10_000).contains(width) else {
            throw .failure("invalid line number field width: \("\(width)".quoted)")
        }
        var next = try number(options, "v", 1, "invalid starting line number")
        let increment = try number(options, "i", 1, "invalid line number increment")
        let isWhole = try call.eachLine(options.operands) { line throws(ToolStop) in
            let isCounted: Bool
            if let pattern {
                isCounted = try call.matches(pattern, line.bytes)
            } else {
                isCounted = style == "a" || style == "t" && !line.bytes.isEmpty
            }
            if isCounted {
                call.output.write(text(next, width, format) + separator)
                next &+= increment
            } else {
                call.output.write(
                    String(repeating: " ", count: width + separator.unicodeScalars.count))
            }
            call.output.write(line: line.bytes)
        }
        return isWhole ? 0 : 1
    }

    private static func number(
        _ options: ToolOptions, _ id: String, _ standard: Int, _ complaint: String
    ) throws(ToolStop) -> Int {
        guard let text = options.value(id) else { return standard }
        guard let number = Int(text) else { throw .failure("\(complaint): \(text.quoted)") }
        return number
    }

    private static func text(_ number: Int, _ width: Int, _ format: String) -> String {
        let digits = String(number.magnitude)
        let sign = number < 0 ? "-" : ""
        let room = max(0, width - digits.utf8.count - sign.utf8.count)
        switch format {
        case "ln": return sign + digits + String(repeating: " ", count: room)
        case "rz": return sign + String(repeating: "0", count: room) + digits
        default: return String(repeating: " ", count: room) + sign + digits
        }
    }
}
