import Support
import Value

/// The names of Go types as error messages of the API server show them.
enum GoTypes {
    /// What a JSON value is called.
    static func jsonName(of value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool: "bool"
        case .int, .double: "number"
        case .text, .opaque: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// `v1.PodSpec`: the package is the version.
    static func name(_ type: TypeFacts) -> String {
        let parts = type.name.split(separator: ".")
        return parts.suffix(2).joined(separator: ".")
    }

    /// The whole field's type: `[]v1.Container`, `map[string]string`.
    static func name(_ fact: FieldFact) -> String {
        switch fact.container {
        case .single: elementName(fact)
        case .list: "[]" + elementName(fact)
        case .map where fact.element == .quantity: "v1.ResourceList"
        case .map: "map[string]" + elementName(fact)
        case .mapOfLists: "map[string][]" + elementName(fact)
        }
    }

    /// The type of one element.
    static func elementName(_ fact: FieldFact) -> String {
        switch fact.element {
        case .string: named[fact.name] ?? "string"
        case .boolean: "bool"
        case .int32: "int32"
        case .int64: "int64"
        case .double: "float64"
        case .bytes: "[]uint8"
        case .quantity: "resource.Quantity"
        case .intOrString: "intstr.IntOrString"
        case .time: "v1.Time"
        case .microTime: "v1.MicroTime"
        case .object(let id): name(FieldFacts.type(id))
        case .any: "runtime.RawExtension"
        }
    }

    /// What the converter of patched objects says of a value that does not fit `type`.
    ///
    /// Source: apimachinery, runtime/converter.go.
    static func conversionProblem(_ value: Value, _ type: String) -> String {
        let found =
            switch value {
            case .array: "slice"
            case .object: "map"
            case .bool: "bool"
            case .int: "int64"
            case .double: "float64"
            case .null, .text, .opaque: "string"
            }
        if type.hasPrefix("[]") { return "cannot restore slice from \(found)" }
        if type.hasPrefix("map[") { return "cannot restore map from \(found)" }
        if type.contains("."), !named.values.contains(type) {
            return "cannot restore struct from: \(found)"
        }
        return "unrecognized type: \(named.values.contains(type) ? "string" : type)"
    }

    /// String fields with a type of their own, by field name (the ones people get wrong).
    private static let named: [String: String] = [
        "restartPolicy": "v1.RestartPolicy", "imagePullPolicy": "v1.PullPolicy",
        "dnsPolicy": "v1.DNSPolicy", "protocol": "v1.Protocol", "effect": "v1.TaintEffect",
        "accessModes": "v1.PersistentVolumeAccessMode", "phase": "v1.PodPhase",
        "terminationMessagePolicy": "v1.TerminationMessagePolicy", "scheme": "v1.URIScheme",
        "podManagementPolicy": "v1.PodManagementPolicyType",
        "concurrencyPolicy": "v1.ConcurrencyPolicy",
    ]
}

/// The place a decoder is at: with indices for our reports, without and with the Go struct's name
/// for Go's.
struct DecodingPath {
    private enum Step {
        case name(String)
        case index(Int)
    }

    private var steps: [Step] = []
    private var types: [String] = []

    mutating func enter(_ type: String) { types.append(type) }
    mutating func leave() { types.removeLast() }
    mutating func push(_ name: String) { steps.append(.name(name)) }
    mutating func push(index: Int) { steps.append(.index(index)) }
    mutating func pop() { steps.removeLast() }

    /// Enters a field before decoding begins.
    mutating func push(_ key: Key, type: String) {
        steps.append(.name(key.name))
        types.append(type)
    }

    /// "spec.containers[0].image".
    var text: String {
        var text = ""
        for step in steps {
            switch step {
            case .name(let name): text += text.isEmpty ? name : "." + name
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }

    /// The path of a field beneath this place.
    func text(appending name: String) -> String {
        let text = self.text
        return text.isEmpty ? name : text + "." + name
    }

    /// `struct field PodSpec.spec.template.spec.containers`: the innermost struct and the path
    /// without indices. At the root it is `value`.
    var goField: String {
        let names = steps.compactMap {
            if case .name(let name) = $0 { return name }
            return nil
        }
        guard !names.isEmpty, let type = types.last else { return "value" }
        return "struct field \(type).\(names.joined(separator: "."))"
    }
}

/// Base64 as Go's standard encoding reads it.
enum GoBase64 {
    /// The offset of the first byte that does not belong; nil where the text decodes.
    static func firstInvalid(in text: String) -> Int? {
        let bytes = Array(text.utf8)
        var used = 0
        var padding = 0
        for (offset, byte) in bytes.enumerated() where byte != 0x0A && byte != 0x0D {
            if byte == UInt8(ascii: "=") {
                padding += 1
                // Padding ends the last group of four: at its third or fourth place.
                if padding > 2 || (used + padding) % 4 == 1 || used % 4 < 2 { return offset }
                continue
            }
            let isDigit =
                NameRules.isAlphanumeric(byte) || byte == UInt8(ascii: "+")
                || byte == UInt8(ascii: "/")
            if !isDigit || padding > 0 { return offset }
            used += 1
        }
        return (used + padding) % 4 == 0 ? nil : bytes.count
    }
}
