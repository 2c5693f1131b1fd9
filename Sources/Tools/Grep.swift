import Patterns

extension Tool {
    static let grep = Tool(
        "grep", aliases: ["egrep", "fgrep"], summary: "prints the lines that match a pattern",
        usage: "[OPTION]... PATTERNS [FILE]...",
        examples: [
            "get pods | grep Running", "grep -rn image: manifests",
            "grep -c replicas: web.yaml",
        ],
        options: [
            ToolOption("A|after-context", .required("NUM"), "NUM lines after each match too"),
            ToolOption("a|text", "treat every file as text"),
            ToolOption("B|before-context", .required("NUM"), "NUM lines before each match too"),
            ToolOption("b|byte-offset", "the byte at which each line or part begins"),
            ToolOption("C|context", .required("NUM"), "NUM lines around each match too"),
            ToolOption("|color", .optional("WHEN"), "never or auto, which is never here"),
            ToolOption("|colour", .optional("WHEN"), "never or auto, which is never here"),
            ToolOption("c|count", "how many lines match"),
            ToolOption(
                "d|directories", .required("ACTION"), "what to do with folders: read, skip, recurse"
            ),
            ToolOption("E|extended-regexp", "patterns are extended expressions"),
            ToolOption("e|regexp", .required("PATTERNS"), "these patterns"),
            ToolOption("|exclude", .required("GLOB"), "not the files of such names"),
            ToolOption("|exclude-dir", .required("GLOB"), "not the folders of such names"),
            ToolOption("F|fixed-strings", "patterns are plain texts"),
            ToolOption("f|file", .required("FILE"), "patterns from a file"),
            ToolOption("G|basic-regexp", "patterns are basic expressions, as always"),
            ToolOption("H|with-filename", "the file's name before each line"),
            ToolOption("h|no-filename", "no names"),
            ToolOption("I", "pass over files that are no text"),
            ToolOption("i|ignore-case", "upper and lower case are equal"),
            ToolOption("|include", .required("GLOB"), "only files of such names"),
            ToolOption("L|files-without-match", "only the names of files without a match"),
            ToolOption("l|files-with-matches", "only the names of files with a match"),
            ToolOption("|label", .required("NAME"), "the name of standard input"),
            ToolOption("|line-buffered", "nothing"),
            ToolOption("m|max-count", .required("NUM"), "stop after NUM lines that match"),
            ToolOption("n|line-number", "the number of each line"),
            ToolOption("|no-ignore-case", "upper and lower case differ, as always"),
            ToolOption("o|only-matching", "only the parts that match"),
            ToolOption("P|perl-regexp", "patterns are Perl's, without looking around or back"),
            ToolOption("q|quiet", "print nothing; only the status counts"),
            ToolOption("|silent", "the same"),
            ToolOption("R|dereference-recursive", "folders with all that is in them"),
            ToolOption("r|recursive", "folders with all that is in them"),
            ToolOption("s|no-messages", "no complaint about files that cannot be read"),
            ToolOption("v|invert-match", "the lines that do not match"),
            ToolOption("w|word-regexp", "only matches that are whole words"),
            ToolOption("x|line-regexp", "only matches that are whole lines"),
            ToolOption("y", "the same as -i"),
            ToolOption("z|null-data", "lines end with NUL"),
        ],
        usageStatus: 2,
        usageHint: "Usage: grep [OPTION]... PATTERNS [FILE]...\n"
            + "Try 'grep --help' for more information.\n"
    ) { call throws(ToolStop) in
        let settings = try GrepSettings(call)
        var search = GrepSearch(call, settings)
        return try search.run()
    }
}

/// Goes through the files.
private struct GrepSearch {
    private let call: ToolCall
    private let settings: GrepSettings
    private var isFound = false
    private var hasFailed = false
    /// Whether any context was printed, so that the next one is parted from it.
    private var hasPrinted = false

    init(_ call: ToolCall, _ settings: GrepSettings) {
        self.call = call
        self.settings = settings
    }

