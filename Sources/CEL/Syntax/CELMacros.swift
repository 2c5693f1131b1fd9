/// What is written as a call and means something else: a presence test, or a walk over a list.
enum CELMacro: Sendable {
    case has
    case all, exists, existsOne, map, filter
    case bind, optionalMap, optionalFlatMap, sortBy
    /// The forms with two variables: index and item, or key and value.
    case allPairs, existsPair, existsOnePair, transformList, transformMap, transformMapEntry
    case greatest, least
}

/// The macros that an environment knows.
struct CELMacroSet: Sendable {
    let libraries: CELLibraries

    var hasOptionals: Bool { libraries.contains(.optionals) }

    /// The macro that a call stands for, by name and number of arguments.
    func macro(_ name: String, count: Int, hasTarget: Bool) -> CELMacro? {
        guard hasTarget else { return name == "has" && count == 1 ? .has : nil }
        switch (name, count) {
        case ("all", 2): return .all
        case ("exists", 2): return .exists
        case ("exists_one", 2), ("existsOne", 2): return .existsOne
        case ("map", 2), ("map", 3): return .map
        case ("filter", 2): return .filter
        case ("optMap", 2) where hasOptionals: return .optionalMap
        case ("optFlatMap", 2) where hasOptionals: return .optionalFlatMap
        case ("sortBy", 2) where libraries.contains(.lists): return .sortBy
        case ("bind", 3) where libraries.contains(.bindings): return .bind
        case ("greatest", _) where libraries.contains(.math): return .greatest
        case ("least", _) where libraries.contains(.math): return .least
        default: break
        }
        guard libraries.contains(.twoVariables) else { return nil }
        switch (name, count) {
        case ("all", 3): return .allPairs
        case ("exists", 3): return .existsPair
        case ("exists_one", 3), ("existsOne", 3): return .existsOnePair
        case ("transformList", 3), ("transformList", 4): return .transformList
        case ("transformMap", 3), ("transformMap", 4): return .transformMap
        case ("transformMapEntry", 3), ("transformMapEntry", 4): return .transformMapEntry
        default: return nil
        }
    }
}

/// Writes one call of a macro out. All terms that it makes stand at the place of the call.
struct CELMacroExpander {
    var tree: CELTree
    let place: Int

    enum Outcome {
        case expanded(CELTermID)
        /// It only looks like the macro.
        case notMine
        /// The macro is meant, and an argument is wrong.
        case wrong(String, CELTermID)
    }

    /// That an argument is wrong.
    struct Wrong: Error {
        let message: String
        let term: CELTermID
    }

    mutating func expand(
        _ macro: CELMacro, target: CELTermID?, _ arguments: [CELTermID]
    ) -> Outcome {
        do {
            guard let target else { return .expanded(try has(arguments[0])) }
            guard let term = try expandMember(macro, target, arguments) else { return .notMine }
            return .expanded(term)
        } catch {
            return .wrong(error.message, error.term)
        }
    }

    private mutating func expandMember(
        _ macro: CELMacro, _ target: CELTermID, _ arguments: [CELTermID]
    ) throws(Wrong) -> CELTermID? {
        switch macro {
        case .has: return nil
        case .all, .exists, .existsOne:
            let item = try itemName(arguments[0], "argument must be a simple name")
            return quantifier(macro, target, item, nil, arguments[1])
        case .allPairs: return try pairs(.all, target, arguments)
        case .existsPair: return try pairs(.exists, target, arguments)
        case .existsOnePair: return try pairs(.existsOne, target, arguments)
        case .map: return try map(target, arguments)
        case .filter: return try filter(target, arguments)
        case .bind:
            guard case .name("cel") = tree[target] else { return nil }
            let name = try name(
                arguments[0], "cel.bind() variable names must be simple identifiers")
            return bind(name, to: arguments[1], in: arguments[2])
        case .optionalMap, .optionalFlatMap: return try optional(macro, target, arguments)
        case .sortBy: return try sortBy(target, arguments)
        case .transformList, .transformMap, .transformMapEntry:
            return try transform(macro, target, arguments)
        case .greatest: return try extreme("math.@max", "greatest", target, arguments)
        case .least: return try extreme("math.@min", "least", target, arguments)
        }
    }

    // MARK: Making terms

    mutating func add(_ term: CELTerm) -> CELTermID { tree.add(term, at: place) }

    mutating func call(_ name: String, _ arguments: CELTermID...) -> CELTermID {
        add(.call(name, target: nil, arguments))
    }

    mutating func total() -> CELTermID { add(.name(CELTerm.Fold.totalName)) }

    mutating func literal(_ value: CELValue) -> CELTermID { add(.literal(value)) }

    mutating func list(_ elements: CELTermID...) -> CELTermID {
        add(.list(elements, optional: elements.map { _ in false }))
    }

    /// A walk over a range with the total of macros.
    mutating func fold(
        _ range: CELTermID, _ item: String, _ second: String?, from start: CELTermID,
        while condition: CELTermID, step: CELTermID
    ) -> CELTermID {
        let result = total()
        return add(
            .fold(
                CELTerm.Fold(
                    range: range, item: item, second: second, total: CELTerm.Fold.totalName,
                    start: start, condition: condition, step: step, result: result)))
    }

