import Patterns
import Support

/// Prints the lines of one file with their context.
struct GrepPrinter {
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
