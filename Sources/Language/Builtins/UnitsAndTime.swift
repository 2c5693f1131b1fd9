import Support
import Value

extension Builtins {
    /// Durations, quantities and time.
    static let units: [Builtin] = [
        Builtin(
            "duration", ["value"], "a text such as \"5m\", or a number of seconds, as a duration",
            example: "duration(\"5m\") == duration(300)",
            run: { evaluator, arguments in
                let value = evaluator.value(arguments, 0)
                if let duration = try Units.duration(of: value) {
                    return .opaque(DurationValue(duration))
                }
                if case .text(let text) = value, let duration = try Units.duration(text.string) {
                    return .opaque(DurationValue(duration))
                }
                // Seconds are read as the quantity that they are, so that no rounding hides.
                if value.number != nil, let seconds = try Units.amount(value) {
                    guard let thousand = seconds.multiplied(by: Quantity(1000)),
                        thousand.isInteger,
                        let duration = Duration(exactly: thousand.nanos / 1_000_000_000)
                    else { throw RuntimeError.inexact("duration(\(Rendering.short(value)))") }
                    return .opaque(DurationValue(duration))
                }
                throw evaluator.wrong(
                    arguments, 0, "a duration such as \"5m\" or a number of seconds")
            }),
        Builtin(
            "quantity", ["value"], "a text such as \"500m\" or a number as a quantity",
            example: "quantity(\"1024Mi\") == 1Gi",
            run: { evaluator, arguments in
                let value = evaluator.value(arguments, 0)
                if case .opaque(is QuantityValue) = value { return value }
                guard let quantity = try Units.amount(value) else {
                    throw evaluator.wrong(arguments, 0, "a quantity such as \"500m\"")
                }
                return .opaque(QuantityValue(quantity))
            }),
        Builtin(
            "seconds", ["duration"], "a duration as a number of seconds",
            example: "seconds(90s) == 90",
            run: { evaluator, arguments in
                guard let duration = try Units.duration(of: evaluator.value(arguments, 0)) else {
                    throw evaluator.wrong(arguments, 0, "a duration")
                }
                let milliseconds = duration.milliseconds
                return milliseconds % 1000 == 0
                    ? .int(milliseconds / 1000) : .double(Double(milliseconds) / 1000)
            }),
        Builtin(
            "now", [], "the virtual time since the start of the scenario, as a duration",
            example: "let start = now()", readsClock: true,
            run: { evaluator, _ in
                .opaque(DurationValue(Duration(milliseconds: evaluator.host.virtualMilliseconds)))
            }),
        Builtin(
            "timestamp", [.optional("duration")],
            "the instant so long after the start of the scenario, or now, as the API writes it",
            example: "timestamp(0s) == \"2025-01-01T00:00:00Z\"", readsClock: true,
            run: { evaluator, arguments in
                var milliseconds = evaluator.host.virtualMilliseconds
                if arguments.count > 0 {
                    guard let duration = try Units.duration(of: evaluator.value(arguments, 0))
                    else {
                        throw evaluator.wrong(arguments, 0, "a duration")
                    }
                    milliseconds = duration.milliseconds
                }
                let (sum, isOver) = Timestamp.zero.milliseconds.addingReportingOverflow(
                    milliseconds)
                if isOver { throw RuntimeError.overflow("a timestamp") }
                return Value(Timestamp(milliseconds: sum).text)
            }),
        Builtin(
            "time", ["timestamp"], "the duration from the start of the scenario to a timestamp",
            example: "time(pod/web .status.startTime) < 10s",
            run: { evaluator, arguments in
                let text = try evaluator.text(arguments, 0)
                guard let instant = Timestamp(parsing: text) else {
                    throw evaluator.wrong(arguments, 0, "a timestamp such as 2025-01-01T00:00:00Z")
                }
                return .opaque(DurationValue(instant - Timestamp.zero))
            }),
        Builtin(
            "age", ["object"], "the virtual time since an object was created",
            example: "age(pod/web) > 1m", readsClock: true,
            run: { evaluator, arguments in
                let object = try evaluator.map(arguments, 0)
                guard let text = object[.metadata][.creationTimestamp].string,
                    let instant = Timestamp(parsing: text)
                else { throw evaluator.wrong(arguments, 0, "an object of the cluster") }
                let now = Timestamp.zero.milliseconds + evaluator.host.virtualMilliseconds
                return .opaque(
                    DurationValue(Duration(milliseconds: now - instant.milliseconds)))
            }),
    ]
}
