import Support
import Value

extension Evaluator {
    @inline(__always)
    mutating func execute(_ node: AssignmentNode) throws {
        switch node {
        case .set(let variable, let value): set(variable, try self.value(value))
        case .declare(let variable, let value): declare(variable, try self.value(value))
        case .add(let variable, let value): try add(value, to: variable)
        case .grow(let variable, let sum): try grow(variable, by: sum)
        case .compute(let sign, let slot, let value): try compute(sign, slot, value)
        case .push(let variable, let value): try push(value, to: variable)
        case .setPart(let row, let value): try setPart(tree.parts[row], value)
        case .unpack(let first, let count, let value): try unpack(value, first, Int(count))
        case .makeCell(let slot): declare(.cell(slot), stack[place(slot)])
        case .clear(let first, let count): clear(first.raw, first.raw + count)
        case .defaultValue(let slot, let value): try setDefault(slot, value)
        }
    }

    @inline(__always)
    private mutating func set(_ variable: Variable, _ value: consuming Value) {
        switch variable {
        case .local(let slot): stack[place(slot)] = consume value
        case .cell(let slot): cell(slot)?.value = consume value
        case .global(let slot): globals.slots[Int(slot.raw)] = consume value
        }
    }

    @inline(never)
    private mutating func declare(_ variable: Variable, _ value: consuming Value) {
        switch variable {
        case .local, .global: set(variable, consume value)
        case .cell(let slot): stack[place(slot)] = .opaque(Cell(consume value))
        }
    }

    @inline(never)
    private mutating func setDefault(_ slot: Slot, _ expression: NodeIndex) throws {
        guard stack[place(slot)].isUnset else { return }
        stack[place(slot)] = try value(expression)
    }

    /// Marks slots from `first` to before `end` as not reached.
    @inline(never)
    mutating func clear(_ first: UInt32, _ end: UInt32) {
        for place in (base + Int(first))..<(base + Int(end)) { stack[place] = Unset.marker }
    }

    @inline(never)
    private mutating func unpack(_ list: NodeIndex, _ first: Slot, _ count: Int) throws {
        let value = try value(list)
        guard case .array(let values) = value else { throw RuntimeError.notSequence(value) }
        guard values.count == count else {
            throw RuntimeError.unpackCount(expected: count, found: values.count)
        }
        for (offset, value) in values.enumerated() { stack[place(first) + offset] = value }
    }

    // MARK: Growing in place

    @inline(__always)
    private mutating func add(_ operand: Operand, to variable: Variable) throws {
        if case .local(let slot) = variable, let other = plainInteger(operand),
            let one = stack.integer(at: place(slot))
        {
            let (sum, isOver) = one.addingReportingOverflow(other)
            if !isOver { return stack.replaceInteger(at: place(slot), with: sum) }
        }
        try addSlowly(operand, to: variable)
    }

    @inline(never)
    private mutating func addSlowly(_ operand: Operand, to variable: Variable) throws {
        try add(value(operand), to: variable)
    }

    private mutating func add(_ value: Value, to variable: Variable) throws {
        switch variable {
        case .local(let slot):
            let place = place(slot)
            if case .int(let other) = value, let one = stack.integer(at: place),
                let sum = Operators.integers(.add, one, other)
            {
                return stack.replaceInteger(at: place, with: sum)
            }
            try Self.add(value, to: &stack[place], limits)
        case .cell(let slot):
            guard let cell = cell(slot) else { return }
            try Self.add(value, to: &cell.value, limits)
        case .global(let slot):
            let place = Int(slot.raw)
            if globals.slots[place].isUnset { throw RuntimeError.unset(name(of: slot)) }
            try Self.add(value, to: &globals.slots[place], limits)
        }
    }

    /// What a variable becomes.
    private enum Growth {
        /// The list that it holds, with these items at its end.
        case longer([Value])
        case other(Value)
    }

    @inline(__always)
    private mutating func grow(_ variable: Variable, by sum: NodeIndex) throws {
        guard case .arithmetic(_, let left, let right) = tree.expression(at: sum) else {
            preconditionFailure("what grows is no sum")
        }
        if case .local(let slot) = variable, let other = plainInteger(right),
            let one = stack.integer(at: place(slot)),
            let result = Operators.integers(.add, one, other)
        {
            return stack.replaceInteger(at: place(slot), with: result)
        }
        try grow(variable, left, right, at: sum)
    }

    @inline(never)
    private mutating func grow(
        _ variable: Variable, _ left: Operand, _ right: Operand, at sum: NodeIndex
    ) throws {
        do {
            switch try growth(of: variable, left, right) {
            case .longer(let items): try add(.array(items), to: variable)
            case .other(let value): set(variable, value)
            }
        } catch {
            throw located(error, at: sum)
        }
    }

    /// On its own, so that what it holds of the list is let go before the list grows.
    @inline(never)
    private mutating func growth(
        of variable: Variable, _ left: Operand, _ right: Operand
    ) throws -> Growth {
        let one = try value(left)
        let other = try value(right)
        if case .int(let one) = one, case .int(let other) = other,
            let result = Operators.integers(.add, one, other)
        {
            return .other(.int(result))
        }
        guard case .array(let items) = one, case .array(let added) = other,
            holds(variable, items)
        else { return .other(try general(.add, one, other)) }
        if items.count > Self.largeList { try host.checkLimits() }
        return .longer(added)
    }

