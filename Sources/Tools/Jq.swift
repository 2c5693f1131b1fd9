import Support
import Value

extension Tool {
    static let jq = Tool(
        "jq", summary: "takes JSON apart and puts it together",
        usage: "[OPTION]... FILTER [FILE]...",
        examples: [
            "get pods -o json | jq -r '.items[].metadata.name'",
            "get pods -o json | jq '[.items[] | select(.status.phase != \"Running\")] | length'",
        ],
        options: [
            ToolOption("a|ascii-output", "write other characters as escapes"),
            ToolOption("|arg", .required("NAME VALUE"), "the variable $NAME as a text"),
            ToolOption("|argjson", .required("NAME JSON"), "the variable $NAME as a value"),
            ToolOption("|args", "arguments behind the filter are texts in $ARGS.positional"),
            ToolOption("c|compact-output", "each output on one line"),
            ToolOption("e|exit-status", "exit with 1 when the last output is false or null"),
            ToolOption("f|from-file", "the filter is in a file"),
            ToolOption("|indent", .required("N"), "indent by N blanks"),
            ToolOption("j|join-output", "raw, and without newlines"),
            ToolOption("|jsonargs", "arguments behind the filter are values in $ARGS.positional"),
            ToolOption("M|monochrome-output", "no colours, as always"),
            ToolOption("n|null-input", "the input is null; input and inputs read"),
            ToolOption("R|raw-input", "each line of the input is a text"),
            ToolOption("r|raw-output", "write texts as they are"),
            ToolOption("|rawfile", .required("NAME FILE"), "the variable $NAME as a file's text"),
            ToolOption("S|sort-keys", "write the fields of objects in order"),
            ToolOption("s|slurp", "all inputs as one list"),
            ToolOption(
                "|slurpfile", .required("NAME FILE"),
                "the variable $NAME as the list of a file's values"),
            ToolOption("|tab", "indent by tabs"),
        ],
        usageStatus: 2,
        usageHint: "Use jq --help for help with command-line options,\n"
            + "or see the jq manpage, or online docs  at https://stedolan.github.io/jq\n"
    ) { call throws(ToolStop) in
        let outcome = Result { try DeepStack.run { stack in try JqRun(call).run(stack) } }
        switch outcome {
        case .success(let status): return status
        case .failure(let stop as ToolStop): throw stop
        case .failure: throw .interrupted
        }
    }
}

/// One call of jq.
private struct JqRun {
    private let call: ToolCall
    private var flags: Set<String> = []
    private var named: [(name: String, value: Value)] = []
    private var positional: [Value] = []
    private var filter: String?
    private var files: [String] = []
    private var indent = "  "
    private var writer = JqWriter()

    init(_ call: ToolCall) throws(ToolStop) {
        self.call = call
        try readArguments()
        if let path = filter, flags.contains("f") {
            filter = try file(path, "jq: error: Could not open \(path)").text
        }
        writer.indent = flags.contains("c") ? nil : flags.contains("tab") ? "\t" : indent
        if indent.isEmpty, !flags.contains("tab") { writer.indent = nil }
        writer.sortsKeys = flags.contains("S")
        writer.isASCII = flags.contains("a")
    }

    // MARK: Arguments

    private mutating func readArguments() throws(ToolStop) {
        var rest = call.arguments[...]
        var takesOptions = true
        var isJSON: Bool?
        while let argument = rest.popFirst() {
            guard takesOptions, argument.hasPrefix("-"), argument.count > 1 else {
                try readOperand(argument, isJSON: isJSON)
                continue
            }
            if argument == "--" {
                takesOptions = false
                continue
            }
            for option in try options(argument) {
                switch option.id {
                case "args": isJSON = false
                case "jsonargs": isJSON = true
                case "arg", "argjson", "rawfile", "slurpfile":
                    guard let name = rest.popFirst(), let value = rest.popFirst() else {
                        throw .usage(
                            "--\(option.id) takes two parameters (e.g. --\(option.id) "
                                + "\(option.id.hasSuffix("file") ? "varname filename" : option.id == "arg" ? "varname value" : "varname text"))"
                        )
                    }
                    try bind(name, value, option.id)
                case "indent":
                    guard let text = rest.popFirst() else {
                        throw .usage("--indent takes one parameter")
                    }
                    guard let width = Int(text), (0...7).contains(width) else {
                        throw .usage(
                            (Int(text) ?? 0) < 0
                                ? "Cannot indent less than zero"
                                : "Cannot indent more than 7 characters")
                    }
                    indent = String(repeating: " ", count: width)
                default: flags.insert(option.id)
                }
            }
        }
        if filter == nil {
            call.error.write("Usage:\tjq \(call.tool.usage)\n")
            throw .status(2)
        }
    }

    private func options(_ argument: String) throws(ToolStop) -> [ToolOption] {
        if argument.hasPrefix("--") {
            let name = String(argument.dropFirst(2))
            guard let option = call.tool.options.first(where: { $0.long == name }) else {
                throw .usage("Unknown option \(argument)")
            }
            return [option]
        }
        var found: [ToolOption] = []
        for letter in argument.dropFirst() {
            guard let option = call.tool.options.first(where: { $0.short == letter }) else {
                throw .usage("Unknown option \(argument)")
            }
            found.append(option)
        }
        return found
    }

