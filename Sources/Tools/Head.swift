extension Tool {
    static let head = Tool(
        "head", summary: "prints the beginning of files, ten lines unless told otherwise",
        usage: "[OPTION]... [FILE]...",
        examples: ["get pods | head -n 3", "head -c 20 notes"],
        options: [
            ToolOption("c|bytes", .required("NUM"), "the first NUM bytes; with - all but the last"),
            ToolOption("n|lines", .required("NUM"), "the first NUM lines; with - all but the last"),
            ToolOption("q|quiet", "never print the files' names"),
            ToolOption("|silent", "never print the files' names"),
            ToolOption("v|verbose", "always print the files' names"),
            ToolOption("z|zero-terminated", "lines end with NUL"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options(number: "n")
        let amount = try HeadAmount(options, isTail: false)
        let end: UInt8 = options.has("z") ? 0 : .newline
        var headings = FileHeadings(options)
        let isWhole = try call.eachInput(options.operands, complaint: FileHeadings.complaint) {
            name, input throws(ToolStop) in
            headings.print(name, to: call.output)
            switch (amount.unit, amount.isFromOtherEnd) {
            case (.bytes, false): call.output.write(input.read(atMost: amount.number))
            case (.bytes, true): call.output.write(input.readAll().dropLast(amount.number))
            case (.lines, false):
                for _ in 0..<amount.number {
                    guard let line = input.readLine(endedBy: end) else { break }
                    try call.step()
                    call.output.write(line, endedBy: end)
                }
            case (.lines, true):
                let bytes = input.readAll()
                call.output.write(
                    bytes[..<bytes.startOfLastLines(amount.number, endedBy: end)])
            }
        }
        return isWhole ? 0 : 1
    }

    static let tail = Tool(
        "tail", summary: "prints the end of files, ten lines unless told otherwise",
        usage: "[OPTION]... [FILE]...",
        examples: ["logs pod/web-0 | tail -n 5", "tail -n +2 table"],
        options: [
            ToolOption("c|bytes", .required("NUM"), "the last NUM bytes; with + from byte NUM on"),
            ToolOption("f|follow", "nothing more: nobody adds to a file meanwhile"),
            ToolOption("F", "the same"),
            ToolOption("n|lines", .required("NUM"), "the last NUM lines; with + from line NUM on"),
            ToolOption("q|quiet", "never print the files' names"),
            ToolOption("|silent", "never print the files' names"),
            ToolOption("v|verbose", "always print the files' names"),
            ToolOption("z|zero-terminated", "lines end with NUL"),
        ]
    ) { call throws(ToolStop) in
        var arguments = call.arguments
        // The old way to say from which line on: `tail +3`.
        if let first = arguments.first, first.hasPrefix("+"), Int(first.dropFirst()) != nil {
            arguments[0] = "-n\(first)"
        }
        let options = try ToolOptions(arguments, of: call.tool, number: "n")
        let amount = try HeadAmount(options, isTail: true)
        let end: UInt8 = options.has("z") ? 0 : .newline
        var headings = FileHeadings(options)
        let isWhole = try call.eachInput(options.operands, complaint: FileHeadings.complaint) {
            name, input throws(ToolStop) in
            headings.print(name, to: call.output)
            let bytes = input.readAll()
            try call.step()
            switch (amount.unit, amount.isFromOtherEnd) {
            case (.bytes, false): call.output.write(bytes.suffix(amount.number))
            case (.bytes, true): call.output.write(bytes.dropFirst(max(0, amount.number - 1)))
            case (.lines, false):
                call.output.write(
                    bytes[bytes.startOfLastLines(amount.number, endedBy: end)...])
            case (.lines, true):
                call.output.write(
                    bytes[bytes.endOfFirstLines(max(0, amount.number - 1), endedBy: end)...])
            }
        }
        return isWhole ? 0 : 1
    }
}

/// How much `head` and `tail` print.
private struct HeadAmount {
    enum Unit { case bytes, lines }

    var unit = Unit.lines
    var number = 10
    /// All but the last for `head`, all from a place on for `tail`.
    var isFromOtherEnd = false

    init(_ options: ToolOptions, isTail: Bool) throws(ToolStop) {
        guard let option = options.last(of: "n", "c"), let text = options.value(option) else {
            return
        }
        unit = option == "c" ? .bytes : .lines
        var digits = text[...]
        if let sign = text.first, sign == "-" || sign == "+" {
            digits = digits.dropFirst()
            isFromOtherEnd = sign == (isTail ? "+" : "-")
        }
        guard let count = ToolNumber.count(String(digits)) else {
            throw .failure(
                "invalid number of \(unit == .bytes ? "bytes" : "lines"): \(text.quoted)")
        }
        number = count
    }
}

/// The lines that tell files apart.
private struct FileHeadings {
    private let areWanted: Bool
    private var isFirst = true

    init(_ options: ToolOptions) {
        let quiet = options.last(of: "q", "silent", "v")
        areWanted = quiet == nil ? options.operands.count > 1 : quiet == "v"
    }

    mutating func print(_ name: String, to output: ToolOutput) {
        guard areWanted else { return }
        let shown = name == "-" ? "standard input" : name
        output.write("\(isFirst ? "" : "\n")==> \(shown) <==\n")
        isFirst = false
    }

    static func complaint(_ path: String, _ reason: String) -> String {
        reason == ToolFileProblem.isDirectory.reason
            ? "error reading \(path.quotedAsName): \(reason)"
            : "cannot open \(path.quotedAsName) for reading: \(reason)"
    }
}

extension ArraySlice<UInt8> {
    /// Where the last `count` lines begin. O(their bytes).
    fileprivate func startOfLastLines(_ count: Int, endedBy end: UInt8) -> Int {
        guard count > 0 else { return endIndex }
        var place = last == end ? endIndex - 1 : endIndex
        var left = count
        while place > startIndex {
            if self[place - 1] == end {
                left -= 1
                if left == 0 { return place }
            }
            place -= 1
        }
        return startIndex
    }

    /// Where the first `count` lines end. O(their bytes).
    fileprivate func endOfFirstLines(_ count: Int, endedBy end: UInt8) -> Int {
        var place = startIndex
        var left = count
        while left > 0, place < endIndex {
            if self[place] == end { left -= 1 }
            place += 1
        }
        return place
    }
}
