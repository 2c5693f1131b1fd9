import Support

/// Runs an awk program over the lines of its input.
struct ShellAwkMachine {
    typealias Expression = ShellAwkProgram.Expression
    typealias Statement = ShellAwkProgram.Statement

    private let program: ShellAwkProgram
    private var variables: [String: ShellAwkValue] = [:]
    /// Lists keep the order in which their keys came, so that a run is the same each time.
    private var lists: [String: [String: ShellAwkValue]] = [:]
    private var order: [String: [String]] = [:]
    private var record = ""
    private var fields: [String] = []
    private var openRanges: Set<Int> = []
    private var turns = 0
    private(set) var output = ""
    /// Why the run was given up.
    private(set) var problem: String?

    private enum Flow { case on, next, exit, stop, again }

    private var exitStatus: Int32 = 0

    init(_ program: ShellAwkProgram) {
        self.program = program
        variables = ["FS": .text(" "), "OFS": .text(" "), "ORS": .text("\n"), "NR": .number(0)]
    }

    mutating func set(_ name: String, _ value: ShellAwkValue) { variables[name] = value }

    private func variable(_ name: String) -> ShellAwkValue {
        if name == "NF" { return .number(Double(fields.count)) }
        if name == "FNR" { return variables["NR"] ?? .number(0) }
        return variables[name] ?? .input("")
    }

    // MARK: Running

    mutating func run(_ lines: [String]) -> Int32 {
        var isOver = false
        for rule in program.rules where !isOver {
            if case .begin = rule.trigger, let body = rule.body {
                isOver = run(body) == .exit
            }
        }
        for line in lines where !isOver && problem == nil {
            set("NR", .number(variable("NR").number + 1))
            setRecord(line)
            isOver = runRules()
        }
        for rule in program.rules where problem == nil {
            if case .end = rule.trigger, let body = rule.body, run(body) == .exit { break }
        }
        return exitStatus
    }

    private mutating func runRules() -> Bool {
        for (index, rule) in program.rules.enumerated() where isDue(rule.trigger, index) {
            guard let body = rule.body else {
                output += record + variable("ORS").text
                continue
            }
            switch run(body) {
            case .next: return false
            case .exit: return true
            case .on, .stop, .again: break
            }
        }
        return false
    }

    private mutating func isDue(_ trigger: ShellAwkProgram.Trigger, _ index: Int) -> Bool {
        switch trigger {
        case .begin, .end: return false
        case .always: return true
        case .when(let condition): return value(condition).isTrue
        case .range(let first, let last):
            if !openRanges.contains(index) {
                guard value(first).isTrue else { return false }
                openRanges.insert(index)
            }
            if value(last).isTrue { openRanges.remove(index) }
            return true
        }
    }

    private mutating func run(_ statement: Statement) -> Flow {
        if problem != nil { return .exit }
        switch statement {
        case .block(let statements):
            for statement in statements {
                let flow = run(statement)
                if flow != .on { return flow }
            }
        case .expression(let expression): _ = value(expression)
        case .print(let expressions):
            let texts = expressions.map { value($0).text }
            let line = texts.isEmpty ? record : texts.joined(separator: variable("OFS").text)
            output += line + variable("ORS").text
        case .printf(let expressions): output += formatted(expressions)
        case .when(let condition, let body, let other):
            if value(condition).isTrue { return run(body) }
            if let other { return run(other) }
        case .loop(let start, let condition, let step, let body):
            if let start { _ = run(start) }
            while condition.map({ value($0).isTrue }) ?? true {
                guard isWithinLimit() else { return .exit }
                let flow = run(body)
                if flow == .stop { break }
                if flow == .next || flow == .exit { return flow }
                if let step { _ = run(step) }
            }
        case .each(let name, let list, let body):
            for key in order[list] ?? [] {
                guard isWithinLimit() else { return .exit }
                set(name, .input(key))
                let flow = run(body)
                if flow == .stop { break }
                if flow == .next || flow == .exit { return flow }
            }
        case .delete(let list, let keys): delete(list, keys)
        case .next: return .next
        case .exit(let status):
            if let status { exitStatus = Int32(truncatingIfNeeded: Int(value(status).number)) }
            return .exit
        case .stop: return .stop
        case .again: return .again
        }
        return .on
    }

    private mutating func isWithinLimit() -> Bool {
        turns += 1
        if turns > Shell.maximumLoopTurns { problem = "too many turns of loops" }
        return problem == nil
    }

    // MARK: Records and fields

    private mutating func setRecord(_ text: String) {
        record = text
        fields = split(text, by: variable("FS").text)
    }

