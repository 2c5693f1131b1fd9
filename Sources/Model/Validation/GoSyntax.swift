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

    /// How field.Error shows a value: numbers and booleans plain, strings quoted, the rest as JSON
    /// with sorted keys (callers give Go's struct syntax where upstream does).
    static func short(_ value: Value) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .int(let number): String(number)
        case .text(let text): quote(text.string)
        case .array(let values) where values.allSatisfy({ $0.string != nil }):
            strings(values.compactMap(\.string))
        case .double, .array, .object, .opaque: JSON.text(value, style: .canonical)
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

    /// `[]string{"a", "b"}`.
    static func strings(_ values: [String]) -> String {
        "[]string{" + values.map(quote).joined(separator: ", ") + "}"
    }

    /// `map[string]string{"app":"web"}`, keys sorted; null prints as a nil map.
    static func stringMap(_ value: Value) -> String {
        guard case .object(let object) = value else { return "map[string]string(nil)" }
        let entries = object.sortedByName.map {
            quote($0.key.name) + ":" + quote($0.value.string ?? "")
        }
        return "map[string]string{" + entries.joined(separator: ", ") + "}"
    }

    /// `intstr.IntOrString{Type:0, IntVal:0, StrVal:""}`.
    static func intOrString(_ value: Value) -> String {
        if let text = value.string {
            return "intstr.IntOrString{Type:1, IntVal:0, StrVal:\(quote(text))}"
        }
        return "intstr.IntOrString{Type:0, IntVal:\(value.int ?? 0), StrVal:\"\"}"
    }

    /// `v1.LabelSelector{MatchLabels:…, MatchExpressions:…}`.
    static func labelSelector(_ value: Value, pointer: Bool = false) -> String {
        let type = "v1.LabelSelectorRequirement"
        var expressions = "[]\(type)(nil)"
        let entries = value.list(.matchExpressions)
        if !entries.isEmpty {
            expressions =
                "[]\(type){"
                + entries.map { entry in
                    let values = entry[.values].array.map { strings($0.compactMap(\.string)) }
                    return "\(type){Key:\(quote(entry.text(.key))), "
                        + "Operator:\(quote(entry.text(.operator))), "
                        + "Values:\(values ?? "[]string(nil)")}"
                }.joined(separator: ", ") + "}"
        }
        return (pointer ? "&" : "")
            + "v1.LabelSelector{MatchLabels:\(stringMap(value[.matchLabels])), "
            + "MatchExpressions:\(expressions)}"
    }
}
