import Support
import Value

extension Evaluator {
    /// Runs instructions from `start` until the function returns in which it began, or a native
    /// block ends.
    mutating func execute(from start: Int) throws -> Value {
        var pc = start
        let depth = frames.count
        let instructions = self.instructions
        let fields = tables.fields
        let keys = tables.keys
        let constants = code.constants
        let texts = tables.texts
        do {
            while true {
                let i = instructions[pc]
                pc &+= 1
                switch i.op {
                case .constant: stack[r(i.a)] = constants[Int(i.c)]
                case .integer: stack[r(i.a)] = .int(Int64(i.c))
                case .move: stack[r(i.a)] = stack[r(i.b)]
                case .loadGlobal: try loadGlobal(i)
                case .storeGlobal: globals.slots[Int(i.c)] = stack[r(i.a)]
                case .add: try add(i)
                case .subtract: try subtract(i)
                case .multiply: try multiply(i)
                case .remainder: try remainder(i)
                case .addInteger: try addInteger(i)
                case .jump: pc &+= Int(i.c)
                case .jumpIf: if try truth(r(i.a)) { pc &+= Int(i.c) }
                case .jumpUnless: if try !truth(r(i.a)) { pc &+= Int(i.c) }
                case .jumpUnlessEqual: if try !equal(i) { pc &+= Int(i.c) }
                case .jumpUnlessNotEqual: if try equal(i) { pc &+= Int(i.c) }
                case .jumpUnlessLess: if try !ordered(i, .less) { pc &+= Int(i.c) }
                case .jumpUnlessLessOrEqual: if try !ordered(i, .lessOrEqual) { pc &+= Int(i.c) }
                case .jumpUnlessGreater: if try !ordered(i, .greater) { pc &+= Int(i.c) }
                case .jumpUnlessGreaterOrEqual:
                    if try !ordered(i, .greaterOrEqual) { pc &+= Int(i.c) }
                case .jumpUnlessEqualConstant:
                    if try !equal(i, constants, texts) { pc &+= Int(i.c) }
                case .jumpUnlessNotEqualConstant:
                    if try equal(i, constants, texts) { pc &+= Int(i.c) }
                case .jumpUnlessFieldEqual, .jumpUnlessFieldNotEqual:
                    let isEqual = try equalField(
                        i, Int(instructions[pc].c), fields, keys, texts)
                    let holds = isEqual == (i.op == .jumpUnlessFieldEqual)
                    pc &+= holds ? 1 : Int(i.c)
                case .jumpUnlessLessInteger: if try !orderedInteger(i, .less) { pc &+= Int(i.c) }
                case .jumpUnlessLessOrEqualInteger:
                    if try !orderedInteger(i, .lessOrEqual) { pc &+= Int(i.c) }
                case .jumpUnlessGreaterInteger:
                    if try !orderedInteger(i, .greater) { pc &+= Int(i.c) }
                case .jumpUnlessGreaterOrEqualInteger:
                    if try !orderedInteger(i, .greaterOrEqual) { pc &+= Int(i.c) }
                case .poll:
                    roundsLeft &-= 1
                    if roundsLeft <= 0 { try poll(at: pc) }
                case .fields: try readFields(i, fields, keys)
                case .next: if try !next(i) { pc &+= Int(i.c) }
                case .rangeNext: if !rangeNext(i) { pc &+= Int(i.c) }
                case .append: try append(i)
                case .push: try push(i)
                case .callFunction:
                    let first = r(i.a)
                    pc = try enter(
                        Int(i.c), first: first, count: Int(i.b), result: first, returnTo: pc)
                case .callValue: pc = try enterValue(r(i.a), count: Int(i.b), pc: pc)
                case .callBuiltin: try callBuiltin(i)
                case .returnValue, .returnNull:
                    let value = i.op == .returnNull ? Value.null : take(r(i.a))
                    if frames.count == depth { return value }
                    pc = leave(consume value)
                case .blockEnd: return .null
                default: pc = try executeOther(i, pc)
                }
            }
        } catch let error as RuntimeError {
            throw located(error, at: pc - 1, entryDepth: depth)
        } catch let error as HostError {
            throw located(error, at: pc - 1)
        }
    }

    /// The place of a register on the stack.
    @inline(__always)
    func r(_ register: UInt16) -> Int { base &+ Int(register) }

    @inline(__always)
    private mutating func leave(_ value: consuming Value) -> Int {
        let frame = frames.removeLast()
        base = frame.base
        top = frame.top
        stack[frame.result] = consume value
        return frame.returnPC
    }

    // MARK: Moving

    @inline(__always)
    private mutating func loadGlobal(_ i: Instruction) throws {
        let value = globals.slots[Int(i.c)]
        if value.isUnset { throw RuntimeError.unset(name(ofGlobal: Int(i.c))) }
        stack[r(i.a)] = value
    }

    // MARK: Arithmetic with short ways for integers

    @inline(__always)
    private mutating func add(_ i: Instruction) throws {
        let (left, right) = (r(i.b), base &+ Int(i.c))
        if case .int(let one) = stack[left], case .int(let other) = stack[right] {
            let (sum, isOver) = one.addingReportingOverflow(other)
            if !isOver {
                stack[r(i.a)] = .int(sum)
                return
            }
        }
        try addSlow(r(i.a), left, right)
    }

    @inline(__always)
    private mutating func subtract(_ i: Instruction) throws {
        let (left, right) = (r(i.b), base &+ Int(i.c))
        if case .int(let one) = stack[left], case .int(let other) = stack[right] {
            let (difference, isOver) = one.subtractingReportingOverflow(other)
            if !isOver {
                stack[r(i.a)] = .int(difference)
                return
            }
        }
        stack[r(i.a)] = try Operators.subtract(stack[left], stack[right])
    }

