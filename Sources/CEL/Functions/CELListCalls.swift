/// Functions of lists and sets.
enum CELListCalls {
    static func call(_ function: CELListFunction, _ arguments: [CELValue]) -> CELValue {
        if case .range = function {
            guard case .int(let count)? = arguments.first else { return .noSuchOverload }
            return .list((0..<max(0, count)).map { .int($0) })
        }
        guard case .list(let list)? = arguments.first else { return .noSuchOverload }
        switch function {
        case .isSorted: return isSorted(list)
        case .sum: return sum(list)
        case .min: return extreme(list, "min") { $0 > 0 }
        case .max: return extreme(list, "max") { $0 < 0 }
        case .slice: return slice(list, arguments)
        case .flatten: return flatten(list, arguments)
        case .sort: return sort(list, by: list)
        case .sortByKeys:
            guard arguments.count == 2, case .list(let keys) = arguments[1] else {
                return .noSuchOverload
            }
            return sort(list, by: keys)
        case .distinct: return .list(distinct(list.elements))
        case .contains, .equivalent, .intersects:
            guard arguments.count == 2, case .list(let other) = arguments[1] else {
                return .noSuchOverload
            }
            return .bool(compare(function, list, other))
        case .range, .insert: return .noSuchOverload
        }
    }

    /// -1, 0 or 1; nil where two values have no order.
    private static func order(_ left: CELValue, _ right: CELValue) -> Int? {
        switch CELValue.order(left, right) {
        case .less?: -1
        case .equal?: 0
        case .greater?: 1
        case .none?, nil: nil
        }
    }

    private static func isSorted(_ list: CELList) -> CELValue {
        var previous: CELValue?
        for element in list.elements {
            if case .error = element { return element }
            if let previous, order(previous, element) == 1 { return .bool(false) }
            previous = element
        }
        return .bool(true)
    }

    private static func sum(_ list: CELList) -> CELValue {
        guard list.count > 0 else { return .int(0) }
        var sum = list[0]
        for index in 1..<max(1, list.count) {
            sum = CELOperations.binary(.add, sum, list[index])
            if case .error = sum { return sum }
        }
        return sum
    }

    private static func extreme(
        _ list: CELList, _ name: String, _ isBetter: (Int) -> Bool
    ) -> CELValue {
        var best: CELValue?
        for element in list.elements {
            if case .error = element { return element }
            guard let known = best else {
                best = element
                continue
            }
            if let order = order(known, element), isBetter(order) { best = element }
        }
        return best ?? .failed("\(name) called on empty list")
    }

    private static func slice(_ list: CELList, _ arguments: [CELValue]) -> CELValue {
        guard arguments.count == 3, case .int(let start) = arguments[1],
            case .int(let end) = arguments[2]
        else { return .noSuchOverload }
        let what = "cannot slice(\(start), \(end))"
        if start < 0 || end < 0 { return .failed("\(what), negative indexes not supported") }
        if start > end {
            return .failed("\(what), start index must be less than or equal to end index")
        }
        if end > list.count { return .failed("\(what), list is length \(list.count)") }
        return .list((Int(start)..<Int(end)).map { list[$0] })
    }

    private static func flatten(_ list: CELList, _ arguments: [CELValue]) -> CELValue {
        var depth: Int64 = 1
        if arguments.count > 1 {
            guard case .int(let levels) = arguments[1] else { return .noSuchOverload }
            depth = levels
        }
        if depth < 0 { return .failed("level must be non-negative") }
        var result: [CELValue] = []
        func add(_ list: CELList, _ depth: Int64) {
            for element in list.elements {
                if case .list(let inner) = element, depth > 0 {
                    add(inner, depth - 1)
                } else {
                    result.append(element)
                }
            }
        }
        add(list, depth)
        return .list(result)
    }

    private static func sort(_ list: CELList, by keys: CELList) -> CELValue {
        guard list.count == keys.count else {
            return .failed(
                "@sortByAssociatedKeys() expected a list of the same size as the associated keys "
                    + "list, but got \(list.count) and \(keys.count) elements respectively")
        }
        let values = keys.elements
        guard let first = values.first else { return .list(list) }
        guard order(first, first) != nil else { return .failed("list elements must be comparable") }
        guard values.allSatisfy({ $0.typeName == first.typeName }) else {
            return .failed("list elements must have the same type")
        }
        let places = values.indices.sorted { left, right in
            let order = order(values[left], values[right]) ?? 0
            return order == 0 ? left < right : order < 0
        }
        return .list(places.map { list[$0] })
    }

    private static func distinct(_ elements: [CELValue]) -> [CELValue] {
        var keys: Set<CELKey> = []
        var others: [CELValue] = []
        return elements.filter { element in
            if let key = CELKey(element) { return keys.insert(key).inserted }
            if others.contains(where: { CELValue.equal($0, element) }) { return false }
            others.append(element)
            return true
        }
    }

    private static func compare(
        _ function: CELListFunction, _ left: CELList, _ right: CELList
    ) -> Bool {
        let first = CELSet(left)
        let second = CELSet(right)
        switch function {
        case .contains: return right.elements.allSatisfy { first.contains($0) }
        case .intersects: return right.elements.contains { first.contains($0) }
        case .equivalent:
            return right.elements.allSatisfy { first.contains($0) }
                && left.elements.allSatisfy { second.contains($0) }
        case .isSorted, .sum, .min, .max, .slice, .flatten, .sort, .distinct, .sortByKeys, .range,
            .insert:
            return false
        }
    }
}

/// The elements of a list, for questions whether one is among them.
private struct CELSet {
    private var keys: Set<CELKey> = []
    private var others: [CELValue] = []

    init(_ list: CELList) {
        for element in list.elements {
            if let key = CELKey(element) { keys.insert(key) } else { others.append(element) }
        }
    }

    func contains(_ value: CELValue) -> Bool {
        if let key = CELKey(value) { return keys.contains(key) }
        return others.contains { CELValue.equal($0, value) }
    }
}
