extension Tool {
    static let less = Tool(
        "less", aliases: ["more", "most"], summary: "shows files, or what comes through a pipe",
        usage: "[OPTION]... [FILE]...", examples: ["less web.yaml", "describe pod web-0 | less"],
        options: [
            ToolOption("E", "nothing: it ends at the end"),
            ToolOption("F|quit-if-one-screen", "nothing: it ends at the end"),
            ToolOption("i|ignore-case", "nothing: nobody searches in it"),
            ToolOption("n|line-numbers", "nothing: no numbers, as always"),
            ToolOption("N|LINE-NUMBERS", "number the lines"),
            ToolOption("R|RAW-CONTROL-CHARS", "nothing"),
            ToolOption("s|squeeze-blank-lines", "show of several empty lines in a row only one"),
            ToolOption("S|chop-long-lines", "nothing: lines are as long as they are"),
            ToolOption("X|no-init", "nothing"),
        ]
    ) { call throws(ToolStop) in
        let arguments = call.arguments.filter { !$0.hasPrefix("+") }
        let options = try ToolOptions(arguments, of: call.tool)
        var number = 0
        var wasEmpty = false
        let isWhole = try call.eachLine(options.operands) { line throws(ToolStop) in
            if options.has("s"), line.bytes.isEmpty, wasEmpty { return }
            wasEmpty = line.bytes.isEmpty
            number += 1
            if options.has("N") {
                let digits = String(number)
                let padding = String(repeating: " ", count: max(0, 7 - digits.utf8.count))
                call.output.write(padding + digits + " ")
            }
            call.output.write(line)
        }
        return isWhole ? 0 : 1
    }
}
