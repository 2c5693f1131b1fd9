import Syntax

/// What is known of a value before it exists: which place of which kind it comes from.
enum Shape {
    case unknown
    /// The value at a path of an object of the kind.
    case value(KindFacts, [FactStep])
    /// A list of such values that is no field itself: objects of a kind, or the result of `[*]`.
    case items(KindFacts, [FactStep])
}

/// A name with what it stands for.
final class Binding {
    enum Storage {
        case register(Int)
        /// A register that holds a cell.
        case cell(Int)
        case global(Int)
    }

    let name: String
    let storage: Storage
    let span: SourceSpan
    /// The function that a `fn` declared, by its index; direct calls go there.
    var functionIndex: Int?
    var isFunction: Bool
    var shape: Shape
    /// A parameter or a variable that was given a function: a call means it, even where a built-in
    /// has the same name.
    var mayBeCalled = false
    /// False while a global of this unit has not been declared at the point that is compiled.
    var isDeclared = true

    init(
        name: String, storage: Storage, span: SourceSpan, shape: Shape = .unknown,
        isFunction: Bool = false
    ) {
        self.name = name
        self.storage = storage
        self.span = span
        self.shape = shape
        self.isFunction = isFunction
    }
}

/// The names of one block.
struct Scope {
    var bindings: [String: Binding] = [:]
    /// The names in order, for suggestions.
    var names: [String] = []
    /// The first register of the block; everything from here on is free after it.
    var firstRegister: Int

    mutating func add(_ binding: Binding) {
        if bindings.updateValue(binding, forKey: binding.name) == nil { names.append(binding.name) }
    }
}

/// A loop that is being compiled.
struct LoopState {
    /// Instruction that the next round starts with.
    var start: Int
    var breaks: [Int] = []
    /// How many native blocks were open where the loop began.
    var blockDepth: Int
}

/// The function that is being compiled.
final class FunctionState {
    enum Role {
        /// The statements at the top.
        case main
        case function
        case scenario
        /// The condition of an expectation over time; the keyword.
        case condition(String)
        /// The block of `at` or `every`; the keyword.
        case deferred(String)
    }

    let parent: FunctionState?
    let role: Role
    var instructions: ContiguousArray<Instruction> = []
    var spans: ContiguousArray<CodeSpan> = []
    var scopes: [Scope]
    var nextRegister = 0
    var highestRegister = 0
    var loops: [LoopState] = []
    /// Keywords of the native blocks that are open (`always`, `expect fails`).
    var nativeBlocks: [String] = []
    /// While above zero, registers are not reused, because a report may show them.
    var keepsRegisters = 0
    /// Collects the parts of a condition that a report shows.
    var recorder: PartRecorder?
    /// The registers of the items of `where`, `has` and `by`, innermost last.
    var items: [(register: Int, shape: Shape)] = []
    var readsResources = false
    /// Conditions found in this function, with distances from its entry.
    var regions: [ConditionRegion] = []

    init(parent: FunctionState?, role: Role) {
        self.parent = parent
        self.role = role
        scopes = [Scope(firstRegister: 0)]
    }

    /// The binding of a name in this function.
    func binding(_ name: String) -> Binding? {
        for scope in scopes.reversed() {
            if let binding = scope.bindings[name] { return binding }
        }
        return nil
    }

    /// Whether this code runs inside a block of `at` or `every`, and of which.
    var deferredKeyword: String? {
        var state: FunctionState? = self
        while let current = state {
            if case .deferred(let keyword) = current.role { return keyword }
            state = current.parent
        }
        return nil
    }

    /// The keyword of the condition over time that this code belongs to.
    var conditionKeyword: String? {
        var state: FunctionState? = self
        while let current = state {
            if case .condition(let keyword) = current.role { return keyword }
            state = current.parent
        }
        return nil
    }
}

/// Notes what a report about a condition shows.
final class PartRecorder {
    var parts: [PartPlan] = []
    var comparisons: [ComparisonPlan] = []
    var isNegated = false
}
