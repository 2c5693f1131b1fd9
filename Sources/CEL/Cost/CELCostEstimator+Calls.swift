extension CELCostEstimator {
    /// What a call costs with its arguments, and the size of its result where it is known.
    struct Call {
        var cost: CELCostRange
        var size: CELCostRange?
    }

    mutating func costCall(
        _ id: CELTermID, _ name: String, _ target: CELTermID?, _ arguments: [CELTermID]
    ) -> CELCostRange {
        if name == CELOperator.optionalSelect { return cost(arguments[0]) + CELCostRange(1) }
        if name == "dyn", target == nil, arguments.count == 1 {
            let sum = cost(arguments[0]) + CELCostRange(1)
            set(id, size: size(arguments[0]))
            set(id, entries: entries(of: arguments[0]))
            return sum
        }
        let costs = arguments.map { cost($0) }
        var sum = CELCostRange.none
        let function: CELFunction
        var operands = arguments
        switch meaning(of: id) {
        case .function(let found):
            function = found
            if let target {
                sum = cost(target)
                operands.insert(target, at: 0)
            }
        case .namespaced(let found): function = found
        case .none, .variable, .local, .type, .unknown: return sum
        }
        let isMember = operands.count > arguments.count
        var total = CELCostRange(.max, 0)
        var result: CELCostRange?
        for signature in signatures(function, operands, isMember: isMember) {
            let call = estimate(id, function, signature, operands, costs)
            total = total.union(call.cost)
            if let size = call.size { result = result?.union(size) ?? size }
            if case .operation(.index) = function {
                result = entries(of: operands[0])?.value
                set(id, shape: elementShape(operands[0]))
            }
            result = result ?? size(id)
        }
        set(id, size: result)
        return sum + total
    }

    private func elementShape(_ id: CELTermID) -> CELShape? {
        guard let shape = shape(of: id) else { return nil }
        switch shape.kind {
        case .list(let element, _), .map(let element): return element
        case .any, .bool, .int, .double, .string, .bytes, .timestamp, .duration, .intOrString,
            .object:
            return nil
        }
    }

    /// The ways to call the function that the types allow.
    private func signatures(
        _ function: CELFunction, _ operands: [CELTermID], isMember: Bool
    ) -> [CELSignature] {
        let known = program.environment.functions[function.name]
        let types = operands.map { type(of: $0) }
        return (known?.signatures ?? []).filter { signature in
            guard signature.isMember == isMember, signature.parameters.count == types.count else {
                return false
            }
            var mapping = CELTypeMapping()
            return mapping.assignAll(types, to: signature.parameters)
        }
    }

    private mutating func estimate(
        _ id: CELTermID, _ function: CELFunction, _ signature: CELSignature,
        _ operands: [CELTermID], _ costs: [CELCostRange]
    ) -> Call {
        let arguments = costs.reduce(CELCostRange.none, +)
        var call: Call
        switch function {
        case .operation(let operation):
            return estimate(id, operation, signature, operands, costs, arguments)
        case .conversion(let conversion): call = estimate(conversion, signature, operands)
        case .text(let text): call = estimate(text, signature, operands)
        case .list(let list): call = estimate(list, signature, operands)
        case .network(let network): call = estimate(network, signature, operands)
        case .measure(let measure): call = estimate(measure, operands)
        case .time, .optional, .math: call = Call(cost: CELCostRange(1))
        case .authorizer(let function):
            call = Call(cost: CELCostRange(CELCost.authorization(function)))
        }
        call.cost = call.cost + arguments
        return call
    }

    private mutating func estimate(
        _ id: CELTermID, _ operation: CELOperation, _ signature: CELSignature,
        _ operands: [CELTermID], _ costs: [CELCostRange], _ arguments: CELCostRange
    ) -> Call {
        switch operation {
        case .and, .or: return Call(cost: CELCostRange(costs[0].least, arguments.most))
        case .conditional:
            let size = sizeOrUnknown(operands[1]).union(sizeOrUnknown(operands[2]))
            set(id, entries: entries(of: operands[1])?.union(entries(of: operands[2])))
            return Call(cost: costs[0] + costs[1].union(costs[2]), size: size)
        case .isIn:
            guard case .list = signature.parameters[1] else { break }
            return Call(cost: sizeOrUnknown(operands[1]).scaled(1) + arguments)
        case .add:
            guard Self.hasSize(signature.parameters[0]) else { break }
            let size = sizeOrUnknown(operands[0]) + sizeOrUnknown(operands[1])
            set(id, entries: entries(of: operands[0])?.union(entries(of: operands[1])))
            if case .list = signature.parameters[0] {
                return Call(cost: CELCostRange(1) + arguments, size: size)
            }
            return Call(cost: size.scaled(CELCost.traversal) + arguments, size: size)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            guard Self.hasSize(signature.parameters[0]) else { break }
            return Call(cost: comparison(operands) + arguments)
        case .equal, .notEqual:
            switch type(of: operands[0]) {
            case .abstract, .object("kubernetes.Quantity"), .object("kubernetes.Semver"):
                return Call(cost: CELCostRange(1) + arguments)
            case .dyn, .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp,
                .duration, .type, .list, .map, .optional, .parameter, .object:
                return Call(cost: comparison(operands) + arguments)
            }
        case .not, .notStrictlyFalse, .divide, .remainder, .multiply, .negate, .subtract, .index,
            .size:
            break
        }
        return Call(cost: CELCostRange(1) + arguments)
    }

    private static func hasSize(_ type: CELType) -> Bool {
        switch type {
        case .string, .bytes, .list: true
        case .dyn, .error, .null, .bool, .int, .uint, .double, .timestamp, .duration, .type, .map,
            .optional, .parameter, .abstract, .object:
            false
        }
    }

    private mutating func comparison(_ operands: [CELTermID]) -> CELCostRange {
        let most = min(sizeOrUnknown(operands[0]).most, sizeOrUnknown(operands[1]).most)
        return CELCostRange(most > 0 ? 1 : 0, most).scaled(CELCost.traversal)
    }

    private mutating func estimate(
        _ conversion: CELConversion, _ signature: CELSignature, _ operands: [CELTermID]
    ) -> Call {
        let size = sizeOrUnknown(operands[0])
        switch (conversion, signature.parameters[0]) {
        case (.bytes, .string):
            return Call(
                cost: size.scaled(CELCost.traversal),
                size: CELCostRange(size.least, CELCostRange.product(size.most, 4)))
        case (.string, .bytes):
            return Call(
                cost: size.scaled(CELCost.traversal), size: CELCostRange(size.least / 4, size.most))
        default: return Call(cost: CELCostRange(1))
        }
    }

    // MARK: Libraries

    private mutating func traversal(_ id: CELTermID, times: Double = 1) -> CELCostRange {
        sizeOrUnknown(id).scaled(CELCost.traversal * times)
    }

    private mutating func matching(_ operands: [CELTermID]) -> CELCostRange {
        (sizeOrUnknown(operands[0]) + CELCostRange(1)).scaled(CELCost.traversal)
            * sizeOrUnknown(operands[1]).scaled(CELCost.patternCharacter)
    }

    private mutating func estimate(
        _ text: CELTextFunction, _ signature: CELSignature, _ operands: [CELTermID]
    ) -> Call {
        let size = sizeOrUnknown(operands[0])
        switch text {
        case .format: return Call(cost: traversal(operands[0]))
        case .quote:
            return Call(
                cost: traversal(operands[0]),
                size: CELCostRange(
                    CELCostRange.sum(size.least, 2),
                    CELCostRange.sum(CELCostRange.product(size.most, 2), 2)))
        case .startsWith, .endsWith: return Call(cost: traversal(operands[1]))
        case .matches: return Call(cost: matching(operands))
        case .contains: return Call(cost: traversal(operands[0]) * traversal(operands[1]))
        case .lowerAscii, .upperAscii, .substring, .trim, .escapeKey:
            return Call(cost: traversal(operands[0]), size: size)
        case .indexOf, .lastIndexOf: return Call(cost: walk(operands[0], signature))
        case .replace: return Call(cost: traversal(operands[0], times: 2), size: replaced(operands))
        case .split:
            return Call(
                cost: traversal(operands[0], times: 2), size: CELCostRange(0, size.most))
        case .join: return joined(operands)
        case .find, .findAll:
            return Call(cost: matching(operands), size: CELCostRange(0, size.most))
        case .reverse:
            guard case .list = signature.parameters[0] else { break }
            return allocating(size, 1)
        case .charAt, .encodeBase64, .decodeBase64: break
        }
        return Call(cost: CELCostRange(1))
    }

    /// The size of a text after replacements: at most as many as fit, of the longest text.
    private mutating func replaced(_ operands: [CELTermID]) -> CELCostRange {
        let size = sizeOrUnknown(operands[0])
        let old = sizeOrUnknown(operands[1])
        let new = sizeOrUnknown(operands[2])
        var count = CELCostRange.none
        var kept = CELCostRange.none
        if old.least == 0 {
            count.most = CELCostRange.sum(size.most, 1)
            kept.most = size.most
        } else if new.most <= old.least {
            kept.most = size.most
        } else {
            count.most = size.most / old.least + (size.most % old.least == 0 ? 0 : 1)
        }
        if old.most == 0 {
            count.least = CELCostRange.sum(size.least, 1)
            kept.least = size.least
        } else if old.most <= new.least {
            kept.least = size.least
        } else {
            count.least = size.least / old.most + (size.least % old.most == 0 ? 0 : 1)
        }
        return count * new + kept
    }

    private mutating func joined(_ operands: [CELTermID]) -> Call {
        let count = sizeOrUnknown(operands[0])
        let element = elementShape(operands[0]).map { CELCostRange(0, $0.maxElements) } ?? .unknown
        var size = count * element
        if operands.count > 1 {
            let gaps = CELCostRange(
                count.least > 0 ? count.least - 1 : 0, count.most > 0 ? count.most - 1 : 0)
            size = size + sizeOrUnknown(operands[1]) * gaps
        }
        return Call(cost: size.scaled(CELCost.traversal), size: size)
    }

    /// One unit for each element, and a look at each text.
    private mutating func walk(_ id: CELTermID, _ signature: CELSignature) -> CELCostRange {
        guard case .list(let inner) = type(of: id) else { return traversal(id) }
        var element = CELCostRange(1)
        if inner == .string || inner == .bytes {
            let size = elementShape(id).map { CELCostRange(0, $0.maxElements) } ?? .unknown
            element = element + size.scaled(CELCost.traversal)
        }
        return sizeOrUnknown(id) * element
    }

    private func allocating(_ size: CELCostRange, _ factor: Double) -> Call {
        Call(
            cost: size.scaled(factor) + CELCostRange(1) + CELCostRange(CELCost.list), size: size)
    }

    private mutating func estimate(
        _ list: CELListFunction, _ signature: CELSignature, _ operands: [CELTermID]
    ) -> Call {
        let size = operands.isEmpty ? CELCostRange.none : sizeOrUnknown(operands[0])
        switch list {
        case .isSorted, .sum, .min, .max: return Call(cost: walk(operands[0], signature))
        case .slice:
            let start = number(operands[1]) ?? 0
            let end = number(operands[2]) ?? size.most
            return allocating(CELCostRange(end >= start ? end - start : .max), 1)
        case .range: return allocating(CELCostRange(number(operands[0]) ?? .max), 1)
        case .flatten:
            return allocating(size, operands.count > 1 ? Double(number(operands[1]) ?? 1) : 1)
        case .sort, .distinct: return allocating(size * size, 2)
        case .sortByKeys:
            let keys = sizeOrUnknown(operands[1])
            return allocating(keys * keys, 2)
        case .contains, .intersects:
            return Call(cost: size * sizeOrUnknown(operands[1]) + CELCostRange(1))
        case .equivalent:
            return Call(cost: size * sizeOrUnknown(operands[1]) * CELCostRange(2) + CELCostRange(1))
        case .insert: return Call(cost: CELCostRange(1))
        }
    }

    /// The number that a literal is.
    private func number(_ id: CELTermID) -> UInt64? {
        if case .literal(.int(let number)) = tree[id] { return UInt64(max(0, number)) }
        return nil
    }

    private mutating func estimate(
        _ network: CELNetworkFunction, _ signature: CELSignature, _ operands: [CELTermID]
    ) -> Call {
        let bytes = CELCostRange(4, 16)
        switch network {
        case .url: return Call(cost: traversal(operands[0]), size: sizeOrUnknown(operands[0]))
        case .cidr, .isIP, .isCIDR: return Call(cost: traversal(operands[0]))
        case .ip:
            if signature.isMember { break }
            return Call(cost: traversal(operands[0]))
        case .isCanonical: return Call(cost: traversal(operands[0], times: 2))
        case .containsIP, .containsCIDR:
            var cost = (bytes + bytes).scaled(CELCost.traversal)
            if network == .containsCIDR {
                cost = cost + bytes.scaled(CELCost.traversal) + CELCostRange(1)
            }
            if signature.parameters[1] == .string { cost = cost + traversal(operands[1]) }
            return Call(cost: cost)
        case .family, .isUnspecified, .isLoopback, .isLinkLocalMulticast, .isLinkLocalUnicast,
            .isGlobalUnicast, .prefixLength, .masked, .isURL, .getScheme, .getHost, .getHostname,
            .getPort, .getEscapedPath, .getQuery:
            break
        }
        return Call(cost: CELCostRange(1))
    }

    private mutating func estimate(
        _ measure: CELMeasureFunction, _ operands: [CELTermID]
    ) -> Call {
        switch measure {
        case .quantity, .isQuantity, .semver, .isSemver:
            return Call(cost: traversal(operands[0]))
        case .validate:
            return Call(cost: traversal(operands[1]).scaled(128 * CELCost.patternCharacter))
        case .sign, .isInteger, .asInteger, .asApproximateFloat, .add, .sub, .isGreaterThan,
            .isLessThan, .compareTo, .major, .minor, .patch, .named, .dns1123Label,
            .dns1123Subdomain, .dns1035Label, .qualifiedName, .dns1123LabelPrefix,
            .dns1123SubdomainPrefix, .dns1035LabelPrefix, .labelValue, .uri, .uuid, .byte, .date,
            .datetime:
            return Call(cost: CELCostRange(1))
        }
    }
}
