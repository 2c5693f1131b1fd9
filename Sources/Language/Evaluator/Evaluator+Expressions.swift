import Support
import Value

extension Evaluator {
    /// The value of an expression.
    @inline(never)
    mutating func value(_ index: NodeIndex) throws -> Value {
        do {
            switch tree.expression(at: index) {
            case .constant(let row): return tree.constants[row]
            case .integer(let number): return .int(number)
            case .variable(let variable): return try value(of: variable)
            case .arithmetic(let sign, let left, let right):
                return try arithmetic(sign, left, right)
            case .negate(let operand): return try Operators.negate(value(operand))
            case .comparison: return .bool(try truth(index))
            case .logic(let node): return try value(of: node)
            case .path(let node): return try value(of: node)
            case .structure(let node): return try value(of: node)
            case .call(let node): return try value(of: node, at: index)
            case .items(let node): return try value(of: node, at: index)
            case .world(let node): return try value(of: node)
            case .reading(let node): return try value(of: node)
            }
        } catch {
            throw located(error, at: index)
        }
    }

    /// The truth of an expression that must be true or false.
    @inline(never)
    mutating func truth(_ index: NodeIndex) throws -> Bool {
        do {
            switch tree.expression(at: index) {
            case .comparison(let node): return try truth(of: node)
            case .logic(let node): return try truth(of: node)
            case .constant, .integer, .variable, .arithmetic, .negate, .path, .structure, .call,
                .items, .world, .reading:
                let value = try value(index)
                if case .bool(let flag) = value { return flag }
                throw RuntimeError.notBooleanOrAbsent(value)
            }
        } catch {
            throw located(error, at: index)
        }
    }

    // MARK: Variables

    @inline(__always)
    private func value(of variable: Variable) throws -> Value {
        switch variable {
        case .local(let slot): return stack[place(slot)]
        case .cell(let slot):
            let value = cell(slot)?.value ?? .null
            if value.isUnset { throw RuntimeError.unset("this function") }
            return value
        case .global(let slot):
            let value = globals.slots[Int(slot.raw)]
            if value.isUnset { throw RuntimeError.unset(name(of: slot)) }
            return value
        }
    }

    func cell(_ slot: Slot) -> Cell? {
        if case .opaque(let opaque) = stack[place(slot)] { return opaque as? Cell }
        return nil
    }

    func name(of slot: GlobalSlot) -> String {
        let index = Int(slot.raw)
        return globalNames.indices.contains(index) ? globalNames[index] : "this variable"
    }

    // MARK: Operands

    /// The integer that an operand is, if it is one that needs no evaluation.
    @inline(__always)
    func plainInteger(_ operand: Operand) -> Int64? {
        switch operand.kind {
        case .local(let slot): return stack.integer(at: place(slot))
        case .integer(let number): return number
        case .node: return nil
        }
    }

    @inline(__always)
    mutating func value(_ operand: Operand) throws -> Value {
        switch operand.kind {
        case .local(let slot): return stack[place(slot)]
        case .integer(let number): return .int(number)
        case .node(let index): return try value(index)
        }
    }

    // MARK: Readings

    @inline(never)
    private mutating func value(of node: ReadingNode) throws -> Value {
        switch node {
        case .quantity(let operand): return try Conversion.quantity(value(operand))
        case .duration(let operand): return try Conversion.duration(value(operand))
        case .noted(let operand, let slot):
            let value = try value(operand)
            if explains { stack[place(slot)] = value }
            return value
        }
    }

    // MARK: Arithmetic

    @inline(__always)
    private mutating func arithmetic(
        _ sign: ArithmeticOperator, _ left: Operand, _ right: Operand
    ) throws -> Value {
        if let one = plainInteger(left), let other = plainInteger(right),
            let result = Operators.integers(sign, one, other)
        {
            return .int(result)
        }
        let one = try value(left)
        let other = try value(right)
        if case .int(let one) = one, case .int(let other) = other,
            let result = Operators.integers(sign, one, other)
        {
            return .int(result)
        }
        return try general(sign, one, other)
    }

