extension Tool {
    static let wc = Tool(
        "wc", summary: "counts lines, words and bytes", usage: "[OPTION]... [FILE]...",
        examples: ["get pods -o name | wc -l"],
        options: [
            ToolOption("c|bytes", "the number of bytes"),
            ToolOption("l|lines", "the number of newlines"),
            ToolOption("L|max-line-length", "the width of the widest line"),
            ToolOption("m|chars", "the number of characters"),
            ToolOption("w|words", "the number of words"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        let shown = ["l", "w", "m", "c", "L"].filter { options.has($0) }
        let columns = shown.isEmpty ? ["l", "w", "c"] : shown
        var total = WordCount()
        var rows: [(count: WordCount, name: String)] = []
        var status: Int32 = 0
        var bytes = 0
        // Where the size is not known beforehand, GNU's numbers are at least seven wide.
        var isSizeKnown = true
        for path in options.operands.isEmpty ? ["-"] : options.operands {
            if path == "-" ? !call.input.isFile : path.hasPrefix("/dev/") { isSizeKnown = false }
            let name = options.operands.isEmpty ? "" : path
            let opened = Result { () throws(ToolFileProblem) in try call.open(path) }
            switch opened {
            case .success(let input):
                let text = input.readAll()
                try call.step()
                let count = WordCount(text)
                bytes += text.count
                total.add(count)
                rows.append((count, name))
            case .failure(let problem):
                call.complain("\(path): \(problem.reason)")
                status = 1
                guard problem == .isDirectory else { continue }
                isSizeKnown = false
                rows.append((WordCount(), name))
            }
        }
        if options.operands.count > 1 { rows.append((total, "total")) }
        let isSingle = columns.count == 1 && options.operands.count < 2
        let width = isSingle ? 1 : max(isSizeKnown ? 1 : 7, String(bytes).utf8.count)
        for row in rows {
            let cells = columns.map { column in
                let text = String(row.count.number(column))
                return String(repeating: " ", count: max(0, width - text.utf8.count)) + text
            }
            call.output.write(
                cells.joined(separator: " ") + (row.name.isEmpty ? "" : " \(row.name)") + "\n")
        }
        return status
    }
}

private struct WordCount {
    private var lines = 0
    private var words = 0
    private var characters = 0
    private var bytes = 0
    private var widest = 0

    init() {}

    init(_ text: ArraySlice<UInt8>) {
        bytes = text.count
        var isInWord = false
        var width = 0
        for byte in text {
            if byte & 0xC0 != 0x80 { characters += 1 }
            if byte == .newline { lines += 1 }
            if byte.isSpace {
                isInWord = false
            } else if !isInWord {
                isInWord = true
                words += 1
            }
            switch byte {
            case 0x0A, 0x0C, 0x0D:
                widest = max(widest, width)
                width = 0
            case .tab: width += 8 - width % 8
            default: if byte >= 32, byte != 127, byte & 0xC0 != 0x80 { width += 1 }
            }
        }
        widest = max(widest, width)
    }

    mutating func add(_ other: WordCount) {
        lines += other.lines
        words += other.words
        characters += other.characters
        bytes += other.bytes
        widest = max(widest, other.widest)
    }

    func number(_ column: String) -> Int {
        switch column {
        case "l": lines
        case "w": words
        case "m": characters
        case "c": bytes
        default: widest
        }
    }
}
