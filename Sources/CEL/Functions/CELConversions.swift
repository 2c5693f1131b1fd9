import Value

extension CELConversion {
    /// The value of a conversion of a constant, made once; nil where it fails, which it does when it
    /// runs.
    static func constant(_ function: CELFunction, _ value: CELValue) -> CELValue? {
        guard case .conversion(let conversion) = function, conversion != .dyn, conversion != .type
        else { return nil }
        let result = conversion.convert(value)
        if case .error = result { return nil }
        return result
    }

    func convert(_ value: CELValue) -> CELValue {
        switch self {
        case .dyn: value
        case .type: .type(value.typeName)
        case .bool: toBool(value)
        case .bytes: toBytes(value)
        case .double: toDouble(value)
        case .duration: toDuration(value)
        case .int: toInt(value)
        case .string: toString(value)
        case .timestamp: toTimestamp(value)
        case .uint: toUInt(value)
        }
    }

    private func toBool(_ value: CELValue) -> CELValue {
        switch value {
        case .bool: return value
        case .string(let text):
            switch text {
            case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
            case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
            default: return wrong(value)
            }
        default: return .noSuchOverload
        }
    }

    /// That a value has no counterpart in the type, in cel-go's words.
    private func wrong(_ value: CELValue) -> CELValue {
        let target =
            switch self {
            case .timestamp: "google.protobuf.Timestamp"
            case .duration: "google.protobuf.Duration"
            case .bool, .bytes, .double, .dyn, .int, .string, .type, .uint: rawValue
            }
        return .failed("type conversion error from '\(value.typeName)' to '\(target)'")
    }

    private func toBytes(_ value: CELValue) -> CELValue {
        switch value {
        case .bytes: value
        case .string(let text): .bytes(Array(text.utf8))
        default: .noSuchOverload
        }
    }

    private func toDouble(_ value: CELValue) -> CELValue {
        switch value {
        case .double: value
        case .int(let number): .double(Double(number))
        case .uint(let number): .double(Double(number))
        case .string(let text):
            Self.double(text).map { .double($0) } ?? wrong(value)
        default: .noSuchOverload
        }
    }

    /// Reads a number as Go's `strconv.ParseFloat`.
    private static func double(_ text: String) -> Double? {
        let word = text.drop { $0 == "+" || $0 == "-" }.lowercased()
        guard text.utf8.count - word.utf8.count <= 1 else { return nil }
        let sign: Double = text.hasPrefix("-") ? -1 : 1
        switch word {
        case "nan": return .nan
        case "inf", "infinity": return sign * .infinity
        default:
            guard let first = word.utf8.first,
                (0x30...0x39).contains(first) || first == UInt8(ascii: "."),
                let number = Double(word), number.isFinite
            else { return nil }
            return sign * number
        }
    }

    private func toInt(_ value: CELValue) -> CELValue {
        switch value {
        case .int: value
        case .uint(let number):
            Int64(exactly: number).map { .int($0) } ?? .failed("integer overflow")
        case .double(let number):
            // The bounds themselves are refused, as cel-go does.
            number.isFinite && number > -9_223_372_036_854_775_808.0
                && number < 9_223_372_036_854_775_808.0
                ? .int(Int64(number)) : .failed("integer overflow")
        case .string(let text): Int64(text).map { .int($0) } ?? wrong(value)
        case .timestamp(let instant): .int(instant.seconds)
        case .duration(let nanos): .int(nanos)
        case .null, .bool, .bytes, .list, .map, .object, .type, .optional, .foreign, .error:
            .noSuchOverload
        }
    }

    private func toUInt(_ value: CELValue) -> CELValue {
        switch value {
        case .uint: value
        case .int(let number):
            number < 0 ? .failed("unsigned integer overflow") : .uint(UInt64(number))
        case .double(let number):
            number.isFinite && number >= 0 && number < 18_446_744_073_709_551_616.0
                ? .uint(UInt64(number)) : .failed("unsigned integer overflow")
        case .string(let text):
            (text.hasPrefix("+") || text.hasPrefix("-") ? nil : UInt64(text)).map { .uint($0) }
                ?? wrong(value)
        default: .noSuchOverload
        }
    }

    private func toString(_ value: CELValue) -> CELValue {
        switch value {
        case .string: return value
        case .bool, .int, .uint, .double, .timestamp, .duration: return .string(value.text)
        case .bytes(let bytes):
            return String(validating: bytes, as: UTF8.self).map { .string($0) }
                ?? .failed("invalid UTF-8 in bytes, cannot convert to string")
        case .foreign(let foreign):
            switch foreign.content {
            case .address, .network: return .string(foreign.text)
            case .quantity, .url, .version, .format, .authorizer: return .noSuchOverload
            }
        case .null, .list, .map, .object, .type, .optional, .error: return .noSuchOverload
        }
    }

    private func toTimestamp(_ value: CELValue) -> CELValue {
        switch value {
        case .timestamp: value
        case .int(let seconds):
            seconds < CELTimestamp.leastSeconds || seconds > CELTimestamp.mostSeconds
                ? .failed("timestamp overflow")
                : .timestamp(CELTimestamp(seconds: seconds, nanos: 0))
        case .string(let text):
            CELTimestamp(parsing: text).map { .timestamp($0) } ?? wrong(value)
        default: .noSuchOverload
        }
    }

    private func toDuration(_ value: CELValue) -> CELValue {
        switch value {
        case .duration: value
        case .int(let nanos): .duration(nanos)
        case .string(let text):
            CELDurationText.nanos(text).map { .duration($0) } ?? wrong(value)
        default: .noSuchOverload
        }
    }
}
