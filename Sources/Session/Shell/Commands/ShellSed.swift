/// `sed [-n] [-E] [-i] SCRIPT [FILE…]` with `s y d p q n = a i c { }` and addresses.
enum ShellSed {
    static func run(_ call: ShellCall) -> Int32 {
        let options: ShellOptions
        let script: [ShellSedCommand]
        do {
            (options, script) = try read(call.arguments)
        } catch {
            return call.fail("-e expression #1: \(error.message)")
        }
        let (texts, failed) = call.texts(options.operands)
        if options.has("i") {
            for (name, text) in texts {
                var editor = ShellSedEditor(
                    lines: ShellCall.lines(of: text), quiet: options.has("n"))
                editor.run(script)
                do {
                    try call.shell.folder.write(editor.output, to: call.shell.resolve(name))
                } catch {
                    return call.fail("couldn't open file \(name): \(error)", status: 4)
                }
            }
            return failed ? 2 : 0
        }
        let joined = texts.map(\.text).joined()
        var editor = ShellSedEditor(lines: ShellCall.lines(of: joined), quiet: options.has("n"))
        editor.run(script)
        // A last line without a newline stays without one.
        let isOpen = !joined.isEmpty && !joined.hasSuffix("\n") && editor.endedOnLastLine
        call.print(
            isOpen && editor.output.hasSuffix("\n")
                ? String(editor.output.dropLast()) : editor.output)
        return failed ? 2 : editor.exitStatus
    }

    private static func read(
        _ arguments: [String]
    ) throws(ShellSyntaxError) -> (ShellOptions, [ShellSedCommand]) {
        var options = try ShellOptions(
            arguments, flags: "nEris", valued: "e",
            long: [
                "quiet": "n", "silent": "n", "regexp-extended": "E", "in-place": "i",
                "expression": "e",
            ])
        var texts = options.values("e")
        if texts.isEmpty {
            guard let text = options.takeOperand() else {
                throw ShellSyntaxError(message: "no script specified")
            }
            texts = [text]
        }
        var parser = ShellSedParser(
            texts.joined(separator: "\n"), extended: options.has("E") || options.has("r"))
        return (options, try parser.parse())
    }
}

/// One sed command with its address.
struct ShellSedCommand {
    enum Address {
        case line(Int)
        case last
        case pattern(ShellRegex)
        case step(first: Int, every: Int)
        /// `+N` after a first address.
        case offset(Int)
    }

    indirect enum Action {
        case substitute(
            ShellRegex, replacement: [ShellSedReplacement], which: Int, all: Bool, prints: Bool)
        case translate([Character: Character])
        case delete, print, next, number
        case quit(Int32)
        case append(String), insert(String), change(String)
        case block([ShellSedCommand])
    }

    var first: Address?
    var second: Address?
    var negated = false
    var action: Action
}

/// A piece of the right side of `s`.
enum ShellSedReplacement {
    case text(String)
    /// 0 is the whole match.
    case group(Int)
}

/// Runs a script over lines.
struct ShellSedEditor {
    private let lines: [String]
    private let quiet: Bool
    private(set) var output = ""
    private(set) var exitStatus: Int32 = 0
    private(set) var endedOnLastLine = false
    private var index = 0
    private var space = ""
    private var appended: [String] = []
    private var isDone = false
    /// The line on which a range that is open began, by the range's place in the script.
    private var openRanges: [String: Int] = [:]

    init(lines: [String], quiet: Bool) {
        self.lines = lines
        self.quiet = quiet
    }

    private enum Flow { case goOn, endCycle, deleted }

    mutating func run(_ script: [ShellSedCommand]) {
        while index < lines.count, !isDone {
            space = lines[index]
            let flow = run(script, path: "")
            if flow != .deleted, !quiet { output += space + "\n" }
            flushAppended()
            endedOnLastLine = index == lines.count - 1 && flow != .deleted
            index += 1
        }
    }

    private mutating func flushAppended() {
        for text in appended { output += text + "\n" }
        appended = []
    }

    private mutating func run(_ script: [ShellSedCommand], path: String) -> Flow {
        for (place, command) in script.enumerated() {
            guard applies(command, "\(path)/\(place)") else { continue }
            switch command.action {
            case .substitute(let pattern, let replacement, let which, let all, let prints):
                if substitute(pattern, replacement, which, all), prints { output += space + "\n" }
            case .translate(let table): space = String(space.map { table[$0] ?? $0 })
            case .delete: return .deleted
            case .print: output += space + "\n"
            case .number: output += "\(index + 1)\n"
            case .next:
                guard index + 1 < lines.count else {
                    isDone = true
                    return .endCycle
                }
                if !quiet { output += space + "\n" }
                flushAppended()
                index += 1
                space = lines[index]
            case .quit(let status):
                exitStatus = status
                isDone = true
                return .endCycle
            case .append(let text): appended.append(text)
            case .insert(let text): output += text + "\n"
            case .change(let text):
                let isOpen = openRanges["\(path)/\(place)"] != nil
                if command.second == nil || !isOpen { output += text + "\n" }
                return .deleted
            case .block(let inner):
                let flow = run(inner, path: "\(path)/\(place)")
                if flow != .goOn { return flow }
            }
        }
        return .goOn
    }

    private mutating func applies(_ command: ShellSedCommand, _ place: String) -> Bool {
        guard let first = command.first else { return true }
        guard let second = command.second else { return hits(first) != command.negated }
        var inside = false
        if let start = openRanges[place] {
            inside = true
            let isEnd =
                switch second {
                case .line(let number): index + 1 >= number
                case .offset(let count): index - start >= count
                default: hits(second)
                }
            if isEnd { openRanges[place] = nil }
            // A range whose last line lies before this one ended already.
            if case .line(let number) = second, index + 1 > number { inside = false }
        }
        if !inside, hits(first) {
            inside = true
            switch second {
            case .line(let number) where number <= index + 1: break
            case .offset(0): break
            default: openRanges[place] = index
            }
        }
        return inside != command.negated
    }

    private func hits(_ address: ShellSedCommand.Address) -> Bool {
        switch address {
        case .line(let number): index + 1 == number
        case .last: index == lines.count - 1
        case .pattern(let pattern): pattern.matches(space)
        case .step(let first, let every):
            every == 0 ? index + 1 == first : index + 1 >= first && (index + 1 - first) % every == 0
        case .offset: false
        }
    }

    private mutating func substitute(
        _ pattern: ShellRegex, _ replacement: [ShellSedReplacement], _ which: Int, _ all: Bool
    ) -> Bool {
        let text = Array(space)
        var result = ""
        var position = 0
        var count = 0
        var changed = false
        for match in pattern.allMatches(in: text) {
            count += 1
            guard count == which || (all && count > which) else { continue }
            // An empty match right after another match is not a new one.
            if match.range.isEmpty, changed, match.range.lowerBound == position, position > 0 {
                continue
            }
            result += String(text[position..<match.range.lowerBound])
            for piece in replacement {
                switch piece {
                case .text(let text): result += text
                case .group(let index):
                    if let range = index == 0 ? match.range : match.groups[index] {
                        result += String(text[range])
                    }
                }
            }
            position = match.range.upperBound
            changed = true
            if !all { break }
        }
        if changed { space = result + String(text[position...]) }
        return changed
    }
}
