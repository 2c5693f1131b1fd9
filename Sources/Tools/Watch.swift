import Value

extension Tool {
    static let watch = Tool(
        "watch",
        summary: "runs a command again and again, and shows what it prints as that changes",
        usage: "[OPTION]... COMMAND [ARG]...",
        examples: ["watch kubectl get pods", "watch -n 1 'kubectl get pods | grep web'"],
        options: [
            ToolOption("b|beep", "nothing"),
            ToolOption("c|color", "nothing"),
            ToolOption("C|no-color", "nothing"),
            ToolOption("d|differences", .optional("permanent"), "nothing: only changes are shown"),
            ToolOption("e|errexit", "end when the command fails"),
            ToolOption("g|chgexit", "end when the output changes"),
            ToolOption(
                "n|interval", .required("SECS"), "the time in between; 2 unless told otherwise"),
            ToolOption("p|precise", "nothing: a command is asked on time"),
            ToolOption("q|equexit", .required("CYCLES"), "end when nothing changed so many times"),
            ToolOption("t|no-title", "no line above the output"),
            ToolOption("w|no-wrap", "nothing: lines are as long as they are"),
            ToolOption("x|exec", "run the words as they are, without a shell"),
        ]
    ) { call throws(ToolStop) in
        var watching = try Watching(call)
        return try watching.run()
    }
}

/// A command that is run at intervals, until the cluster has come to rest.
private struct Watching {
    /// Beyond this a cluster that never rests is left alone, as `settle` does, in milliseconds.
    private static let longest: Int64 = 600_000

    private let call: ToolCall
    private let options: ToolOptions
    private let interval: Int64
    private let cycles: Int?
    private let words: [String]
    private var shown: String?
    private var equalCycles = 0

    init(_ call: ToolCall) throws(ToolStop) {
        self.call = call
        let options = try call.options(stopsAtOperand: true)
        self.options = options
        let text = options.value("n") ?? "2"
        guard let seconds = Double(text), seconds >= 0, seconds < 1e9 else {
            throw .failure("failed to parse argument: '\(text)'")
        }
        interval = max(100, Int64((seconds * 1000).rounded()))
        cycles = options.value("q").flatMap { Int($0) }
        if let text = options.value("q"), cycles == nil {
            throw .failure("failed to parse argument: '\(text)'")
        }
        guard let first = options.operands.first else { throw .usage("which command?") }
        let needsShell = options.operands.contains { $0.contains { "|&;<>()$`*?".contains($0) } }
        if !options.has("x"), needsShell || options.operands.count == 1 && first.contains(" ") {
            words = ["bash", "-c", options.operands.joined(separator: " ")]
        } else {
            words = options.operands
        }
    }

    mutating func run() throws(ToolStop) -> Int32 {
        let host = call.context.host
        let end = host.now.milliseconds + Self.longest
        while true {
            try call.step()
            let (text, status) = try output()
            if status == 124 { return status }
            if let status = show(text, status) { return status }
            if host.isAtRest {
                call.complain("the cluster has come to rest")
                return 0
            }
            guard host.now.milliseconds + interval <= end else {
                call.complain("the cluster has not come to rest in ten minutes")
                return 0
            }
            let slept = host.sleep(milliseconds: interval)
            if slept != 0 { return slept }
        }
    }

    /// What the command prints, errors among it.
    private func output() throws(ToolStop) -> (text: String, status: Int32) {
        let kept = ToolOutput(limit: call.context.limits.textBytes)
        let status = call.context.host.run(
            ToolCommand(words: words, input: ToolInput(), output: kept, error: kept))
        if call.context.host.isInterrupted { throw .interrupted }
        return (kept.text, status)
    }

    /// Shows a text that says something new. Answers the status with which that ends the watch.
    private mutating func show(_ text: String, _ status: Int32) -> Int32? {
        let plain = AgeText.without(text)
        let isNew = plain != shown
        if isNew {
            if shown != nil { call.output.write("\n") }
            if !options.has("t") { call.output.write(title + "\n\n") }
            call.output.write(text.hasSuffix("\n") || text.isEmpty ? text : text + "\n")
        }
        let isFirst = shown == nil
        shown = plain
        equalCycles = isNew ? 0 : equalCycles + 1
        if status != 0, options.has("e") { return 8 }
        if isNew, !isFirst, options.has("g") { return 0 }
        if let cycles, equalCycles >= cycles { return 0 }
        return nil
    }

    private var title: String {
        let tenths = (interval + 50) / 100
        let instant = DateFormat.text(call.context.host.now, "%a %b %e %H:%M:%S %Y")
        return
            "Every \(tenths / 10).\(tenths % 10)s: \(options.operands.joined(separator: " "))    \(instant)"
    }
}

/// Texts in which ages do not count: `5s`, `2m10s`, `3h ago`.
enum AgeText {
    /// The text with a dot in the place of each age.
    static func without(_ text: String) -> String {
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        var before: UInt8 = .space
        while let byte = rest.first {
            if byte.isDigit, before == .space || before == .newline || before == UInt8(ascii: "("),
                let end = ageEnd(rest)
            {
                result.append(UInt8(ascii: "."))
                // The width of a column follows its ages.
                rest = rest[end...].drop { $0 == .space }
                result.append(.space)
                before = .space
                continue
            }
            before = byte
            result.append(byte)
            rest.removeFirst()
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Where a text of numbers with units of time ends that begins here; nil where none does.
    private static func ageEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
        var place = bytes.startIndex
        var isAge = false
        while place < bytes.endIndex, bytes[place].isDigit {
            while place < bytes.endIndex, bytes[place].isDigit { place += 1 }
            guard place < bytes.endIndex, "smhdy".utf8.contains(bytes[place]) else { return nil }
            place += 1
            isAge = true
        }
        guard isAge else { return nil }
        let isEnd =
            place == bytes.endIndex || bytes[place].isSpace || bytes[place] == UInt8(ascii: ")")
        return isEnd ? place : nil
    }
}
