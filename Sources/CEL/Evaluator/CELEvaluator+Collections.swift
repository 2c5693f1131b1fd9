/// Lists, maps and walks over them.
extension CELEvaluator {
    mutating func list(_ first: Int32, _ count: Int32, _ optional: Int32?) -> CELValue {
        var values: [CELValue] = []
        values.reserveCapacity(Int(count))
        for offset in 0..<count {
            let value = evaluate(code.operands[Int(first + offset)])
            if case .error = value { return value }
            guard let optional, code.optional[Int(optional)][Int(offset)] else {
                values.append(value)
                continue
            }
            guard case .optional(let content) = value else {
                return .failed(
                    "cannot initialize optional list element from non-optional value \(value.text)")
            }
            if let content = content.content { values.append(content) }
        }
        charge(CELCost.list)
        return .list(values)
    }

    mutating func map(_ first: Int32, _ count: Int32, _ optional: Int32?) -> CELValue {
        var entries = CELEntries()
        for offset in 0..<count {
            let key = evaluate(code.operands[Int(first + 2 * offset)])
            if case .error = key { return key }
            var value = evaluate(code.operands[Int(first + 2 * offset + 1)])
            if case .error = value { return value }
            if let optional, code.optional[Int(optional)][Int(offset)] {
                guard case .optional(let content) = value else {
                    return .failed(
                        "cannot initialize optional entry '\(key.text)' from non-optional value "
                            + value.text)
                }
                guard let content = content.content else { continue }
                value = content
            }
            if let fault = CELEntries.add(&entries, key, value) {
                if case .failed(let message) = fault, message.hasPrefix("insert failed") {
                    return .failed("Failed with repeated key")
                }
                return .error(fault)
            }
        }
        charge(CELCost.map)
        return .map(.entries(entries))
    }

    mutating func structure(_ structure: CELCode.Structure) -> CELValue {
        var entries = CELEntries()
        for (index, name) in structure.names.enumerated() {
            var value = evaluate(structure.values[index])
            if case .error = value { return value }
            if structure.optional[index] {
                guard case .optional(let content) = value else {
                    return .failed(
                        "cannot initialize optional entry '\(name)' from non-optional value "
                            + value.text)
                }
                guard let content = content.content else { continue }
                value = content
            }
            if let fault = CELEntries.add(&entries, .string(name), value) { return .error(fault) }
        }
        charge(CELCost.structure)
        let fields = CELMap.entries(entries)
        return .object(.made(CELMadeObject(typeName: structure.typeName, fields: fields)))
    }

    // MARK: Folds

    mutating func fold(_ fold: CELCode.Fold) -> CELValue {
        let range = fold.isBinding ? .list([]) : evaluate(fold.range)
        if case .error = range { return range }
        let start = evaluate(fold.start)
        setLocal(fold.total, start)
        switch range {
        case .list(let list):
            for index in 0..<list.count {
                let item = list[index]
                if let second = fold.second {
                    setLocal(fold.item, .int(Int64(index)))
                    setLocal(second, item)
                } else {
                    setLocal(fold.item, item)
                }
                guard goesOn(fold) else { break }
            }
        case .map(let map):
            for index in 0..<map.count {
                let (key, value) = map.entry(index)
                setLocal(fold.item, key)
                if let second = fold.second { setLocal(second, value) }
                guard goesOn(fold) else { break }
            }
        case .null, .bool, .int, .uint, .double, .string, .bytes, .object, .timestamp, .duration,
            .type, .optional, .foreign, .error:
            return .noSuchOverload
        }
        let result = evaluate(fold.result)
        setLocal(fold.total, .null)
        return result
    }

    /// One item: false where the walk ends before it.
    private mutating func goesOn(_ fold: CELCode.Fold) -> Bool {
        guard !isOver, case .bool(true) = evaluate(fold.condition) else { return false }
        setLocal(fold.total, evaluate(fold.step))
        return true
    }

    mutating func append(_ slot: Int32, _ element: CELNodeID) -> CELValue {
        charge(1)
        let value = evaluate(element)
        if case .error = local(slot) { return local(slot) }
        if case .error = value { return value }
        guard case .list(.values(var values)) = takeLocal(slot) else { return .noSuchOverload }
        values.append(value)
        charge(code.isConstant(element) ? 1 : 1 + CELCost.list)
        return .list(values)
    }

    mutating func insert(_ slot: Int32, _ key: CELNodeID, _ value: CELNodeID) -> CELValue {
        charge(1)
        let key = evaluate(key)
        let value = evaluate(value)
        for value in [local(slot), key, value] {
            if case .error = value { return value }
        }
        charge(1)
        guard case .map(.entries(var entries)) = takeLocal(slot) else { return .noSuchOverload }
        if let fault = CELEntries.add(&entries, key, value) { return .error(fault) }
        return .map(.entries(entries))
    }

    mutating func insertAll(_ slot: Int32, _ map: CELNodeID) -> CELValue {
        charge(1)
        let added = evaluate(map)
        for value in [local(slot), added] {
            if case .error = value { return value }
        }
        charge(1)
        guard case .map(let added) = added,
            case .map(.entries(var entries)) = takeLocal(slot)
        else { return .noSuchOverload }
        for index in 0..<added.count {
            let (key, value) = added.entry(index)
            if let fault = CELEntries.add(&entries, key, value) { return .error(fault) }
        }
        return .map(.entries(entries))
    }
}
