extension Tool {
    static let rev = Tool(
        "rev", summary: "reverses the characters of each line", usage: "[FILE]...",
        examples: ["echo abc | rev"]
    ) { call throws(ToolStop) in
        let isWhole = try call.eachLine(
            call.options().operands, complaint: { "cannot open \($0): \($1)" }
        ) { line throws(ToolStop) in
            var reversed = String.UnicodeScalarView()
            reversed.append(contentsOf: line.text.unicodeScalars.reversed())
            call.output.write(String(reversed) + (line.isEnded ? "\n" : ""))
        }
        return isWhole ? 0 : 1
    }
}
