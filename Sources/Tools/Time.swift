import Value

extension Tool {
    static let time = Tool(
        "time", summary: "runs a command and says how much virtual time it took",
        usage: "[-p] COMMAND [ARG]...", examples: ["time kubectl rollout status deployment/web"],
        options: [ToolOption("p|portability", "in seconds, as POSIX wants it")], usageStatus: 125
    ) { call throws(ToolStop) in
        let options = try call.options(stopsAtOperand: true)
        let start = call.context.host.now
        var status: Int32 = 0
        if !options.operands.isEmpty {
            status = try call.run(options.operands, input: call.input)
        }
        let milliseconds = max(0, call.context.host.now.milliseconds - start.milliseconds)
        if options.has("p") {
            let hundredths = padded(milliseconds / 10 % 100, 2)
            call.error.write("real \(milliseconds / 1000).\(hundredths)\nuser 0.00\nsys 0.00\n")
        } else {
            let seconds = "\(milliseconds / 1000 % 60).\(padded(milliseconds % 1000, 3))"
            call.error.write(
                "\nreal\t\(milliseconds / 60_000)m\(seconds)s\nuser\t0m0.000s\nsys\t0m0.000s\n")
        }
        return status
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}
