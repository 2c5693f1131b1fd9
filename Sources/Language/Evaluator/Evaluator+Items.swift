import Value

/// Goes through the items of a list or range one by one.
struct ItemCursor {
    private let values: [Value]
    /// The first integer of a range.
    private let first: Int64?
    private let count: Int
    private var place = 0

    /// - Parameter sequence: a list or a range.
    init(_ sequence: Value) {
        if case .opaque(let range as RangeValue) = sequence {
            values = []
            first = range.lower
            count = range.count
        } else {
            values = sequence.elements
            first = nil
            count = values.count
        }
    }

    @inline(__always)
    mutating func next() -> Value? {
        guard place < count else { return nil }
        defer { place &+= 1 }
        guard let first else { return values[place] }
        return .int(first + Int64(place))
    }

    /// Puts the next item where a loop has its own; false at the end.
    @inline(__always)
    mutating func next(into item: inout Value) -> Bool {
        guard place < count else { return false }
        item = if let first { .int(first + Int64(place)) } else { values[place] }
        place &+= 1
        return true
    }
}

extension Evaluator {
    @inline(never)
    mutating func value(of node: ItemsNode, at index: NodeIndex) throws -> Value {
        switch node {
        case .filter(let list, let slot, let condition):
            return try collect(list, at: index) { evaluator, item throws in
                evaluator.stack[evaluator.place(slot)] = item
                guard try evaluator.truth(condition) else { return Value?.none }
                return try Evaluator.present(item)
            }
        case .ascending(let list, let slot, let key):
            return try sorted(list, slot, key, descending: false, at: index)
        case .descending(let list, let slot, let key):
            return try sorted(list, slot, key, descending: true, at: index)
        case .map(let list, let slot, let each):
            return try collect(list, at: index) { evaluator, item throws in
                evaluator.stack[evaluator.place(slot)] = item
                return try evaluator.part(of: evaluator.value(each))
            }
        case .mapFunction(let function, let list):
            let callee = try value(function)
            return try collect(list, at: index) { evaluator, item throws in
                try evaluator.part(of: evaluator.call(callee, with: item, at: function))
            }
        }
    }

    /// What a loop runs over, from the value of the node that is named.
    mutating func sequence(_ value: Value, at index: NodeIndex) throws -> Value {
        do {
            return try Conversion.sequence(value)
        } catch {
            throw located(error, at: index)
        }
    }

    /// The list of what the body gives for each item; where it gives none the item is left out.
    private mutating func collect(
        _ list: NodeIndex, at index: NodeIndex,
        _ body: (inout Evaluator, Value) throws -> Value?
    ) throws -> Value {
        let sequence = try sequence(value(list), at: list)
        var result: [Value] = []
        var items = ItemCursor(sequence)
        while let item = items.next() {
            try countRound(at: index)
            guard let value = try body(&self, item) else { continue }
            guard result.count < limits.items else {
                throw RuntimeError.itemCount(limits.items)
            }
            result.append(value)
        }
        return .array(result)
    }

    /// A value that was just made, as an item of a list.
    private mutating func part(of value: Value) throws -> Value {
        if value.isStructure { try noteNesting(value) }
        return try Self.present(value)
    }

    private mutating func sorted(
        _ list: NodeIndex, _ slot: Slot, _ key: NodeIndex, descending: Bool,
        at index: NodeIndex
    ) throws -> Value {
        let sequence = try sequence(value(list), at: list)
        var keys: [Value] = []
        var items = ItemCursor(sequence)
        while let item = items.next() {
            try countRound(at: index)
            stack[place(slot)] = item
            guard keys.count < limits.items else { throw RuntimeError.itemCount(limits.items) }
            keys.append(try Self.present(value(key)))
        }
        return .array(
            try Sorting.sorted(sequence.sequence, by: keys, descending: descending))
    }
}
