import Support
import Value

/// Makes a ``Value`` of anything encodable: the form in which results travel between processes.
///
/// Unsigned numbers are written as texts, because a value's integers are signed.
struct ValueEncoder: Encoder {
    /// What has been encoded so far; encoders of parts hold the nodes inside.
    private final class Node {
        enum Content {
            case single(Value)
            case fields([(Key, Node)])
            case items([Node])
        }
        var content: Content

        init(_ content: Content) { self.content = content }

        var value: Value {
            switch content {
            case .single(let value): value
            case .fields(let fields): .object(Object(fields: fields.map { ($0.0, $0.1.value) }))
            case .items(let items): .array(items.map(\.value))
            }
        }
    }

    private let node: Node
    let userInfo: [CodingUserInfoKey: Any]
    var codingPath: [any CodingKey] { [] }

    static func value(
        of item: some Encodable, userInfo: [CodingUserInfoKey: Any] = [:]
    ) throws -> Value {
        let encoder = ValueEncoder(node: Node(.single(.null)), userInfo: userInfo)
        try encoder.write(item)
        return encoder.node.value
    }

    private func write<T: Encodable>(_ item: T) throws {
        switch item {
        case let flag as Bool: node.content = .single(.bool(flag))
        case let text as String: node.content = .single(Value(text))
        case let number as UInt64: node.content = .single(Value(String(number)))
        case let number as Double: node.content = .single(.double(number))
        case let number as any FixedWidthInteger:
            node.content = .single(.int(Int64(clamping: number)))
        default: try item.encode(to: self)
        }
    }

    func container<Name: CodingKey>(keyedBy type: Name.Type) -> KeyedEncodingContainer<Name> {
        if case .fields = node.content {} else { node.content = .fields([]) }
        return KeyedEncodingContainer(Fields(node: node, userInfo: userInfo))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .items = node.content {} else { node.content = .items([]) }
        return Items(node: node, userInfo: userInfo)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    private struct Single: SingleValueEncodingContainer {
        let encoder: ValueEncoder
        var codingPath: [any CodingKey] { [] }

        mutating func encodeNil() { encoder.node.content = .single(.null) }
        mutating func encode<T: Encodable>(_ value: T) throws { try encoder.write(value) }
    }

    private struct Fields<Name: CodingKey>: KeyedEncodingContainerProtocol {
        let node: Node
        let userInfo: [CodingUserInfoKey: Any]
        var codingPath: [any CodingKey] { [] }

        private func child(_ name: Name) -> ValueEncoder {
            let child = Node(.single(.null))
            if case .fields(var fields) = node.content {
                node.content = .fields([])
                fields.append((fieldKey(name), child))
                node.content = .fields(fields)
            }
            return ValueEncoder(node: child, userInfo: userInfo)
        }

        mutating func encodeNil(forKey key: Name) { _ = child(key) }

        mutating func encode<T: Encodable>(_ value: T, forKey key: Name) throws {
            try child(key).write(value)
        }

        mutating func nestedContainer<Other: CodingKey>(
            keyedBy keyType: Other.Type, forKey key: Name
        ) -> KeyedEncodingContainer<Other> {
            child(key).container(keyedBy: keyType)
        }

        mutating func nestedUnkeyedContainer(forKey key: Name) -> any UnkeyedEncodingContainer {
            child(key).unkeyedContainer()
        }

        mutating func superEncoder() -> any Encoder {
            ValueEncoder(node: node, userInfo: userInfo)
        }

        mutating func superEncoder(forKey key: Name) -> any Encoder { child(key) }
    }

    private struct Items: UnkeyedEncodingContainer {
        let node: Node
        let userInfo: [CodingUserInfoKey: Any]
        var codingPath: [any CodingKey] { [] }

        var count: Int {
            if case .items(let items) = node.content { return items.count }
            return 0
        }

        private func child() -> ValueEncoder {
            let child = Node(.single(.null))
            if case .items(var items) = node.content {
                node.content = .items([])
                items.append(child)
                node.content = .items(items)
            }
            return ValueEncoder(node: child, userInfo: userInfo)
        }

        mutating func encodeNil() { _ = child() }
        mutating func encode<T: Encodable>(_ value: T) throws { try child().write(value) }

        mutating func nestedContainer<Other: CodingKey>(
            keyedBy keyType: Other.Type
        ) -> KeyedEncodingContainer<Other> {
            child().container(keyedBy: keyType)
        }

        mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            child().unkeyedContainer()
        }

        mutating func superEncoder() -> any Encoder {
            ValueEncoder(node: node, userInfo: userInfo)
        }
    }
}

/// The key of a field; inside containers `Key` has another meaning.
func fieldKey(_ name: some CodingKey) -> Key { Key(name.stringValue) }
