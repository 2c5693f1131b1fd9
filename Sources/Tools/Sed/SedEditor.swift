import Patterns

/// Runs a script over the lines of files.
struct SedEditor {
    private let program: SedProgram
    private let settings: SedSettings
    private let call: ToolCall
    private var input: SedInput
    private var output: SedOutput
    /// The line in hand.
    private var space: [UInt8] = []
    /// Whether the line in hand is ended by a newline.
    private var isEnded = true
    private var held: [UInt8] = []
    private var isHeldEnded = true
    /// What is printed when the cycle is over.
    private var appended: [Appendix] = []
    private var ranges: [Range]
    private var wasReplaced = false
    private var lastPattern: Pattern?

    private enum Appendix {
        case text([UInt8])
        case file(String)
    }

    /// How far the range of a command has come.
    private enum Range {
        case closed
        /// Up to a line where the second address is a number.
        case open(until: Int?)
    }

    private enum Flow {
        case next(Int)
        /// The cycle is over: with the line printed, or without.
        case endCycle, drop
        /// The next cycle begins with what is in hand.
        case restart
        case quit(Int32, prints: Bool)
    }

    init(
        _ program: SedProgram, _ settings: SedSettings, _ files: [String], _ call: ToolCall
    ) {
        self.program = program
        self.settings = settings
        self.call = call
        input = SedInput(call, files, settings)
        output = SedOutput(call, isInPlace: settings.isInPlace)
        ranges = program.commands.map { command in
            if case .zero = command.first { .open(until: nil) } else { .closed }
        }
    }

    mutating func run() throws(ToolStop) -> Int32 {
        try output.begin(program)
        var isRestarted = false
        while true {
            if !isRestarted {
                guard let line = try input.read(&output) else { break }
                space = Array(line.bytes)
                isEnded = line.isEnded
            }
            isRestarted = false
            wasReplaced = false
            switch try runScript() {
            case .next, .endCycle: if !settings.isQuiet { printSpace() }
            case .drop: break
            case .restart: isRestarted = true
            case .quit(let status, let prints):
                if prints {
                    if !settings.isQuiet { printSpace() }
                    try flushAppended()
                }
                try input.finish(&output)
                return status
            }
            try flushAppended()
        }
        try input.finish(&output)
        return input.status
    }

    private func end(of flow: Bool) -> [UInt8] { flow ? [settings.end] : [] }

    private mutating func printSpace() {
        output.write(space, isEnded: isEnded, endedBy: settings.end)
    }

    private mutating func write(line: [UInt8]) {
        output.write(line, isEnded: true, endedBy: settings.end)
    }

    private mutating func flushAppended() throws(ToolStop) {
        for appendix in appended {
            switch appendix {
            case .text(let text): output.write(text, isEnded: true, endedBy: .newline)
            case .file(let path):
                if let bytes = try? call.open(path).readAll() { output.write(raw: bytes) }
            }
        }
        appended = []
    }

    // MARK: Commands

    private mutating func runScript() throws(ToolStop) -> Flow {
        var place = 0
        while place < program.commands.count {
            try call.step()
            let applies = try self.applies(place)
            if case .block(let end) = program.commands[place].action {
                place = applies ? place + 1 : end
                continue
            }
            guard applies else {
                place += 1
                continue
            }
            let flow = try run(program.commands[place].action, place)
            guard case .next(let next) = flow else { return flow }
            place = next
        }
        return .endCycle
    }

