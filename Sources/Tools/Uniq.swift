extension Tool {
    static let uniq = Tool(
        "uniq", summary: "prints runs of equal lines as one", usage: "[OPTION]... [INPUT [OUTPUT]]",
        examples: ["get pods --no-headers | awk '{print $3}' | sort | uniq -c"],
        options: [
            ToolOption("c|count", "how often each line stands"),
            ToolOption("d|repeated", "only lines that stand several times"),
            ToolOption("D", "all lines that stand several times, each as often as it does"),
            ToolOption("f|skip-fields", .required("N"), "do not compare the first N fields"),
            ToolOption("i|ignore-case", "upper and lower case are equal"),
            ToolOption("s|skip-chars", .required("N"), "do not compare the first N characters"),
            ToolOption("u|unique", "only lines that stand once"),
            ToolOption("w|check-chars", .required("N"), "compare at most N characters"),
            ToolOption("z|zero-terminated", "lines end with NUL"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        if options.operands.count > 2 {
            throw .usage("extra operand \(options.operands[2].quoted)")
        }
        if options.has("D"), options.has("c") {
            throw .usage("printing all duplicated lines and repeat counts is meaningless")
        }
        let comparison = try LineComparison(options)
        let end: UInt8 = options.has("z") ? 0 : .newline
        let isToFile = options.operands.count > 1 && options.operands[1] != "-"
        let output =
            isToFile ? ToolOutput(limit: call.context.limits.outputBytes) : call.output
        var previous: ArraySlice<UInt8>?
        var count = 0
        func flush() {
            guard let line = previous else { return }
            if options.has("D") {
                if count > 1 { output.write(line + [end]) }
                return
            }
            if options.has("d"), count < 2 { return }
            if options.has("u"), count > 1 { return }
            if options.has("c") {
                let number = String(count)
                output.write(
                    String(repeating: " ", count: max(0, 7 - number.utf8.count)) + number + " ")
            }
            output.write(line + [end])
        }
        let isWhole = try call.eachLine(Array(options.operands.prefix(1)), endedBy: end) {
            line throws(ToolStop) in
            if let last = previous, comparison.areEqual(last, line.bytes) {
                count += 1
                if options.has("D") {
                    output.write(last + [end])
                    previous = line.bytes
                }
                return
            }
            flush()
            previous = line.bytes
            count = 1
        }
        guard isWhole else { return 1 }
        flush()
        if isToFile {
            let path = options.operands[1]
            do throws(ToolFileProblem) {
                try call.write(output.take(), to: path)
            } catch {
                throw .failure("\(path): \(error.reason)")
            }
        }
        return 0
    }
}

/// Which parts of lines `uniq` compares.
private struct LineComparison {
    private let fields: Int
    private let skipped: Int
    private let compared: Int
    private let ignoresCase: Bool

    init(_ options: ToolOptions) throws(ToolStop) {
        func number(_ id: String, _ what: String) throws(ToolStop) -> Int? {
            guard let text = options.value(id) else { return nil }
            guard let number = ToolNumber.count(text) else {
                throw .failure("\(text): invalid number of \(what)")
            }
            return number
        }
        fields = try number("f", "fields to skip") ?? 0
        skipped = try number("s", "bytes to skip") ?? 0
        compared = try number("w", "bytes to compare") ?? .max
        ignoresCase = options.has("i")
    }

    func areEqual(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
        let (left, right) = (part(of: left), part(of: right))
        if !ignoresCase { return left == right }
        return left.count == right.count
            && zip(left, right).allSatisfy { $0.asciiUppercased == $1.asciiUppercased }
    }

    private func part(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = line
        for _ in 0..<min(fields, line.count) {
            rest = rest.drop(while: \.isBlank).drop { !$0.isBlank }
        }
        return rest.dropFirst(skipped).prefix(compared)
    }
}

extension UInt8 {
    var asciiUppercased: UInt8 { (0x61...0x7A).contains(self) ? self - 32 : self }

    var asciiLowercased: UInt8 { (0x41...0x5A).contains(self) ? self + 32 : self }
}
