extension Tool {
    static let clear = Tool(
        "clear", aliases: ["cls"], summary: "empties the screen", usage: "", examples: ["clear"],
        options: [
            ToolOption("T", .required("TYPE"), "nothing: the terminal is known"),
            ToolOption("x", "nothing: what scrolled away stays"),
        ]
    ) { call throws(ToolStop) in
        _ = try call.options()
        call.context.host.clearScreen()
        return 0
    }

    static let history = Tool(
        "history", summary: "lists what was typed at the prompt", usage: "[N]",
        examples: ["history 20", "history | grep apply"]
    ) { call throws(ToolStop) in
        let operands = try call.options().operands
        if operands.count > 1 { throw .failure("too many arguments") }
        let entries = call.context.host.history
        var count = entries.count
        if let text = operands.first {
            guard let number = Int(text), number >= 0 else {
                throw .failure("\(text): numeric argument required")
            }
            count = min(number, count)
        }
        for (index, entry) in entries.enumerated().suffix(count) {
            try call.step()
            let digits = String(index + 1)
            let padding = String(repeating: " ", count: max(0, 5 - digits.utf8.count))
            call.output.write("\(padding)\(digits)  \(entry)\n")
        }
        return 0
    }
}
