extension Tool {
    static let xargs = Tool(
        "xargs", summary: "runs a command with arguments from its input",
        usage: "[OPTION]... COMMAND [INITIAL-ARGS]...",
        examples: [
            "get pods -o name | xargs -n 1 kubectl delete", "seq 3 | xargs -I{} echo pod-{}",
        ],
        options: [
            ToolOption("0|null", "items end with NUL, and quotation marks are plain"),
            ToolOption("a|arg-file", .required("FILE"), "read a file instead of standard input"),
            ToolOption("d|delimiter", .required("CHARACTER"), "items end with CHARACTER"),
            ToolOption("I|replace", .required("R"), "run once for each line, which replaces R"),
            ToolOption("i", .optional("R"), "the same; R is {} unless given"),
            ToolOption("L|max-lines", .required("N"), "at most N lines for each command"),
            ToolOption("n|max-args", .required("N"), "at most N arguments for each command"),
            ToolOption("P|max-procs", .required("N"), "nothing: commands run one after another"),
            ToolOption("r|no-run-if-empty", "run nothing where there is no item"),
            ToolOption("t|verbose", "print each command before it runs"),
            ToolOption("x|exit", "nothing: a command line here has no limit"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options(stopsAtOperand: true)
        var runner = try ArgumentRunner(call, options)
        return try runner.run()
    }
}

private struct ArgumentRunner {
    private let call: ToolCall
    private let options: ToolOptions
    private let words: [String]
    private let input: ToolInput
    private let placeholder: String?
    private var perCommand = Int.max
    private var linesPerCommand: Int?
    private var delimiter: UInt8?
    private var result: Int32 = 0

    init(_ call: ToolCall, _ options: ToolOptions) throws(ToolStop) {
        self.call = call
        self.options = options
        words = options.operands.isEmpty ? ["echo"] : options.operands
        if let path = options.value("a") {
            do throws(ToolFileProblem) {
                input = try call.open(path)
            } catch {
                throw .failure("Cannot open input file \(path.quotedAsName): \(error.reason)")
            }
        } else {
            input = call.input
        }
        // Of -I, -L and -n the last one counts, but -n 1 goes with -I.
        let mode = options.found.last { entry in
            ["I", "i", "L"].contains(entry.id) || entry.id == "n" && entry.value != "1"
        }?.id
        switch mode {
        case "I": placeholder = options.value("I")
        case "i": placeholder = options.value("i").flatMap { $0.isEmpty ? "{}" : $0 }
        default: placeholder = nil
        }
        if let text = options.value("n") {
            let number = try Self.number(text, "n")
            if placeholder == nil, mode != "L" { perCommand = number }
        }
        if let text = options.value("L") {
            let number = try Self.number(text, "L")
            if mode == "L" { linesPerCommand = number }
        }
        if let text = options.value("P") { _ = try Self.number(text, "P", least: 0) }
        if options.has("0") {
            delimiter = 0
        } else if let text = options.value("d") {
            let (bytes, _) = EscapeText.unescaped(Array(text.utf8), .echo)
            guard bytes.count == 1 else {
                throw .failure(
                    "Invalid input delimiter specification \(text): the delimiter must be either "
                        + "a single character or an escape sequence starting with \\.")
            }
            delimiter = bytes[0]
        }
    }

    private static func number(
        _ text: String, _ option: String, least: Int = 1
    ) throws(ToolStop) -> Int {
        guard let number = Int(text) else {
            throw .usage("invalid number \"\(text)\" for -\(option) option")
        }
        guard number >= least else {
            throw .usage("value \(text) for -\(option) option should be >= \(least)")
        }
        return number
    }

    mutating func run() throws(ToolStop) -> Int32 {
        if let placeholder {
            try runForEachLine(placeholder)
        } else if let linesPerCommand {
            try runForLines(linesPerCommand)
        } else {
            try runForItems()
        }
        return result
    }

    private mutating func runForEachLine(_ placeholder: String) throws(ToolStop) {
        while let line = input.readLine(endedBy: delimiter ?? .newline) {
            try call.step()
            var item = line.bytes
            if delimiter == nil {
                item = item.drop(while: \.isBlank)
                item = try ArgumentReader.unquoted(item)[...]
                if item.isEmpty { continue }
            }
            let text = item.text
            try start(words.map { $0.replacing(placeholder, with: text) })
        }
    }

    private mutating func runForLines(_ count: Int) throws(ToolStop) {
        var batch: [String] = []
        var lines = 0
        while let line = input.readLine(endedBy: delimiter ?? .newline) {
            try call.step()
            var reader = ArgumentReader(ToolInput(Array(line.bytes)), delimiter: delimiter)
            var items: [String] = []
            while let item = try reader.next() { items.append(item) }
            if items.isEmpty { continue }
            batch += items
            // A blank at its end goes on with the next line.
            if let last = line.bytes.last, last.isBlank, delimiter == nil { continue }
            lines += 1
            if lines == count {
                try start(words + batch)
                batch = []
                lines = 0
            }
        }
        if !batch.isEmpty { try start(words + batch) }
    }

    private mutating func runForItems() throws(ToolStop) {
        var reader = ArgumentReader(input, delimiter: delimiter)
        var batch: [String] = []
        var isAny = false
        while let item = try reader.next() {
            try call.step()
            batch.append(item)
            isAny = true
            if batch.count == perCommand {
                try start(words + batch)
                batch = []
            }
        }
        if !batch.isEmpty || !isAny && !options.has("r") { try start(words + batch) }
    }

    private mutating func start(_ command: [String]) throws(ToolStop) {
        if options.has("t") {
            call.error.write(command.map { $0.quotedForXargs }.joined(separator: " ") + "\n")
        }
        guard call.hasCommand(command[0]) else {
            throw .failure("\(command[0]): No such file or directory", status: 127)
        }
        let status = try call.run(command, input: ToolInput())
        switch status {
        case 0: break
        case 126, 127: throw .status(status)
        case 255: throw .failure("\(command[0]): exited with status 255; aborting", status: 124)
        case 129...: throw .status(125)
        default: result = 123
        }
    }
}

extension String {
    fileprivate func replacing(_ target: String, with replacement: String) -> String {
        guard !target.isEmpty else { return self }
        let (text, part) = (Array(utf8)[...], Array(target.utf8))
        var result: [UInt8] = []
        var start = 0
        while let place = text.firstPlace(of: part, from: start) {
            result += text[start..<place]
            result += replacement.utf8
            start = place + part.count
        }
        return (result + text[start...]).text
    }

    fileprivate var quotedForXargs: String {
        let isPlain =
            !isEmpty
            && utf8.allSatisfy {
                $0.isLetter || $0.isDigit || "_-./:@%+,=^{}~]".utf8.contains($0) || $0 >= 128
            }
        return isPlain ? self : quotedAsName
    }
}

/// Takes arguments off an input: parted by blanks and newlines, with quotation marks and
/// backslashes; or by a delimiter, with neither.
private struct ArgumentReader {
    private let input: ToolInput
    private let delimiter: UInt8?
    private var bytes: ArraySlice<UInt8>?

    init(_ input: ToolInput, delimiter: UInt8?) {
        self.input = input
        self.delimiter = delimiter
    }

    mutating func next() throws(ToolStop) -> String? {
        if let delimiter { return input.readLine(endedBy: delimiter)?.text }
        var rest = bytes ?? input.readAll()
        rest = rest.drop(while: \.isSpace)
        defer { bytes = rest }
        guard !rest.isEmpty else { return nil }
        return try Self.takeItem(&rest) { $0.isSpace }.text
    }

    /// A line without its quotation marks and backslashes.
    static func unquoted(_ line: ArraySlice<UInt8>) throws(ToolStop) -> [UInt8] {
        var rest = line
        return try takeItem(&rest) { _ in false }
    }

    private static func takeItem(
        _ rest: inout ArraySlice<UInt8>, _ isEnd: (UInt8) -> Bool
    ) throws(ToolStop) -> [UInt8] {
        var item: [UInt8] = []
        var mark: UInt8?
        while let next = rest.first {
            if mark == nil, isEnd(next) { break }
            rest = rest.dropFirst()
            if let open = mark {
                if next == .newline { break }
                if next == open { mark = nil } else { item.append(next) }
            } else if next == UInt8(ascii: "'") || next == UInt8(ascii: "\"") {
                mark = next
            } else if next == UInt8(ascii: "\\"), let escaped = rest.popFirst() {
                item.append(escaped)
            } else {
                item.append(next)
            }
        }
        if let mark {
            throw .failure(
                "unmatched \(mark == UInt8(ascii: "'") ? "single" : "double") quote; by default "
                    + "quotes are special to xargs unless you use the -0 option")
        }
        return item
    }
}
