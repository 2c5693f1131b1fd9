/// What calls cost when they run (cel-go `interpreter/runtimecost.go`, with the prices that Kubernetes
/// gives its own functions in apiserver `cel/library/cost.go`).
enum CELCost {
    static let list: UInt64 = 10
    static let map: UInt64 = 30
    static let structure: UInt64 = 40
    /// What looking at one character of a text costs.
    static let traversal = 0.1
    static let patternCharacter = 0.25

    static func size(_ value: CELValue) -> Int {
        if case .optional(let optional) = value, let content = optional.content {
            return size(content)
        }
        return value.size ?? 1
    }

    private static func scaled(_ size: Int, _ factor: Double) -> UInt64 {
        UInt64((Double(size) * factor).rounded(.up))
    }

    static func binary(_ operation: CELOperation, _ left: CELValue, _ right: CELValue) -> UInt64 {
        switch operation {
        case .equal, .notEqual:
            if case .foreign = left { return 1 }
            return scaled(min(size(left), size(right)), traversal)
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            switch left {
            case .string, .bytes: return scaled(min(size(left), size(right)), traversal)
            case .null, .bool, .int, .uint, .double, .list, .map, .object, .timestamp, .duration,
                .type, .optional, .foreign, .error:
                return 1
            }
        case .add:
            switch left {
            case .string, .bytes: return scaled(size(left) + size(right), traversal)
            case .null, .bool, .int, .uint, .double, .list, .map, .object, .timestamp, .duration,
                .type, .optional, .foreign, .error:
                return 1
            }
        case .isIn:
            if case .list(let list) = right { return UInt64(list.count) }
            return 1
        case .conditional, .and, .or, .not, .notStrictlyFalse, .divide, .remainder, .multiply,
            .negate, .subtract, .index, .size:
            return 1
        }
    }

    static func call(
        _ function: CELFunction, _ arguments: [CELValue], _ result: CELValue
    ) -> UInt64 {
        switch function {
        case .operation, .time, .optional, .math: 1
        case .conversion(let conversion): self.conversion(conversion, arguments)
        case .text(let text): self.text(text, arguments, result)
        case .list(let list): self.list(list, arguments, result)
        case .network(let network): self.network(network, arguments)
        case .measure(let measure): self.measure(measure, arguments)
        case .authorizer(let function): authorization(function)
        }
    }

    /// A question costs so much that an expression can ask two.
    static func authorization(_ function: CELAuthorizerFunction) -> UInt64 {
        function == .check ? 350_000 : 1
    }

    private static func conversion(
        _ conversion: CELConversion, _ arguments: [CELValue]
    ) -> UInt64 {
        switch (conversion, arguments[0]) {
        case (.bytes, .string), (.string, .bytes): scaled(size(arguments[0]), traversal)
        default: 1
        }
    }

    /// What matching costs: characters of the text times those of the expression.
    private static func matching(_ text: Int, _ pattern: Int) -> UInt64 {
        scaled(text + 1, traversal) * scaled(pattern, patternCharacter)
    }

    private static func text(
        _ function: CELTextFunction, _ arguments: [CELValue], _ result: CELValue
    ) -> UInt64 {
        let first = arguments.first.map { size($0) } ?? 0
        switch function {
        case .startsWith, .endsWith, .format, .quote, .lowerAscii, .upperAscii, .substring, .trim,
            .escapeKey:
            return scaled(first, traversal)
        case .contains: return scaled(first, traversal) * scaled(size(arguments[1]), traversal)
        case .matches, .find, .findAll: return matching(first, size(arguments[1]))
        case .indexOf, .lastIndexOf: return walk(arguments[0])
        case .replace, .split: return scaled(first, 2 * traversal)
        case .join: return scaled(size(result), 2 * traversal)
        case .reverse:
            if case .list = result { return allocation(size(result), 1) }
            return 1
        case .charAt, .encodeBase64, .decodeBase64: return 1
        }
    }