    private mutating func run(_ action: SedAction, _ place: Int) throws(ToolStop) -> Flow {
        let next = Flow.next(place + 1)
        switch action {
        case .block, .nothing: break
        case .substitute(let substitution): try substitute(substitution)
        case .translate(let table): translate(table)
        case .append(let text): appended.append(.text(text))
        case .insert(let text): output.write(text, isEnded: true, endedBy: .newline)
        case .change(let text):
            if case .closed = ranges[place] { output.write(text, isEnded: true, endedBy: .newline) }
            return .drop
        case .delete: return .drop
        case .deleteFirst:
            guard let newline = space.firstIndex(of: settings.end) else { return .drop }
            space.removeFirst(newline + 1)
            return .restart
        case .print: printSpace()
        case .printFirst: write(line: firstLine)
        case .number: output.write(Array("\(input.number)".utf8), isEnded: true, endedBy: .newline)
        case .next:
            if input.isLast { return .endCycle }
            if !settings.isQuiet { printSpace() }
            try flushAppended()
            guard let line = try input.read(&output) else { return .drop }
            space = Array(line.bytes)
            isEnded = line.isEnded
        case .appendNext:
            if input.isLast { return .endCycle }
            try flushAppended()
            guard let line = try input.read(&output) else { return .endCycle }
            space.append(settings.end)
            space += line.bytes
            isEnded = line.isEnded
            try call.check(size: space.count)
        case .hold: (held, isHeldEnded) = (space, isEnded)
        case .appendHold:
            held.append(settings.end)
            held += space
            try call.check(size: held.count)
        case .get: (space, isEnded) = (held, isHeldEnded)
        case .appendGet:
            space.append(settings.end)
            space += held
            try call.check(size: space.count)
        case .exchange:
            swap(&space, &held)
            swap(&isEnded, &isHeldEnded)
        case .clear: space = []
        case .fileName: output.write(Array(input.name.utf8), isEnded: true, endedBy: .newline)
        case .list(let width): list(width ?? settings.lineLength)
        case .quit(let status): return .quit(status, prints: true)
        case .quitSilently(let status): return .quit(status, prints: false)
        case .branch(let target): return .next(target)
        case .branchIfReplaced(let target):
            guard wasReplaced else { return next }
            wasReplaced = false
            return .next(target)
        case .branchUnlessReplaced(let target):
            guard wasReplaced else { return .next(target) }
            wasReplaced = false
        case .read(let path): appended.append(.file(path))
        case .write(let path):
            try output.write(space, isEnded: isEnded, endedBy: settings.end, to: path)
        case .writeFirst(let path):
            try output.write(firstLine, isEnded: true, endedBy: settings.end, to: path)
        }
        return next
    }

    private var firstLine: [UInt8] {
        Array(space[..<(space.firstIndex(of: settings.end) ?? space.count)])
    }

    private mutating func translate(_ table: [UInt32: UInt32]) {
        var text = String.UnicodeScalarView()
        for scalar in String(decoding: space, as: UTF8.self).unicodeScalars {
            text.append(table[scalar.value].flatMap { Unicode.Scalar($0) } ?? scalar)
        }
        space = Array(String(text).utf8)
    }

    /// The `l` command: every character visible, lines wrapped.
    private mutating func list(_ width: Int) {
        let escapes: [UInt8: String] = [
            7: "\\a", 8: "\\b", 12: "\\f", 10: "\\n", 13: "\\r", 9: "\\t", 11: "\\v", 0x5C: "\\\\",
        ]
        var line = ""
        for byte in space {
            var text = escapes[byte] ?? String(Character(Unicode.Scalar(byte)))
            if escapes[byte] == nil, byte < 32 || byte > 126 {
                let octal = String(byte, radix: 8)
                text = "\\" + String(repeating: "0", count: 3 - octal.utf8.count) + octal
            }
            if width > 1, line.utf8.count + text.utf8.count > width - 1 {
                output.write(Array((line + "\\").utf8), isEnded: true, endedBy: .newline)
                line = ""
            }
            line += text
        }
        output.write(Array((line + "$").utf8), isEnded: true, endedBy: .newline)
    }

    // MARK: Addresses

    private mutating func applies(_ place: Int) throws(ToolStop) -> Bool {
        let command = program.commands[place]
        guard let first = command.first else { return !command.isNegated }
        guard let second = command.second else { return try hits(first) != command.isNegated }
        return try isInside(place, first, second) != command.isNegated
    }

