import Support

/// A JSON patch (RFC 6902): operations that are applied in order, all or none.
///
/// As the API server does, it also takes negative indices, counted from the end.
public struct JSONPatch: Equatable, Sendable {
    /// One operation. Members are checked when it is applied, as upstream does.
    public struct Operation: Equatable, Sendable {
        /// "add", "remove", "replace", "move", "copy", "test", or what a patch says instead.
        public var kind: String
        /// The place as RFC 6901 writes it; nil where the patch names none.
        public var path: String?
        /// Where "move" and "copy" take the value.
        public var from: String?
        public var value: Value?

        /// An operation as it stands in a patch; nothing is checked.
        public init(_ kind: String, path: String?, from: String? = nil, value: Value? = nil) {
            self.kind = kind
            self.path = path
            self.from = from
            self.value = value
        }
    }

    /// In the order in which they are applied.
    public var operations: [Operation]

    /// A patch of these operations.
    public init(_ operations: [Operation]) { self.operations = operations }

    /// Reads the patch that `value` spells.
    public init(_ value: Value) throws(JSONPatchError) {
        guard case .array(let values) = value else {
            throw .notAPatch(typeName: Self.goTypeName(value))
        }
        operations = []
        for value in values {
            guard case .object(let members) = value else {
                throw .notAPatch(typeName: Self.goTypeName(value))
            }
            operations.append(
                Operation(
                    members["op"].string ?? "unknown", path: members["path"].string,
                    from: members["from"].string,
                    value: members.contains("value") ? members["value"] : .none))
        }
    }

    private static func goTypeName(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool: "bool"
        case .int, .double: "number"
        case .text, .opaque: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// The patch as a value.
    public var value: Value {
        .array(
            operations.map { operation in
                var members: Object = ["op": Value(operation.kind)]
                members["path"] = Value(operation.path)
                members["from"] = Value(operation.from)
                if let value = operation.value { members.set("value", to: value) }
                return .object(members)
            })
    }

    /// `document` after all operations.
    ///
    /// - Parameter copyLimit: how many bytes of JSON its copies may add up to; 0 for any number. The API
    ///   server allows 3 MiB.
    public func apply(
        to document: Value, copyLimit: Int = 3 << 20
    ) throws(JSONPatchError) -> Value {
        var document = document
        var copied = 0
        for operation in operations {
            try operation.apply(to: &document, &copied, copyLimit)
        }
        return document
    }
}

extension JSONPatch.Operation {
    fileprivate func apply(
        to document: inout Value, _ copied: inout Int, _ copyLimit: Int
    ) throws(JSONPatchError) {
        switch kind {
        case "add": try add(try requireValue(), at: try pointer(path, "path"), in: &document)
        case "remove": _ = try remove(at: try pointer(path, "path"), in: &document)
        case "replace": try replace(in: &document)
        case "move":
            let value = try remove(at: try pointer(from, "from"), in: &document)
            try add(value, at: try pointer(path, "path"), in: &document)
        case "copy":
            let value = try find(at: try pointer(from, "from"), in: document)
            copied += JSON.bytes(value).count
            if copyLimit > 0, copied > copyLimit {
                throw .copySize(copied, limit: copyLimit)
            }
            try add(value, at: try pointer(path, "path"), in: &document)
        case "test": try test(document)
        default: throw .unexpectedKind(kind)
        }
    }

    private func pointer(_ text: String?, _ member: String) throws(JSONPatchError) -> JSONPointer {
        guard let text, let pointer = JSONPointer(parsing: text) else {
            throw .missingMember(operation: kind, member: member)
        }
        return pointer
    }

    private func requireValue() throws(JSONPatchError) -> Value {
        guard let value else { throw .missingMember(operation: kind, member: "value") }
        return value
    }

    private func add(
        _ value: Value, at pointer: JSONPointer, in document: inout Value
    ) throws(JSONPatchError) {
        try change(&document, pointer.tokens[...], of: pointer) {
            (parent, token) throws(JSONPatchError) in
            guard let token else { return parent = value }
            if case .object(var object) = parent {
                parent = .null
                object.set(Key(token), to: value)
                parent = .object(object)
                return
            }
            var values = parent.takeArray()
            defer { parent = .array(values) }
            let place =
                token == "-"
                ? values.count
                : try index(token, count: values.count + 1, pointer)
            values.insert(value, at: place)
        }
    }

