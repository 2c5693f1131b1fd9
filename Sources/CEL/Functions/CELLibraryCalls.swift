import Value

/// Carries out a function with values of which none is an error.
enum CELLibraryCalls {
    static func call(
        _ function: CELFunction, _ arguments: [CELValue], _ environment: CELEnvironment
    ) -> CELValue {
        switch function {
        case .operation: .noSuchOverload
        case .conversion(let conversion):
            arguments.count == 1 ? conversion.convert(arguments[0]) : .noSuchOverload
        case .text(let text): CELTextCalls.call(text, arguments, environment)
        case .time(let time): CELTimeCalls.call(time, arguments, environment)
        case .optional(let optional): CELOptionalCalls.call(optional, arguments)
        case .list(let list): CELListCalls.call(list, arguments)
        case .network(let network): CELNetworkCalls.call(network, arguments)
        case .measure(let measure): CELMeasureCalls.call(measure, arguments, environment)
        case .math(let math): CELMathCalls.call(math, arguments)
        case .authorizer(let function): CELAuthorizerCalls.call(function, arguments)
        }
    }
}

/// Parts of times.
enum CELTimeCalls {
    static func call(
        _ function: CELTimeFunction, _ arguments: [CELValue], _ environment: CELEnvironment
    ) -> CELValue {
        switch arguments.first {
        case .duration(let nanos)?: return part(function, of: nanos)
        case .timestamp(let instant)?:
            var zone: String?
            if arguments.count > 1 {
                guard case .string(let name) = arguments[1] else { return .noSuchOverload }
                zone = name
            }
            if function == .getMilliseconds { return .int(Int64(instant.nanos / 1_000_000)) }
            guard let calendar = instant.calendar(zone: zone, environment) else {
                return .failed("unknown time zone \(zone ?? "")")
            }
            return .int(Int64(part(function, of: calendar)))
        default: return .noSuchOverload
        }
    }

    private static func part(_ function: CELTimeFunction, of time: CalendarTime) -> Int {
        switch function {
        case .getFullYear: time.year
        case .getMonth: time.month - 1
        case .getDayOfYear:
            (1..<time.month).reduce(time.day - 1) {
                $0 + CalendarTime.days(in: $1, of: time.year)
            }
        case .getDayOfMonth: time.day - 1
        case .getDate: time.day
        case .getDayOfWeek: time.weekday
        case .getHours: time.hour
        case .getMinutes: time.minute
        case .getSeconds: time.second
        case .getMilliseconds: 0
        }
    }

    private static func part(_ function: CELTimeFunction, of nanos: Int64) -> CELValue {
        switch function {
        case .getHours: .int(nanos / 3_600_000_000_000)
        case .getMinutes: .int(nanos / 60_000_000_000)
        case .getSeconds: .int(nanos / 1_000_000_000)
        case .getMilliseconds: .int(nanos / 1_000_000 % 1000)
        case .getFullYear, .getMonth, .getDayOfYear, .getDayOfMonth, .getDate, .getDayOfWeek:
            .noSuchOverload
        }
    }
}

/// Optional values.
enum CELOptionalCalls {
    static func call(_ function: CELOptionalFunction, _ arguments: [CELValue]) -> CELValue {
        switch (function, arguments.first) {
        case (.none, nil): return .none
        case (.of, let value?): return .some(value)
        case (.ofNonZeroValue, let value?): return value.isZero ? .none : .some(value)
        case (.value, .optional(let optional)?):
            return optional.content ?? .failed("optional.none() dereference")
        case (.hasValue, .optional(let optional)?): return .bool(optional.content != nil)
        case (.first, .list(let list)?): return list.count == 0 ? .none : .some(list[0])
        case (.last, .list(let list)?):
            return list.count == 0 ? .none : .some(list[list.count - 1])
        case (.unwrap, .list(let list)?), (.unwrapOpt, .list(let list)?):
            var values: [CELValue] = []
            for index in 0..<list.count {
                guard case .optional(let optional) = list[index] else {
                    return .failed("value \(list[index].text) is not optional")
                }
                if let content = optional.content { values.append(content) }
            }
            return .list(values)
        default: return .noSuchOverload
        }
    }
}