    /// Whether a variable still holds that very list: the right side of a sum may have changed it.
    private func holds(_ variable: Variable, _ items: [Value]) -> Bool {
        let value: Value? =
            switch variable {
            case .local(let slot): stack[place(slot)]
            case .cell(let slot): cell(slot)?.value
            case .global(let slot): globals.slots[Int(slot.raw)]
            }
        guard case .array(let held)? = value, held.count == items.count else { return false }
        // Nobody changes a list in place of which `items` holds the storage, too.
        return held.withUnsafeBufferPointer { one in
            items.withUnsafeBufferPointer { other in one.baseAddress == other.baseAddress }
        }
    }

    private static func add(
        _ value: Value, to target: inout Value, _ limits: Limits
    ) throws {
        guard case .array(let added) = value, case .array(var values) = target else {
            target = try checked(Operators.add(target, value), limits)
            return
        }
        guard values.count + added.count <= limits.items else {
            throw RuntimeError.itemCount(limits.items)
        }
        target = .null
        values += added
        target = .array(values)
    }

    @inline(__always)
    private mutating func compute(
        _ sign: ArithmeticOperator, _ slot: Slot, _ operand: Operand
    ) throws {
        if let other = plainInteger(operand), let one = stack.integer(at: place(slot)),
            let result = Operators.integers(sign, one, other)
        {
            return stack.replaceInteger(at: place(slot), with: result)
        }
        try computeSlowly(sign, slot, operand)
    }

    @inline(never)
    private mutating func computeSlowly(
        _ sign: ArithmeticOperator, _ slot: Slot, _ operand: Operand
    ) throws {
        let one = stack[place(slot)]
        stack[place(slot)] = try general(sign, one, value(operand))
    }

    @inline(never)
    private mutating func push(_ item: NodeIndex, to variable: Variable) throws {
        let item = try value(item)
        if item.isStructure { try noteNesting(item) }
        let value = try Self.present(item)
        switch variable {
        case .local(let slot): try Self.push(value, to: &stack[place(slot)], limits)
        case .cell(let slot):
            guard let cell = cell(slot) else { return }
            try Self.push(value, to: &cell.value, limits)
        case .global(let slot):
            let place = Int(slot.raw)
            if globals.slots[place].isUnset { throw RuntimeError.unset(name(of: slot)) }
            try Self.push(value, to: &globals.slots[place], limits)
        }
    }

    private static func push(
        _ item: Value, to target: inout Value, _ limits: Limits
    ) throws {
        guard case .array(var values) = target else {
            target = try Operators.add(target, .array([item]))
            return
        }
        guard values.count < limits.items else { throw RuntimeError.itemCount(limits.items) }
        target = .null
        values.append(item)
        target = .array(values)
    }

    // MARK: Parts

    /// A step of an assigned path with its index computed.
    private enum Target {
        case field(Key)
        case index(Int)
    }

    /// `x.a[0] = value`: changes the variable's value in place.
    @inline(never)
    private mutating func setPart(_ part: PartPlan, _ expression: NodeIndex) throws {
        let plan = tree.paths[part.path]
        // The indices stand before the value in the text.
        let targets = try plan.steps.map { try target($0) }
        let value = try Self.present(value(expression))
        if value.isStructure { try noteNesting(value, levels: plan.steps.count) }
        switch part.variable {
        case .local(let slot): try Self.set(&stack[place(slot)], targets[...], value)
        case .cell(let slot):
            guard let cell = cell(slot) else { return }
            try Self.set(&cell.value, targets[...], value)
        case .global(let slot):
            try Self.set(&globals.slots[Int(slot.raw)], targets[...], value)
        }
    }

    private mutating func target(_ step: PathStep) throws -> Target {
        switch step {
        case .field(let key): return .field(key)
        case .index(let index): return .index(index)
        case .computed(let expression):
            switch try value(expression) {
            case .int(let number): return .index(Int(clamping: number))
            case .text(let text): return .field(Key(text.string))
            case let other: throw RuntimeError.indexType(other, of: .emptyArray)
            }
        case .all, .select, .unusable:
            throw RuntimeError.builtin(
                "only a field or an index can be assigned, not `\(step.text)`",
                hint: "assign in a loop over the items")
        }
    }

    /// Sets the part in place. The value is taken apart and put together again, so that nothing is
    /// copied that only this variable holds; on an error it is as it was.
    private static func set(
        _ value: inout Value, _ targets: ArraySlice<Target>, _ new: Value
    ) throws {
        guard let target = targets.first else {
            value = new
            return
        }
        switch target {
        case .field(let key):
            if value.isNull { value = .emptyObject }
            guard case .object(var object) = value else {
                throw RuntimeError.setInside(".\(key.name)", value)
            }
            value = .null
            defer { value = .object(object) }
            if targets.count == 1 {
                object.set(key, to: new)
            } else {
                try set(&object[key], targets.dropFirst(), new)
            }
        case .index(let index):
            guard case .array(var values) = value else {
                throw RuntimeError.setInside("[\(index)]", value)
            }
            let place = index < 0 ? index + values.count : index
            guard values.indices.contains(place) else {
                throw RuntimeError.indexOutOfRange(index, count: values.count)
            }
            value = .null
            defer { value = .array(values) }
            try set(&values[place], targets.dropFirst(), new)
        }
    }
}