    private mutating func readOperand(_ argument: String, isJSON: Bool?) throws(ToolStop) {
        if filter == nil {
            filter = argument
        } else if let isJSON {
            positional.append(isJSON ? try json(argument, "--jsonargs") : Value(argument))
        } else {
            files.append(argument)
        }
    }

    private mutating func bind(_ name: String, _ text: String, _ option: String) throws(ToolStop) {
        let value: Value
        switch option {
        case "arg": value = Value(text)
        case "argjson": value = try json(text, "--argjson")
        case "rawfile": value = Value(try file(text, "Bad JSON in --rawfile \(name) \(text)").text)
        default:
            var reader = JqTextReader(
                Array(try file(text, "Bad JSON in --slurpfile \(name) \(text)")))
            var values: [Value] = []
            do throws(JqReadError) {
                while let value = try reader.next() { values.append(value) }
            } catch {
                throw .failure(
                    "Bad JSON in --slurpfile \(name) \(text): \(error.message)", status: 2)
            }
            value = .array(values)
        }
        // The first of several with one name counts.
        if !named.contains(where: { $0.name == name }) { named.append((name, value)) }
    }

    private func json(_ text: String, _ option: String) throws(ToolStop) -> Value {
        var reader = JqTextReader(Array(text.utf8))
        do throws(JqReadError) {
            if let value = try reader.next(), try reader.next() == nil { return value }
        } catch {
            throw .usage("invalid JSON text passed to \(option)")
        }
        throw .usage("invalid JSON text passed to \(option)")
    }

    private func file(_ path: String, _ message: String) throws(ToolStop) -> ArraySlice<UInt8> {
        do throws(ToolFileProblem) { return try call.open(path).readAll() } catch {
            throw .usage("\(message): Could not open \(path): \(error.reason)")
        }
    }

    // MARK: Running

    func run(_ stack: DeepStack) throws -> Int32 {
        var arguments = Object()
        for (name, value) in named { arguments.set(Key(name), to: value) }
        let all: Value = .object(["positional": .array(positional), "named": .object(arguments)])
        let text = filter ?? ""
        let variables = [("ARGS", all)] + named
        let program: JqProgram
        do throws(JqCompileError) {
            program = try JqParser.parse(text, variables: variables.map(\.0), stack)
        } catch {
            call.error.write(
                "jq: error: \(error.message) at <top-level>, line 1:\n\(text)\njq: 1 compile error\n"
            )
            return 3
        }
        var scope: JqScope?
        for (_, value) in variables { scope = JqScope(scope, .value(value)) }
        let reader = JqReader(call, files: files, mode: flags.contains("R") ? .lines : .values)
        let machine = JqMachine(program, call, reader, stack)
        return try run(machine, scope)
    }

    private func run(_ machine: JqMachine, _ scope: JqScope?) throws(ToolStop) -> Int32 {
        var status: Int32 = 0
        var last: Value?
        if flags.contains("n") {
            if let stop = try runOne(machine, .null, scope, &last) { status = stop }
        } else {
            while let input = try nextInput(machine) {
                if let stop = try runOne(machine, input, scope, &last) { status = stop }
                if flags.contains("s") { break }
            }
        }
        if machine.reader.hasFailed, status == 0 { status = 2 }
        guard flags.contains("e"), status == 0 else { return status }
        return last.map { $0.isJqTrue ? 0 : 1 } ?? 4
    }

    private func nextInput(_ machine: JqMachine) throws(ToolStop) -> Value? {
        do throws(JqReadError) {
            return flags.contains("s") ? try machine.reader.slurp() : try machine.reader.nextValue()
        } catch {
            call.error.write("parse error: \(error.message)\n")
            throw .status(4)
        }
    }

    /// Runs the filter for one input; the status that an error asks for.
    private func runOne(
        _ machine: JqMachine, _ input: Value, _ scope: JqScope?, _ last: inout Value?
    ) throws(ToolStop) -> Int32? {
        var latest = last
        defer { last = latest }
        do throws(JqStop) {
            try machine.run(machine.program.main, input, nil, scope) { value, _ throws(JqStop) in
                latest = value
                self.write(value)
                try machine.step()
            }
            return nil
        } catch {
            return try status(of: error, machine)
        }
    }

    private func status(of stop: JqStop, _ machine: JqMachine) throws(ToolStop) -> Int32 {
        switch stop {
        case .tool(let stop): throw stop
        case .leave: return complain("break", machine)
        case .failure(.null): return complain("null (null) not a string", machine)
        case .failure(.text(let text)): return complain(text.string, machine)
        case .failure(let value):
            call.error.write(
                "jq: error (at \(machine.reader.place)) (not a string): \(JqText.compact(value))\n")
            return 5
        case .halt(let status, let message):
            if let message {
                call.error.write(message.string ?? JqText.compact(message) + "\n")
            }
            throw .status(status)
        }
    }

    private func complain(_ message: String, _ machine: JqMachine) -> Int32 {
        call.error.write("jq: error (at \(machine.reader.place)): \(message)\n")
        return 5
    }

    private func write(_ value: Value) {
        let isRaw = flags.contains("r") || flags.contains("j")
        if isRaw, let text = value.string {
            call.output.write(text)
        } else {
            var writer = writer
            writer.write(value, level: 0)
            call.output.write(writer.bytes)
        }
        if !flags.contains("j") { call.output.write("\n") }
    }
}
