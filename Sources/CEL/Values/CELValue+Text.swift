import Support
import Value

extension CELValue {
    /// As Go prints it in a message (`%v`).
    var text: String {
        switch self {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): number.goText
        case .string(let text): text
        case .bytes(let bytes): "[" + bytes.map { String($0) }.joined(separator: " ") + "]"
        case .list(let list): "[" + list.elements.map(\.text).joined(separator: ", ") + "]"
        case .map(let map):
            "{"
                + (0..<map.count).map { index in
                    let (key, value) = map.entry(index)
                    return "\(key.text): \(value.text)"
                }.joined(separator: ", ") + "}"
        case .object(let object): object.typeName
        case .timestamp(let instant): instant.text
        case .duration(let nanos): CELDurationText.text(nanos)
        case .type(let name): name
        case .optional(let optional):
            optional.content.map { "optional(\($0.text))" } ?? "optional.none()"
        case .foreign(let foreign): foreign.text
        case .error(let fault): fault.message
        }
    }

    /// As a value of the host; nil where it has no such value. Numbers without sign beyond what an
    /// integer holds become doubles, bytes become base64.
    public var value: Value? {
        switch self {
        case .null: return .some(.null)
        case .bool(let flag): return .bool(flag)
        case .int(let number): return .int(number)
        case .uint(let number):
            return Int64(exactly: number).map { .int($0) } ?? .double(Double(number))
        case .double(let number): return number.isFinite ? .double(number) : nil
        case .string(let text): return Value(text)
        case .bytes(let bytes): return Value(Base64.encode(bytes))
        case .list(.host(let values, _)): return .array(values)
        case .list(.values(let values)):
            var result: [Value] = []
            for value in values {
                guard let value = value.value else { return nil }
                result.append(value)
            }
            return .array(result)
        case .map(let map): return Self.value(of: map)
        case .object(.host(let object, _)): return .object(object)
        case .object(.made(let made)): return Self.value(of: made.fields)
        case .timestamp(let instant): return Value(instant.text)
        case .duration(let nanos): return Value(CELDurationText.text(nanos))
        case .optional(let optional): return optional.content.flatMap(\.value)
        case .foreign(let foreign): return Value(foreign.text)
        case .type, .error: return nil
        }
    }

    private static func value(of map: CELMap) -> Value? {
        if case .host(let object, _) = map { return .object(object) }
        var result = ObjectBuilder()
        for index in 0..<map.count {
            let (key, value) = map.entry(index)
            guard let value = value.value else { return nil }
            switch key {
            case .string, .int, .uint, .bool: result.set(Key(key.text), to: value)
            case .null, .double, .bytes, .list, .map, .object, .timestamp, .duration, .type,
                .optional, .foreign, .error:
                return nil
            }
        }
        return .object(result.object)
    }
}