    private mutating func isInside(
        _ place: Int, _ first: SedAddress, _ second: SedAddress
    ) throws(ToolStop) -> Bool {
        let number = input.number
        if case .open(let end) = ranges[place] {
            if let end {
                if number >= end { ranges[place] = .closed }
                if number <= end { return true }
                // The end was passed over: only the first address can hold now.
            } else {
                if try hits(second) { ranges[place] = .closed }
                return true
            }
        }
        guard try hits(first) else { return false }
        switch second {
        case .line(let end): if end > number { ranges[place] = .open(until: end) }
        case .offset(let count): if count > 0 { ranges[place] = .open(until: number + count) }
        case .multiple(let factor):
            let end = factor > 0 ? (number + factor - 1) / factor * factor : number
            if end > number { ranges[place] = .open(until: end) }
        case .last: if !input.isLast { ranges[place] = .open(until: nil) }
        case .pattern, .step, .zero: ranges[place] = .open(until: nil)
        }
        return true
    }

    private mutating func hits(_ address: SedAddress) throws(ToolStop) -> Bool {
        let number = input.number
        switch address {
        case .line(let own): return number == own
        case .last: return input.isLast
        case .pattern(let pattern): return try call.matches(known(pattern), space[...])
        case .step(let first, let every):
            return every == 0 ? number == first : number >= first && (number - first) % every == 0
        case .offset, .multiple, .zero: return false
        }
    }

    /// The pattern, or the one used last; from now on it is that.
    private mutating func known(_ pattern: Pattern?) throws(ToolStop) -> Pattern {
        guard let known = pattern ?? lastPattern else {
            throw .failure("-e expression #1, char 0: no previous regular expression")
        }
        lastPattern = known
        return known
    }

    // MARK: Substituting

    private mutating func substitute(_ substitution: SedSubstitution) throws(ToolStop) {
        let pattern = try known(substitution.pattern)
        let limit = substitution.isGlobal ? Int.max : substitution.which
        let matches = try call.allMatches(pattern, space[...], atMost: limit)
        guard matches.count >= substitution.which else { return }
        var builder = SedBuilder()
        var place = 0
        for match in matches[(substitution.which - 1)...] {
            builder.plain(space[place..<match.range.lowerBound])
            for piece in substitution.replacement {
                switch piece {
                case .text(let text): builder.add(text[...])
                case .group(let number):
                    if number < match.groups.count, let range = match.groups[number] {
                        builder.add(space[range])
                    }
                case .letterCase(let letterCase): builder.set(letterCase)
                }
            }
            builder.set(.end)
            place = match.range.upperBound
            try call.check(size: builder.bytes.count)
        }
        builder.plain(space[place...])
        space = builder.bytes
        wasReplaced = true
        if substitution.prints { printSpace() }
        if let path = substitution.file {
            try output.write(space, isEnded: isEnded, endedBy: settings.end, to: path)
        }
    }
}

/// Puts a replacement together, with the letter case that its pieces ask for.
private struct SedBuilder {
    private(set) var bytes: [UInt8] = []
    private var general = SedLetterCase.end
    private var next: SedLetterCase?

    mutating func set(_ letterCase: SedLetterCase) {
        switch letterCase {
        case .upper, .lower: general = letterCase
        case .end:
            general = .end
            next = nil
        case .nextUpper, .nextLower: next = letterCase
        }
    }

    /// Adds what was not replaced.
    mutating func plain(_ text: ArraySlice<UInt8>) { bytes += text }

    mutating func add(_ text: ArraySlice<UInt8>) {
        guard next != nil || general != .end, !text.isEmpty else {
            bytes += text
            return
        }
        var rest = text.text[...]
        if let next, let first = rest.popFirst() {
            bytes += (next == .nextUpper ? first.uppercased() : first.lowercased()).utf8
            self.next = nil
        }
        switch general {
        case .upper: bytes += rest.uppercased().utf8
        case .lower: bytes += rest.lowercased().utf8
        case .end, .nextUpper, .nextLower: bytes += rest.utf8
        }
    }
}
