/// Finds out what every name of a tree means and which type every term has, by the rules of cel-go's
/// type checker and with its words.
struct CELChecker {
    let environment: CELEnvironment
    let source: CELSource
    let tree: CELTree
    /// Whether nothing is refused for its types: what does not fit fails when it runs.
    let isLenient: Bool
    private(set) var types: [CELType]
    private(set) var meanings: [CELMeaning]
    var mapping = CELTypeMapping()
    private(set) var issues: [CELIssue] = []
    private var freeNames = 0
    private var scopes: [[String: CELType]] = []

    init(
        _ environment: CELEnvironment, _ source: CELSource, _ tree: CELTree, isLenient: Bool
    ) {
        self.environment = environment
        self.source = source
        self.tree = tree
        self.isLenient = isLenient
        types = Array(repeating: .dyn, count: tree.terms.count)
        meanings = Array(repeating: .none, count: tree.terms.count)
    }

    /// Checks the whole tree; afterwards all types are known.
    mutating func check(root: CELTermID) {
        check(root)
        for index in types.indices {
            types[index] = mapping.substitute(types[index], freeToDyn: true)
        }
    }

    func type(of id: CELTermID) -> CELType { types[Int(id.index)] }

    mutating func set(_ id: CELTermID, _ type: CELType) { types[Int(id.index)] = type }

    mutating func mean(_ id: CELTermID, _ meaning: CELMeaning) { meanings[Int(id.index)] = meaning }

    mutating func report(_ id: CELTermID, _ message: String) {
        report(at: tree.place(of: id), message)
    }

    mutating func report(at place: Int, _ message: String) {
        if !isLenient { issues.append(source.issue(at: place, message)) }
    }

    mutating func newParameter() -> CELType {
        freeNames += 1
        return .parameter("_var\(freeNames - 1)")
    }

    // MARK: Terms

    mutating func check(_ id: CELTermID) {
        switch tree[id] {
        case .literal(let value): set(id, Self.type(of: value))
        case .name(let name): checkName(id, name)
        case .select(let operand, let field, let isTest):
            checkSelect(id, operand, field, isTest: isTest)
        case .call(let name, let target, let arguments):
            checkCall(id, name, target, arguments)
        case .list(let elements, let optional): checkList(id, elements, optional)
        case .map(let entries): checkMap(id, entries)
        case .structure(let name, let fields): checkStructure(id, name, fields)
        case .fold(let fold): checkFold(id, fold)
        case .broken: set(id, .error)
        }
    }

    private static func type(of value: CELValue) -> CELType {
        switch value {
        case .null: .null
        case .bool: .bool
        case .int: .int
        case .uint: .uint
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .list, .map, .object, .timestamp, .duration, .type, .optional, .foreign, .error: .dyn
        }
    }

    /// What a name stands for, as far as it is known.
    private func meaning(of name: String) -> (CELMeaning, CELType)? {
        for scope in scopes.reversed() {
            if let type = scope[name] { return (.local(name), type) }
        }
        for candidate in environment.candidates(name) {
            if let place = environment.variablePlaces[candidate] {
                return (.variable(place), environment.variables[place].type)
            }
            if let type = environment.typeNames[candidate] {
                return (.type(type.runtimeName), .type(type))
            }
            if environment.isDynamic(candidate) {
                return (.type(candidate), .type(.object(candidate)))
            }
        }
        return nil
    }

    private func isLocal(_ name: Substring) -> Bool {
        scopes.contains { $0[String(name)] != nil }
    }

    private mutating func checkName(_ id: CELTermID, _ name: String) {
        if let (meaning, type) = meaning(of: name) {
            mean(id, meaning)
            set(id, type)
            return
        }
        mean(id, .unknown(name))
        set(id, isLenient ? .dyn : .error)
        report(
            id, "undeclared reference to '\(name)' (in container '\(environment.container)')")
    }

    /// The name with dots that a term could be: `a.b.c`.
    func qualifiedName(_ id: CELTermID) -> String? {
        switch tree[id] {
        case .name(let name): return name
        case .select(let operand, let field, isTest: false):
            return qualifiedName(operand).map { "\($0).\(field)" }
        case .select, .literal, .call, .list, .map, .structure, .fold, .broken: return nil
        }
    }

    private mutating func checkSelect(
        _ id: CELTermID, _ operand: CELTermID, _ field: String, isTest: Bool
    ) {
        // A variable of a macro hides what its name begins with.
        if !isTest, let name = qualifiedName(id), !isLocal(name.prefix { $0 != "." }),
            let (meaning, type) = meaning(of: name)
        {
            mean(id, meaning)
            set(id, type)
            return
        }
        let type = checkField(id, operand, field, isOptional: false)
        set(id, mapping.substitute(isTest ? .bool : type, freeToDyn: false))
    }

    /// The type of a field of an operand.
    mutating func checkField(
        _ id: CELTermID, _ operand: CELTermID, _ field: String, isOptional: Bool
    ) -> CELType {
        check(operand)
        let operandType = mapping.substitute(type(of: operand), freeToDyn: false)
        let target = operandType.optionalContent ?? operandType
        var result = CELType.dyn
        switch target {
        case .map(_, let value): result = value
        case .object(let name): result = fieldType(id, name, field) ?? .error
        case .parameter: _ = mapping.assign(.dyn, to: target)
        case .dyn, .error: break
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type,
            .list, .optional, .abstract:
            report(id, "type '\(target)' does not support field selection")
        }
        return isOptional || operandType.optionalContent != nil ? .optional(result) : result
    }

