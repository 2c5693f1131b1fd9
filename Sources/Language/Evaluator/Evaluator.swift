import Patterns
import Support
import Syntax
import Value

/// The globals of a session or, for a condition over time, a frozen copy of them.
final class Globals {
    var slots: ContiguousArray<Value>

    init(slots: ContiguousArray<Value> = []) { self.slots = slots }

    func grow(to count: Int) {
        while slots.count < count { slots.append(Unset.marker) }
    }
}

/// What all evaluators of one run share.
final class RunState {
    var steps = 0
    /// How many evaluators are active inside each other, through the host.
    var depth = 0
}

/// A call that is active.
struct Frame {
    /// Where the caller goes on.
    var returnPC: Int
    /// The caller's first register.
    var base: Int
    /// Behind the caller's last register.
    var top: Int
    /// Where the result goes, counted from the bottom of the stack.
    var result: Int
}

/// Runs code.
///
/// A struct, so that access to its stack needs no run-time checks for exclusivity. Registers of the
/// function at work lie from `base` on in one stack; the registers of a callee begin at the first
/// argument, so calls move nothing. Script calls use no native stack.
struct Evaluator {
    let code: Code
    let instructions: ContiguousArray<Instruction>
    let tables: FlatTables
    let globals: Globals
    let host: any Host
    let limits: Limits
    let shared: RunState
    let globalNames: [String]

    var stack: ContiguousArray<Value>
    var frames: ContiguousArray<Frame> = []
    var base = 0
    var top = 0
    /// Loop rounds and calls until the next look at the limits and the interrupt flag.
    var roundsLeft: Int
    var nativeDepth = 0
    /// Levels that were added to structures since the last look at their size.
    var nestedLevels = 0

    /// Evaluates the condition of an expectation over time: nothing may act.
    let isCondition: Bool
    /// A report is wanted: remember the items that decide quantifiers.
    var explains = false
    var itemNotes: [ItemNote] = []
    var emptyList: EmptyList?
    /// What was read, each query once, when that is asked for.
    var recordsReads = false
    var reads: [ResourceQuery] = []

    /// The failure that `&&` and `||` still may forgive.
    var pendingFailure: CommandFailure?
    /// Captures of output that command substitutions have open; an error must not leave them so.
    var openCaptures = 0
    /// The last statement of the innermost `expect fails` block has begun.
    var reachedLastStatement = false
    /// Shows the answer of a prompt.
    var echo: ((Value) -> Void)?
    /// Regular expressions that were compiled, by their text.
    var patterns: [String: Pattern] = [:]

    init(
        code: Code, tables: FlatTables, globals: Globals, host: any Host, limits: Limits,
        shared: RunState, isCondition: Bool = false, globalNames: [String]
    ) {
        self.code = code
        instructions = code.instructions
        self.tables = tables
        self.globals = globals
        self.host = host
        self.limits = limits
        self.shared = shared
        self.isCondition = isCondition
        self.globalNames = globalNames
        roundsLeft = limits.stepsBetweenPolls
        stack = ContiguousArray(repeating: .null, count: isCondition ? 32 : 256)
    }

    // MARK: Registers

    @inline(__always)
    mutating func ensureStack(_ count: Int) {
        if count > stack.count { growStack(count) }
    }

    private mutating func growStack(_ count: Int) {
        let room = max(count, stack.count * 2)
        stack.append(contentsOf: repeatElement(.null, count: room - stack.count))
    }

    /// Moves a value out of a register.
    @inline(__always)
    mutating func take(_ index: Int) -> Value {
        var value = Value.null
        swap(&value, &stack[index])
        return value
    }

    // MARK: Calls from outside

    /// Calls a function by index with arguments, from native code.
    mutating func call(function: Int, _ arguments: [Value], captured: [Value] = []) throws -> Value
    {
        let entry = tables.entries[function]
        guard nativeDepth < limits.nativeDepth, shared.depth < limits.nativeDepth else {
            throw RuntimeError.nativeDepth(limits.nativeDepth)
        }
        nativeDepth += 1
        let saved = (base, top, frames.count)
        let captures = openCaptures
        base = top
        top = base + Int(entry.registers)
        ensureStack(top)
        for (index, argument) in arguments.enumerated() { stack[base + index] = argument }
        defer {
            nativeDepth -= 1
            closeCaptures(downTo: captures)
            frames.removeLast(frames.count - saved.2)
            base = saved.0
            top = saved.1
        }
        try fill(entry, function, arguments.count, captured)
        return try execute(from: Int(entry.start))
    }

    /// Gives missing arguments their mark and lays out what a closure took along.
    @inline(__always)
    mutating func fill(
        _ entry: EntryPoint, _ function: Int, _ count: Int, _ captured: [Value]
    ) throws {
        if count != Int(entry.parameters) {
            guard count >= Int(entry.required), count < Int(entry.parameters) else {
                throw RuntimeError.argumentCount(
                    function: code.functions[function].name,
                    expected: Arity.phrase(Int(entry.required), Int(entry.parameters)),
                    found: count)
            }
            for index in count..<Int(entry.parameters) { stack[base + index] = Unset.marker }
        }
        var register = base + Int(entry.parameters)
        for value in captured {
            stack[register] = value
            register += 1
        }
    }

