/// `grep`, `egrep`, `fgrep`: lines that hold a pattern.
enum ShellGrep {
    private struct Settings {
        var patterns: [ShellRegex] = []
        var inverted = false
        var wholeLine = false
        var wholeWord = false
        var counts = false
        var quiet = false
        var onlyMatching = false
        var numbers = false
        var namesOnly = false
        var showsNames = false
        var before = 0
        var after = 0
        var limit = Int.max
    }

    static func run(_ call: ShellCall) -> Int32 {
        var options: ShellOptions
        let settings: Settings
        do {
            options = try ShellOptions(
                call.arguments, flags: "cvoEFGPinqhHlswxr", valued: "eABCm",
                long: [
                    "count": "c", "invert-match": "v", "only-matching": "o", "extended-regexp": "E",
                    "fixed-strings": "F", "ignore-case": "i", "line-number": "n", "quiet": "q",
                    "silent": "q", "no-filename": "h", "files-with-matches": "l",
                    "word-regexp": "w",
                    "line-regexp": "x", "regexp": "e", "after-context": "A", "before-context": "B",
                    "context": "C", "max-count": "m", "color": "s", "no-messages": "s",
                ], number: "C")
            settings = try Self.settings(call, &options)
        } catch {
            return call.fail(error.message, status: 2)
        }
        var found = false
        let failed = call.eachText(options.operands) { name, text in
            let prefix = settings.showsNames ? "\(name):" : ""
            let hits = search(ShellCall.lines(of: text), settings, prefix: prefix, name: name, call)
            found = found || hits
        }
        return failed ? 2 : (found ? 0 : 1)
    }

    private static func settings(
        _ call: ShellCall, _ options: inout ShellOptions
    ) throws(ShellSyntaxError) -> Settings {
        var settings = Settings()
        var patterns = options.values("e")
        if patterns.isEmpty {
            guard let pattern = options.takeOperand() else {
                throw ShellSyntaxError(message: "no pattern given")
            }
            patterns = [pattern]
        }
        let isFixed = options.has("F") || call.name == "fgrep"
        let isExtended = options.has("E") || options.has("P") || call.name == "egrep"
        for pattern in patterns.flatMap({
            $0.split(separator: "\n", omittingEmptySubsequences: false)
        }) {
            settings.patterns.append(
                isFixed
                    ? try ShellRegex(literal: String(pattern), ignoresCase: options.has("i"))
                    : try ShellRegex(
                        String(pattern), extended: isExtended, ignoresCase: options.has("i")))
        }
        settings.inverted = options.has("v")
        settings.wholeLine = options.has("x")
        settings.wholeWord = options.has("w")
        settings.counts = options.has("c")
        settings.quiet = options.has("q")
        settings.onlyMatching = options.has("o")
        settings.numbers = options.has("n")
        settings.namesOnly = options.has("l")
        settings.showsNames = !options.has("h") && (options.has("H") || options.operands.count > 1)
        for letter in ["A", "B", "C", "m"] as [Character] {
            guard let word = options.value(letter) else { continue }
            guard let number = Int(word), number >= 0 else {
                throw ShellSyntaxError(message: "\(word): invalid context length argument")
            }
            if letter == "A" || letter == "C" { settings.after = number }
            if letter == "B" || letter == "C" { settings.before = number }
            if letter == "m" { settings.limit = number }
        }
        return settings
    }

    /// Prints what the settings ask for and answers whether any line was selected.
    private static func search(
        _ lines: [String], _ settings: Settings, prefix: String, name: String, _ call: ShellCall
    ) -> Bool {
        var selected: [Int] = []
        for (index, line) in lines.enumerated() where selected.count < settings.limit {
            if matches(line, settings).isEmpty == settings.inverted { selected.append(index) }
        }
        if settings.quiet { return !selected.isEmpty }
        if settings.namesOnly {
            if !selected.isEmpty { call.print(name + "\n") }
        } else if settings.counts {
            call.print("\(prefix)\(selected.count)\n")
        } else if settings.onlyMatching {
            for index in selected where !settings.inverted {
                for match in matches(lines[index], settings) where !match.isEmpty {
                    call.print(prefix + (settings.numbers ? "\(index + 1):" : "") + match + "\n")
                }
            }
        } else {
            printContext(lines, selected, settings, prefix: prefix, call)
        }
        return !selected.isEmpty
    }

    private static func printContext(
        _ lines: [String], _ selected: [Int], _ settings: Settings, prefix: String,
        _ call: ShellCall
    ) {
        let chosen = Set(selected)
        var last = -1
        for index in selected {
            let start = max(index - settings.before, last + 1)
            if last >= 0, start > last + 1, settings.before + settings.after > 0 {
                call.print("--\n")
            }
            let end = min(index + settings.after, lines.count - 1)
            guard start <= end else { continue }
            for line in start...end {
                // The context after a line ends where the next selected line's own output begins.
                let mark = chosen.contains(line) ? ":" : "-"
                let name = prefix.isEmpty ? "" : prefix.dropLast() + mark
                call.print(
                    name + (settings.numbers ? "\(line + 1)\(mark)" : "") + lines[line] + "\n")
            }
            last = end
        }
    }

    /// The texts that match in a line, from left to right.
    private static func matches(_ line: String, _ settings: Settings) -> [String] {
        let characters = Array(line)
        var ranges: [Range<Int>] = []
        for pattern in settings.patterns {
            ranges += pattern.allMatches(in: characters).map(\.range).filter { range in
                if settings.wholeLine { return range == 0..<characters.count }
                guard settings.wholeWord else { return true }
                let isOpen =
                    range.lowerBound > 0 && ShellRegexSet.isWord(characters[range.lowerBound - 1])
                let isUnclosed =
                    range.upperBound < characters.count
                    && ShellRegexSet.isWord(characters[range.upperBound])
                return !isOpen && !isUnclosed
            }
        }
        if settings.patterns.count > 1 {
            ranges.sort { ($0.lowerBound, $1.upperBound) < ($1.lowerBound, $0.upperBound) }
        }
        return ranges.map { String(characters[$0]) }
    }
}