    @inline(__always)
    private mutating func multiply(_ i: Instruction) throws {
        let (left, right) = (r(i.b), base &+ Int(i.c))
        if case .int(let one) = stack[left], case .int(let other) = stack[right] {
            let (product, isOver) = one.multipliedReportingOverflow(by: other)
            if !isOver {
                stack[r(i.a)] = .int(product)
                return
            }
        }
        stack[r(i.a)] = try Operators.multiply(stack[left], stack[right])
    }

    @inline(__always)
    private mutating func remainder(_ i: Instruction) throws {
        let (left, right) = (r(i.b), base &+ Int(i.c))
        if case .int(let one) = stack[left], case .int(let other) = stack[right], other > 0 {
            let rest = one % other
            stack[r(i.a)] = .int(rest < 0 ? rest + other : rest)
            return
        }
        stack[r(i.a)] = try Operators.remainder(stack[left], stack[right])
    }

    @inline(__always)
    private mutating func addInteger(_ i: Instruction) throws {
        if case .int(let one) = stack[r(i.b)] {
            let (sum, isOver) = one.addingReportingOverflow(Int64(i.c))
            if !isOver {
                stack[r(i.a)] = .int(sum)
                return
            }
        }
        stack[r(i.a)] =
            i.c < 0
            ? try Operators.subtract(stack[r(i.b)], .int(-Int64(i.c)))
            : try Operators.add(stack[r(i.b)], .int(Int64(i.c)))
    }

    // MARK: Comparing

    @inline(__always)
    func truth(_ index: Int) throws -> Bool {
        if case .bool(let flag) = stack[index] { return flag }
        throw RuntimeError.notBooleanOrAbsent(stack[index])
    }

    @inline(__always)
    private func equal(_ i: Instruction) throws -> Bool {
        if case .int(let one) = stack[r(i.a)], case .int(let other) = stack[r(i.b)] {
            return one == other
        }
        return try Operators.equal(stack[r(i.a)], stack[r(i.b)])
    }

    /// Compares a register with a constant. Short texts lie inside their string, so the comparison
    /// with a text counts no references.
    @inline(__always)
    private mutating func equal(
        _ i: Instruction, _ constants: ContiguousArray<Value>, _ texts: ContiguousArray<String?>
    ) throws -> Bool {
        let register = r(i.a)
        let constant = Int(i.b)
        if case .int(let one) = stack[register], case .int(let other) = constants[constant] {
            return one == other
        }
        guard let text = texts[constant] else {
            return try Operators.equal(stack[register], constants[constant])
        }
        let value = take(register)
        if case .text(let one) = value {
            let isEqual = one.string == text
            stack[register] = consume value
            return isEqual
        }
        stack[register] = consume value
        return try Operators.equal(stack[register], constants[constant])
    }

    /// Compares a field with a text without taking the field out of its object.
    @inline(__always)
    private mutating func equalField(
        _ i: Instruction, _ path: Int, _ fields: ContiguousArray<FieldRange>,
        _ keys: ContiguousArray<Key>, _ texts: ContiguousArray<String?>
    ) throws -> Bool {
        let range = fields[path]
        if let text = texts[Int(i.b)] {
            let root = take(r(i.a))
            let answer = root.isText(
                text, along: keys, in: Int(range.start)..<Int(range.end))
            stack[r(i.a)] = consume root
            if let answer { return answer }
        }
        return try equalFieldSlow(r(i.a), Int(i.b), path)
    }

    private mutating func equalFieldSlow(
        _ register: Int, _ constant: Int, _ path: Int
    ) throws -> Bool {
        try Operators.equal(readPath(register, path), code.constants[constant])
    }

    @inline(__always)
    private func ordered(_ i: Instruction, _ order: Operators.Order) throws -> Bool {
        if case .int(let one) = stack[r(i.a)], case .int(let other) = stack[r(i.b)] {
            return order.holds(one, other)
        }
        return try Operators.ordered(stack[r(i.a)], stack[r(i.b)], order)
    }

    @inline(__always)
    private func orderedInteger(_ i: Instruction, _ order: Operators.Order) throws -> Bool {
        let other = Int64(Int16(bitPattern: i.b))
        if case .int(let one) = stack[r(i.a)] { return order.holds(one, other) }
        return try Operators.ordered(stack[r(i.a)], .int(other), order)
    }

    // MARK: Loops

    @inline(__always)
    private mutating func rangeNext(_ i: Instruction) -> Bool {
        let state = r(i.a)
        guard case .int(let current) = stack[state], case .int(let last) = stack[state &+ 1],
            current <= last
        else { return false }
        stack[r(i.b)] = .int(current)
        if current == .max {
            stack[state &+ 1] = .int(.min)
        } else {
            stack[state] = .int(current &+ 1)
        }
        return true
    }

    @inline(__always)
    private mutating func next(_ i: Instruction) throws -> Bool {
        let state = r(i.a)
        guard case .int(let index) = stack[state &+ 1] else { return false }
        // The sequence is moved out and back: it is never shared by the loop alone.
        let sequence = take(state)
        guard let item = Self.item(sequence, Int(index)) else { return false }
        stack[state] = consume sequence
        stack[r(i.b)] = consume item
        stack[state &+ 1] = .int(index &+ 1)
        return true
    }

    @inline(__always)
    private static func item(_ sequence: Value, _ index: Int) -> Value? {
        switch sequence {
        case .array(let values):
            guard index < values.count else { return nil }
            return values[index]
        case .opaque(let opaque):
            guard let range = opaque as? RangeValue, index < range.count else { return nil }
            return .int(range.lower + Int64(index))
        default: return nil
        }
    }
}
