import Patterns

extension Tool {
    static let grep = Tool(
        "grep", aliases: ["egrep", "fgrep"], summary: "prints the lines that match a pattern",
        usage: "[OPTION]... PATTERNS [FILE]...",
        examples: [
            "get pods | grep Running", "grep -rn image: manifests", "logs pod/web | grep -c error",
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
            ToolOption("d|directories", .required("ACTION"), "what to do with folders: read, skip, recurse"),
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

/// What a call of `grep` asks for.
private struct GrepSettings {
    enum Listing { case lines, counts, names, otherNames, nothing }

    var patterns: [Pattern] = []
    var files: [String] = []
    var before = 0
    var after = 0
    var listing = Listing.lines
    var limit = Int.max
    var isInverted = false
    var onlyParts = false
    var hasNumbers = false
    var hasOffsets = false
    var hasNames = false
    var isRecursive = false
    var skipsFolders = false
    var skipsBinary = false
    var isAlwaysText = false
    var isSilent = false
    var label = "(standard input)"
    var end = UInt8.newline
    var included: [Glob] = []
    var excluded: [Glob] = []
    var excludedFolders: [Glob] = []

    init(_ call: ToolCall) throws(ToolStop) {
        let options = try call.options(number: "C")
        files = options.operands
        let texts = try patternTexts(options, call)
        try readPatterns(texts, options, call)
        try readContext(options)
        isInverted = options.has("v")
        hasNumbers = options.has("n")
        hasOffsets = options.has("b")
        onlyParts = options.has("o")
        skipsBinary = options.has("I")
        isAlwaysText = options.has("a") || options.has("z")
        isSilent = options.has("s")
        if options.has("z") { end = 0 }
        label = options.value("label") ?? label
        try readListing(options)
        try readFolders(options, call)
        switch options.last(of: "H", "h") {
        case "H": hasNames = true
        case "h": break
        default:
            let isFolder = files.count == 1
                && call.context.files.kind(of: call.resolve(files[0])) == .directory
            hasNames = files.count > 1 || isRecursive && (files.isEmpty || isFolder)
        }
        if let color = options.value("color") ?? options.value("colour"),
            !["", "auto", "never", "tty", "if-tty", "no", "none"].contains(color)
        {
            throw .failure("colours are not supported: --color=\(color)", status: 2)
        }
    }

    private mutating func patternTexts(
        _ options: ToolOptions, _ call: ToolCall
    ) throws(ToolStop) -> [String] {
        var texts = options.values("e")
        for path in options.values("f") {
            do throws(ToolFileProblem) {
                var text = try call.open(path).readAll().text[...]
                if text.isEmpty { continue }
                if text.hasSuffix("\n") { text = text.dropLast() }
                texts.append(String(text))
            } catch {
                throw .failure("\(path): \(error.reason)", status: 2)
            }
        }
        if !options.has("e"), !options.has("f") {
            guard !files.isEmpty else {
                call.error.write(call.tool.usageHint ?? "")
                throw .status(2)
            }
            texts = [files.removeFirst()]
        }
        return texts.flatMap { text in
            text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private mutating func readPatterns(
        _ texts: [String], _ options: ToolOptions, _ call: ToolCall
    ) throws(ToolStop) {
        var syntaxes = ["E", "F", "G", "P"].filter { options.has($0) }
        if syntaxes.isEmpty {
            syntaxes = [call.name == "egrep" ? "E" : call.name == "fgrep" ? "F" : "G"]
        }
        // -P goes with no other, of the rest the last one counts.
        if syntaxes.contains("P"), syntaxes.count > 1 {
            throw .failure("conflicting matchers specified", status: 2)
        }
        let syntax: PatternSyntax =
            switch options.last(of: "E", "F", "G", "P") ?? syntaxes[0] {
            case "E": .lenient
            case "F": .literal
            case "P": .re2
            default: .basic
            }
        let frame: PatternFrame = options.has("x") ? .line : options.has("w") ? .word : .none
        let ignoresCase = options.last(of: "i", "y", "no-ignore-case").map { $0 != "no-ignore-case" }
        for text in texts {
            let pattern = try call.pattern(
                text, syntax, ignoresCase: ignoresCase ?? false, frame: frame, status: 2)
            for warning in pattern.warnings { call.complain("warning: \(warning)") }
            patterns.append(pattern)
        }
    }

    private mutating func readContext(_ options: ToolOptions) throws(ToolStop) {
        for (id, text) in options.found where ["A", "B", "C"].contains(id) {
            guard !text.isEmpty, text.utf8.allSatisfy(\.isDigit) else {
                throw .failure("\(text): invalid context length argument", status: 2)
            }
            let number = min(Int(text) ?? .max, 1 << 32)
            if id != "B" { after = number }
            if id != "A" { before = number }
        }
        // -A and -B win over -C wherever they stand.
        if let text = options.value("A") { after = min(Int(text) ?? .max, 1 << 32) }
        if let text = options.value("B") { before = min(Int(text) ?? .max, 1 << 32) }
        if let text = options.value("m") {
            guard let number = Int(text) else { throw .failure("invalid max count", status: 2) }
            limit = number < 0 ? .max : number
        }
    }

    private mutating func readListing(_ options: ToolOptions) throws(ToolStop) {
        if options.has("c") { listing = .counts }
        switch options.last(of: "l", "L") {
        case "l": listing = .names
        case "L": listing = .otherNames
        default: break
        }
        if options.has("q") || options.has("silent") { listing = .nothing }
        if listing != .lines || onlyParts {
            before = 0
            after = 0
        }
    }

    private mutating func readFolders(_ options: ToolOptions, _ call: ToolCall) throws(ToolStop) {
        isRecursive = options.has("r") || options.has("R")
        switch options.value("d") {
        case nil, "read": break
        case "skip": skipsFolders = true
        case "recurse": isRecursive = true
        case let action?:
            throw .usage(
                "invalid argument \(action.quoted) for \("--directories".quoted)\n"
                    + "Valid arguments are:\n  - ‘read’\n  - ‘recurse’\n  - ‘skip’")
        }
        included = options.values("include").map { Glob($0) }
        excluded = options.values("exclude").map { Glob($0) }
        excludedFolders = options.values("exclude-dir").map { Glob($0) }
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
        var printer = LinePrinter(
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
        _ bytes: ArraySlice<UInt8>, _ printer: inout LinePrinter
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

/// Prints the lines of one file with their context.
private struct LinePrinter {
    let call: ToolCall
    let settings: GrepSettings
    let name: String
    let isBinary: Bool
    private(set) var hasPrinted: Bool
    /// Lines that become context if a match follows.
    private var waiting: [(line: ArraySlice<UInt8>, number: Int, offset: Int)] = []
    private var lastPrinted = 0
    private var following = 0

    init(
        call: ToolCall, settings: GrepSettings, name: String, isBinary: Bool, hasPrinted: Bool
    ) {
        self.call = call
        self.settings = settings
        self.name = name
        self.isBinary = isBinary
        self.hasPrinted = hasPrinted
    }

    var wantsContext: Bool { following > 0 }

    /// Prints a line that was selected; false when nothing more of the file is to be read.
    mutating func select(
        _ line: ArraySlice<UInt8>, _ number: Int, _ offset: Int
    ) throws(ToolStop) -> Bool {
        if isBinary {
            call.complain("\(name): binary file matches")
            return false
        }
        if settings.onlyParts {
            if !settings.isInverted { try printParts(line, number, offset) }
            return true
        }
        waiting = waiting.suffix(settings.before)
        let first = waiting.first?.number ?? number
        let hasContext = settings.before > 0 || settings.after > 0
        if hasContext, hasPrinted, first > lastPrinted + 1 || lastPrinted == 0 {
            call.output.write("--\n")
        }
        for entry in waiting { print(entry.line, entry.number, entry.offset, "-") }
        waiting = []
        print(line, number, offset, ":")
        following = settings.after
        return true
    }

    /// Takes a line that was not selected.
    mutating func pass(_ line: ArraySlice<UInt8>, _ number: Int, _ offset: Int) {
        if isBinary { return }
        if following > 0 {
            following -= 1
            print(line, number, offset, "-")
        } else if settings.before > 0 {
            waiting.append((line, number, offset))
            // Rid of the older half at once, so that each line moves once.
            if waiting.count >= 2 * settings.before + 16 {
                waiting.removeFirst(waiting.count - settings.before)
            }
        }
    }

    private mutating func print(
        _ line: ArraySlice<UInt8>, _ number: Int, _ offset: Int, _ mark: String
    ) {
        call.output.write(prefix(number, offset, mark))
        call.output.write(line + [settings.end])
        lastPrinted = number
        hasPrinted = true
    }

    private func prefix(_ number: Int, _ offset: Int, _ mark: String) -> String {
        (settings.hasNames ? name + mark : "") + (settings.hasNumbers ? "\(number)\(mark)" : "")
            + (settings.hasOffsets ? "\(offset)\(mark)" : "")
    }

    private mutating func printParts(
        _ line: ArraySlice<UInt8>, _ number: Int, _ offset: Int
    ) throws(ToolStop) {
        for range in try parts(line) where !range.isEmpty {
            call.output.write(prefix(number, offset + range.lowerBound, ":"))
            let start = line.startIndex
            call.output.write(
                line[(start + range.lowerBound)..<(start + range.upperBound)] + [settings.end])
        }
        hasPrinted = true
    }

    /// The parts of a line that match, from left to right; of several patterns the one that begins
    /// first, then the longest.
    private func parts(_ line: ArraySlice<UInt8>) throws(ToolStop) -> [Range<Int>] {
        if settings.patterns.count == 1 {
            return try call.allMatches(settings.patterns[0], line).map(\.range)
        }
        var found: [Range<Int>] = []
        for pattern in settings.patterns {
            found += try call.allMatches(pattern, line).map(\.range)
        }
        found.sort { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
        var end = 0
        return found.filter { range in
            guard range.lowerBound >= end else { return false }
            end = range.upperBound
            return true
        }
    }
}