    /// Enters a function whose arguments lie in registers from `first` on.
    @inline(__always)
    mutating func enter(
        _ function: Int, first: Int, count: Int, result: Int, returnTo pc: Int
    ) throws -> Int {
        let entry = tables.entries[function]
        if frames.count >= limits.callDepth { throw RuntimeError.callDepth(limits.callDepth) }
        roundsLeft &-= 1
        if roundsLeft <= 0 { try poll(at: pc) }
        frames.append(Frame(returnPC: pc, base: base, top: top, result: result))
        base = first
        top = first &+ Int(entry.registers)
        ensureStack(top)
        if count != Int(entry.parameters) { try fill(entry, function, count, []) }
        return Int(entry.start)
    }

    /// Calls the function value in register `a` with `count` arguments behind it. Built-ins are done
    /// at once; for a script function the answer is where it begins.
    mutating func enterValue(_ a: Int, count: Int, pc: Int) throws -> Int {
        let callee = take(a)
        guard case .opaque(let opaque) = callee else { throw RuntimeError.notFunction(callee) }
        if let closure = opaque as? Closure {
            let start = try enter(
                closure.function, first: a + 1, count: count, result: a, returnTo: pc)
            guard !closure.captured.isEmpty else { return start }
            var register = base + Int(tables.entries[closure.function].parameters)
            for value in closure.captured {
                stack[register] = value
                register += 1
            }
            return start
        }
        guard let builtin = opaque as? BuiltinFunction else {
            throw RuntimeError.notFunction(callee)
        }
        let row = Builtins.all[builtin.index]
        guard count >= row.required, count <= row.maximum else {
            throw RuntimeError.argumentCount(
                function: row.name, expected: Arity.phrase(row.required, row.maximum), found: count)
        }
        stack[a] = try row.run(
            &self, Arguments(builtin: builtin.index, first: a + 1, count: count))
        return pc
    }

    // MARK: Limits

    /// Counts the rounds since the last time and looks for an interrupt.
    mutating func poll(at pc: Int) throws {
        roundsLeft = limits.stepsBetweenPolls
        shared.steps += limits.stepsBetweenPolls
        if shared.steps > limits.steps { throw RuntimeError.steps(limits.steps) }
        if host.isInterrupted { throw Trouble.interrupted(code.place(at: max(pc - 1, 0))) }
    }

    // MARK: Errors

    /// Adds the place to an error; inside the condition of an `expect`, an object that does not
    /// exist is a failure of the expectation.
    func located(_ error: any Error, at pc: Int, entryDepth: Int) -> any Error {
        switch error {
        case let error as RuntimeError: located(error, at: pc, entryDepth: entryDepth)
        case let error as HostError: located(error, at: pc)
        default: error
        }
    }

    private func located(_ error: RuntimeError, at pc: Int, entryDepth: Int) -> any Error {
        if isCondition, error.isUndecided { return Undecided(error: error, pc: pc) }
        if case .absent = error {
            var pcs = [(pc, base)]
            for frame in frames[min(entryDepth, frames.count)...].reversed() {
                pcs.append((frame.returnPC - 1, frame.base))
            }
            for (pc, base) in pcs {
                guard let region = code.regions.last(where: { $0.range.contains(pc) }) else {
                    continue
                }
                return Trouble.expectation(
                    failure(
                        of: region.expectation, base: base, summary: error.text.message,
                        hint: error.text.hint))
            }
        }
        let place = code.place(at: pc)
        return Trouble.diagnostic(Diagnostic(error, at: place.span, in: place.source))
    }
}

/// A condition over time that cannot be judged in this state.
struct Undecided: Error {
    let error: RuntimeError
    let pc: Int
}

extension RuntimeError {
    /// What is wrong with a value where a boolean is due.
    static func notBooleanOrAbsent(_ value: Value) -> RuntimeError {
        value.absentObject?.error ?? .notBoolean(value)
    }

    /// Whether a later state may well allow a judgement.
    var isUndecided: Bool {
        switch self {
        case .absent, .orderingNull: true
        default: false
        }
    }
}

/// What calls and field paths need, as plain data without references.
struct FlatTables {
    var entries: ContiguousArray<EntryPoint> = []
    /// For each path, where its keys lie in `keys`.
    var fields: ContiguousArray<FieldRange> = []
    var keys: ContiguousArray<Key> = []
    /// For each constant its text; nil for those that are none.
    var texts: ContiguousArray<String?> = []

    init(_ code: Code) {
        entries.reserveCapacity(code.functions.count)
        for function in code.functions {
            entries.append(
                EntryPoint(
                    start: Int32(function.entry), registers: Int32(function.registers),
                    parameters: Int32(function.parameters.count),
                    required: Int32(function.required)))
        }
        texts.reserveCapacity(code.constants.count)
        for constant in code.constants { texts.append(constant.string) }
        for path in code.paths {
            let start = keys.count
            for case .field(let key) in path.steps { keys.append(key) }
            fields.append(FieldRange(start: Int32(start), end: Int32(keys.count)))
        }
    }
}

struct EntryPoint {
    var start: Int32
    var registers: Int32
    var parameters: Int32
    var required: Int32
}

struct FieldRange {
    var start: Int32
    var end: Int32
}
