extension Tool {
    static let sleep = Tool(
        "sleep", summary: "lets virtual time pass", usage: "NUMBER[smhd]...",
        examples: ["sleep 5", "sleep 1m 30s"]
    ) { call throws(ToolStop) in
        let operands = try call.options().operands
        if operands.isEmpty { throw .usage("missing operand") }
        var total: Int64 = 0
        for word in operands {
            guard let time = ToolNumber.milliseconds(word) else {
                throw .usage("invalid time interval \(word.quoted)")
            }
            total = total.addingReportingOverflow(time).overflow ? .max : total + time
        }
        return call.context.host.sleep(milliseconds: total)
    }
}
