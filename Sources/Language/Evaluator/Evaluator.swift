import Patterns
import Support
import Syntax
import Value

/// The globals of a session or, for a condition over time, a frozen copy of them.
final class Globals {
    var slots: ContiguousArray<Value> = []
    /// Frees what the closures of the session took along.
    let burial: Burial

    init(burial: Burial = Burial()) { self.burial = burial }

    /// A copy that later assignments leave as it is.
    var frozen: Globals {
        let copy = Globals(burial: burial)
        copy.slots = slots
        return copy
    }

    func grow(to count: Int) {
        while slots.count < count { slots.append(Unset.marker) }
    }
}

/// The native stack of the statement at work. At a prompt every statement has one of its own, and a block
/// that an earlier one left behind (`every`) runs on that of whichever lets time pass.
package final class NativeStack {
    var room: DeepStack?

    package init() {}
}

/// What all evaluators of one run share.
final class RunState {
    private let stack: NativeStack?
    private let ownRoom: DeepStack
    var room: DeepStack { stack?.room ?? ownRoom }
    var steps = 0
    /// How many evaluators are active inside each other, through the host.
    var depth = 0
    /// Blocks of `expect fails` around the statement at work: no expectation is soft there.
    var failingBlocks = 0
    /// Expectations that were judged, and commands that judge.
    var judgements = 0

    /// - Parameter stack: where the room is told that counts later on; nil where it stays this one.
    init(room: DeepStack, stack: NativeStack? = nil) {
        ownRoom = room
        self.stack = stack
    }
}

/// Runs a resolved tree: one recursive walk, in ``value(_:)``, ``truth(_:)`` and ``execute(_:)``.
///
/// A struct, so that access to its stack needs no run-time checks for exclusivity. The slots of the
/// function at work lie from `base` on in one stack; the arguments of a call are evaluated into the
/// place where the frame of the callee begins.
///
/// An error leaves `base`, `top` and `depth` as they are where it is thrown: whoever catches it and
/// goes on puts them back with ``restore(_:)``.
struct Evaluator {
    let tree: Tree
    let globals: Globals
    let host: any Host
    let limits: Limits
    let shared: RunState
    private(set) var room: DeepStack
    let globalNames: [String]

    var stack: ValueStack
    /// The first slot of the function at work.
    var base = 0
    /// Behind its last slot, and behind the arguments that are being evaluated.
    var top = 0
    /// Script functions that are active.
    var depth = 0
    /// Loop rounds and calls until the next look at the limits and the interrupt flag.
    var roundsLeft: Int
    /// Blocks and functions that were begun by native code.
    var nativeDepth = 0
    /// Levels that were added to structures since the last look at their size.
    var nestedLevels = 0

    /// Evaluates the condition of an expectation over time: nothing may act.
    let isCondition: Bool
    /// A report is wanted: keep the parts of conditions and the items that decide quantifiers.
    var explains = false
    var itemNotes: [ItemNote] = []
    var emptyList: EmptyList?
    /// A list in `any` that had no items.
    var emptyAny: NodeIndex?
    /// What a built-in function says of its answer, as a hint of the report.
    var explanation: String?
    /// What was read, each query once, when that is asked for.
    var recordsReads = false
    var reads: [ResourceQuery] = []
    /// The lists that a condition over time follows from state to state.
    var tracking: ConditionTracking?

    /// The shell of the session.
    let shell: ShellState
    /// Runs a text of the shell dialect, where a failure ends nothing.
    let isShell: Bool
    /// Where commands and `print` read and write.
    var streams: Streams
    /// Subshells around the statement at work.
    var subshells = 0
    /// Above zero inside what decides by success and failure: a failure ends nothing there.
    var tolerance = 0
    /// The commands that ran last.
    var trace = CommandTrace()

    /// A list that stays empty because of its selector is a mistake: in what must hold now or come to
    /// hold, not in an invariant, whose objects may be still to come.
    var judgesSelectors = false

    /// Soft expectations that did not hold and whose calls are still at work, with the depth of the
    /// function that is known last.
    var softFailures: [(failure: ExpectationFailure, depth: Int)] = []
    /// The largest of those depths, 0 where there is none.
    var softDepth = 0

    /// The last statement of the innermost `expect fails` block has begun.
    var reachedLastStatement = false
    /// Shows the answer of a prompt.
    var echo: ((Value) -> Void)?
    /// Regular expressions that were read, by their text.
    var patterns: [String: Pattern] = [:]

