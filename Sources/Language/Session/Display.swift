import Value

/// Values as a prompt shows them and a script would write them.
package enum Display {
    /// A value as an expression; structures that do not fit on one line are indented.
    package static func text(_ value: Value, columns: Int = 80) -> String {
        let line = Rendering.literal(value)
        guard line.count > columns else { return line }
        return indented(value, level: 0, columns: columns)
    }

    /// A value on one line, cut short: `pod/web-1` for an object of the cluster.
    package static func short(_ value: Value, columns: Int = 72) -> String {
        Rendering.short(value, limit: columns)
    }

    /// The text that `${…}` and `print` write; nil for values without text (functions).
    package static func plain(_ value: Value) -> String? { try? Rendering.text(value) }

    private static func indented(_ value: Value, level: Int, columns: Int) -> String {
        let line = Rendering.literal(value)
        if line.count + level * 2 <= columns { return line }
        let margin = String(repeating: "  ", count: level + 1)
        let end = String(repeating: "  ", count: level)
        switch value {
        case .array(let values):
            let items = values.map {
                margin + indented($0, level: level + 1, columns: columns)
            }
            return "[\n\(items.joined(separator: ",\n"))\n\(end)]"
        case .object(let object):
            let entries = object.map {
                margin + Rendering.key($0.key) + ": "
                    + indented($0.value, level: level + 1, columns: columns)
            }
            return "{\n\(entries.joined(separator: ",\n"))\n\(end)}"
        default: return line
        }
    }
}
