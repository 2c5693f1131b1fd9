/// `sort [-n] [-r] [-u] [-f] [-k N[,M][nr]] [-t C]`, in byte order as under the C locale.
enum ShellSort {
    private struct Key {
        var first = 1
        var last: Int?
        var numeric = false
        var reversed = false
        var version = false
        var folded = false
    }

    static func run(_ call: ShellCall) -> Int32 {
        let options: ShellOptions
        var keys: [Key]
        do {
            options = try ShellOptions(
                call.arguments, flags: "nrufsVbgh", valued: "ktS",
                long: [
                    "numeric-sort": "n", "reverse": "r", "unique": "u", "ignore-case": "f",
                    "stable": "s", "version-sort": "V", "key": "k", "field-separator": "t",
                ])
            keys = try options.values("k").map(key)
        } catch {
            return call.fail(error.message, status: 2)
        }
        let overall = Key(
            numeric: options.has("n") || options.has("g") || options.has("h"),
            reversed: options.has("r"), version: options.has("V"), folded: options.has("f"))
        for index in keys.indices
        where !keys[index].numeric && !keys[index].reversed && !keys[index].version {
            // A key without letters of its own takes the general ones.
            keys[index].numeric = overall.numeric
            keys[index].reversed = overall.reversed
            keys[index].version = overall.version
            keys[index].folded = overall.folded
        }
        let separator = options.value("t")?.first
        let isTotal = keys.isEmpty
        if isTotal { keys = [overall] }
        let (lines, failed) = call.lines(options.operands)
        func order(_ left: String, _ right: String) -> Int {
            for key in keys {
                let a = isTotal ? left : part(of: left, key, separator)
                let b = isTotal ? right : part(of: right, key, separator)
                let result = compare(a, b, key)
                if result != 0 { return key.reversed ? -result : result }
            }
            return 0
        }
        var entries = lines.enumerated().map { (line: $1, index: $0) }
        let lastResort = !options.has("u") && !options.has("s")
        entries.sort { left, right in
            let result = order(left.line, right.line)
            if result != 0 { return result < 0 }
            if lastResort, left.line != right.line {
                let ascends = left.line.utf8.lexicographicallyPrecedes(right.line.utf8)
                return options.has("r") ? !ascends : ascends
            }
            return left.index < right.index
        }
        var previous: String?
        for entry in entries {
            if options.has("u"), let previous, order(previous, entry.line) == 0 { continue }
            call.print(entry.line + "\n")
            previous = entry.line
        }
        return failed ? 2 : 0
    }

    /// `2`, `2,2`, `2n`, `2,3nr`, `2.1,2` (character offsets are refused).
    private static func key(_ text: String) throws(ShellSyntaxError) -> Key {
        var key = Key()
        let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let digits = part.prefix { $0.isNumber }
            guard let number = Int(digits), number > 0 else {
                throw ShellSyntaxError(
                    message: "invalid number at field start: invalid count at start of '\(part)'")
            }
            if index == 0 { key.first = number } else { key.last = number }
            for letter in part.dropFirst(digits.count) {
                switch letter {
                case "n", "g", "h": key.numeric = true
                case "r": key.reversed = true
                case "V": key.version = true
                case "f": key.folded = true
                case "b": break
                default:
                    throw ShellSyntaxError(
                        message:
                            "stray character in field spec: invalid field specification '\(text)'")
                }
            }
        }
        return key
    }

    /// The fields from the key's first to its last. Without a separator, a field begins with the
    /// blanks before it.
    private static func part(of line: String, _ key: Key, _ separator: Character?) -> String {
        var fields: [String] = []
        if let separator {
            fields = line.split(separator: separator, omittingEmptySubsequences: false).map(
                String.init)
        } else {
            var current = ""
            for character in line {
                let isBlank = character == " " || character == "\t"
                if isBlank, let last = current.last, last != " ", last != "\t" {
                    fields.append(current)
                    current = ""
                }
                current.append(character)
            }
            fields.append(current)
        }
        let end = min(key.last ?? fields.count, fields.count)
        guard key.first <= end else { return "" }
        return fields[(key.first - 1)..<end].joined(separator: separator.map(String.init) ?? "")
    }

    private static func compare(_ left: String, _ right: String, _ key: Key) -> Int {
        if key.numeric {
            let a = number(left)
            let b = number(right)
            return a < b ? -1 : (a > b ? 1 : 0)
        }
        let a = key.folded ? left.uppercased() : left
        let b = key.folded ? right.uppercased() : right
        if key.version { return compareVersions(Array(a), Array(b)) }
        if a == b { return 0 }
        return a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
    }

    /// The number a text begins with, 0 without one.
    private static func number(_ text: String) -> Double {
        let trimmed = text.drop { $0 == " " || $0 == "\t" }
        var digits = trimmed.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        while !digits.isEmpty, Double(digits) == nil { digits = digits.dropLast() }
        return Double(digits) ?? 0
    }

    /// Digit runs compare by value, the rest by character.
    private static func compareVersions(_ left: [Character], _ right: [Character]) -> Int {
        var a = left[...]
        var b = right[...]
        while let x = a.first, let y = b.first {
            if x.isNumber, y.isNumber {
                let m = a.prefix { $0.isNumber }
                let n = b.prefix { $0.isNumber }
                let (u, v) = (Int(String(m)) ?? 0, Int(String(n)) ?? 0)
                if u != v { return u < v ? -1 : 1 }
                a = a.dropFirst(m.count)
                b = b.dropFirst(n.count)
            } else {
                if x != y { return x < y ? -1 : 1 }
                a = a.dropFirst()
                b = b.dropFirst()
            }
        }
        return a.count == b.count ? 0 : (a.isEmpty ? -1 : 1)
    }
}

/// `uniq [-c] [-d] [-u] [-i]`: runs of equal lines as one.
enum ShellUnique {
    static func run(_ call: ShellCall) -> Int32 {
        let options: ShellOptions
        do {
            options = try ShellOptions(
                call.arguments, flags: "cdui",
                long: ["count": "c", "repeated": "d", "unique": "u", "ignore-case": "i"])
        } catch {
            return call.fail(error.message)
        }
        let (lines, failed) = call.lines(options.operands)
        var runs: [(line: String, count: Int)] = []
        for line in lines {
            let isSame = runs.last.map {
                options.has("i") ? $0.line.lowercased() == line.lowercased() : $0.line == line
            }
            if isSame == true { runs[runs.count - 1].count += 1 } else { runs.append((line, 1)) }
        }
        for run in runs {
            if options.has("d"), run.count < 2 { continue }
            if options.has("u"), run.count > 1 { continue }
            let number = String(run.count)
            let lead =
                options.has("c")
                ? String(repeating: " ", count: max(0, 7 - number.count)) + number + " " : ""
            call.print(lead + run.line + "\n")
        }
        return failed ? 1 : 0
    }
}
