extension Tool {
    static let timeout = Tool(
        "timeout", summary: "runs a command for at most some virtual time",
        usage: "[OPTION] DURATION COMMAND [ARG]...",
        examples: ["timeout 30 kubectl get pods -w"],
        options: [
            ToolOption("|foreground", "nothing: there is one terminal"),
            ToolOption(
                "k|kill-after", .required("DURATION"), "nothing: no command outlives its time"),
            ToolOption("|preserve-status", "exit with the command's status"),
            ToolOption(
                "s|signal", .required("SIGNAL"), "the signal that ends it: TERM, INT, KILL, HUP"),
            ToolOption("v|verbose", "say when the time was up"),
        ],
        usageStatus: 125, usageHint: "Try 'timeout --help' for more information.\n"
    ) { call throws(ToolStop) in
        let options = try call.options(stopsAtOperand: true)
        guard options.operands.count > 1 else {
            call.error.write("Try 'timeout --help' for more information.\n")
            return 125
        }
        let signals: [String: Int32] = ["HUP": 1, "INT": 2, "QUIT": 3, "KILL": 9, "TERM": 15]
        let name = options.value("s") ?? "TERM"
        let bare = name.uppercased().hasPrefix("SIG") ? String(name.dropFirst(3)) : name
        let number =
            signals[bare.uppercased()] ?? Int32(bare).flatMap { (1...31).contains($0) ? $0 : nil }
        guard let number else { throw .usage("\(name.quoted): invalid signal") }
        for duration in options.values("k") where ToolNumber.milliseconds(duration) == nil {
            throw .usage("invalid time interval \(duration.quoted)")
        }
        guard let limit = ToolNumber.milliseconds(options.operands[0]) else {
            throw .usage("invalid time interval \(options.operands[0].quoted)")
        }
        let words = Array(options.operands.dropFirst())
        guard call.hasCommand(words[0]) else {
            throw .failure(
                "failed to run command \(words[0].quoted): No such file or directory", status: 127)
        }
        // A limit of zero is none.
        let status = try call.run(words, input: call.input, timeLimit: limit == 0 ? nil : limit)
        guard status == 124, limit > 0 else { return status }
        if options.has("v") {
            call.complain("sending signal \(bare.uppercased()) to command \(words[0].quoted)")
        }
        if options.has("preserve-status") { return 128 + number }
        return bare.uppercased() == "KILL" ? 137 : 124
    }
}
