extension Tool {
    static let echo = Tool(
        "echo", summary: "prints its arguments", usage: "[-neE] [TEXT]...",
        examples: ["echo hello", "echo -n secret | base64"], takesOptions: false
    ) { call throws(ToolStop) in
        var words = call.arguments[...]
        var hasNewline = true
        var hasEscapes = false
        while let option = words.first, option.utf8.count > 1, option.hasPrefix("-"),
            option.dropFirst().allSatisfy({ "neE".contains($0) })
        {
            for letter in option.dropFirst() {
                switch letter {
                case "n": hasNewline = false
                case "e": hasEscapes = true
                default: hasEscapes = false
                }
            }
            words = words.dropFirst()
        }
        let text = words.joined(separator: " ")
        guard hasEscapes else {
            call.output.write(text + (hasNewline ? "\n" : ""))
            return 0
        }
        let (bytes, isCut) = EscapeText.unescaped(Array(text.utf8), .echo)
        call.output.write(bytes)
        if hasNewline, !isCut { call.output.write("\n") }
        return 0
    }
}
