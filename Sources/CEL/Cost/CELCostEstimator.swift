/// Estimates what a program can cost before it runs, by the rules of cel-go's `checker/cost.go`.
struct CELCostEstimator {
    let program: CELProgram
    /// The sizes of terms that were found so far.
    private var sizes: [CELTermID: CELCostRange] = [:]
    private var entries: [CELTermID: Entries] = [:]
    /// What the host says of the values of terms that are parts of its variables.
    private var shapes: [CELTermID: CELShape] = [:]
    private var locals: [(name: String, local: Local)] = []

    /// The sizes of what is inside a list or map.
    struct Entries {
        var isList: Bool
        var key: CELCostRange
        var value: CELCostRange

        func union(_ other: Entries?) -> Entries? {
            other.map {
                Entries(isList: isList, key: key.union($0.key), value: value.union($0.value))
            }
        }
    }

    private struct Local {
        var shape: CELShape?
        var size: CELCostRange?
        var entries: Entries?
    }

    init(_ program: CELProgram) { self.program = program }

    var tree: CELTree { program.tree }

    func type(of id: CELTermID) -> CELType { program.types[Int(id.index)] }

    func meaning(of id: CELTermID) -> CELMeaning { program.meanings[Int(id.index)] }

    // MARK: Terms

    mutating func cost(_ id: CELTermID) -> CELCostRange {
        switch tree[id] {
        case .literal, .broken: return .none
        case .name: return costName(id)
        case .select(let operand, let field, let isTest):
            switch meaning(of: id) {
            case .variable, .local, .type: return costName(id)
            case .none, .unknown, .function, .namespaced: break
            }
            if isTest { return cost(operand) }
            return costSelect(id, operand, field)
        case .call(let name, let target, let arguments):
            return costCall(id, name, target, arguments)
        case .list(let elements, _):
            var sum = CELCostRange.none
            var item = CELCostRange(elements.isEmpty ? 0 : .max, 0)
            for element in elements {
                sum = sum + cost(element)
                item = item.union(sizeOrUnknown(element))
            }
            entries[id] = Entries(isList: true, key: CELCostRange(1), value: item)
            return sum + CELCostRange(CELCost.list)
        case .map(let pairs):
            var sum = CELCostRange.none
            let start = CELCostRange(pairs.isEmpty ? 0 : .max, 0)
            var found = Entries(isList: false, key: start, value: start)
            for pair in pairs {
                sum = sum + cost(pair.key) + cost(pair.value)
                found.key = found.key.union(sizeOrUnknown(pair.key))
                found.value = found.value.union(sizeOrUnknown(pair.value))
            }
            entries[id] = found
            return sum + CELCostRange(CELCost.map)
        case .structure(_, let fields):
            return fields.reduce(CELCostRange(CELCost.structure)) { $0 + cost($1.value) }
        case .fold(let fold): return fold.isBinding ? costBinding(id, fold) : costFold(id, fold)
        }
    }

    private mutating func costName(_ id: CELTermID) -> CELCostRange {
        switch meaning(of: id) {
        case .variable(let place):
            shapes[id] = program.environment.variables[place].shapes.first
        case .local(let name): shapes[id] = local(name)?.shape
        case .none, .type, .unknown, .function, .namespaced: break
        }
        return CELCostRange(1)
    }

    private func local(_ name: String) -> Local? { locals.last { $0.name == name }?.local }

    private mutating func costSelect(
        _ id: CELTermID, _ operand: CELTermID, _ field: String
    ) -> CELCostRange {
        let sum = cost(operand)
        if let shape = shapes[operand], case .object(let fields) = shape.kind {
            shapes[id] = fields.shape(of: field)
        }
        switch type(of: operand) {
        case .map, .object, .parameter: return sum + CELCostRange(1)
        case .dyn, .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp,
            .duration, .type, .list, .optional, .abstract:
            return sum
        }
    }

    // MARK: Sizes

    /// The size of a term, as far as it is known.
    mutating func size(_ id: CELTermID) -> CELCostRange? {
        if let known = sizes[id] { return known }
        switch tree[id] {
        case .literal(let value): return CELCostRange(UInt64(value.size ?? 1))
        case .list(let elements, _): return CELCostRange(UInt64(elements.count))
        case .map(let pairs): return CELCostRange(UInt64(pairs.count))
        case .name, .select, .call, .structure, .fold, .broken: break
        }
        if let shape = shapes[id] ?? localShape(id) {
            let range = CELCostRange(0, shape.maxElements)
            sizes[id] = range
            return range
        }
        if Self.isScalar(type(of: id)) { return CELCostRange(1) }
        if case .local(let name) = meaning(of: id) { return local(name)?.size }
        return nil
    }

