import Value

/// Reads back what ``ValueEncoder`` made.
struct ValueDecoder: Decoder {
    private let value: Value
    let userInfo: [CodingUserInfoKey: Any]
    var codingPath: [any CodingKey] { [] }

    static func decode<T: Decodable>(
        _ type: T.Type, from value: Value, userInfo: [CodingUserInfoKey: Any] = [:]
    ) throws -> T {
        try ValueDecoder(value: value, userInfo: userInfo).read(type)
    }

    private func read<T: Decodable>(_ type: T.Type) throws -> T {
        let found: Any? =
            switch type {
            case is Bool.Type: value.bool
            case is String.Type: value.string
            case is UInt64.Type: value.string.flatMap { UInt64($0) }
            case is Double.Type: value.number
            case is Int.Type: value.int
            case is Int64.Type: value.int.map { Int64($0) }
            case is Int32.Type: value.int.flatMap { Int32(exactly: $0) }
            default: try T(from: self)
            }
        guard let found = found as? T else { throw Self.mismatch(type) }
        return found
    }

    private static func mismatch(_ type: Any.Type) -> DecodingError {
        DecodingError.typeMismatch(
            type, DecodingError.Context(codingPath: [], debugDescription: "no \(type)"))
    }

    func container<Name: CodingKey>(
        keyedBy type: Name.Type
    ) throws -> KeyedDecodingContainer<Name> {
        guard case .object(let object) = value else { throw Self.mismatch(Object.self) }
        return KeyedDecodingContainer(Fields(object: object, userInfo: userInfo))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let items) = value else { throw Self.mismatch([Value].self) }
        return Items(items: items, userInfo: userInfo)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        Single(decoder: self)
    }

    private struct Single: SingleValueDecodingContainer {
        let decoder: ValueDecoder
        var codingPath: [any CodingKey] { [] }

        func decodeNil() -> Bool { decoder.value.isNull }
        func decode<T: Decodable>(_ type: T.Type) throws -> T { try decoder.read(type) }
    }

    private struct Fields<Name: CodingKey>: KeyedDecodingContainerProtocol {
        let object: Object
        let userInfo: [CodingUserInfoKey: Any]
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Name] { object.compactMap { Name(stringValue: $0.key.name) } }

        func contains(_ key: Name) -> Bool { object.contains(fieldKey(key)) }

        private func child(_ name: Name) throws -> ValueDecoder {
            let key = fieldKey(name)
            guard object.contains(key) else {
                throw DecodingError.keyNotFound(
                    name, DecodingError.Context(codingPath: [], debugDescription: "not there"))
            }
            return ValueDecoder(value: object[key], userInfo: userInfo)
        }

        func decodeNil(forKey key: Name) throws -> Bool { try child(key).value.isNull }

        func decode<T: Decodable>(_ type: T.Type, forKey key: Name) throws -> T {
            try child(key).read(type)
        }

        func nestedContainer<Other: CodingKey>(
            keyedBy type: Other.Type, forKey key: Name
        ) throws -> KeyedDecodingContainer<Other> {
            try child(key).container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Name) throws -> any UnkeyedDecodingContainer {
            try child(key).unkeyedContainer()
        }

        func superDecoder() throws -> any Decoder {
            ValueDecoder(value: .object(object), userInfo: userInfo)
        }

        func superDecoder(forKey key: Name) throws -> any Decoder { try child(key) }
    }

    private struct Items: UnkeyedDecodingContainer {
        let items: [Value]
        let userInfo: [CodingUserInfoKey: Any]
        var codingPath: [any CodingKey] { [] }
        var currentIndex = 0
        var count: Int? { items.count }
        var isAtEnd: Bool { currentIndex >= items.count }

        init(items: [Value], userInfo: [CodingUserInfoKey: Any]) {
            self.items = items
            self.userInfo = userInfo
        }

        private mutating func next() throws -> ValueDecoder {
            guard !isAtEnd else { throw ValueDecoder.mismatch(Value.self) }
            defer { currentIndex += 1 }
            return ValueDecoder(value: items[currentIndex], userInfo: userInfo)
        }

        mutating func decodeNil() throws -> Bool {
            guard !isAtEnd, items[currentIndex].isNull else { return false }
            currentIndex += 1
            return true
        }

        mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
            try next().read(type)
        }

        mutating func nestedContainer<Other: CodingKey>(
            keyedBy type: Other.Type
        ) throws -> KeyedDecodingContainer<Other> {
            try next().container(keyedBy: type)
        }

        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            try next().unkeyedContainer()
        }

        mutating func superDecoder() throws -> any Decoder { try next() }
    }
}