    private func split(_ text: String, by separator: String) -> [String] {
        if text.isEmpty { return [] }
        if separator == " " {
            return text.split { $0 == " " || $0 == "\t" || $0 == "\n" }.map(String.init)
        }
        if separator.count == 1, separator != "\\" {
            return text.split(separator: separator, omittingEmptySubsequences: false)
                .map(String.init)
        }
        guard let pattern = try? ShellRegex(separator, extended: true) else { return [text] }
        let characters = Array(text)
        var parts: [String] = []
        var start = 0
        for match in pattern.allMatches(in: characters) where !match.range.isEmpty {
            parts.append(String(characters[start..<match.range.lowerBound]))
            start = match.range.upperBound
        }
        return parts + [String(characters[start...])]
    }

    private func field(_ number: Int) -> ShellAwkValue {
        if number == 0 { return .input(record) }
        return .input(number > 0 && number <= fields.count ? fields[number - 1] : "")
    }

    private static let fieldLimit = 10_000

    private mutating func setField(_ number: Int, _ text: String) {
        if number == 0 { return setRecord(text) }
        guard number > 0, number <= Self.fieldLimit else { return }
        while fields.count < number { fields.append("") }
        fields[number - 1] = text
        record = fields.joined(separator: variable("OFS").text)
    }

    // MARK: Values

    private mutating func key(_ parts: [Expression]) -> String {
        parts.map { value($0).text }.joined(separator: "\u{1C}")
    }

    private mutating func delete(_ list: String, _ parts: [Expression]) {
        if parts.isEmpty {
            lists[list] = nil
            order[list] = nil
            return
        }
        let key = key(parts)
        if lists[list]?.removeValue(forKey: key) != nil { order[list]?.removeAll { $0 == key } }
    }

    private mutating func setElement(_ list: String, _ key: String, _ value: ShellAwkValue) {
        if lists[list, default: [:]].updateValue(value, forKey: key) == nil {
            order[list, default: []].append(key)
        }
    }

    private mutating func assign(_ target: Expression, _ new: ShellAwkValue) {
        switch target {
        case .variable("NF"):
            let count = min(Self.fieldLimit, max(0, Int(new.number)))
            fields = Array((fields + Array(repeating: "", count: count)).prefix(count))
            record = fields.joined(separator: variable("OFS").text)
        case .variable(let name): set(name, new)
        case .element(let list, let parts): setElement(list, key(parts), new)
        case .field(let number): setField(Int(value(number).number), new.text)
        default: break
        }
    }

    private mutating func value(_ expression: Expression) -> ShellAwkValue {
        switch expression {
        case .number(let number): return .number(number)
        case .text(let text): return .text(text)
        case .pattern(let pattern): return .number(pattern.matches(record) ? 1 : 0)
        case .variable(let name): return variable(name)
        case .element(let list, let parts):
            let key = key(parts)
            if let found = lists[list]?[key] { return found }
            setElement(list, key, .input(""))
            return .input("")
        case .field(let number): return field(Int(value(number).number))
        case .not(let inner): return .number(value(inner).isTrue ? 0 : 1)
        case .negative(let inner): return .number(-value(inner).number)
        case .binary(let symbol, let left, let right): return binary(symbol, left, right)
        case .match(let text, let pattern):
            let subject = value(text).text
            return .number(regex(pattern)?.matches(subject) ?? false ? 1 : 0)
        case .choice(let condition, let yes, let no):
            return value(condition).isTrue ? value(yes) : value(no)
        case .contains(let list, let parts):
            let key = key(parts)
            return .number(lists[list]?[key] == nil ? 0 : 1)
        case .assign(let target, let operation, let right):
            var new = value(right)
            if !operation.isEmpty {
                new = .number(arithmetic(operation, value(target).number, new.number))
            }
            assign(target, new)
            return new
        case .step(let target, let amount, let isPrefix):
            let old = value(target).number
            assign(target, .number(old + amount))
            return .number(isPrefix ? old + amount : old)
        case .call(let name, let arguments): return call(name, arguments)
        }
    }

    private mutating func binary(
        _ symbol: String, _ left: Expression, _ right: Expression
    ) -> ShellAwkValue {
        switch symbol {
        case "||": return .number(value(left).isTrue || value(right).isTrue ? 1 : 0)
        case "&&": return .number(value(left).isTrue && value(right).isTrue ? 1 : 0)
        case " ": return .text(value(left).text + value(right).text)
        case "+", "-", "*", "/", "%":
            return .number(arithmetic(symbol, value(left).number, value(right).number))
        default:
            let (first, second) = (value(left), value(right))
            let isLess: Bool
            let isEqual: Bool
            if first.isNumeric, second.isNumeric {
                isLess = first.number < second.number
                isEqual = first.number == second.number
            } else {
                isLess = first.text.utf8.lexicographicallyPrecedes(second.text.utf8)
                isEqual = first.text == second.text
            }
            let holds =
                switch symbol {
                case "<": isLess
                case "<=": isLess || isEqual
                case ">": !isLess && !isEqual
                case ">=": !isLess
                case "==": isEqual
                default: !isEqual
                }
            return .number(holds ? 1 : 0)
        }
    }

