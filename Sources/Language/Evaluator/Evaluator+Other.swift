import Support
import Syntax
import Value

extension Evaluator {
    /// The instructions that are not worth a place in the hot loop. Answers where to go on.
    mutating func executeOther(_ i: Instruction, _ pc: Int) throws -> Int {
        switch i.op {
        case .divide: stack[r(i.a)] = try Operators.divide(stack[r(i.b)], stack[c(i)])
        case .negate: stack[r(i.a)] = try Operators.negate(stack[r(i.b)])
        case .not: stack[r(i.a)] = .bool(try !truth(r(i.b)))
        case .requireBoolean: stack[r(i.a)] = .bool(try truth(r(i.b)))
        case .equal: stack[r(i.a)] = .bool(try Operators.equal(stack[r(i.b)], stack[c(i)]))
        case .notEqual: stack[r(i.a)] = .bool(try !Operators.equal(stack[r(i.b)], stack[c(i)]))
        case .less: try compare(i, .less)
        case .lessOrEqual: try compare(i, .lessOrEqual)
        case .greater: try compare(i, .greater)
        case .greaterOrEqual: try compare(i, .greaterOrEqual)
        case .readQuantity: stack[r(i.a)] = try Conversion.quantity(stack[r(i.b)])
        case .readDuration: stack[r(i.a)] = try Conversion.duration(stack[r(i.b)])
        case .contains:
            stack[r(i.a)] = .bool(try Operators.contains(stack[r(i.b)], stack[c(i)]))
        case .inside: stack[r(i.a)] = .bool(try Operators.contains(stack[c(i)], stack[r(i.b)]))
        case .notInside:
            stack[r(i.a)] = .bool(try !Operators.contains(stack[c(i)], stack[r(i.b)]))
        case .matches: return try matches(i, pc)
        case .matchesPattern: try matchesPattern(i)
        case .exists: stack[r(i.a)] = .bool(isPresent(stack[r(i.b)]))
        case .absent: stack[r(i.a)] = .bool(!isPresent(stack[r(i.b)]))
        case .jumpIfGiven: return stack[r(i.a)].isUnset ? pc : pc + Int(i.c)
        case .jumpIfSuccess: return stack[r(i.a)] == .int(0) ? pc + Int(i.c) : pc
        case .jumpIfFailure: return stack[r(i.a)] == .int(0) ? pc : pc + Int(i.c)
        case .path: stack[r(i.a)] = try readPath(r(i.b), Int(i.c))
        case .setPath, .setCellPath, .setGlobalPath: try setPath(i)
        case .list, .openList, .map, .range, .interpolate, .unpack, .iterate, .rangeStart:
            try build(i)
        case .makeCell, .loadCell, .storeCell, .addToCell, .addToGlobal, .clear, .closure:
            try variable(i)
        case .sortAscending, .sortDescending:
            let sorted = try Sorting.sorted(
                stack[r(i.b)].sequence, by: stack[c(i)].elements,
                descending: i.op == .sortDescending)
            stack[r(i.a)] = .array(sorted)
        default: return try executeWorld(i, pc)
        }
        return pc
    }

    /// The register that the third operand names.
    @inline(__always)
    func c(_ i: Instruction) -> Int { base &+ Int(i.c) }

    private mutating func compare(_ i: Instruction, _ order: Operators.Order) throws {
        stack[r(i.a)] = .bool(try Operators.ordered(stack[r(i.b)], stack[c(i)], order))
    }

    private func isPresent(_ value: Value) -> Bool {
        !value.isNull && value.absentObject == nil
    }

    // MARK: Building values

    private mutating func build(_ i: Instruction) throws {
        let first = r(i.b)
        switch i.op {
        case .list:
            let items = try checkedItems(first, Int(i.c))
            stack[r(i.a)] = .array(items)
            if items.contains(where: \.isStructure) { try noteNesting(.array(items)) }
        case .openList:
            stack[r(i.a)] = .opaque(OpenListPattern(try checkedItems(first, Int(i.c))))
        case .map:
            let object = try buildMap(Int(i.c), first)
            stack[r(i.a)] = .object(object)
            if object.contains(where: \.value.isStructure) { try noteNesting(.object(object)) }
        case .range:
            let lower = try integer(stack[first], "the start of a range")
            let upper = try integer(stack[c(i)], "the end of a range")
            stack[r(i.a)] = .opaque(RangeValue(lower, upper))
        case .interpolate: stack[r(i.a)] = try interpolate(first, Int(i.c))
        case .unpack: try unpack(i)
        case .iterate:
            let isAbsentList = i.c == 1 && stack[first].isNull
            stack[r(i.a)] = isAbsentList ? .array([]) : try Conversion.sequence(stack[first])
            stack[r(i.a) + 1] = .int(0)
        default:
            _ = try integer(stack[r(i.a)], "the start of a range")
            _ = try integer(stack[first], "the end of a range")
        }
    }

    private func checkedItems(_ first: Int, _ count: Int) throws -> [Value] {
        let items = Array(stack[first..<(first + count)])
        for item in items {
            if let absent = item.absentObject { throw absent.error }
        }
        return items
    }

    private func integer(_ value: Value, _ what: String) throws -> Int64 {
        if case .int(let number) = value { return number }
        throw RuntimeError.notInteger(what, value)
    }

