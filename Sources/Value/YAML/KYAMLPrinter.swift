import Support

/// Writing KYAML as `kubectl -o kyaml` does: YAML in flow style, in which every string is quoted and
/// nothing depends on indentation. Source of the rules: sigs.k8s.io/yaml/kyaml.
public enum KYAMLPrinter {
    /// The KYAML text of `value` behind a line `---`, ending in a newline.
    ///
    /// - Parameter sortsKeys: fields by name instead of by insertion.
    public static func text(_ value: Value, sortsKeys: Bool = false) -> String {
        var writer = KYAMLWriter(sortsKeys: sortsKeys)
        writer.write(value, level: 0)
        return "---\n" + writer.output + "\n"
    }
}

private struct KYAMLWriter {
    let sortsKeys: Bool
    var output = ""

    mutating func write(_ value: Value, level: Int) {
        switch value {
        case .object(let object): write(object, level: level)
        case .array(let values): write(values, level: level)
        case .text(let text): output += KYAMLText.quoted(text.string, level: level + 1)
        case .opaque(let opaque):
            output += opaque.text.map { KYAMLText.quoted($0, level: level + 1) } ?? "null"
        case .null, .bool, .int, .double: output += JSON.text(value)
        }
    }

    private mutating func write(_ object: Object, level: Int) {
        if object.isEmpty {
            output += "{}"
            return
        }
        output += "{\n"
        for field in sortsKeys ? object.sortedByName : object.map({ $0 }) {
            if StopRequest.isMade { break }
            indent(level + 1)
            output += KYAMLText.key(field.key.name) + ": "
            write(field.value, level: level + 1)
            output += ",\n"
        }
        indent(level)
        output += "}"
    }

    private mutating func write(_ values: [Value], level: Int) {
        output += "["
        // Lists of lists and maps stand between brackets that touch: `[{ … }, { … }]`.
        if values.allSatisfy(\.isCuddled) {
            for (index, value) in values.enumerated() {
                if StopRequest.isMade { break }
                if index > 0 { output += ", " }
                write(value, level: level)
            }
        } else {
            output += "\n"
            for value in values {
                if StopRequest.isMade { break }
                indent(level + 1)
                write(value, level: level + 1)
                output += ",\n"
            }
            indent(level)
        }
        output += "]"
    }

    private mutating func indent(_ level: Int) {
        output += String(repeating: "  ", count: level)
    }
}

extension Value {
    fileprivate var isCuddled: Bool {
        switch self {
        case .array, .object: true
        case .null, .bool, .int, .double, .text, .opaque: false
        }
    }
}