    @inline(never)
    func general(
        _ sign: ArithmeticOperator, _ left: Value, _ right: Value
    ) throws -> Value {
        try checked(Operators.arithmetic(sign, left, right))
    }

    // MARK: Structures

    @inline(never)
    private mutating func value(of node: StructureNode) throws -> Value {
        switch node {
        case .list(let list):
            let items = try items(list)
            if items.contains(where: \.isStructure) { try noteNesting(.array(items)) }
            return .array(items)
        case .openList(let list): return .opaque(OpenListPattern(try items(list)))
        case .map(let row): return try value(of: tree.maps[row])
        case .range(let lower, let upper):
            let (first, last) = try ends(lower, upper)
            return .opaque(RangeValue(first, last))
        case .text(let list): return try text(of: list)
        }
    }

    /// The ends of a range.
    mutating func ends(_ lower: NodeIndex, _ upper: NodeIndex) throws -> (Int64, Int64) {
        let (first, last) = (try value(lower), try value(upper))
        guard case .int(let one) = first else {
            throw RuntimeError.notInteger("the start of a range", first)
        }
        guard case .int(let other) = last else {
            throw RuntimeError.notInteger("the end of a range", last)
        }
        return (one, other)
    }

    private mutating func items(_ list: NodeList) throws -> [Value] {
        var items: [Value] = []
        items.reserveCapacity(Int(list.count))
        for place in 0..<list.count {
            let item = try value(tree.child(list, place))
            items.append(try Self.present(item))
        }
        return items
    }

    /// A value that becomes part of a structure: an object that does not exist cannot.
    static func present(_ value: Value) throws -> Value {
        if let absent = value.absentObject { throw absent.error }
        return value
    }

    private mutating func value(of plan: MapPlan) throws -> Value {
        var object = Object(minimumCapacity: plan.keys.count)
        var hasStructures = false
        for (place, key) in plan.keys.enumerated() {
            let name: Key
            switch key {
            case .known(let known): name = known
            case .computed(let expression):
                name = Key(try shownValue(expression))
            }
            let part = try value(tree.child(plan.values, UInt32(place)))
            let value = try Self.present(part)
            if value.isStructure { hasStructures = true }
            object.set(name, to: value)
        }
        if hasStructures { try noteNesting(.object(object)) }
        return .object(object)
    }

    private mutating func text(of list: NodeList) throws -> Value {
        if list.count == 1 {
            let value = try value(tree.child(list, 0))
            if case .text = value { return value }
            return Value(try sized(shown(value)))
        }
        var text = ""
        for place in 0..<list.count {
            switch try value(tree.child(list, place)) {
            case .text(let part): text += part.string
            case .int(let number): text += number.description
            case let value: text += try shown(value)
            }
        }
        return Value(try sized(text))
    }

    func sized(_ text: String) throws -> String {
        let size = text.utf8.count
        if size > limits.textBytes { throw RuntimeError.textSize(limits.textBytes) }
        if size > Self.largeText { try host.checkLimits() }
        return text
    }

    // MARK: Sizes

    /// A result within the limits on sizes.
    func checked(_ value: Value) throws -> Value {
        switch value {
        case .text(let text) where text.string.utf8.count > Self.largeText:
            try host.checkLimits()
        case .array(let values) where values.count > Self.largeList: try host.checkLimits()
        default: break
        }
        return try Self.checked(value, limits)
    }

    /// Above these sizes, in bytes and items, each value has the host look at the sum of all.
    private static let largeText = 65_536
    static let largeList = 4_096

    static func checked(_ value: Value, _ limits: Limits) throws -> Value {
        switch value {
        case .text(let text) where text.string.utf8.count > limits.textBytes:
            throw RuntimeError.textSize(limits.textBytes)
        case .array(let values) where values.count > limits.items:
            throw RuntimeError.itemCount(limits.items)
        default: return value
        }
    }
}