    private func buildMap(_ index: Int, _ first: Int) throws -> Object {
        let plan = code.maps[index]
        var keys = plan.keys
        for (entry, register) in plan.dynamicKeys {
            keys[entry] = Key(try shown(stack[base + register]))
        }
        var object = Object(minimumCapacity: keys.count)
        for (offset, key) in keys.enumerated() {
            let value = stack[first + offset]
            if let absent = value.absentObject { throw absent.error }
            object.set(key, to: value)
        }
        return object
    }

    private func interpolate(_ first: Int, _ count: Int) throws -> Value {
        if count == 1, case .text = stack[first] { return stack[first] }
        var text = ""
        for index in first..<(first + count) {
            switch stack[index] {
            case .text(let part): text += part.string
            case .int(let number): text += number.description
            default: text += try shown(stack[index])
            }
        }
        if text.utf8.count > limits.textBytes { throw RuntimeError.textSize(limits.textBytes) }
        return Value(text)
    }

    private mutating func unpack(_ i: Instruction) throws {
        let value = stack[r(i.b)]
        guard case .array(let values) = value else { throw RuntimeError.notSequence(value) }
        guard values.count == Int(i.c) else {
            throw RuntimeError.unpackCount(expected: Int(i.c), found: values.count)
        }
        for (offset, value) in values.enumerated() { stack[r(i.a) + offset] = value }
    }

    // MARK: Variables

    private mutating func variable(_ i: Instruction) throws {
        switch i.op {
        case .makeCell: stack[r(i.a)] = .opaque(Cell(stack[r(i.a)]))
        case .loadCell:
            let value = cell(r(i.b))?.value ?? .null
            if value.isUnset { throw RuntimeError.unset("this function") }
            stack[r(i.a)] = value
        case .storeCell: cell(r(i.b))?.value = stack[r(i.a)]
        case .addToCell:
            guard let cell = cell(r(i.b)) else { return }
            try Self.add(stack[r(i.a)], to: &cell.value, limits)
        case .addToGlobal:
            let slot = Int(i.c)
            if globals.slots[slot].isUnset { throw RuntimeError.unset(name(ofGlobal: slot)) }
            try Self.add(stack[r(i.a)], to: &globals.slots[slot], limits)
        case .clear:
            let first = r(i.a)
            for index in first..<(first + Int(i.c)) { stack[index] = Unset.marker }
        default: makeClosure(i)
        }
    }

    func cell(_ index: Int) -> Cell? {
        if case .opaque(let opaque) = stack[index] { return opaque as? Cell }
        return nil
    }

    private mutating func makeClosure(_ i: Instruction) {
        let function = code.functions[Int(i.c)]
        let captured = function.captures.map { register -> Value in
            // A frozen closure takes the contents of cells, not the cells.
            if i.b == 1, let cell = cell(base + register) { return cell.value }
            return stack[base + register]
        }
        stack[r(i.a)] = .opaque(
            Closure(function: Int(i.c), name: function.name, captured: captured))
    }

    // MARK: Growing in place

    /// r[a] = r[b] + r[c] for everything but small integers; a list that is added to itself grows
    /// in place.
    mutating func addSlow(_ target: Int, _ left: Int, _ right: Int) throws {
        if target == left, left != right {
            let value = stack[right]
            try Self.add(value, to: &stack[left], limits)
        } else {
            stack[target] = try checked(Operators.add(stack[left], stack[right]))
        }
    }

    private static func add(
        _ value: Value, to target: inout Value, _ limits: Limits
    ) throws {
        if case .array(let added) = value, case .array(var values) = target {
            guard values.count + added.count <= limits.items else {
                throw RuntimeError.itemCount(limits.items)
            }
            target = .null
            values += added
            target = .array(values)
        } else {
            target = try checked(Operators.add(target, value), limits)
        }
    }

    /// A result within the limits on sizes.
    func checked(_ value: Value) throws -> Value { try Self.checked(value, limits) }

    private static func checked(_ value: Value, _ limits: Limits) throws -> Value {
        switch value {
        case .text(let text) where text.string.utf8.count > limits.textBytes:
            throw RuntimeError.textSize(limits.textBytes)
        case .array(let values) where values.count > limits.items:
            throw RuntimeError.itemCount(limits.items)
        default: return value
        }
    }

    mutating func append(_ i: Instruction) throws {
        let target = r(i.a)
        let value = stack[r(i.b)]
        if let absent = value.absentObject { throw absent.error }
        guard case .array(var values) = take(target) else { return }
        guard values.count < limits.items else { throw RuntimeError.itemCount(limits.items) }
        values.append(consume value)
        stack[target] = .array(consume values)
    }

    /// `x += [value]`: as `append` where x is a list, else as any sum.
    mutating func push(_ i: Instruction) throws {
        let value = stack[r(i.b)]
        if value.isStructure { try noteNesting(value) }
        if case .array = stack[r(i.a)] { return try append(i) }
        stack[r(i.a)] = try Operators.add(stack[r(i.a)], .array([value]))
    }

    func name(ofGlobal slot: Int) -> String {
        globalNames.indices.contains(slot) ? globalNames[slot] : "this variable"
    }
}
