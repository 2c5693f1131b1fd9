import Support
import Syntax
import Value

/// Checks a script and translates it into flat code, in one walk over the tree.
///
/// Names become registers and slots, field names become interned keys, paths become plans, and
/// what the host knows about kinds and fields is looked up once, here. Everything wrong is reported
/// at its place, and the walk goes on, so that one run shows all mistakes.
struct Compiler {
    let facts: any Facts
    let limits: Limits
    /// Statements typed at a prompt: names may be declared again, answers are shown.
    let isPrompt: Bool

    var code: Code
    var globals: GlobalNames
    var diagnostics: [Diagnostic] = []

    var source: Source
    var sourceIndex: Int32 = 0
    var function = FunctionState(parent: nil, role: .main)
    var usage = NameScan()
    var hasScenarios = false
    var includeDepth = 0
    /// What is known of the value that was emitted last.
    var lastShape = Shape.unknown
    /// The terminator of the pasted here-document at work, for the hint about its `${…}`.
    var documentTag: String?
    var includedNames: Set<String> = []
    var scenarios: [ScenarioCode] = []
    var setups: [Int] = []
    /// Names declared at the top of this unit, to tell redeclarations from those of earlier units.
    var unitNames: [String: SourceSpan] = [:]

    init(
        source: Source, facts: any Facts, limits: Limits, code: Code, globals: GlobalNames,
        isPrompt: Bool
    ) {
        self.source = source
        self.facts = facts
        self.limits = limits
        self.code = code
        self.globals = globals
        self.isPrompt = isPrompt
        sourceIndex = Int32(code.sources.count)
        self.code.sources.append(source)
    }

    // MARK: Diagnostics

    mutating func report(_ error: CheckError, at span: SourceSpan) {
        diagnostics.append(Diagnostic(error, at: span, in: source))
    }

    // MARK: Emitting

    /// The index of the next instruction.
    var here: Int { function.instructions.count }

    mutating func emit(_ instruction: Instruction, at span: SourceSpan) {
        function.instructions.append(instruction)
        function.spans.append(CodeSpan(source: sourceIndex, span: span))
    }

    /// Emits a jump whose distance is not known yet and answers where to patch it.
    mutating func emitJump(_ op: Opcode, _ a: Int = 0, _ b: Int = 0, at span: SourceSpan) -> Int {
        emit(Instruction(op, a, b, 0), at: span)
        return here - 1
    }

    /// Lets the jumps at `places` lead to the next instruction.
    mutating func land(_ places: [Int]) {
        for place in places { function.instructions[place].c = Int32(here - place - 1) }
    }

    mutating func emitJump(to target: Int, at span: SourceSpan) {
        emit(Instruction(.jump, 0, 0, target - here - 1), at: span)
    }

    // MARK: Tables

    mutating func constant(_ value: Value) -> Int {
        code.constants.append(value)
        return code.constants.count - 1
    }

    // MARK: Registers

    /// A fresh register, free again when the statement or block at hand ends.
    mutating func temporary(at span: SourceSpan) -> Int { temporaries(1, at: span) }

    /// Fresh registers in a row; the first of them.
    mutating func temporaries(_ count: Int, at span: SourceSpan) -> Int {
        let first = function.nextRegister
        function.nextRegister += count
        if function.nextRegister > function.highestRegister {
            let limit = limits.registers
            if function.highestRegister <= limit, function.nextRegister > limit {
                report(.tooManyRegisters(limit), at: span)
            }
            function.highestRegister = function.nextRegister
        }
        return first
    }

    /// Frees the registers taken since `mark`, unless a report may show them.
    mutating func release(to mark: Int) {
        if function.keepsRegisters == 0 { function.nextRegister = mark }
    }

    // MARK: Scopes

    mutating func openScope() {
        function.scopes.append(Scope(firstRegister: function.nextRegister))
    }

    mutating func closeScope() {
        let scope = function.scopes.removeLast()
        release(to: scope.firstRegister)
    }

    /// Finds a name: in this function, then among the globals. Names of functions around this one
    /// are found here too, because closures take along what they mention.
    func lookUp(_ name: String) -> Binding? {
        function.binding(name) ?? globals.binding(name)
    }

    /// The names that scripts declared and that can be meant here, for suggestions.
    var variableNames: [String] {
        var names: [String] = []
        for scope in function.scopes.reversed() { names += scope.names }
        return names + globals.names
    }

    /// All names that can be meant here.
    var visibleNames: [String] { variableNames + Builtins.names }

    /// Whether declarations at this place are seen by the whole session or file.
    var isTopLevel: Bool {
        guard case .main = function.role else { return false }
        return function.scopes.count == 1
    }

    /// Whether a name declared at the top must be a global: when code outside the main function can
    /// mention it. All others live in registers, which are faster.
    func mustBeGlobal(_ name: String) -> Bool {
        isPrompt || usage.captured.contains(name)
    }

    /// Declares a variable whose value is about to be stored.
    mutating func declareVariable(_ identifier: Identifier, shape: Shape = .unknown) -> Binding {
        let name = identifier.name
        if let kind = facts.kind(named: name) {
            report(.namedAsKind(name, kind: kind.kind), at: identifier.span)
        }
        checkRedeclaration(identifier)
        let kept: Shape = usage.assigned.contains(name) ? .unknown : shape
        if isTopLevel, mustBeGlobal(name) {
            return globals.declare(
                name, span: identifier.span, isFunction: false,
                shape: isPrompt ? .unknown : kept)
        }
        let register = temporary(at: identifier.span)
        let isCell = usage.captured.contains(name) && usage.assigned.contains(name)
        let binding = Binding(
            name: name, storage: isCell ? .cell(register) : .register(register),
            span: identifier.span, shape: kept)
        function.scopes[function.scopes.count - 1].add(binding)
        return binding
    }

    mutating func checkRedeclaration(_ identifier: Identifier) {
        if isTopLevel {
            if let first = unitNames[identifier.name], !isPrompt {
                report(.duplicateName(identifier.name, first: first), at: identifier.span)
            }
            unitNames[identifier.name] = identifier.span
        } else if let earlier = function.scopes.last?.bindings[identifier.name] {
            report(.duplicateName(identifier.name, first: earlier.span), at: identifier.span)
        }
    }

    /// Stores the value in `register` as the first value of a variable.
    mutating func initialize(_ binding: Binding, from register: Int, at span: SourceSpan) {
        switch binding.storage {
        case .register(let target):
            if target != register { emit(Instruction(.move, target, register), at: span) }
        case .cell(let target):
            if target != register { emit(Instruction(.move, target, register), at: span) }
            emit(Instruction(.makeCell, target), at: span)
        case .global(let slot):
            emit(Instruction(.storeGlobal, register, 0, slot), at: span)
        }
    }
}
