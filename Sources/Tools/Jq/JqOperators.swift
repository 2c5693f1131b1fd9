import Support
import Value

extension JqArithmetic {
    /// The sum, difference and so on, for each pair of kinds that has one.
    func result(_ left: Value, _ right: Value) throws(JqStop) -> Value {
        if let result = try numbers(left, right) { return result }
        if let result = try others(left, right) { return result }
        throw .failure(
            "\(JqText.described(left)) and \(JqText.described(right)) cannot be \(participle)")
    }

    private var participle: String {
        switch self {
        case .add: "added"
        case .subtract: "subtracted"
        case .multiply: "multiplied"
        case .divide, .remainder: "divided"
        }
    }

    static func negative(_ value: Value) throws(JqStop) -> Value {
        switch value {
        case .int(let number) where number != .min: return .int(-number)
        case .int(let number): return .double(-Double(number))
        case .double(let number): return .double(-number)
        case .null, .bool, .text, .array, .object, .opaque:
            throw .failure("\(JqText.described(value)) cannot be negated")
        }
    }

    private func numbers(_ left: Value, _ right: Value) throws(JqStop) -> Value? {
        guard let a = left.number, let b = right.number else { return nil }
        if case .int(let a) = left, case .int(let b) = right, let whole = whole(a, b) {
            return .int(whole)
        }
        switch self {
        case .add: return JqText.number(a + b)
        case .subtract: return JqText.number(a - b)
        case .multiply: return JqText.number(a * b)
        case .divide, .remainder:
            let divisor = self == .remainder ? Double(b.clamped) : b
            guard divisor != 0 else {
                throw .failure(
                    "\(JqText.described(left)) and \(JqText.described(right)) cannot be divided "
                        + "because the divisor is zero")
            }
            if self == .divide { return JqText.number(a / b) }
            let (x, y) = (a.clamped, b.clamped)
            return .int(Int64(y == -1 ? 0 : x % abs(y == .min ? .max : y)))
        }
    }

    /// Whole numbers stay whole where the result is and fits.
    private func whole(_ a: Int64, _ b: Int64) -> Int64? {
        switch self {
        case .add:
            let (sum, overflows) = a.addingReportingOverflow(b)
            return overflows ? nil : sum
        case .subtract:
            let (difference, overflows) = a.subtractingReportingOverflow(b)
            return overflows ? nil : difference
        case .multiply:
            let (product, overflows) = a.multipliedReportingOverflow(by: b)
            return overflows ? nil : product
        case .divide: return b != 0 && b != -1 && a % b == 0 ? a / b : nil
        case .remainder: return nil
        }
    }

    private func others(_ left: Value, _ right: Value) throws(JqStop) -> Value? {
        switch (self, left, right) {
        case (.add, .null, _): return right
        case (.add, _, .null): return left
        case (.add, .text(let a), .text(let b)): return Value(a.string + b.string)
        case (.add, .array(let a), .array(let b)): return .array(a + b)
        case (.add, .object(var a), .object(let b)):
            for field in b { a.set(field.key, to: field.value) }
            return .object(a)
        case (.subtract, .array(let a), .array(let b)):
            return .array(a.filter { item in !b.contains { JqOrder.compare(item, $0) == 0 } })
        case (.multiply, .text(let text), _): return try repeated(text.string, right)
        case (.multiply, _, .text(let text)): return try repeated(text.string, left)
        case (.multiply, .object(let a), .object(let b)): return .object(Self.merged(a, b))
        case (.divide, .text(let text), .text(let separator)):
            return Value(strings: JqText.split(text.string, separator.string))
        default: return nil
        }
    }

    private func repeated(_ text: String, _ count: Value) throws(JqStop) -> Value? {
        guard let count = count.number else { return nil }
        if count <= 0 { return .null }
        let times = max(1, count.clamped)
        let (size, overflows) = text.utf8.count.multipliedReportingOverflow(by: times)
        if overflows || size > ToolLimits.standard.textBytes {
            throw .failure("a text of more than \(ToolLimits.standard.textBytes) bytes")
        }
        return Value(String(repeating: text, count: times))
    }

    /// Objects inside objects are merged too.
    private static func merged(_ left: Object, _ right: Object) -> Object {
        var result = left
        for field in right {
            if case .object(let a) = result[field.key], case .object(let b) = field.value {
                result.set(field.key, to: .object(merged(a, b)))
            } else {
                result.set(field.key, to: field.value)
            }
        }
        return result
    }
}

extension JqComparison {
    func holds(_ left: Value, _ right: Value) -> Bool {
        let order = JqOrder.compare(left, right)
        switch self {
        case .equal: return order == 0
        case .notEqual: return order != 0
        case .less: return order < 0
        case .lessOrEqual: return order <= 0
        case .greater: return order > 0
        case .greaterOrEqual: return order >= 0
        }
    }
}
