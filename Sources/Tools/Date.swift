import Value

extension Tool {
    static let date = Tool(
        "date", summary: "prints virtual time", usage: "[OPTION]... [+FORMAT]",
        examples: ["date +%FT%TZ", "date -d '1 hour ago' +%s", "date -Iseconds"],
        options: [
            ToolOption("d|date", .required("TEXT"), "the time that TEXT describes, not now"),
            ToolOption("I|iso-8601", .optional("FORMAT"), "date, hours, minutes, seconds or ns"),
            ToolOption("R|rfc-email", "as in mails"),
            ToolOption("|rfc-3339", .required("FORMAT"), "date, seconds or ns"),
            ToolOption("u|utc", "in UTC, as always"),
            ToolOption("|universal", "in UTC, as always"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        var format = "%a %b %e %H:%M:%S %Z %Y"
        if options.has("R") { format = "%a, %d %b %Y %H:%M:%S %z" }
        if let kind = options.value("I") {
            format = try isoFormat(kind.isEmpty ? "date" : kind, option: "--iso-8601")
        }
        if let kind = options.value("rfc-3339") {
            format = try isoFormat(kind, option: "--rfc-3339")
        }
        if let operand = options.operands.first {
            guard operand.hasPrefix("+") else {
                if operand.allSatisfy({ $0.isASCII && $0.isNumber || $0 == "." }) {
                    throw .failure("cannot set date: Operation not permitted")
                }
                throw .failure("invalid date \(operand.quoted)")
            }
            if options.operands.count > 1 {
                throw .usage("extra operand \(options.operands[1].quoted)")
            }
            format = String(operand.dropFirst())
        }
        var instant = call.context.host.now
        if let text = options.value("d") {
            guard let described = DateText.instant(text, now: instant) else {
                throw .failure("invalid date \(text.quoted)")
            }
            instant = described
        }
        call.output.write(DateFormat.text(instant, format) + "\n")
        return 0
    }

    private static func isoFormat(_ kind: String, option: String) throws(ToolStop) -> String {
        let isMail = option == "--rfc-3339"
        let joint = isMail ? " " : "T"
        let kinds =
            isMail ? ["date", "seconds", "ns"] : ["hours", "minutes", "date", "seconds", "ns"]
        switch kinds.first(where: { $0.hasPrefix(kind) && !kind.isEmpty }) {
        case "date": return "%F"
        case "hours": return "%F\(joint)%H%:z"
        case "minutes": return "%F\(joint)%H:%M%:z"
        case "seconds": return "%F\(joint)%T%:z"
        case "ns": return "%F\(joint)%T\(isMail ? "." : ",")%N%:z"
        default:
            let list = kinds.map { "  - \($0.quoted)\n" }.joined()
            throw .usage(
                "invalid argument \(kind.quoted) for \(option.quoted)\nValid arguments are:\n"
                    + list.dropLast())
        }
    }
}
