import Value

/// Quantities, versions and formats.
enum CELMeasureCalls {
    static func call(
        _ function: CELMeasureFunction, _ arguments: [CELValue], _ environment: CELEnvironment
    ) -> CELValue {
        if let name = function.format {
            return environment.formats[name].map { .foreign(CELForeign(.format($0))) }
                ?? .failed("no such format: \(name)")
        }
        switch arguments.first {
        case .string(let text)?: return parse(function, text, arguments, environment)
        case .foreign(let foreign)?:
            switch foreign.content {
            case .quantity(let quantity): return ask(function, quantity, arguments)
            case .version(let version): return ask(function, version, arguments)
            case .format(let format):
                guard function == .validate, arguments.count == 2,
                    case .string(let text) = arguments[1]
                else { return .noSuchOverload }
                let problems = format.problems(text)
                return problems.isEmpty ? .none : .some(.list(problems.map { .string($0) }))
            case .address, .network, .url, .authorizer: return .noSuchOverload
            }
        default: return .noSuchOverload
        }
    }

    private static func parse(
        _ function: CELMeasureFunction, _ text: String, _ arguments: [CELValue],
        _ environment: CELEnvironment
    ) -> CELValue {
        switch function {
        case .isQuantity: return .bool((try? Quantity(parsing: text)) != nil)
        case .quantity:
            do {
                return .foreign(CELForeign(.quantity(try Quantity(parsing: text))))
            } catch {
                return .failed(error.message)
            }
        case .semver, .isSemver:
            var isLenient = false
            if arguments.count > 1 {
                guard case .bool(let flag) = arguments[1] else { return .noSuchOverload }
                isLenient = flag
            }
            let result = isLenient ? CELVersion.readLeniently(text) : CELVersion.read(text)
            switch result {
            case .success(let version):
                return function == .isSemver
                    ? .bool(true) : .foreign(CELForeign(.version(version)))
            case .failure(let fault): return function == .isSemver ? .bool(false) : .error(fault)
            }
        case .named:
            return environment.formats[text].map { .some(.foreign(CELForeign(.format($0)))) }
                ?? .none
        default: return .noSuchOverload
        }
    }

    private static func ask(
        _ function: CELMeasureFunction, _ quantity: Quantity, _ arguments: [CELValue]
    ) -> CELValue {
        switch (function, arguments.count) {
        case (.sign, 1): return .int(quantity.nanos.signum() < 0 ? -1 : quantity.isZero ? 0 : 1)
        case (.isInteger, 1): return .bool(integer(quantity) != nil)
        case (.asInteger, 1):
            return integer(quantity).map { .int($0) }
                ?? .failed("cannot convert value to integer")
        case (.asApproximateFloat, 1): return .double(quantity.double)
        case (.add, 2): return combine(quantity, arguments[1]) { $0 + $1 }
        case (.sub, 2): return combine(quantity, arguments[1]) { $0 - $1 }
        case (.isGreaterThan, 2): return compare(quantity, arguments[1]) { .bool($0 > 0) }
        case (.isLessThan, 2): return compare(quantity, arguments[1]) { .bool($0 < 0) }
        case (.compareTo, 2): return compare(quantity, arguments[1]) { .int(Int64($0)) }
        default: return .noSuchOverload
        }
    }

    private static func integer(_ quantity: Quantity) -> Int64? {
        quantity.isInteger ? Int64(exactly: quantity.nanos / 1_000_000_000) : nil
    }

    private static func combine(
        _ left: Quantity, _ right: CELValue, _ make: (Quantity, Quantity) -> Quantity
    ) -> CELValue {
        switch right {
        case .int(let number): return .foreign(CELForeign(.quantity(make(left, Quantity(number)))))
        case .foreign(let foreign):
            guard case .quantity(let right) = foreign.content else { return .noSuchOverload }
            return .foreign(CELForeign(.quantity(make(left, right))))
        default: return .noSuchOverload
        }
    }

    private static func compare(
        _ left: Quantity, _ right: CELValue, _ make: (Int) -> CELValue
    ) -> CELValue {
        guard case .foreign(let foreign) = right, case .quantity(let right) = foreign.content else {
            return .noSuchOverload
        }
        return make(left < right ? -1 : left == right ? 0 : 1)
    }

    private static func ask(
        _ function: CELMeasureFunction, _ version: CELVersion, _ arguments: [CELValue]
    ) -> CELValue {
        func order(_ make: (Int) -> CELValue) -> CELValue {
            guard arguments.count == 2, case .foreign(let foreign) = arguments[1],
                case .version(let other) = foreign.content
            else { return .noSuchOverload }
            return make(version.order(to: other))
        }
        switch function {
        case .major: return .int(Int64(clamping: version.numbers[0]))
        case .minor: return .int(Int64(clamping: version.numbers[1]))
        case .patch: return .int(Int64(clamping: version.numbers[2]))
        case .isGreaterThan: return order { .bool($0 > 0) }
        case .isLessThan: return order { .bool($0 < 0) }
        case .compareTo: return order { .int(Int64($0)) }
        default: return .noSuchOverload
        }
    }
}
