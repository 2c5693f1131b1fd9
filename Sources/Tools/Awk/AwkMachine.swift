import Patterns
import Support
import Value

/// Runs an awk program over the records of its input.
struct AwkMachine {
    let program: AwkProgram
    let call: ToolCall
    private let stack: DeepStack
    var variables: [AwkValue]
    var arrays: [AwkArray]
    var record = AwkRecord()
    private var input: AwkInput
    private var openRanges: Set<Int> = []
    private var patterns: [[UInt8]: Pattern] = [:]
    private var formats: [[UInt8]: PrintfFormat] = [:]
    /// The files that were written to.
    private var written: Set<String> = []
    private var exitStatus: Int32 = 0
    var random = RandomStream(seed: 0)
    var seed = 0.0

    enum Flow { case on, next, exit, stop, again }

    /// `%.6g`, by which numbers with decimals become texts.
    static let standardFormat = PrintfFormat("%.6g".utf8, kinds: "g")

    init(_ program: AwkProgram, _ call: ToolCall, _ stack: DeepStack) {
        self.program = program
        self.call = call
        self.stack = stack
        variables = Array(repeating: .none, count: program.variables.count)
        arrays = Array(repeating: AwkArray(), count: program.arrays.count)
        input = AwkInput(call)
        set(.fs, .text([.space]))
        set(.ofs, .text([.space]))
        set(.ors, .text([.newline]))
        set(.rs, .text([.newline]))
        set(.nr, .number(0))
        set(.fnr, .number(0))
        set(.subsep, .text([0x1C]))
        set(.convfmt, .text(Array("%.6g".utf8)))
        set(.ofmt, .text(Array("%.6g".utf8)))
        set(.rstart, .number(0))
        set(.rlength, .number(-1))
    }

    /// Sets what the command line says.
    mutating func set(_ options: ToolOptions, operands: [String]) throws(ToolStop) {
        if let separator = options.value("F") {
            set(.fs, .text(separator == "t" ? [.tab] : AwkLexer.unescaped(Array(separator.utf8))))
        }
        for assignment in options.values("v") where !assign(assignment) {
            throw .failure("improper assignment: -v \(assignment)", status: 2)
        }
        for name in call.context.environment.keys.sorted() {
            arrays[0][Array(name.utf8)] = .input(Array((call.context.environment[name] ?? "").utf8))
        }
        for (index, argument) in ([call.name] + operands).enumerated() {
            arrays[1][Array(String(index).utf8)] = .input(Array(argument.utf8))
        }
        set(.argc, .number(Double(operands.count + 1)))
        input.files = operands[...]
    }