    private func localShape(_ id: CELTermID) -> CELShape? {
        if case .local(let name) = meaning(of: id) { return local(name)?.shape }
        return nil
    }

    private static func isScalar(_ type: CELType) -> Bool {
        switch type {
        case .bool, .double, .duration, .int, .timestamp, .uint: true
        case .optional(let content): isScalar(content)
        case .dyn, .error, .null, .string, .bytes, .type, .list, .map, .parameter, .abstract,
            .object:
            false
        }
    }

    mutating func sizeOrUnknown(_ id: CELTermID) -> CELCostRange { size(id) ?? .unknown }

    mutating func set(_ id: CELTermID, size: CELCostRange?) {
        if let size { sizes[id] = size }
    }

    mutating func set(_ id: CELTermID, entries found: Entries?) {
        if let found { entries[id] = found }
    }

    func entries(of id: CELTermID) -> Entries? {
        if let known = entries[id] { return known }
        if case .local(let name) = meaning(of: id) { return local(name)?.entries }
        return nil
    }

    func shape(of id: CELTermID) -> CELShape? { shapes[id] ?? localShape(id) }

    mutating func set(_ id: CELTermID, shape: CELShape?) { shapes[id] = shape }

    // MARK: Folds

    private mutating func costBinding(_ id: CELTermID, _ fold: CELTerm.Fold) -> CELCostRange {
        let sum = cost(fold.range) + cost(fold.start)
        push(fold.total, fold.start)
        let result = cost(fold.result)
        locals.removeLast()
        set(id, size: size(fold.result))
        set(id, entries: entries(of: fold.result))
        return sum + result
    }

    private mutating func push(_ name: String, _ id: CELTermID) {
        locals.append(
            (name, Local(shape: shape(of: id), size: size(id), entries: entries(of: id))))
    }

    private mutating func costFold(_ id: CELTermID, _ fold: CELTerm.Fold) -> CELCostRange {
        var sum = cost(fold.range) + cost(fold.start)
        push(fold.total, fold.start)
        pushItems(fold)
        let round = cost(fold.condition) + cost(fold.step)
        let stepEntries = entries(of: fold.step)
        locals.removeLast(fold.second == nil ? 1 : 2)
        sum = sum + cost(fold.result)
        locals.removeLast()
        let count = sizeOrUnknown(fold.range)
        switch tree[fold.start] {
        case .literal: set(id, size: size(fold.start))
        case .list, .map:
            set(id, size: count)
            set(id, entries: stepEntries)
        case .name, .select, .call, .structure, .fold, .broken: break
        }
        return sum + count * round
    }

    /// Whether a term is no part of a variable, but made by the expression. Kubernetes' estimate takes what
    /// is inside it to be as large as the variable `self` itself (apiserver `cel/library/cost.go`,
    /// EstimateSize, of a path that begins with `@items`); definitions in use count on it.
    private func isMade(_ id: CELTermID) -> Bool {
        switch tree[id] {
        case .call(let name, _, _): name != CELOperation.index.rawValue
        case .list, .map, .literal, .structure, .fold: true
        case .name, .select, .broken: false
        }
    }

    private var rootShape: CELShape? {
        program.environment.variables.lazy.compactMap(\.shapes.first).first
    }

    private mutating func pushItems(_ fold: CELTerm.Fold) {
        let found = entries(of: fold.range)
        let isList =
            if let found { found.isList } else if case .list = type(of: fold.range) { true } else {
                false
            }
        let range = shape(of: fold.range)
        var element: CELShape?
        if let range {
            switch range.kind {
            case .list(let inner, _), .map(let inner): element = inner
            case .any, .bool, .int, .double, .string, .bytes, .timestamp, .duration, .intOrString,
                .object:
                break
            }
        }
        let isMap = if let range, case .map = range.kind { true } else { false }
        var keyShape = isMap ? CELShape(.string) : nil
        if range == nil, isMade(fold.range) {
            element = rootShape
            keyShape = rootShape
        }
        if let second = fold.second {
            locals.append((fold.item, Local(shape: keyShape, size: found?.key, entries: nil)))
            locals.append((second, Local(shape: element, size: found?.value, entries: nil)))
        } else if isList {
            locals.append((fold.item, Local(shape: element, size: found?.value, entries: nil)))
        } else {
            locals.append((fold.item, Local(shape: keyShape, size: found?.key, entries: nil)))
        }
    }
}
