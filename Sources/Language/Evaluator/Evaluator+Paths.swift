import Support
import Syntax
import Value

extension Evaluator {
    // MARK: Plain fields

    /// Reads a path of plain fields without copying what lies on the way.
    @inline(__always)
    mutating func readFields(
        _ i: Instruction, _ fields: ContiguousArray<FieldRange>, _ keys: ContiguousArray<Key>
    ) throws {
        let range = fields[Int(i.c)]
        // Moving the root out and back costs less than counting one more reference to it.
        let root = take(r(i.b))
        let value = root.value(along: keys, in: Int(range.start)..<Int(range.end))
        stack[r(i.b)] = consume root
        if value.isNull {
            stack[r(i.a)] = try missingField(r(i.b), Int(i.c))
        } else {
            stack[r(i.a)] = consume value
        }
    }

    /// What a path reads that leads to no value: an error where it cannot, 0 or false where the API
    /// omits those, else null.
    private mutating func missingField(_ register: Int, _ index: Int) throws -> Value {
        let root = stack[register]
        let plan = code.paths[index]
        if let absent = root.absentObject {
            if plan.isProbe { return .null }
            throw absent.error
        }
        if plan.isProbe { return .null }
        var current = root
        for (place, step) in plan.steps.enumerated() {
            switch current {
            case .object, .null: break
            case .array: throw RuntimeError.fieldOfList(plan.text(of: place))
            default: throw RuntimeError.fieldOfScalar(plan.text(of: place), current)
            }
            if case .field(let key) = step { current = current[key] }
        }
        return try missing(root, plan)
    }

    /// The value of a field that is not there, after a look at the facts about the object's own kind
    /// when they were not known at compile time.
    private mutating func missing(_ root: Value, _ plan: PathPlan) throws -> Value {
        guard !plan.isChecked, case .object(let object) = root,
            let version = object[.apiVersion].string, let kindName = object[.kind].string,
            let kind = host.kind(apiVersion: version, kind: kindName)
        else { return plan.missing }
        var path: [FactStep] = []
        for step in plan.steps {
            if case .field(let key) = step {
                path.append(.field(key.name))
            } else {
                path.append(.item)
            }
            switch host.fieldFact(of: kind, at: path) {
            case .unknown(let owner, let nearest):
                guard case .field(let name)? = path.last else { return .null }
                throw RuntimeError.unknownField(
                    "." + name, owner: owner, nearest: nearest.map { "." + $0 })
            case .unchecked: return .null
            case .known(let type, readsZero: let readsZero):
                if path.count == plan.steps.count, readsZero {
                    return type == .boolean ? .bool(false) : .int(0)
                }
            }
        }
        return .null
    }

    // MARK: General paths

    mutating func readPath(_ register: Int, _ index: Int) throws -> Value {
        let root = stack[register]
        let plan = code.paths[index]
        if let absent = root.absentObject {
            if plan.isProbe { return .null }
            throw absent.error
        }
        let value = try follow(root, plan, from: 0)
        if value.isNull, !plan.isProbe { return try missing(root, plan) }
        return value
    }

    private mutating func follow(_ value: Value, _ plan: PathPlan, from start: Int) throws -> Value
    {
        var current = value
        for place in start..<plan.steps.count {
            switch plan.steps[place] {
            case .field(let key): current = try field(key, of: current, plan, place)
            case .index(let index): current = try item(index, of: current, plan)
            case .register(let register):
                let index = stack[base + register]
                switch index {
                case .int(let number):
                    current = try item(Int(clamping: number), of: current, plan)
                case .text(let text):
                    current = try field(Key(text.string), of: current, plan, place)
                default: throw RuntimeError.indexType(index, of: current)
                }
            case .all:
                if current.isNull { return .emptyArray }
                guard case .array(let values) = current else {
                    throw RuntimeError.notSequence(current)
                }
                var parts: [Value] = []
                parts.reserveCapacity(values.count)
                for value in values {
                    let part = try follow(value, plan, from: place + 1)
                    let isMissing = part.isNull && place + 1 < plan.steps.count
                    parts.append(isMissing ? plan.missing : part)
                }
                return .array(parts)
            case .select(let requirements):
                current = try select(requirements, in: current, plan, place)
            }
        }
        return current
    }

    private mutating func field(
        _ key: Key, of value: Value, _ plan: PathPlan, _ place: Int
    ) throws -> Value {
        switch value {
        case .object(let object): return object[key]
        case .null: return .null
        case .array:
            if plan.isProbe { return .null }
            throw RuntimeError.fieldOfList(plan.text(of: place))
        default:
            if let absent = value.absentObject { throw absent.error }
            if plan.isProbe { return .null }
            throw RuntimeError.fieldOfScalar(plan.text(of: place), value)
        }
    }

    private mutating func item(_ index: Int, of value: Value, _ plan: PathPlan) throws -> Value {
        switch value {
        case .array(let values):
            let place = index < 0 ? index + values.count : index
            if values.indices.contains(place) { return values[place] }
            // A missing item of an object is as absent as a missing field; of a list that a script
            // made, a wrong index is a mistake.
            if plan.isProbe || plan.isChecked { return .null }
            throw RuntimeError.indexOutOfRange(index, count: values.count)
        case .null: return .null
        case .opaque(let range as RangeValue):
            let place = index < 0 ? index + range.count : index
            guard place >= 0, place < range.count else {
                throw RuntimeError.indexOutOfRange(index, count: range.count)
            }
            return .int(range.lower + Int64(place))
        default: throw RuntimeError.indexType(.int(Int64(index)), of: value)
        }
    }

    // MARK: Selected items

    private mutating func select(
        _ requirements: [SelectPlan], in value: Value, _ plan: PathPlan, _ place: Int
    ) throws -> Value {
        if value.isNull { return .null }
        guard case .array(let values) = value else {
            throw RuntimeError.notSequence(value)
        }
        for value in values {
            var isSelected = true
            for requirement in requirements where isSelected {
                isSelected = try holds(requirement, for: value)
            }
            if isSelected { return value }
        }
        return .null
    }

    private mutating func holds(_ requirement: SelectPlan, for item: Value) throws -> Bool {
        let value = item[Key(try text(requirement.key))]
        let actual = value.scalarText
        switch requirement.relation {
        case .exists: return !value.isNull
        case .absent: return value.isNull
        case .equal, .oneOf, .notEqual, .noneOf: break
        }
        var isListed = false
        for plan in requirement.values where try text(plan) == actual { isListed = true }
        let wantsListed = requirement.relation == .equal || requirement.relation == .oneOf
        return isListed == wantsListed
    }

    func text(_ plan: TextPlan) throws -> String {
        switch plan {
        case .text(let text): return text
        case .register(let register): return try shown(stack[base + register])
        }
    }
}

extension PathPlan {
    /// The text of one step.
    func text(of place: Int) -> String {
        var text = ""
        for step in steps[...min(place, steps.count - 1)].suffix(1) {
            switch step {
            case .field(let key): text = "." + key.name
            case .index(let index): text = "[\(index)]"
            case .all: text = "[*]"
            case .register, .select: text = "[…]"
            }
        }
        return text
    }
}