    mutating func bind(
        _ name: String, to value: CELTermID, in result: CELTermID
    ) -> CELTermID {
        let range = list()
        let condition = literal(.bool(false))
        let step = add(.name(name))
        return add(
            .fold(
                CELTerm.Fold(
                    range: range, item: CELTerm.Fold.unusedName, second: nil, total: name,
                    start: value, condition: condition, step: step, result: result)))
    }

    func name(_ term: CELTermID, _ message: String) throws(Wrong) -> String {
        guard case .name(let name) = tree[term], !name.hasPrefix(".") else {
            throw Wrong(message: message, term: term)
        }
        return name
    }

    func itemName(_ term: CELTermID, _ message: String) throws(Wrong) -> String {
        let name = try name(term, message)
        if name == "__result__" || name == CELTerm.Fold.totalName {
            throw Wrong(
                message: "iteration variable overwrites accumulator variable", term: term)
        }
        return name
    }

    // MARK: The macros

    private mutating func has(_ argument: CELTermID) throws(Wrong) -> CELTermID {
        guard case .select(let operand, let field, isTest: false) = tree[argument] else {
            throw Wrong(message: "invalid argument to has() macro", term: argument)
        }
        return add(.select(operand, field, isTest: true))
    }

    /// `all`, `exists` and `exists_one`, with one variable or two.
    mutating func quantifier(
        _ kind: CELMacro, _ range: CELTermID, _ item: String, _ second: String?,
        _ condition: CELTermID
    ) -> CELTermID {
        if case .existsOne = kind {
            let counted = call(CELOperator.add, total(), literal(.int(1)))
            let step = call(CELOperator.conditional, condition, counted, total())
            let result = call(CELOperator.equal, total(), literal(.int(1)))
            return add(
                .fold(
                    CELTerm.Fold(
                        range: range, item: item, second: second, total: CELTerm.Fold.totalName,
                        start: literal(.int(0)), condition: literal(.bool(true)), step: step,
                        result: result)))
        }
        let isAll = if case .all = kind { true } else { false }
        let open = isAll ? total() : call(CELOperator.not, total())
        let goesOn = call(CELOperator.notStrictlyFalse, open)
        let step = call(isAll ? CELOperator.and : CELOperator.or, total(), condition)
        return fold(
            range, item, second, from: literal(.bool(isAll)), while: goesOn, step: step)
    }

    /// The total with one more element, where a condition holds.
    mutating func collecting(_ element: CELTermID, where condition: CELTermID?) -> CELTermID {
        let step = call(CELOperator.add, total(), list(element))
        guard let condition else { return step }
        return call(CELOperator.conditional, condition, step, total())
    }

    private mutating func map(
        _ range: CELTermID, _ arguments: [CELTermID]
    ) throws(Wrong) -> CELTermID {
        let item = try itemName(arguments[0], "argument is not an identifier")
        let hasCondition = arguments.count == 3
        let step = collecting(
            arguments[hasCondition ? 2 : 1], where: hasCondition ? arguments[1] : nil)
        return fold(range, item, nil, from: list(), while: literal(.bool(true)), step: step)
    }

    private mutating func filter(
        _ range: CELTermID, _ arguments: [CELTermID]
    ) throws(Wrong) -> CELTermID {
        let item = try itemName(arguments[0], "argument is not an identifier")
        let step = collecting(arguments[0], where: arguments[1])
        return fold(range, item, nil, from: list(), while: literal(.bool(true)), step: step)
    }

    private mutating func optional(
        _ macro: CELMacro, _ target: CELTermID, _ arguments: [CELTermID]
    ) throws(Wrong) -> CELTermID {
        let isFlat = if case .optionalFlatMap = macro { true } else { false }
        let label = isFlat ? "optFlatMap" : "optMap"
        let name = try name(
            arguments[0], "\(label)() variable name must be a simple identifier")
        // The target stands in the result twice: a chain of these calls would double at each.
        guard tree.terms.count < CELLimits.terms else {
            throw Wrong(message: "\(label)() makes the expression too large", term: target)
        }
        let isThere = add(.call("hasValue", target: target, []))
        let again = tree.copy(target)
        let value = add(.call("value", target: again, []))
        let bound = bind(name, to: value, in: arguments[1])
        let some = isFlat ? bound : call("optional.of", bound)
        return call(CELOperator.conditional, isThere, some, call("optional.none"))
    }

    private mutating func sortBy(
        _ target: CELTermID, _ arguments: [CELTermID]
    ) throws(Wrong) -> CELTermID {
        switch tree[target] {
        case .list, .select, .name, .fold, .call: break
        case .literal, .map, .structure, .broken:
            throw Wrong(
                message: "sortBy can only be applied to a list, identifier, comprehension, call or "
                    + "select expression", term: target)
        }
        let name = "@__sortBy_input__"
        let keys = try map(add(.name(name)), arguments)
        let input = add(.name(name))
        let sorted = add(.call("@sortByAssociatedKeys", target: input, [keys]))
        return bind(name, to: target, in: sorted)
    }
}