    private func remove(
        at pointer: JSONPointer, in document: inout Value
    ) throws(JSONPatchError) -> Value {
        var removed = Value.null
        try change(&document, pointer.tokens[...], of: pointer) {
            (parent, token) throws(JSONPatchError) in
            guard let token else {
                removed = parent
                parent = .null
                return
            }
            if case .object(var object) = parent {
                parent = .null
                defer { parent = .object(object) }
                guard let value = object.removeValue(forKey: Key(token)) else {
                    throw .missingPlace(operation: kind, path: pointer.text)
                }
                removed = value
                return
            }
            var values = parent.takeArray()
            defer { parent = .array(values) }
            removed = values.remove(at: try index(token, count: values.count, pointer))
        }
        return removed
    }

    private func replace(in document: inout Value) throws(JSONPatchError) {
        let pointer = try pointer(path, "path")
        let value = try requireValue()
        try change(&document, pointer.tokens[...], of: pointer) {
            (parent, token) throws(JSONPatchError) in
            guard let token else { return parent = value }
            if case .object(var object) = parent {
                guard object.contains(Key(token)) else {
                    throw .missingPlace(operation: kind, path: pointer.text)
                }
                parent = .null
                object.set(Key(token), to: value)
                parent = .object(object)
                return
            }
            var values = parent.takeArray()
            defer { parent = .array(values) }
            values[try index(token, count: values.count, pointer)] = value
        }
    }

    private func test(_ document: Value) throws(JSONPatchError) {
        let pointer = try pointer(path, "path")
        let expected = value ?? .null
        var actual = Value.null
        do {
            actual = try find(at: pointer, in: document)
        } catch .missingPlace {
            // An absent field equals null, as upstream takes it.
        }
        guard actual == expected else { throw .testFailed(path: pointer.text) }
    }

    private func find(
        at pointer: JSONPointer, in document: Value
    ) throws(JSONPatchError) -> Value {
        var value = document
        for (depth, token) in pointer.tokens.enumerated() {
            let isLast = depth == pointer.tokens.count - 1
            switch value {
            case .object(let object):
                guard object.contains(Key(token)) else {
                    throw isLast
                        ? .missingPlace(operation: kind, path: pointer.text)
                        : missingParent(pointer)
                }
                value = object[Key(token)]
            case .array(let values):
                value = values[try index(token, count: values.count, pointer)]
            default: throw missingParent(pointer)
            }
        }
        return value
    }

    /// Calls `body` with the container that holds the place and the last token, or with the whole
    /// document and nil. Containers on the way stay unique, so that only the path is copied.
    private func change(
        _ value: inout Value, _ tokens: ArraySlice<String>, of pointer: JSONPointer,
        _ body: (inout Value, String?) throws(JSONPatchError) -> Void
    ) throws(JSONPatchError) {
        guard let token = tokens.first else { return try body(&value, nil) }
        if tokens.count == 1 {
            switch value {
            case .object, .array: return try body(&value, token)
            default: throw missingParent(pointer)
            }
        }
        switch value {
        case .object(var object):
            let key = Key(token)
            guard object.contains(key) else { throw missingParent(pointer) }
            value = .null
            var child = object[key]
            object.set(key, to: .null)
            defer {
                object.set(key, to: child)
                value = .object(object)
            }
            try change(&child, tokens.dropFirst(), of: pointer, body)
        case .array(var values):
            let place = try index(token, count: values.count, pointer)
            value = .null
            defer { value = .array(values) }
            try change(&values[place], tokens.dropFirst(), of: pointer, body)
        default: throw missingParent(pointer)
        }
    }

    private func missingParent(_ pointer: JSONPointer) -> JSONPatchError {
        .missingParent(
            operation: kind, path: pointer.text,
            isSource: (kind == "move" || kind == "copy") && pointer.text == from)
    }

    private func index(
        _ token: String, count: Int, _ pointer: JSONPointer
    ) throws(JSONPatchError) -> Int {
        guard let index = Int(token) else {
            throw .badIndex(operation: kind, path: pointer.text, token: token)
        }
        let place = index < 0 ? index + count : index
        guard (0..<count).contains(place) else {
            throw .indexOutOfRange(operation: kind, path: pointer.text, index: index)
        }
        return place
    }
}
