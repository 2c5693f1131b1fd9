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
    let name: String
    let variable: Variable
    let span: SourceSpan
    /// The function that a `fn` declared; direct calls go there.
    var function: Row<Function>?
    var isFunction: Bool
    var shape: Shape
    /// A parameter or a variable that was given a function: a call means it, even where a built-in
    /// has the same name.
    var mayBeCalled = false
    /// False while a global of this unit has not been declared at the point that is resolved.
    var isDeclared = true

    init(
        name: String, variable: Variable, span: SourceSpan, shape: Shape = .unknown,
        isFunction: Bool = false
    ) {
        self.name = name
        self.variable = variable
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
    /// The first slot of the block; everything from here on is free after it.
    var firstSlot: Int

    mutating func add(_ binding: Binding) {
        if bindings.updateValue(binding, forKey: binding.name) == nil { names.append(binding.name) }
    }
}

/// The function that is being resolved.
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
    var scopes: [Scope]
    var nextSlot = 0
    /// How many slots a frame of the function has.
    var slotCount = 0
    /// For each loop around this place, how many blocks were open that the host runs.
    var loops: [Int] = []
    /// Keywords of the blocks around this place that the host runs (`always`, `expect fails`).
    var hostBlocks: [String] = []
    /// While above zero, slots are not used again, because a report may show them.
    var keepsSlots = 0
    /// Collects the parts of a condition that a report shows.
    var recorder: PartRecorder?
    /// The items of `where`, `has` and `by`, innermost last.
    var items: [(slot: Slot, shape: Shape)] = []
    var readsResources = false
    /// The keyword of the block around this place that runs after failures too.
    var cleanup: String?

    init(parent: FunctionState?, role: Role) {
        self.parent = parent
        self.role = role
        scopes = [Scope(firstSlot: 0)]
    }

    /// The binding of a name in this function.
    func binding(_ name: String) -> Binding? {
        for scope in scopes.reversed() {
            if let binding = scope.bindings[name] { return binding }
        }
        return nil
    }

    /// The `at` or `every` inside whose block this place runs.
    var deferredKeyword: String? {
        var state: FunctionState? = self
        while let current = state {
            if case .deferred(let keyword) = current.role { return keyword }
            state = current.parent
        }
        return nil
    }

    /// The keyword of the condition over time that this place belongs to.
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
    var parts: [PartOfReport] = []
    var comparisons: [ComparisonPlan] = []
    var isNegated = false
}
