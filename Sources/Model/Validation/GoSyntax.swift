import Support
import Value

/// Values as Go prints them in error messages.
package enum GoSyntax {
    /// Go's `%q`: double quotes with escapes.
    static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case "\r": result += "\\r"
            default:
                if scalar.value < 0x20 || scalar.value == 0x7F {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\x" + (digits.count == 1 ? "0" : "") + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// How field.Error shows a value: numbers and booleans plain, strings quoted, the rest as JSON.
    package static func short(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .text(let text): quote(text.string)
        case .double, .array, .object, .opaque: json(value)
        }
    }

    /// Go's `%v`: `map[spec:map[replicas:2]]`, `[a b]`, texts bare.
    package static func plain(_ value: Value) -> String {
        switch value {
        case .null: "<nil>"
        case .text(let text): text.string
        case .array(let values): "[" + values.map(plain).joined(separator: " ") + "]"
        case .object(let object):
            "map["
                + object.sortedByName.map { $0.key.name + ":" + plain($0.value) }
                .joined(separator: " ") + "]"
        case .bool, .int, .double, .opaque: JSON.text(value)
        }
    }

    /// Go's `%f`: six digits behind the point.
    package static func fixed(_ number: Double) -> String {
        guard number.magnitude < 1e12 else { return "\(number)" }
        let millionths = Int((number * 1_000_000).rounded())
        let fraction = String(millionths.magnitude % 1_000_000)
        let sign = millionths < 0 ? "-" : ""
        return sign + "\(millionths.magnitude / 1_000_000)."
            + String(repeating: "0", count: 6 - fraction.count) + fraction
    }

    /// Go's `%#v` of texts: `[]string{"a", "b"}`.
    static func strings(_ values: [String]) -> String {
        "[]string{" + values.map(quote).joined(separator: ", ") + "}"
    }

    /// What `json.Marshal` gives for a value without a struct in it: maps by their keys.
    static func json(_ value: Value) -> String { JSON.text(value, style: .canonical) }

    /// A LabelSelector in the order of its fields.
    static func labelSelector(_ value: Value) -> String {
        if value.isNull { return "null" }
        var parts: [String] = []
        if !value[.matchLabels].fields.isEmpty {
            parts.append("\"matchLabels\":" + json(value[.matchLabels]))
        }
        let requirements = value.list(.matchExpressions).map { entry in
            let values = entry.list(.values)
            return "{\"key\":" + json(entry[.key]) + ",\"operator\":" + json(entry[.operator])
                + (values.isEmpty ? "" : ",\"values\":" + json(.array(values))) + "}"
        }
        if !requirements.isEmpty {
            parts.append("\"matchExpressions\":[" + requirements.joined(separator: ",") + "]")
        }
        return "{" + parts.joined(separator: ",") + "}"
    }
}