    /// `name=value`; false where the text is none.
    private mutating func assign(_ text: String) -> Bool {
        guard let equals = text.firstIndex(of: "=") else { return false }
        let name = text[..<equals]
        guard let first = name.utf8.first, first.isLetter || first == UInt8(ascii: "_"),
            name.utf8.allSatisfy({ $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") })
        else { return false }
        let value = AwkValue.input(
            AwkLexer.unescaped(Array(text[text.index(after: equals)...].utf8)))
        // A variable that the program does not name makes no difference.
        if let slot = program.variables[String(name)] { setVariable(slot, value) }
        return true
    }

    // MARK: Running

    mutating func run() throws(ToolStop) -> Int32 {
        var isOver = false
        for rule in program.rules where !isOver {
            if case .begin = rule.trigger, let body = rule.body { isOver = try run(body) == .exit }
        }
        if program.readsInput {
            while !isOver, let bytes = try nextRecord() {
                try call.step()
                set(.nr, .number(value(.nr).number + 1))
                set(.fnr, .number(value(.fnr).number + 1))
                record.set(bytes)
                isOver = try runRules()
            }
        }
        for rule in program.rules {
            if case .end = rule.trigger, let body = rule.body, try run(body) == .exit { break }
        }
        return exitStatus
    }

    private mutating func nextRecord() throws(ToolStop) -> [UInt8]? {
        while true {
            let separator = text(.rs)
            let pattern = separator.count > 1 ? try pattern(separator) : nil
            if let bytes = try input.record(separatedBy: separator, pattern) { return bytes }
            guard let path = input.nextFile() else { return nil }
            if assign(path) { continue }
            try input.open(path)
            set(.fileName, .text(Array((path == "-" ? "" : path).utf8)))
            set(.fnr, .number(0))
        }
    }

    private mutating func runRules() throws(ToolStop) -> Bool {
        for (index, rule) in program.rules.enumerated() {
            guard try isDue(rule.trigger, index) else { continue }
            guard let body = rule.body else {
                call.output.write(try recordText() + text(.ors))
                continue
            }
            switch try run(body) {
            case .next: return false
            case .exit: return true
            case .on, .stop, .again: break
            }
        }
        return false
    }

    private mutating func isDue(_ trigger: AwkTrigger, _ index: Int) throws(ToolStop) -> Bool {
        switch trigger {
        case .begin, .end: return false
        case .always: return true
        case .when(let condition): return try value(condition).isTrue
        case .range(let first, let last):
            if !openRanges.contains(index) {
                guard try value(first).isTrue else { return false }
                openRanges.insert(index)
            }
            if try value(last).isTrue { openRanges.remove(index) }
            return true
        }
    }

    /// Says that the stack has room for one more level.
    func checkDepth() throws(ToolStop) {
        if stack.isUsedUp { throw .failure("nested too deeply", status: 2) }
    }

    private mutating func run(_ node: AwkNode) throws(ToolStop) -> Flow {
        try checkDepth()
        switch program.statements[node] {
        case .block(let statements):
            for statement in statements {
                let flow = try run(statement)
                if flow != .on { return flow }
            }
        case .expression(let expression): _ = try value(expression)
        case .print(let expressions, let output):
            try write(try line(expressions) + text(.ors), to: output)
        case .printf(let expressions, let output):
            try write(try formatted(expressions), to: output)
        case .when(let condition, let body, let other):
            if try value(condition).isTrue { return try run(body) }
            if let other { return try run(other) }
        case .loop(let condition, let step, let body, let checksFirst):
            return try loop(condition, step, body, checksFirst: checksFirst)
        case .each(let variable, let array, let body):
            for key in arrays[array].keys {
                try call.step()
                try assign(variable, .input(key))
                let flow = try run(body)
                if flow == .stop { break }
                if flow == .next || flow == .exit { return flow }
            }
        case .delete(let array, let keys):
            if keys.isEmpty {
                arrays[array].removeAll()
            } else {
                arrays[array].remove(try key(keys))
            }
        case .next: return .next
        case .exit(let status):
            if let status {
                exitStatus = Int32(truncatingIfNeeded: try value(status).number.clamped)
            }
            return .exit
        case .stop: return .stop
        case .again: return .again
        }
        return .on
    }

    private mutating func loop(
        _ condition: AwkNode?, _ step: AwkNode?, _ body: AwkNode, checksFirst: Bool
    ) throws(ToolStop) -> Flow {
        var isChecked = checksFirst
        while true {
            if isChecked, let condition, try !value(condition).isTrue { return .on }
            isChecked = true
            try call.step()
            let flow = try run(body)
            if flow == .stop { return .on }
            if flow == .next || flow == .exit { return flow }
            if let step { _ = try run(step) }
        }
    }

    // MARK: Output

    private mutating func line(_ expressions: [AwkNode]) throws(ToolStop) -> [UInt8] {
        if expressions.isEmpty { return try recordText() }
        let separator = text(.ofs)
        var line: [UInt8] = []
        for (index, expression) in expressions.enumerated() {
            if index > 0 { line += separator }
            let value = try value(expression)
            if case .number = value {
                line += value.text(format(text(.ofmt)))
            } else {
                line += try text(value)
            }
            try call.check(size: line.count)
        }
        return line
    }

    private mutating func write(_ bytes: [UInt8], to output: AwkOutput?) throws(ToolStop) {
        guard let output else { return call.output.write(bytes) }
        let path = try text(output.path).text
        do throws(ToolFileProblem) {
            if path == "-" {
                call.output.write(bytes)
            } else {
                // The first write to a file empties it.
                try call.write(bytes, to: path, appending: output.appends || written.contains(path))
                written.insert(path)
            }
        } catch {
            throw .failure("cannot open \(path) for output (\(error.reason))", status: 2)
        }
    }

    /// Forgets that a file was written to.
    mutating func close(_ path: String) -> Bool { written.remove(path) != nil }

    // MARK: Variables

    func value(_ variable: AwkVariable) -> AwkValue { variables[variable.slot] }

    mutating func set(_ variable: AwkVariable, _ value: AwkValue) {
        variables[variable.slot] = value
    }

    /// The text of one of awk's own variables.
    func text(_ variable: AwkVariable) -> [UInt8] {
        value(variable).text(Self.standardFormat)
    }

    /// Sets a variable; the number of fields changes the record.
    mutating func setVariable(_ slot: Int, _ value: AwkValue) {
        variables[slot] = value
        if slot == AwkVariable.nf.slot {
            if !record.isSplit { splitRecord() }
            record.setCount(value.number.clamped)
            variables[slot] = .number(Double(record.count))
        }
    }

    mutating func splitRecord() {
        record.split(by: splitter(text(.fs)))
        set(.nf, .number(Double(record.count)))
    }

    mutating func recordText() throws(ToolStop) -> [UInt8] {
        record.join(by: text(.ofs))
        try call.check(size: record.text.count)
        return record.text
    }

    // MARK: Patterns and formats

    /// A pattern of awk's syntax.
    static func pattern(_ text: [UInt8]) throws(PatternError) -> Pattern {
        try Pattern(
            AwkText.pattern(text).text, syntax: .lenient, limits: PatternLimits(steps: 100_000_000))
    }

    /// A pattern that a program made, compiled once for each text.
    mutating func pattern(_ text: [UInt8]) throws(ToolStop) -> Pattern {
        if let known = patterns[text] { return known }
        do throws(PatternError) {
            let pattern = try Self.pattern(text)
            if patterns.count < 256 { patterns[text] = pattern }
            return pattern
        } catch {
            throw .failure(
                "regular expression compile failed (\(error.message))\n\(text.text)", status: 2)
        }
    }

    mutating func format(_ text: [UInt8]) -> PrintfFormat {
        if let known = formats[text] { return known }
        let format = PrintfFormat(text, kinds: "diouxXcsfFeEgG")
        if formats.count < 256 { formats[text] = format }
        return format
    }

    /// How a text is cut by a field separator.
    mutating func splitter(_ separator: [UInt8]) -> AwkSplitter {
        if separator == [.space] { return .blanks }
        if separator.isEmpty { return .characters }
        if separator.count == 1, separator[0] != UInt8(ascii: "\\") { return .byte(separator[0]) }
        return (try? pattern(separator)).map { .pattern($0) } ?? .none
    }
}

extension Double {
    /// The whole number it holds, at most what an `Int` can.
    var clamped: Int {
        if isNaN { return 0 }
        return self >= 9.2e18 ? .max : self <= -9.2e18 ? .min : Int(self)
    }
}
