import Support
import Value

extension Evaluator {
    /// A step of an assigned path with its index computed.
    private enum Target {
        case field(Key)
        case index(Int)
    }

    /// `x.a[0] = value`: changes the variable's value in place.
    mutating func setPath(_ i: Instruction) throws {
        let plan = code.paths[Int(i.c)]
        let value = stack[r(i.b)]
        if let absent = value.absentObject { throw absent.error }
        if value.isStructure { try noteNesting(value, levels: plan.steps.count) }
        let targets = try plan.steps.indices.map { try target(plan, $0) }
        switch i.op {
        case .setPath: try Self.set(&stack[r(i.a)], targets[...], value, plan)
        case .setCellPath:
            guard let cell = cell(r(i.a)) else { return }
            try Self.set(&cell.value, targets[...], value, plan)
        default: try Self.set(&globals.slots[plan.globalSlot], targets[...], value, plan)
        }
    }

    private func target(_ plan: PathPlan, _ place: Int) throws -> Target {
        switch plan.steps[place] {
        case .field(let key): return .field(key)
        case .index(let index): return .index(index)
        case .register(let register):
            switch stack[base + register] {
            case .int(let number): return .index(Int(clamping: number))
            case .text(let text): return .field(Key(text.string))
            case let other: throw RuntimeError.indexType(other, of: .emptyArray)
            }
        case .all, .select:
            throw RuntimeError.builtin(
                "only a field or an index can be assigned, not `\(plan.text(of: place))`",
                hint: "assign in a loop over the items")
        }
    }

    /// Sets the part in place. The value is taken apart and put together again, so that nothing is
    /// copied that only this variable holds; on an error it is as it was.
    private static func set(
        _ value: inout Value, _ targets: ArraySlice<Target>, _ new: Value, _ plan: PathPlan
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
                try set(&object[key], targets.dropFirst(), new, plan)
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
            try set(&values[place], targets.dropFirst(), new, plan)
        }
    }
}
