import Support

extension Tool {
    static let awk = Tool(
        "awk", aliases: ["gawk", "mawk"], summary: "runs a program for each line of its input",
        usage: "[-F SEP] [-v NAME=VALUE]... PROGRAM [NAME=VALUE | FILE]...",
        examples: [
            "get pods --no-headers | awk '{print $1, $3}'",
            "get pods | awk 'NR > 1 && $3 != \"Running\" {n++} END {print n+0}'",
        ],
        options: [
            ToolOption("F", .required("SEP"), "what parts fields"),
            ToolOption("f", .required("FILE"), "the program from a file"),
            ToolOption("v", .required("NAME=VALUE"), "a variable"),
        ],
        usageStatus: 2, usageHint: ""
    ) { call throws(ToolStop) in
        let options: ToolOptions
        do throws(ToolStop) {
            options = try call.options(stopsAtOperand: true)
        } catch {
            throw awkWords(for: error)
        }
        var operands = options.operands[...]
        var text = ""
        for path in options.values("f") {
            do throws(ToolFileProblem) {
                text += try call.open(path).readAll().text + "\n"
            } catch {
                throw .failure("cannot open \(path) (\(error.reason))", status: 2)
            }
        }
        if !options.has("f") {
            guard let program = operands.popFirst() else {
                call.error.write("Usage: \(call.name) \(call.tool.usage)\n")
                return 2
            }
            text = program
        }
        // Programs nest; the stack to walk them on has room, and says when it is used up.
        let outcome = Result {
            try DeepStack.run { stack in
                var parser = try AwkParser(text, stack)
                let program = try parser.parse()
                var machine = AwkMachine(program, call, stack)
                try machine.set(options, operands: Array(operands))
                return try machine.run()
            }
        }
        switch outcome {
        case .success(let status): return status
        case .failure(let stop as ToolStop): throw stop
        case .failure: throw .interrupted
        }
    }

    /// mawk's words for options it does not know.
    private static func awkWords(for stop: ToolStop) -> ToolStop {
        guard case .usage(let message) = stop, let letter = message.split(separator: "'").last
        else {
            return stop
        }
        if message.hasPrefix("option requires") {
            return .failure("option -\(letter) lacks argument", status: 2)
        }
        return .failure("not an option: -\(letter)", status: 2)
    }
}