    private mutating func arithmetic(_ symbol: String, _ left: Double, _ right: Double) -> Double {
        switch symbol {
        case "+": return left + right
        case "-": return left - right
        case "*": return left * right
        default:
            if right == 0 {
                problem = "division by zero"
                return 0
            }
            return symbol == "/"
                ? left / right : left.truncatingRemainder(dividingBy: right)
        }
    }

    // MARK: Functions

    private mutating func regex(_ expression: Expression) -> ShellRegex? {
        if case .pattern(let pattern) = expression { return pattern }
        return try? ShellRegex(value(expression).text, extended: true)
    }

    private mutating func formatted(_ expressions: [Expression]) -> String {
        guard let first = expressions.first else { return "" }
        let format = value(first).text
        var arguments = expressions.dropFirst().map { value($0).text }[...]
        return ShellPrinting.formatted(Array(format), &arguments)
    }

    private mutating func call(_ name: String, _ arguments: [Expression]) -> ShellAwkValue {
        switch name {
        case "length":
            if case .variable(let list)? = arguments.first, let found = lists[list] {
                return .number(Double(found.count))
            }
            return .number(Double((arguments.first.map { value($0).text } ?? record).count))
        case "sprintf": return .text(formatted(arguments))
        case "sub", "gsub": return replace(arguments, all: name == "gsub")
        case "split": return splitInto(arguments)
        default: break
        }
        let texts = arguments.map { value($0) }
        guard let first = texts.first else { return .text("") }
        switch name {
        case "int": return .number(first.number.rounded(.towardZero))
        case "tolower": return .text(first.text.lowercased())
        case "toupper": return .text(first.text.uppercased())
        case "substr":
            let characters = Array(first.text)
            let start = texts.count > 1 ? Int(texts[1].number.rounded()) : 1
            let end = texts.count > 2 ? start + Int(texts[2].number.rounded()) : Int.max
            let lower = max(1, start) - 1
            let upper = min(characters.count, max(lower, end - 1))
            return .text(lower < upper ? String(characters[lower..<upper]) : "")
        case "index":
            let found = texts.count > 1 ? first.text.range(of: texts[1].text) : nil
            return .number(
                found.map {
                    Double(first.text.distance(from: first.text.startIndex, to: $0.lowerBound)) + 1
                } ?? 0)
        case "match":
            let match = regex(arguments[1])?.firstMatch(in: Array(first.text))
            set("RSTART", .number(match.map { Double($0.range.lowerBound + 1) } ?? 0))
            set("RLENGTH", .number(match.map { Double($0.range.count) } ?? -1))
            return variable("RSTART")
        default: return .text("")
        }
    }

    private mutating func replace(_ arguments: [Expression], all: Bool) -> ShellAwkValue {
        guard arguments.count > 1, let pattern = regex(arguments[0]) else { return .number(0) }
        let replacement = value(arguments[1]).text
        let target = arguments.count > 2 ? arguments[2] : .field(.number(0))
        let characters = Array(value(target).text)
        let matches =
            all
            ? pattern.allMatches(in: characters)
            : pattern.firstMatch(in: characters).map { [$0] } ?? []
        var result = ""
        var position = 0
        for match in matches {
            result += String(characters[position..<match.range.lowerBound])
            var rest = replacement[...]
            while let next = rest.popFirst() {
                if next == "\\", rest.first == "&" {
                    result.append(rest.removeFirst())
                } else if next == "&" {
                    result += String(characters[match.range])
                } else {
                    result.append(next)
                }
            }
            position = match.range.upperBound
        }
        if !matches.isEmpty { assign(target, .text(result + String(characters[position...]))) }
        return .number(Double(matches.count))
    }

    private mutating func splitInto(_ arguments: [Expression]) -> ShellAwkValue {
        guard arguments.count > 1, case .variable(let list) = arguments[1] else {
            return .number(0)
        }
        let separator = arguments.count > 2 ? value(arguments[2]).text : variable("FS").text
        let parts = split(value(arguments[0]).text, by: separator)
        delete(list, [])
        for (index, part) in parts.enumerated() {
            setElement(list, String(index + 1), .input(part))
        }
        return .number(Double(parts.count))
    }
}
