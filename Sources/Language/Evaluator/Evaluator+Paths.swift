import Support
import Syntax
import Value

extension Evaluator {
    mutating func value(of node: PathNode) throws -> Value {
        switch node {
        case .fields(let root, let path): return try fields(of: root, path)
        case .steps(let root, let path):
            let root = try value(root)
            if let part = plainPart(of: root, path) { return part }
            return try followed(path) { evaluator, plan throws in
                try evaluator.steps(of: root, plan.isFixed ? plan : evaluator.fixed(plan))
            }
        }
    }

    /// Errors on the way are those of the path, not of what is around it.
    private mutating func followed(
        _ path: Row<PathPlan>, _ body: (inout Evaluator, PathPlan) throws -> Value
    ) throws -> Value {
        let plan = tree.paths[path]
        do {
            return try body(&self, plan)
        } catch {
            throw located(error, at: plan.span)
        }
    }

    // MARK: Plain fields

    /// Reads a path of plain fields without copying what lies on the way.
    @inline(__always)
    mutating func fields(of root: NodeIndex, _ path: Row<PathPlan>) throws -> Value {
        let keys = tree.fieldRange(of: path)
        if case .variable(.local(let slot)) = tree.expression(at: root) {
            // Moving the root out and back costs less than counting one more reference to it.
            let index = place(slot)
            let root = stack.take(index)
            let value = root.value(along: tree.keys, in: keys)
            stack.putBack(root, at: index)
            return value.isNull ? try missingField(stack[index], path) : value
        }
        let root = try value(root)
        let value = root.value(along: tree.keys, in: keys)
        return value.isNull ? try missingField(root, path) : value
    }

    /// What a path reads that leads to no value: an error where it cannot, 0 or false where the API
    /// omits those, else null.
    private mutating func missingField(_ root: Value, _ path: Row<PathPlan>) throws -> Value {
        try followed(path) { evaluator, plan throws in
            if let absent = root.absentObject { throw absent.error }
            var current = root
            for step in plan.steps {
                switch current {
                case .object, .null: break
                case .array: throw RuntimeError.fieldOfList(step.text)
                case .bool, .int, .double, .text, .opaque:
                    throw RuntimeError.fieldOfScalar(step.text, current)
                }
                if case .field(let key) = step { current = current[key] }
            }
            return try evaluator.missing(root, plan)
        }
    }

    /// The value of a field that is not there, after a look at the facts about the object's own kind
    /// when they were not known before the run.
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

    /// What fields and indices lead to; nil where the path has other steps, or anything on it is out of
    /// the ordinary. Nothing is called that might change the plan, so nothing of it is copied.
    private func plainPart(of root: Value, _ path: Row<PathPlan>) -> Value? {
        var current = root
        for step in tree.paths[path].steps {
            if case .field(let key) = step, case .object(let object) = current {
                current = object[key]
            } else if case .index(let index) = step, case .array(let values) = current,
                values.indices.contains(index)
            {
                current = values[index]
            } else {
                return nil
            }
        }
        return current.isNull ? nil : current
    }

    private mutating func steps(of root: Value, _ plan: PathPlan) throws -> Value {
        if let absent = root.absentObject {
            if plan.isProbe { return .null }
            throw absent.error
        }
        let value = try follow(root, plan, from: 0)
        if value.isNull, !plan.isProbe { return try missing(root, plan) }
        return value
    }

    /// The plan with its indices and texts computed: once, however many items it is followed for.
    private mutating func fixed(_ plan: PathPlan) throws -> PathPlan {
        var plan = plan
        for place in plan.steps.indices {
            switch plan.steps[place] {
            case .computed(let expression):
                switch try value(expression) {
                case .int(let number): plan.steps[place] = .index(Int(clamping: number))
                case .text(let text): plan.steps[place] = .field(Key(text.string))
                case let other: plan.steps[place] = .unusable(other)
                }
            case .select(let requirements):
                plan.steps[place] = .select(
                    try requirements.map { requirement in
                        SelectPlan(
                            key: .known(try text(requirement.key)),
                            relation: requirement.relation,
                            values: try requirement.values.map { .known(try text($0)) })
                    })
            case .field, .index, .all, .unusable: break
            }
        }
        return plan
    }

    mutating func follow(_ value: Value, _ plan: PathPlan, from start: Int) throws -> Value {
        var current = value
        for place in start..<plan.steps.count {
            switch plan.steps[place] {
            case .field(let key): current = try field(key, of: current, plan, place)
            case .index(let index): current = try item(index, of: current, plan)
            case .unusable(let index): throw RuntimeError.indexType(index, of: current)
            case .computed: preconditionFailure("indices are computed before the path is followed")
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
            throw RuntimeError.fieldOfList(plan.steps[place].text)
        case .bool, .int, .double, .text, .opaque:
            if let absent = value.absentObject { throw absent.error }
            if plan.isProbe { return .null }
            throw RuntimeError.fieldOfScalar(plan.steps[place].text, value)
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
            let start = Int128(index < 0 ? range.upper : range.lower)
            let number = start + Int128(index) + (index < 0 ? 1 : 0)
            guard number >= range.lower, number <= range.upper else {
                throw RuntimeError.indexOutOfRange(index, count: range.count)
            }
            return .int(Int64(number))
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

    mutating func text(_ plan: TextPlan) throws -> String {
        switch plan {
        case .known(let text): return text
        case .computed(let expression): return try shownValue(expression)
        }
    }
}

extension PathStep {
    /// The step as a script writes it, for messages.
    var text: String {
        switch self {
        case .field(let key): "." + key.name
        case .index(let index): "[\(index)]"
        case .all: "[*]"
        case .computed, .select, .unusable: "[…]"
        }
    }
}
