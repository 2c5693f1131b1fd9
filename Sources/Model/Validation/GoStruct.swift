import Support
import Value

/// The structs in which the API server holds objects, as it prints them in messages: under Go's names, in the
/// order of the declaration, with every field that is not given.
///
/// `{"name":"a"}` of a pod's ephemeral containers is `{"Name":"a","Image":"","Command":null,…}`.
///
/// Source: the facts of `pkg/apis/core/types.go`, 1.36.
enum GoStruct {
    /// What a field is when it is not given.
    private enum Absence { case null, text, flag, number, amount, structure }

    private struct Field {
        /// Go's name.
        let name: Key
        /// The API's name.
        let key: Key
        let absence: Absence
        /// The type of a struct, or of the elements of a list.
        let type: String?
    }

    private enum Entry {
        case field(Field)
        /// The fields of another type stand here.
        case embedded(String)
        /// `metadata` stands here under the API's names, without what is not given.
        case metadata
    }

    private static let types: [String: [Entry]] = {
        var types: [String: [Entry]] = [:]
        var type = ""
        for line in text.split(separator: "\n") {
            var words = line.split(separator: " ").map(String.init)
            if line.first != " " { type = String(words.removeFirst().dropLast()) }
            types[type, default: []] += words.map(entry)
        }
        return types
    }()

    private static func entry(_ word: String) -> Entry {
        if word.hasPrefix("+") { return .embedded(String(word.dropFirst())) }
        if word.hasPrefix("@") { return .metadata }
        let halves = word.split(separator: "=").map(String.init)
        let parts = halves[0].split(separator: "/").map(String.init)
        let absence: Absence =
            switch parts[1].first {
            case "s": .text
            case "b": .flag
            case "i": .number
            case "q": .amount
            case "v": .structure
            default: .null
            }
        let type = String(parts[1].dropFirst())
        return .field(
            Field(
                name: Key(parts[0]), key: Key(halves.count > 1 ? halves[1] : lowered(parts[0])),
                absence: absence, type: type.isEmpty ? nil : type))
    }

    /// `DNSPolicy` is `dnsPolicy` in the API, `TTY` is `tty`.
    private static func lowered(_ name: String) -> String {
        let letters = Array(name)
        var count = letters.prefix { $0.isUppercase }.count
        if count > 1, count < letters.count { count -= 1 }
        return String(letters[..<count]).lowercased() + String(letters[count...])
    }

    /// The fields of a pod's spec that the server keeps with the security context.
    private static let hostKeys: [Key] = [
        .hostNetwork, "hostPID", "hostIPC", "shareProcessNamespace", "hostUsers",
    ]

    /// A value of the type `name` of the API as the server holds it.
    static func held(_ name: String, _ value: Value) -> Value {
        var value = value
        if name == "PodSpec" {
            if value[.securityContext].isNull { value[.securityContext] = .emptyObject }
            for key in hostKeys { value[.securityContext][key] = value[key] }
        }
        var result = Object()
        fill(&result, name, value)
        return .object(result)
    }

    private static func fill(_ result: inout Object, _ name: String, _ value: Value) {
        for entry in types[name] ?? [] {
            switch entry {
            case .embedded(let type): fill(&result, type, value)
            case .metadata:
                for field in value[.metadata].fields.sortedByName where !field.value.isNull {
                    result.append(field.key, sorted(field.value))
                }
            case .field(let field): result.append(field.name, held(field, value[field.key]))
            }
        }
    }

    private static func held(_ field: Field, _ value: Value) -> Value {
        switch value {
        case .null:
            switch field.absence {
            case .null: return .null
            case .text: return ""
            case .flag: return false
            case .number: return 0
            case .amount: return "0"
            case .structure: return held(field.type ?? "", .emptyObject)
            }
        case .array(let items):
            guard let type = field.type else { return sorted(value) }
            return .array(items.map { held(type, $0) })
        case .object: return field.type.map { held($0, value) } ?? sorted(value)
        case .bool, .int, .double, .text, .opaque: return value
        }
    }

    /// Maps are printed in the order of their keys.
    private static func sorted(_ value: Value) -> Value {
        switch value {
        case .array(let items): return .array(items.map(sorted))
        case .object(let fields):
            var result = Object()
            for field in fields.sortedByName { result.append(field.key, sorted(field.value)) }
            return .object(result)
        case .null, .bool, .int, .double, .text, .opaque: return value
        }
    }

    /// The struct in one line, as field.Error shows it.
    static func text(_ name: String, _ value: Value) -> String {
        JSON.text(held(name, value), style: style)
    }

    private static let style = JSONStyle(escapesHTML: true)

    /// What differs between two structs, printed as the server prints it: lines of indented JSON with three
    /// equal ones around each change (apimachinery's diff.Diff).
    static func difference(_ name: String, _ old: Value, _ new: Value) -> String {
        var (before, after): ([String], [String]) = ([], [])
        lines(held(name, old), "", "", &before)
        lines(held(name, new), "", "", &after)
        return SequenceDiff(before, after).hunks
    }

    private static func lines(
        _ value: Value, _ indent: String, _ lead: String, _ result: inout [String],
        _ tail: String = ""
    ) {
        switch value {
        case .object(let fields) where !fields.isEmpty:
            result.append(indent + lead + "{")
            for (index, field) in fields.enumerated() {
                lines(
                    field.value, indent + " ", "\"\(field.key.name)\": ", &result,
                    index + 1 < fields.count ? "," : "")
            }
            result.append(indent + "}" + tail)
        case .array(let items) where !items.isEmpty:
            result.append(indent + lead + "[")
            for (index, item) in items.enumerated() {
                lines(item, indent + " ", "", &result, index + 1 < items.count ? "," : "")
            }
            result.append(indent + "]" + tail)
        default: result.append(indent + lead + JSON.text(value, style: style) + tail)
        }
    }
}
