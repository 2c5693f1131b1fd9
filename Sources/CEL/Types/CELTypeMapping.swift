/// What the type parameters of an expression stand for, as far as it is known (cel-go
/// `checker.mapping` and its rules of assignment).
struct CELTypeMapping: Sendable {
    private var known: [String: CELType] = [:]
    /// What each change replaced, so that an attempt that fails leaves nothing behind and copies
    /// nothing.
    private var trail: [(name: String, before: CELType?)] = []

    func find(_ type: CELType) -> CELType? {
        if case .parameter(let name) = type { return known[name] }
        return nil
    }

    mutating func set(_ type: CELType, to meaning: CELType) {
        guard case .parameter(let name) = type else { return }
        trail.append((name, known[name]))
        known[name] = meaning
    }

    /// The type with all parameters replaced that are known; others become `dyn` where it is asked.
    func substitute(_ type: CELType, freeToDyn: Bool) -> CELType {
        if let meaning = find(type) { return substitute(meaning, freeToDyn: freeToDyn) }
        if freeToDyn, type.isParameter { return .dyn }
        return type.with { substitute($0, freeToDyn: freeToDyn) }
    }

    /// Whether a value of `value` can stand where `place` is asked; learns what parameters mean.
    /// Nothing is learnt where it cannot.
    mutating func assign(_ value: CELType, to place: CELType) -> Bool {
        assignAll([value], to: [place])
    }

    mutating func assignAll(_ values: [CELType], to places: [CELType]) -> Bool {
        let mark = trail.count
        if unifyAll(values, places) { return true }
        while trail.count > mark, let (name, before) = trail.popLast() { known[name] = before }
        return false
    }

    private mutating func unifyAll(_ left: [CELType], _ right: [CELType]) -> Bool {
        guard left.count == right.count else { return false }
        for (left, right) in zip(left, right) where !unify(left, right) { return false }
        return true
    }

    private mutating func unify(_ left: CELType, _ right: CELType) -> Bool {
        if right.isParameter {
            let (isValid, wasKnown) = fits(left, right)
            if isValid { return true }
            if wasKnown { return false }
        }
        if left.isParameter { return fits(right, left).isValid }
        if left.isDynOrError || right.isDynOrError { return true }
        if left == .null { return right.isNullable }
        if right == .null { return left.isNullable }
        if case .type = left, case .type = right { return true }
        guard left.isSameKind(as: right) else { return false }
        return unifyAll(left.parameters, right.parameters)
    }

    /// Whether a parameter can mean the type (cel-go `isValidTypeSubstitution`).
    private mutating func fits(
        _ type: CELType, _ parameter: CELType
    ) -> (isValid: Bool, wasKnown: Bool) {
        if type == parameter { return (true, true) }
        if let meaning = find(parameter) {
            if type == meaning { return (true, true) }
            guard unify(type, meaning) else { return (false, true) }
            let general = Self.mostGeneral(type, meaning)
            if isFree(of: parameter, general) { set(parameter, to: general) }
            return (true, true)
        }
        guard isFree(of: parameter, type) else { return (false, false) }
        set(parameter, to: type)
        return (true, false)
    }

    /// Whether a parameter does not occur in a type.
    private func isFree(of parameter: CELType, _ type: CELType) -> Bool {
        if parameter == type { return false }
        if type.isParameter {
            guard let meaning = find(type) else { return true }
            return isFree(of: parameter, meaning)
        }
        return type.parameters.allSatisfy { isFree(of: parameter, $0) }
    }

    /// Of two types that go together the one that says less.
    static func mostGeneral(_ left: CELType, _ right: CELType) -> CELType {
        if right == .null, left.isNullable { return left }
        return saysNoMore(left, right) ? left : right
    }

    private static func saysNoMore(_ left: CELType, _ right: CELType) -> Bool {
        if left.isDyn || left.isParameter { return true }
        if right.isDyn || right.isParameter { return false }
        if case .type = left, case .type = right { return true }
        guard left.isSameKind(as: right) else { return false }
        return zip(left.parameters, right.parameters).allSatisfy { saysNoMore($0, $1) }
    }
}