    init(
        tree: Tree, globals: Globals, host: any Host, limits: Limits, shared: RunState,
        shell: ShellState, isShell: Bool = false, isCondition: Bool = false,
        globalNames: [String]
    ) {
        self.tree = tree
        self.globals = globals
        self.host = host
        self.limits = limits
        self.shared = shared
        room = shared.room
        self.shell = shell
        self.isShell = isShell
        streams = .terminal(host)
        self.isCondition = isCondition
        self.globalNames = globalNames
        roundsLeft = limits.stepsBetweenPolls
        stack = ValueStack(count: isCondition ? 32 : 256)
    }

    // MARK: Slots

    @inline(__always)
    func place(_ slot: Slot) -> Int { base &+ Int(slot.raw) }

    @inline(__always)
    mutating func ensureStack(_ count: Int) {
        if count > stack.count { stack = stack.grown(to: count) }
    }

    // MARK: Frames

    /// What the frame at work looks like.
    struct Mark {
        let base: Int
        let top: Int
        let depth: Int
    }

    var mark: Mark { Mark(base: base, top: top, depth: depth) }

    mutating func restore(_ mark: Mark) {
        base = mark.base
        top = mark.top
        depth = mark.depth
    }

    // MARK: Entries from native code

    /// Calls a function with arguments.
    mutating func call(
        _ function: Row<Function>, _ arguments: [Value], captured: [Value] = []
    ) throws -> Value {
        try inFrame(of: function, arguments, captured: captured) { evaluator, entry throws in
            try evaluator.result(of: entry.body)
        }
    }

    /// The truth of a condition over time, whose closure was made when it began.
    mutating func judge(_ closure: Closure) throws -> Bool {
        try inFrame(of: closure.function, [], captured: closure.captured) {
            evaluator, entry throws in
            try evaluator.truth(entry.body)
        }
    }

    private mutating func inFrame<Result>(
        of function: Row<Function>, _ arguments: [Value], captured: [Value],
        _ body: (inout Evaluator, FunctionEntry) throws -> Result
    ) throws -> Result {
        try nested { evaluator throws in
            let entry = evaluator.tree.entries[Int(function.raw)]
            let first = evaluator.top
            evaluator.base = first
            evaluator.top = first + Int(entry.slots)
            evaluator.ensureStack(evaluator.top)
            for (index, argument) in arguments.enumerated() {
                evaluator.stack[first + index] = argument
            }
            try evaluator.fill(entry, function, arguments.count)
            evaluator.layOut(captured, after: entry)
            return try body(&evaluator, entry)
        }
    }

    /// Runs the block of a statement that the host has in hand.
    mutating func runBlock(_ block: NodeIndex) throws {
        let outer = tolerance
        defer { tolerance = outer }
        tolerance = 0
        try nested { evaluator throws in _ = try evaluator.execute(block) }
    }

    /// One more level of native code between parts of a script.
    mutating func nested<Result>(
        _ body: (inout Evaluator) throws -> Result
    ) throws -> Result {
        guard nativeDepth < limits.nativeDepth, shared.depth < limits.nativeDepth,
            !room.isUsedUp
        else { throw RuntimeError.nativeDepth(limits.nativeDepth) }
        nativeDepth += 1
        let mark = mark
        defer {
            nativeDepth -= 1
            restore(mark)
        }
        return try body(&self)
    }

    /// Runs an evaluator of its own inside that of the statement at work. What goes wrong comes out
    /// as a ``Trouble``, or as the error of the host that it is.
    mutating func runShared(_ body: (inout Evaluator) throws -> Void) throws {
        shared.depth += 1
        defer { shared.depth -= 1 }
        do {
            try body(&self)
        } catch {
            throw told(error)
        }
    }

    /// Runs an evaluator of its own inside that of the statement at work, which is told of what goes
    /// wrong.
    mutating func runNested(_ body: (inout Evaluator) throws -> Void) throws {
        shared.depth += 1
        defer { shared.depth -= 1 }
        try body(&self)
    }

    /// From here on the room is that of the statement at work.
    mutating func takeRoom() { room = shared.room }

    // MARK: Limits

    /// Counts a loop round or a call; looks at the limits and for an interrupt now and then.
    @inline(__always)
    mutating func countRound(at index: NodeIndex) throws {
        roundsLeft &-= 1
        if roundsLeft <= 0 { try poll(at: index) }
    }

    @inline(never)
    private mutating func poll(at index: NodeIndex) throws {
        roundsLeft = limits.stepsBetweenPolls
        shared.steps += limits.stepsBetweenPolls
        if shared.steps > limits.steps { throw RuntimeError.steps(limits.steps) }
        if host.isInterrupted { throw Trouble.interrupted(tree.place(of: index)) }
        try host.checkLimits()
    }
}