    mutating func run() throws(ToolStop) -> Int32 {
        let isEverything = settings.files.isEmpty && settings.isRecursive
        for path in settings.files.isEmpty ? [isEverything ? "." : "-"] : settings.files {
            if path != "-", call.context.files.kind(of: call.resolve(path)) == .directory {
                try searchFolder(path, isNamed: !isEverything)
            } else {
                try searchFile(path)
            }
            if settings.listing == .nothing, isFound { return 0 }
        }
        return hasFailed ? 2 : isFound ? 0 : 1
    }

    private mutating func searchFolder(_ path: String, isNamed: Bool) throws(ToolStop) {
        if settings.skipsFolders { return }
        guard settings.isRecursive else {
            return complain("\(path): Is a directory")
        }
        var open = [isNamed ? path : ""]
        while let next = open.popLast() {
            try call.step()
            let full = call.resolve(next)
            guard call.context.files.kind(of: full) == .directory else {
                let name = PathText.last(of: next)
                if settings.excluded.contains(where: { $0.matches(name) }) { continue }
                if !settings.included.isEmpty,
                    !settings.included.contains(where: { $0.matches(name) })
                {
                    continue
                }
                try searchFile(next)
                continue
            }
            let names = (try? call.context.files.list(full)) ?? []
            let paths = names.filter { name in
                call.context.files.kind(of: PathText.joined(full, name)) != .directory
                    || !settings.excludedFolders.contains { $0.matches(name) }
            }.map { next.isEmpty ? $0 : PathText.joined(next, $0) }
            open += paths.reversed()
        }
    }

    private mutating func complain(_ message: String) {
        if !settings.isSilent { call.complain(message) }
        hasFailed = true
    }

    private mutating func searchFile(_ path: String) throws(ToolStop) {
        let input: ToolInput
        do throws(ToolFileProblem) {
            input = try call.open(path)
        } catch {
            return complain("\(path): \(error.reason)")
        }
        let name = path == "-" ? settings.label : path
        let bytes = input.readAll()
        let isBinary = !settings.isAlwaysText && bytes.contains(0)
        if isBinary, settings.skipsBinary { return }
        var printer = GrepPrinter(
            call: call, settings: settings, name: name, isBinary: isBinary, hasPrinted: hasPrinted)
        let count = try search(bytes, &printer)
        hasPrinted = printer.hasPrinted
        if count > 0 { isFound = true }
        switch settings.listing {
        case .lines, .nothing: break
        case .counts: call.output.write("\(settings.hasNames ? "\(name):" : "")\(count)\n")
        case .names: if count > 0 { call.output.write(name + "\n") }
        case .otherNames:
            if count == 0 { call.output.write(name + "\n") }
            // A name that is printed is what was looked for.
            isFound = isFound && count > 0 || count == 0
        }
    }

    /// How many lines were selected.
    private mutating func search(
        _ bytes: ArraySlice<UInt8>, _ printer: inout GrepPrinter
    ) throws(ToolStop) -> Int {
        var count = 0
        var start = bytes.startIndex
        var number = 0
        let listsLines = settings.listing == .lines
        while start < bytes.endIndex {
            try call.step()
            number += 1
            let end = bytes[start...].firstIndex(of: settings.end) ?? bytes.endIndex
            let line = bytes[start..<end]
            let offset = start - bytes.startIndex
            start = end + 1
            if count < settings.limit, try isSelected(line) {
                count += 1
                guard listsLines else {
                    if settings.listing != .counts { return count }
                    continue
                }
                if try !printer.select(line, number, offset) { return count }
            } else if listsLines {
                if count >= settings.limit, !printer.wantsContext { break }
                printer.pass(line, number, offset)
            } else if count >= settings.limit {
                break
            }
        }
        return count
    }

    private func isSelected(_ line: ArraySlice<UInt8>) throws(ToolStop) -> Bool {
        for pattern in settings.patterns {
            if try call.matches(pattern, line) { return !settings.isInverted }
        }
        return settings.isInverted
    }
}