    /// What a walk through a value costs.
    private static func walk(_ value: CELValue) -> UInt64 {
        switch value {
        case .string(let text): return UInt64(Double(text.utf8.count) * traversal)
        case .bytes(let bytes): return UInt64(Double(bytes.count) * traversal)
        case .list(let list):
            return (0..<list.count).reduce(0) { $0 + walk(list[$1]) }
        case .map(let map):
            return (0..<map.count).reduce(0) { sum, index in
                let (key, value) = map.entry(index)
                return sum + walk(key) + walk(value)
            }
        case .null, .bool, .int, .uint, .double, .object, .timestamp, .duration, .type, .optional,
            .foreign, .error:
            return 1
        }
    }

    private static func allocation(_ size: Int, _ factor: Double) -> UInt64 {
        UInt64(Double(size) * factor) + 1 + list
    }

    private static func selfCompare(_ value: CELValue) -> UInt64 {
        guard case .list(let list) = value, list.count > 0 else { return allocation(0, 2) }
        var factor = 2.0
        switch list[0] {
        case .string, .bytes: factor += traversal
        case .null, .bool, .int, .uint, .double, .list, .map, .object, .timestamp, .duration,
            .type, .optional, .foreign, .error:
            break
        }
        return allocation(list.count * list.count, factor)
    }

    private static func list(
        _ function: CELListFunction, _ arguments: [CELValue], _ result: CELValue
    ) -> UInt64 {
        switch function {
        case .isSorted, .sum, .min, .max: return walk(arguments[0])
        case .slice, .range: return allocation(size(result), 1)
        case .flatten:
            var depth = 1.0
            if arguments.count == 2, case .int(let levels) = arguments[1], levels > 0 {
                depth = min(Double(levels), 1e6)
            }
            return allocation(size(arguments[0]), depth)
        case .distinct, .sort: return selfCompare(arguments[0])
        case .sortByKeys: return selfCompare(arguments[1])
        case .contains, .equivalent, .intersects:
            return UInt64(size(arguments[0]) * size(arguments[1])) + 1
        case .insert: return 1
        }
    }

    private static func network(_ function: CELNetworkFunction, _ arguments: [CELValue]) -> UInt64 {
        let first = size(arguments[0])
        var parse: UInt64 = 0
        if arguments.count > 1, case .string = arguments[1] {
            parse = scaled(size(arguments[1]), traversal)
        }
        switch function {
        case .cidr, .isIP, .isCIDR, .url: return scaled(first, traversal)
        case .ip:
            if case .foreign = arguments[0] { return 1 }
            return scaled(first, traversal)
        case .isCanonical: return scaled(first, 2 * traversal)
        case .containsIP: return scaled(2 * first, traversal) + parse
        case .containsCIDR:
            return scaled(2 * first, traversal) + scaled(first, traversal) + 1 + parse
        case .family, .isUnspecified, .isLoopback, .isLinkLocalMulticast, .isLinkLocalUnicast,
            .isGlobalUnicast, .prefixLength, .masked, .isURL, .getScheme, .getHost, .getHostname,
            .getPort, .getEscapedPath, .getQuery:
            return 1
        }
    }

    private static func measure(_ function: CELMeasureFunction, _ arguments: [CELValue]) -> UInt64 {
        switch function {
        case .quantity, .isQuantity, .semver, .isSemver:
            return scaled(size(arguments[0]), traversal)
        case .validate:
            guard case .foreign(let foreign) = arguments[0],
                case .format(let format) = foreign.content
            else { return 1 }
            return matching(size(arguments[1]), format.patternSize)
        case .sign, .isInteger, .asInteger, .asApproximateFloat, .add, .sub, .isGreaterThan,
            .isLessThan, .compareTo, .major, .minor, .patch, .named, .dns1123Label,
            .dns1123Subdomain, .dns1035Label, .qualifiedName, .dns1123LabelPrefix,
            .dns1123SubdomainPrefix, .dns1035LabelPrefix, .labelValue, .uri, .uuid, .byte, .date,
            .datetime:
            return 1
        }
    }
}