    mutating func fieldType(_ id: CELTermID, _ name: String, _ field: String) -> CELType? {
        fieldType(at: tree.place(of: id), name, field)
    }

    private mutating func fieldType(at place: Int, _ name: String, _ field: String) -> CELType? {
        guard let fields = environment.objects[name] else {
            if environment.isDynamic(name) { return .dyn }
            report(at: place, "unexpected failed resolution of '\(name)'")
            return nil
        }
        if let shape = fields.shape(of: field) { return shape.type }
        report(at: place, "undefined field '\(field)'")
        return nil
    }

    // MARK: Literals

    /// The type that two elements have in common.
    private mutating func join(
        _ id: CELTermID, _ previous: CELType?, _ current: CELType
    ) -> CELType {
        guard let previous else { return current }
        if mapping.assign(previous, to: current) {
            return CELTypeMapping.mostGeneral(previous, current)
        }
        if !environment.isHomogeneous || isLenient { return .dyn }
        report(id, "expected type '\(previous)' but found '\(current)'")
        return .error
    }

    /// The type inside an optional element.
    private mutating func unwrapped(_ id: CELTermID, isOptional: Bool) -> CELType {
        let type = type(of: id)
        guard isOptional else { return type }
        if let content = type.optionalContent { return content }
        if !type.isDyn {
            report(id, "expected type '\(CELType.optional(type))' but found '\(type)'")
        }
        return type
    }

    private mutating func checkList(_ id: CELTermID, _ elements: [CELTermID], _ optional: [Bool]) {
        var common: CELType?
        for (element, isOptional) in zip(elements, optional) {
            check(element)
            common = join(element, common, unwrapped(element, isOptional: isOptional))
        }
        set(id, .list(common ?? newParameter()))
    }

    private mutating func checkMap(_ id: CELTermID, _ entries: [CELTerm.Entry]) {
        var keys: CELType?
        var values: CELType?
        for entry in entries {
            check(entry.key)
            keys = join(entry.key, keys, type(of: entry.key))
            check(entry.value)
            values = join(
                entry.value, values, unwrapped(entry.value, isOptional: entry.isOptional))
        }
        set(id, .map(keys ?? newParameter(), values ?? newParameter()))
    }

    private mutating func checkStructure(
        _ id: CELTermID, _ name: String, _ fields: [CELTerm.FieldValue]
    ) {
        guard let (_, type) = meaning(of: name), case .type(let type?) = type else {
            set(id, .error)
            report(
                id, "undeclared reference to '\(name)' (in container '\(environment.container)')")
            return
        }
        guard case .object(let typeName) = type else {
            set(id, .error)
            report(id, "'\(type)' is not a message type")
            return
        }
        set(id, type)
        mean(id, .type(typeName))
        for field in fields {
            check(field.value)
            let expected = fieldType(at: field.place, typeName, field.name) ?? .error
            let found = unwrapped(field.value, isOptional: field.isOptional)
            if !mapping.assign(expected, to: found) {
                report(
                    at: field.place,
                    "expected type of field '\(field.name)' is '\(expected)' but provided type is "
                        + "'\(found)'")
            }
        }
    }

    // MARK: Folds

    private mutating func checkFold(_ id: CELTermID, _ fold: CELTerm.Fold) {
        check(fold.range)
        check(fold.start)
        let range = mapping.substitute(type(of: fold.range), freeToDyn: false)
        let start = type(of: fold.start)
        var first: CELType
        var second: CELType?
        switch range {
        case .list(let element):
            first = fold.second == nil ? element : .int
            second = element
        case .map(let key, let value):
            first = key
            second = value
        case .dyn, .error, .parameter:
            _ = mapping.assign(.dyn, to: range)
            first = .dyn
            second = .dyn
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type,
            .optional, .abstract, .object:
            report(
                fold.range,
                "expression of type '\(range)' cannot be range of a comprehension (must be list, "
                    + "map, or dynamic)")
            first = .error
            second = .error
        }
        scopes.append([fold.total: start])
        var items = [fold.item: first]
        if let name = fold.second { items[name] = second ?? .dyn }
        scopes.append(items)
        check(fold.condition)
        require(fold.condition, .bool)
        check(fold.step)
        require(fold.step, start)
        scopes.removeLast()
        check(fold.result)
        scopes.removeLast()
        set(id, mapping.substitute(type(of: fold.result), freeToDyn: false))
    }

    private mutating func require(_ id: CELTermID, _ type: CELType) {
        if !mapping.assign(type, to: self.type(of: id)) {
            report(id, "expected type '\(type)' but found '\(self.type(of: id))'")
        }
    }
}

/// What a term is about, as far as its name decides.
enum CELMeaning: Sendable {
    case none
    /// A variable by its place.
    case variable(Int)
    /// A variable of a macro.
    case local(String)
    /// The name of a type.
    case type(String)
    /// A name that nothing has.
    case unknown(String)
    case function(CELFunction)
    /// As ``function(_:)``, where what stands before the dot is part of the function's name.
    case namespaced(CELFunction)
}
