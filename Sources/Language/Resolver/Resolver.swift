import Support
import Syntax
import Value

/// Checks a script and makes the tree that runs, in one walk over the syntax tree.
///
/// Names become slots, field names become interned keys, and what the host knows about kinds and
/// fields is looked up once, here. Everything wrong is reported at its place, and the walk goes on,
/// so that one run shows all mistakes.
struct Resolver {
    let facts: any Facts
    let limits: Limits
    /// Statements typed at a prompt: names may be declared again, answers are shown.
    let isPrompt: Bool

    var tree: Tree
    var globals: GlobalNames
    var diagnostics: [Diagnostic] = []

    var source: Source
    var sourceIndex: Int32 = 0
    var function = FunctionState(parent: nil, role: .main)
    var usage = NameScan()
    var hasScenarios = false
    /// The `include` statements around this place, outermost first.
    var includes: [Place] = []
    var includeDepth: Int { includes.count }
    /// The terminator of the pasted here-document at work, for the hint about its `${…}`.
    var documentTag: String?
    var includedNames: Set<String> = []
    var scenarios: [ResolvedScenario] = []
    var exercises: [ResolvedExercise] = []
    var setups: [Row<Function>] = []
    var teardowns: [Row<Function>] = []
    /// Names declared at the top of this unit, to tell redeclarations from those of earlier units.
    var unitNames: [String: SourceSpan] = [:]
    /// A text of the shell dialect.
    let isShell: Bool
    /// The variables that the shell's assignments and loops have set up to here.
    var shellNames: Set<String>
    /// What stands for the name of a command, by the name, as far as it is known before a run.
    var aliases: [String: String]
    /// Whether commands may have aliases that only a run tells.
    var mayHaveAliases = false
    /// Values of parameters from outside.
    var parameters = ParameterValues()
    /// Whether a file could not be read whose names nobody knows: what it may hold is not undefined.
    var lacksInclude = false
    /// How many compound commands of a shell are around this place.
    var compoundDepth = 0

    init(
        source: Source, facts: any Facts, limits: Limits, tree: Tree, globals: GlobalNames,
        isPrompt: Bool, isShell: Bool = false, shellNames: Set<String> = [],
        aliases: [String: String] = [:]
    ) {
        self.source = source
        self.facts = facts
        self.limits = limits
        self.tree = tree
        self.globals = globals
        self.isPrompt = isPrompt
        self.isShell = isShell
        self.shellNames = shellNames
        self.aliases = aliases
        sourceIndex = Int32(tree.sources.count)
        self.tree.sources.append(source)
    }

    // MARK: Diagnostics

    mutating func report(_ error: CheckError, at span: SourceSpan) {
        diagnostics.append(withIncludes(Diagnostic(error, at: span, in: source)))
    }

    mutating func report(_ error: ExerciseError, at span: SourceSpan) {
        diagnostics.append(withIncludes(Diagnostic(error, at: span, in: source)))
    }

    // MARK: Nodes

    mutating func add(_ node: ExpressionNode, at span: SourceSpan) -> NodeIndex {
        tree.add(.expression(node), at: NodeSpan(source: sourceIndex, span: span))
    }

    mutating func add(_ node: StatementNode, at span: SourceSpan) -> NodeIndex {
        tree.add(.statement(node), at: NodeSpan(source: sourceIndex, span: span))
    }

    mutating func addConstant(_ value: Value, at span: SourceSpan) -> NodeIndex {
        if case .int(let number) = value { return add(.integer(number), at: span) }
        return add(.constant(tree.constants.add(value)), at: span)
    }

    /// Statements one after another.
    mutating func addBlock(_ statements: [NodeIndex], at span: SourceSpan) -> NodeIndex {
        // A statement alone needs no block around it.
        if statements.count == 1 { return statements[0] }
        return add(.control(.block(tree.list(of: statements))), at: span)
    }

    // MARK: Slots

    /// A fresh slot, free again when the statement or block at hand ends.
    mutating func slot(at span: SourceSpan) -> Slot { slots(1, at: span) }

    /// Fresh slots in a row; the first of them.
    mutating func slots(_ count: Int, at span: SourceSpan) -> Slot {
        let first = function.nextSlot
        function.nextSlot += count
        if function.nextSlot > function.slotCount {
            if function.slotCount <= limits.slots, function.nextSlot > limits.slots {
                report(.tooManySlots(limits.slots), at: span)
            }
            function.slotCount = function.nextSlot
        }
        return Slot(raw: UInt32(first))
    }

    /// Frees the slots taken since `mark`, unless a report may show them.
    mutating func release(to mark: Int) {
        if function.keepsSlots == 0 { function.nextSlot = mark }
    }

    // MARK: Scopes

    mutating func openScope() {
        function.scopes.append(Scope(firstSlot: function.nextSlot))
    }

    mutating func closeScope() {
        let scope = function.scopes.removeLast()
        release(to: scope.firstSlot)
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

    /// Whether a name declared at the top must be a global: when something outside the statements at
    /// the top can mention it. All others live in the frame, which is faster.
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
        let slot = slot(at: identifier.span)
        let isCell = usage.captured.contains(name) && usage.assigned.contains(name)
        let binding = Binding(
            name: name, variable: isCell ? .cell(slot) : .local(slot), span: identifier.span,
            shape: kept)
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
}
