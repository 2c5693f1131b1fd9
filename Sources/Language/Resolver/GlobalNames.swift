import Syntax

/// The names at the top of a session: they survive statements at the prompt.
struct GlobalNames {
    private(set) var bindings: [String: Binding] = [:]
    /// In order of declaration.
    private(set) var names: [String] = []
    /// How many slots are in use.
    private(set) var count = 0
    /// The name of each slot, for messages.
    private(set) var slotNames: [String] = []

    /// What the names of the statement at work meant before, nil for new ones; the last first to be taken
    /// back.
    private var journal: [(name: String, earlier: Binding?)] = []

    /// From here on ``takeBack()`` undoes what is declared.
    mutating func begin() { journal.removeAll(keepingCapacity: true) }

    /// Undoes what was declared since ``begin()``.
    mutating func takeBack() {
        for (name, earlier) in journal.reversed() {
            bindings[name] = earlier
            guard earlier == nil else { continue }
            names.removeLast()
            slotNames.removeLast()
            count -= 1
        }
        journal.removeAll(keepingCapacity: true)
    }

    func binding(_ name: String) -> Binding? { bindings[name] }

    /// Declares a name; an earlier global of that name keeps its slot, so that functions which use
    /// it see the new value.
    mutating func declare(
        _ name: String, span: SourceSpan, isFunction: Bool, shape: Shape = .unknown
    ) -> Binding {
        let slot: GlobalSlot
        if let earlier = bindings[name], case .global(let known) = earlier.variable {
            slot = known
        } else {
            slot = GlobalSlot(raw: UInt32(count))
            count += 1
            names.append(name)
            slotNames.append(name)
        }
        let binding = Binding(
            name: name, variable: .global(slot), span: span, shape: shape, isFunction: isFunction)
        journal.append((name, bindings[name]))
        bindings[name] = binding
        return binding
    }
}
