/// What only a prompt understands, because it is about the session and not a part of a script.
enum PromptWord: Equatable {
    /// `until E`
    case until(String)
    /// `breakpoint E`, `break on write pods[app=web]`
    case breakpoint(String)
    case breakOnWrite(String)
    case listBreakpoints
    /// By number; nil for all.
    case deleteBreakpoint(String?)
    /// `watch E`
    case watch(String)
    /// By number; nil for all.
    case unwatch(String?)
    /// `prompt auto`, `prompt still`
    case rests(Bool)
    /// `save FILE.dock [--expect] [--force]`
    case save([String])
    /// `load FILE.dock`
    case load(String)
    case reload
    /// One of these words, with what it cannot do anything with.
    case malformed(String)

    /// Reads what was typed; nil where it is a statement.
    ///
    /// - Parameter isExpression: whether a text is an expression on its own: `watch get pods` is a command.
    init?(_ text: String, isExpression: (String) -> Bool) {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = words.first else { return nil }
        let rest = text.drop(while: \.isWhitespace).dropFirst(first.count)
            .drop(while: \.isWhitespace)
        let argument = String(rest)
        switch first {
        case "until":
            // A shell's loop.
            if words.contains("do") || words.contains(where: { $0.hasSuffix(";do") }) { return nil }
            self =
                isExpression(argument)
                ? .until(argument)
                : .malformed("until takes what is to hold, as in: until count(pods[app=web]) == 3")
        case "breakpoint": self = Self.breakpoint(words, argument, isExpression)
        case "break" where words.dropFirst().prefix(2) == ["on", "write"]:
            let subject = words.dropFirst(3).joined(separator: " ")
            self =
                isExpression(subject)
                ? .breakOnWrite(subject)
                : .malformed("break on write takes objects, as in: break on write pods[app=web]")
        case "watch" where isExpression(argument): self = .watch(argument)
        case "unwatch" where words.count <= 2: self = .unwatch(words.count == 2 ? words[1] : nil)
        case "prompt" where words == ["prompt", "auto"]: self = .rests(true)
        case "prompt" where words == ["prompt", "still"]: self = .rests(false)
        case "prompt": self = .malformed("prompt takes one word, auto or still")
        case "save": self = .save(Array(words.dropFirst()))
        case "load" where words.count == 2 && words[1].hasSuffix(".dock"): self = .load(words[1])
        case "reload" where words.count == 1: self = .reload
        case "unwatch", "reload":
            self = .malformed(
                "\(first) takes \(first == "reload" ? "nothing" : "a number") after it")
        default: return nil
        }
    }

    private static func breakpoint(
        _ words: [String], _ argument: String, _ isExpression: (String) -> Bool
    ) -> PromptWord {
        if words.count == 1 || words == ["breakpoint", "list"] { return .listBreakpoints }
        if words[1] == "delete", words.count <= 3 {
            return .deleteBreakpoint(words.count == 3 ? words[2] : nil)
        }
        if isExpression(argument) { return .breakpoint(argument) }
        return .malformed(
            "breakpoint takes what is to hold, as in: breakpoint pod/web-0 .status.phase == \"Failed\"; "
                + "`breakpoint` lists them, `breakpoint delete 1` takes one away")
    }

    /// The expression in what was typed, which may go on in further lines; nil where there is none.
    static func expression(in text: String) -> String? {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard let first = words.first else { return nil }
        switch first {
        case "until" where !words.contains("do"), "breakpoint":
            return String(text.drop(while: \.isWhitespace).dropFirst(first.count))
        case "break" where words.dropFirst().prefix(2).map(String.init) == ["on", "write"]:
            return words.dropFirst(3).joined(separator: " ")
        default: return nil
        }
    }
}
