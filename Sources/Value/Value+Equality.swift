extension Value: Hashable {
    /// Equality by kind and content; an integer equals a double of the same amount, maps ignore
    /// order, and shared storage is equal without a look inside.
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.int(let left), .double(let right)): left == Int64(exactly: right)
        case (.double(let left), .int(let right)): Int64(exactly: left) == right
        case (.text(let left), .text(let right)): left == right
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        case (.opaque(let left), .opaque(let right)): left === right || left.isEqual(to: right)
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null: hasher.combine(0)
        case .bool(let flag): hasher.combine(flag)
        case .int(let number): hasher.combine(Double(number))
        case .double(let number): hasher.combine(number)
        case .text(let text): hasher.combine(text)
        case .array(let values): hasher.combine(values)
        case .object(let object): hasher.combine(object)
        case .opaque(let value):
            hasher.combine(value.typeName)
            value.hashContent(into: &hasher)
        }
    }
}

extension Value {
    /// What an error message calls this kind of value, in the words of JSON.
    public var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .int: "integer"
        case .double: "number"
        case .text: "string"
        case .array: "list"
        case .object: "map"
        case .opaque(let value): value.typeName
        }
    }
}
