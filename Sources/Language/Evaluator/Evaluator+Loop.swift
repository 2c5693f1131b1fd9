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
                case .jumpIf: branch(&pc, i, try !truth(r(i.a)))
                case .jumpUnless: branch(&pc, i, try truth(r(i.a)))
                case .jumpUnlessEqual: branch(&pc, i, try equal(i))
                case .jumpUnlessNotEqual: branch(&pc, i, try !equal(i))
                case .jumpUnlessLess: branch(&pc, i, try ordered(i, .less))
                case .jumpUnlessLessOrEqual: branch(&pc, i, try ordered(i, .lessOrEqual))
                case .jumpUnlessGreater: branch(&pc, i, try ordered(i, .greater))
                case .jumpUnlessGreaterOrEqual: branch(&pc, i, try ordered(i, .greaterOrEqual))
                case .jumpUnlessEqualConstant: branch(&pc, i, try equal(i, constants, texts))
                case .jumpUnlessNotEqualConstant: branch(&pc, i, try !equal(i, constants, texts))
                case .jumpUnlessFieldEqual, .jumpUnlessFieldNotEqual:
                    let path = Int(instructions[pc].c)
                    let isEqual = try equalField(i, path, fields, keys, texts)
                    // What follows is the word with the path.
                    pc &+= isEqual == (i.op == .jumpUnlessFieldEqual) ? 1 : Int(i.c)
                case .jumpUnlessLessInteger: branch(&pc, i, try ordered(i, integer: .less))
                case .jumpUnlessLessOrEqualInteger:
                    branch(&pc, i, try ordered(i, integer: .lessOrEqual))
                case .jumpUnlessGreaterInteger: branch(&pc, i, try ordered(i, integer: .greater))
                case .jumpUnlessGreaterOrEqualInteger:
                    branch(&pc, i, try ordered(i, integer: .greaterOrEqual))
                case .poll: try countRound(at: pc)
                case .fields: try readFields(i, fields, keys)
                case .next: branch(&pc, i, try next(i))
                case .rangeNext: branch(&pc, i, rangeNext(i))
                case .append: try append(i)
                case .push: try push(i)
                case .callFunction: pc = try enter(i, returnTo: pc)
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
        } catch {
            throw located(error, at: pc - 1, entryDepth: depth)
        }
    }

    /// Jumps unless the condition holds.
    @inline(__always)
    private func branch(_ pc: inout Int, _ i: Instruction, _ holds: Bool) {
        if !holds { pc &+= Int(i.c) }
    }

    @inline(__always)
    private mutating func countRound(at pc: Int) throws {
        roundsLeft &-= 1
        if roundsLeft <= 0 { try poll(at: pc) }
    }

    @inline(__always)
    private mutating func enter(_ i: Instruction, returnTo pc: Int) throws -> Int {
        let first = r(i.a)
        return try enter(Int(i.c), first: first, count: Int(i.b), result: first, returnTo: pc)
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
    private func ordered(_ i: Instruction, integer order: Operators.Order) throws -> Bool {
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
