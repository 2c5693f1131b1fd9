extension CELChecker {
    mutating func checkCall(
        _ id: CELTermID, _ name: String, _ target: CELTermID?, _ arguments: [CELTermID]
    ) {
        if name == CELOperator.optionalSelect {
            guard arguments.count == 2, case .literal(.string(let field)) = tree[arguments[1]]
            else {
                report(id, "unsupported optional field selection")
                return
            }
            let type = checkField(id, arguments[0], field, isOptional: true)
            set(id, mapping.substitute(type, freeToDyn: false))
            return
        }
        for argument in arguments { check(argument) }
        guard let target else {
            resolve(id, name, environment.function(name), nil, arguments)
            return
        }
        if let prefix = qualifiedName(target),
            let function = environment.function("\(prefix).\(name)")
        {
            resolve(id, name, function, nil, arguments)
            mean(id, .namespaced(function.function))
            return
        }
        check(target)
        resolve(id, name, environment.function(name), target, arguments)
    }

    private mutating func resolve(
        _ id: CELTermID, _ name: String, _ function: CELEnvironment.Function?,
        _ target: CELTermID?, _ arguments: [CELTermID]
    ) {
        guard let function else {
            mean(id, .unknown(name))
            set(id, isLenient ? .dyn : .error)
            report(
                id, "undeclared reference to '\(name)' (in container '\(environment.container)')")
            return
        }
        let operands = [target].compactMap(\.self) + arguments
        let fitsCount = function.signatures.contains {
            $0.isMember == (target != nil) && $0.parameters.count == operands.count
        }
        mean(id, fitsCount ? .function(function.function) : .unknown(name))
        if function.function == .operation(.and) || function.function == .operation(.or) {
            checkLogic(id, arguments)
            return
        }
        guard let type = overload(function, operands, isMember: target != nil) else {
            set(id, isLenient ? .dyn : .error)
            let shown = operands.map { mapping.substitute(type(of: $0), freeToDyn: true) }
            report(
                id,
                "found no matching overload for '\(function.name)' applied to "
                    + "'\(Self.signature(shown, isMember: target != nil))'")
            return
        }
        set(id, type)
    }

    private mutating func checkLogic(_ id: CELTermID, _ arguments: [CELTermID]) {
        var isWrong = false
        for argument in arguments {
            let found = type(of: argument)
            if !mapping.assign(found, to: .bool) {
                report(argument, "expected type 'bool' but found '\(found)'")
                isWrong = true
            }
        }
        set(id, isWrong && !isLenient ? .error : .bool)
    }

    private static func signature(_ types: [CELType], isMember: Bool) -> String {
        let target = isMember ? "\(types[0])." : ""
        let rest = isMember ? types.dropFirst() : types[...]
        return "\(target)(\(rest.map(\.description).joined(separator: ", ")))"
    }

    /// The type of the result, over all ways to call the function that fit; nil where none does.
    private mutating func overload(
        _ function: CELEnvironment.Function, _ operands: [CELTermID], isMember: Bool
    ) -> CELType? {
        let found = operands.map { type(of: $0) }
        var result: CELType?
        for signature in function.signatures where signature.isMember == isMember {
            guard signature.parameters.count == found.count else { continue }
            var fresh = CELTypeMapping()
            for name in signature.generics { fresh.set(.parameter(name), to: newParameter()) }
            let parameters = signature.parameters.map { fresh.substitute($0, freeToDyn: false) }
            guard mapping.assignAll(found, to: parameters) else { continue }
            let type = mapping.substitute(
                fresh.substitute(signature.result, freeToDyn: false), freeToDyn: false)
            if let known = result {
                if !known.isDyn, known != type { result = .dyn }
            } else {
                result = type
            }
        }
        return result
    }
}
