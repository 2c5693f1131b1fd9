import Patterns
import Support

/// What a call of `grep` asks for.
struct GrepSettings {
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
            let isFolder =
                files.count == 1
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
        let ignoresCase = options.last(of: "i", "y", "no-ignore-case").map {
            $0 != "no-ignore-case"
        }
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
