/// One call of a tool.
package final class ToolCall {
    package let tool: Tool
    /// The name it was called by.
    package let name: String
    /// The words behind the name.
    package let arguments: [String]
    package let input: ToolInput
    package let output: ToolOutput
    package let error: ToolOutput
    package let context: ToolContext
    private var steps = 0

    private static let stepsBetweenPolls = 1024

    init(
        _ tool: Tool, name: String, arguments: [String], input: ToolInput, output: ToolOutput,
        error: ToolOutput, context: ToolContext
    ) {
        self.tool = tool
        self.name = name
        self.arguments = arguments
        self.input = input
        self.output = output
        self.error = error
        self.context = context
    }

    // MARK: Work

    /// Counts work that is done again and again; ends the tool at its limits and when it is
    /// interrupted.
    func step() throws(ToolStop) {
        steps += 1
        if output.isFull {
            throw .failure("more than \(context.limits.outputBytes) bytes of output")
        }
        if steps > context.limits.steps {
            throw .failure("more than \(context.limits.steps) steps")
        }
        if steps % Self.stepsBetweenPolls == 0, context.host.isInterrupted { throw .interrupted }
    }

    /// Says that a text in the tool's memory is within its limit.
    func check(size: Int) throws(ToolStop) {
        if size > context.limits.textBytes {
            throw .failure("a text of more than \(context.limits.textBytes) bytes")
        }
    }

    // MARK: Arguments and messages

    /// The options and operands; see ``ToolOptions/init(_:of:stopsAtOperand:number:)``.
    func options(
        stopsAtOperand: Bool = false, number: String? = nil
    ) throws(ToolStop) -> ToolOptions {
        try ToolOptions(arguments, of: tool, stopsAtOperand: stopsAtOperand, number: number)
    }

    /// Prints a message behind the tool's name.
    func complain(_ message: String) { error.write("\(name): \(message)\n") }

    // MARK: Files

    func resolve(_ path: String) -> String { context.resolve(path) }

    /// A file's bytes, or standard input for `-`.
    func open(_ path: String) throws(ToolFileProblem) -> ToolInput {
        switch path {
        case "-", "/dev/stdin": return input
        case "/dev/null": return ToolInput()
        default: break
        }
        let full = resolve(path)
        // A slash at the end asks for a folder.
        if path.hasSuffix("/"), context.files.kind(of: full) == .file { throw .notDirectory }
        return ToolInput(try context.files.read(full))
    }

    /// Writes a file as a whole or adds to it.
    func write(
        _ bytes: [UInt8], to path: String, appending: Bool = false
    ) throws(ToolFileProblem) {
        switch path {
        case "/dev/null": break
        case "/dev/stdout": output.write(bytes)
        case "/dev/stderr": error.write(bytes)
        default:
            if appending {
                try context.files.append(bytes, to: resolve(path))
            } else {
                try context.files.write(bytes, to: resolve(path))
            }
        }
    }

    /// Calls `body` with each file's name and bytes in order; `-` and no name stand for standard
    /// input. A file that cannot be read is complained of in its turn.
    ///
    /// - Parameter complaint: the message for a path and a reason.
    /// - Returns: whether all could be read.
    func eachInput(
        _ operands: [String], complaint: (String, String) -> String = { "\($0): \($1)" },
        _ body: (_ name: String, _ input: ToolInput) throws(ToolStop) -> Void
    ) throws(ToolStop) -> Bool {
        var isWhole = true
        for path in operands.isEmpty ? ["-"] : operands {
            let opened: ToolInput
            do throws(ToolFileProblem) {
                opened = try open(path)
            } catch {
                isWhole = false
                complain(complaint(path, error.reason))
                continue
            }
            try body(path, opened)
        }
        return isWhole
    }

    /// Calls `body` with each line of the files in order; see ``eachInput(_:complaint:_:)``.
    func eachLine(
        _ operands: [String], complaint: (String, String) -> String = { "\($0): \($1)" },
        endedBy end: UInt8 = 0x0A, _ body: (ToolLine) throws(ToolStop) -> Void
    ) throws(ToolStop) -> Bool {
        try eachInput(operands, complaint: complaint) { _, input throws(ToolStop) in
            while let line = input.readLine(endedBy: end) {
                try step()
                try body(line)
            }
        }
    }

    // MARK: Other commands

    /// Runs a command by its words.
    func run(
        _ words: [String], input: ToolInput, output: ToolOutput? = nil, timeLimit: Int64? = nil
    ) throws(ToolStop) -> Int32 {
        try step()
        let status = context.host.run(
            ToolCommand(
                words: words, input: input, output: output ?? self.output, error: error,
                timeLimit: timeLimit))
        if context.host.isInterrupted { throw .interrupted }
        return status
    }
}

// MARK: Quotation marks

extension String {
    /// As GNU's messages quote a text: ‘text’.
    var quoted: String { "‘\(self)’" }

    /// As GNU's messages quote a file's name: 'name', fit to be pasted into a shell.
    var quotedAsName: String {
        contains("'")
            ? (contains(where: { "\"$`\\".contains($0) })
                ? "'"
                    + split(separator: "'", omittingEmptySubsequences: false).joined(
                        separator: "'\\''") + "'"
                : "\"\(self)\"")
            : "'\(self)'"
    }
}

extension ArraySlice<UInt8> {
    var text: String { String(decoding: self, as: UTF8.self) }
}

extension [UInt8] {
    var text: String { String(decoding: self, as: UTF8.self) }
}

extension UInt8 {
    static let newline: UInt8 = 0x0A
    static let space: UInt8 = 0x20
    static let tab: UInt8 = 0x09

    /// A space or a tab.
    var isBlank: Bool { self == .space || self == .tab }

    /// White space of the C locale.
    var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

    var isDigit: Bool { (0x30...0x39).contains(self) }

    var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
