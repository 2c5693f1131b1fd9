/// Macros with two variables (cel-go's extension "TwoVarComprehensions"), and those of math.
extension CELMacroExpander {
    /// The names of both variables.
    private func itemNames(_ arguments: [CELTermID]) throws(Wrong) -> (String, String) {
        let words = "argument must be a simple name"
        let first = try name(arguments[0], words)
        let second = try name(arguments[1], words)
        if first == second {
            throw Wrong(message: "duplicate variable name: \(first)", term: arguments[1])
        }
        _ = try itemName(arguments[0], words)
        _ = try itemName(arguments[1], words)
        return (first, second)
    }

    mutating func pairs(
        _ kind: CELMacro, _ range: CELTermID, _ arguments: [CELTermID]
    ) throws(Wrong) -> CELTermID {
        let (first, second) = try itemNames(arguments)
        return quantifier(kind, range, first, second, arguments[2])
    }

    mutating func transform(
        _ macro: CELMacro, _ range: CELTermID, _ arguments: [CELTermID]
    ) throws(Wrong) -> CELTermID {
        let (first, second) = try itemNames(arguments)
        let condition = arguments.count == 4 ? arguments[2] : nil
        let result = arguments[arguments.count - 1]
        let start: CELTermID
        var step: CELTermID
        switch macro {
        case .transformList:
            start = list()
            step = collecting(result, where: condition)
        case .transformMap, .transformMapEntry:
            start = add(.map([]))
            if case .transformMap = macro {
                step = call("cel.@mapInsert", total(), add(.name(first)), result)
            } else {
                step = call("cel.@mapInsert", total(), result)
            }
            if let condition {
                step = call(CELOperator.conditional, condition, step, total())
            }
        case .has, .all, .exists, .existsOne, .map, .filter, .bind, .optionalMap,
            .optionalFlatMap, .sortBy, .allPairs, .existsPair, .existsOnePair, .greatest, .least:
            preconditionFailure("no transformation")
        }
        return fold(
            range, first, second, from: start, while: literal(.bool(true)), step: step)
    }

    /// `math.greatest(…)` and `math.least(…)` of any number of arguments.
    mutating func extreme(
        _ function: String, _ name: String, _ target: CELTermID, _ arguments: [CELTermID]
    ) throws(Wrong) -> CELTermID? {
        guard case .name("math") = tree[target] else { return nil }
        let label = "math.\(name)()"
        guard let first = arguments.first else {
            throw Wrong(message: "\(label) requires at least one argument", term: target)
        }
        if arguments.count == 1 {
            if case .list(let elements, _) = tree[first] {
                guard !elements.isEmpty, elements.allSatisfy(canBeNumber) else {
                    throw Wrong(message: "\(label) invalid single argument value", term: first)
                }
            } else if !canBeNumber(first) {
                throw Wrong(message: "\(label) invalid single argument value", term: first)
            }
            return call(function, first)
        }
        for argument in arguments where !canBeNumber(argument) {
            throw Wrong(
                message: "\(label) simple literal arguments must be numeric", term: argument)
        }
        if arguments.count == 2 { return call(function, first, arguments[1]) }
        return call(
            function, add(.list(arguments, optional: arguments.map { _ in false })))
    }

    private func canBeNumber(_ term: CELTermID) -> Bool {
        switch tree[term] {
        case .literal(.int), .literal(.uint), .literal(.double): true
        case .literal, .list, .map, .structure: false
        case .name, .select, .call, .fold, .broken: true
        }
    }
}
