import Support
import Value

/// Objects as the API server's own model holds them, which is what some of its errors show: Go's names of
/// fields, in Go's order, with those that nobody set.
///
/// `{"port":80,"protocol":"TCP"}` of a Service is `{"Name":"","Protocol":"TCP","AppProtocol":null,…}`.
enum InternalForm {
    /// What stands in a field.
    private enum Shape {
        /// Null where it is not set: pointers to scalars, lists and maps of them.
        case nullable
        /// This text where it is not set.
        case scalar(zero: Value)
        case object(String, isPointer: Bool)
        case list(String)
        /// The fields of another struct stand here.
        case embedded(String)
        /// Metadata, which is written as the API writes it.
        case metadata
    }

    private struct Member {
        let name: String
        let shape: Shape

        /// Reads `Name:s`, `Containers:[Container`, `^VolumeSource`.
        init(_ word: Substring) {
            if word.hasPrefix("^") {
                name = ""
                shape = word == "^o" ? .metadata : .embedded(String(word.dropFirst()))
                return
            }
            let parts = word.split(separator: ":", maxSplits: 1)
            name = String(parts[0])
            guard parts.count > 1 else {
                shape = .nullable
                return
            }
            switch parts[1] {
            case "s": shape = .scalar(zero: "")
            case "i": shape = .scalar(zero: 0)
            case "b": shape = .scalar(zero: false)
            case "q": shape = .scalar(zero: "0")
            case let text where text.hasPrefix("["): shape = .list(String(text.dropFirst()))
            case let text where text.hasPrefix("*"):
                shape = .object(String(text.dropFirst()), isPointer: true)
            case let text: shape = .object(String(text), isPointer: false)
            }
        }
    }

    /// The members by struct. Only looked up.
    private static let types: [String: [Member]] = {
        var types: [String: [Member]] = [:]
        for line in (firstTypes + "\n" + lastTypes).split(separator: "\n") {
            let words = line.split(separator: " ")
            types[String(words[0])] = words.dropFirst().map { Member($0) }
        }
        return types
    }()

    /// The value as JSON of the struct `type`.
    static func json(_ value: Value, as type: String) -> String {
        compact(tree(value, as: type))
    }

    /// JSON in one line, members in their order.
    private static func compact(_ value: Value) -> String {
        switch value {
        case .object(let fields) where !fields.isEmpty:
            let parts = fields.map {
                "\(JSON.text(Value($0.key.name), style: .go)):\(compact($0.value))"
            }
            return "{\(parts.joined(separator: ","))}"
        case .array(let items): return "[\(items.map(compact).joined(separator: ","))]"
        default: return JSON.text(value, style: .go)
        }
    }

    /// The value as an object of the struct `type`.
    static func tree(_ value: Value, as type: String) -> Value {
        guard case .object(let fields) = value else { return value }
        var result = Object()
        write(fields, as: type, into: &result)
        return .object(result)
    }

    private static func write(_ fields: Object, as type: String, into result: inout Object) {
        guard let members = types[type] else { preconditionFailure("no struct \(type)") }
        for member in members {
            let found = fields.first { $0.key.name.lowercased() == member.name.lowercased() }
            let value = found?.value ?? .null
            switch member.shape {
            case .nullable: result.append(Key(member.name), value.sortedByName)
            case .scalar(let zero): result.append(Key(member.name), value.isNull ? zero : value)
            case .object(let type, let isPointer):
                var value = value
                if type == "PodSecurityContext" { addHostFields(of: fields, to: &value) }
                if value.isNull, !isPointer { value = .emptyObject }
                result.append(Key(member.name), tree(value, as: type))
            case .list(let type):
                guard case .array(let items) = value else {
                    result.append(Key(member.name), .null)
                    continue
                }
                result.append(Key(member.name), .array(items.map { tree($0, as: type) }))
            case .embedded(let type): write(fields, as: type, into: &result)
            case .metadata:
                let metadata = fields[.metadata]
                for key in metadataOrder where !metadata[key].isNull {
                    result.append(key, metadata[key].sortedByName)
                }
            }
        }
    }

    private static let metadataOrder: [Key] = [
        .name, .generateName, .namespace, .uid, .resourceVersion, .generation,
        .creationTimestamp, .labels, .annotations, .ownerReferences, .finalizers,
    ]

    /// The server's model keeps these in the security context of a pod.
    private static func addHostFields(of spec: Object, to context: inout Value) {
        for key in [Key.hostNetwork, .hostPID, .hostIPC, .shareProcessNamespace, .hostUsers] {
            let value = spec[key]
            if value.isNull { continue }
            context[key] = value
        }
    }

    // MARK: Differences

    /// How two values of the struct `type` differ, as a unified difference of their JSON.
    ///
    /// Source: apimachinery, util/diff: one blank a level, three lines of context.
    static func difference(_ old: Value, _ new: Value, as type: String) -> String {
        UnifiedDiff(lines(tree(old, as: type)), lines(tree(new, as: type))).hunks
    }

    private static func lines(_ value: Value, _ indent: String = "") -> String {
        let inner = indent + " "
        switch value {
        case .object(let fields) where !fields.isEmpty:
            let parts = fields.map {
                "\(inner)\(JSON.text(Value($0.key.name), style: .go)): \(lines($0.value, inner))"
            }
            return "{\n\(parts.joined(separator: ",\n"))\n\(indent)}"
        case .array(let items) where !items.isEmpty:
            let parts = items.map { inner + lines($0, inner) }
            return "[\n\(parts.joined(separator: ",\n"))\n\(indent)]"
        default: return JSON.text(value, style: .go)
        }
    }
}
