import Support
import Value

/// Collects the text of a description: lines at levels of two blanks, cells separated by tabs.
///
/// Like kubectl's PrefixWriter, every write begins with the blanks of its level, also where it
/// continues a line; descriptions keep kubectl's odd columns that way.
struct DescriptionWriter {
    /// Levels added to every write: a description inside another one.
    var nesting = 0
    private var text = ""

    /// Appends `line` and a newline at a level.
    mutating func line(_ level: Int, _ line: String) {
        write(level, line)
        text += "\n"
    }

    /// Appends `part` at a level, without a newline.
    mutating func write(_ level: Int, _ part: String) {
        text += String(repeating: "  ", count: level + nesting)
        appendEscaped(part)
    }

    /// Ends a line that a ``write(_:_:)`` began.
    mutating func end(_ part: String = "") {
        if nesting > 0 { text += String(repeating: "  ", count: nesting) }
        appendEscaped(part)
        text += "\n"
    }

    /// The description with its columns aligned.
    func finish() -> String { TabWriter.align(text) }

    /// The description with tabs where columns would be.
    var unaligned: String { text }

    /// Makes the control characters visible that a terminal would obey (cli-runtime, WriteEscaped).
    private mutating func appendEscaped(_ part: String) {
        for scalar in part.unicodeScalars {
            switch scalar {
            case "\u{1B}": text += "^["
            case "\r": text += "\\r"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension DescriptionWriter {
    /// `Term 0:  zone in [a, b]`, further requirements beneath it.
    mutating func requirements(
        _ title: String, _ requirements: [Value], level: Int, operator fixed: String? = nil
    ) {
        write(level, "\(title):\t")
        guard !requirements.isEmpty else { return end("<none>") }
        for (index, requirement) in requirements.enumerated() {
            if index > 0 { write(level, "\t") }
            let comparison = fixed ?? requirement[.operator].cellText.lowercased()
            let values = requirement[.values].texts.joined(separator: ", ")
            line(
                0,
                "\(requirement[.key].cellText) \(comparison)"
                    + (values.isEmpty ? "" : " [\(values)]"))
        }
    }

    /// `CreationTimestamp:  Wed, 01 Jan 2025 …`.
    mutating func creation(_ object: Value) {
        line(0, "CreationTimestamp:\t\(longDate(object[.metadata][.creationTimestamp]))")
    }

    /// `Name:  web`, and the namespace if the kind has one.
    mutating func heading(_ object: Value, hasNamespace: Bool = true) {
        line(0, "Name:\t\(object.objectName)")
        if hasNamespace { line(0, "Namespace:\t\(object.objectNamespace)") }
    }

    /// Labels and annotations of an object.
    mutating func labelsAndAnnotations(_ object: Value) {
        labels("Labels", object[.metadata][.labels])
        annotations("Annotations", object[.metadata][.annotations])
    }

    /// `Title:  a=1`, further labels beneath it, in the order of their names.
    mutating func labels(_ title: String, _ labels: Value, indent: String = "") {
        multiline(
            title, labels.fields.sortedByName.map { "\($0.key.name)=\($0.value.cellText)" },
            indent: indent)
    }

    /// `Title:  first`, the others beneath it; `<none>` for nothing.
    mutating func multiline(_ title: String, _ items: [String], indent: String = "") {
        write(0, "\(indent)\(title):\t")
        guard !items.isEmpty else { return end("<none>") }
        for (index, item) in items.enumerated() {
            if index > 0 {
                write(0, indent)
                write(0, "\t")
            }
            write(0, item)
            text += "\n"
        }
    }

    /// Annotations without the one that `kubectl apply` keeps; long ones on lines of their own, cut
    /// at 138 characters.
    mutating func annotations(_ title: String, _ annotations: Value) {
        let limit = 140
        write(0, "\(title):\t")
        let shown = annotations.fields.sortedByName.filter {
            $0.key.name != "kubectl.kubernetes.io/last-applied-configuration"
        }
        guard !shown.isEmpty else { return end("<none>") }
        for (index, field) in shown.enumerated() {
            if index > 0 { write(0, "\t") }
            let name = field.key.name
            var value = field.value.cellText
            if value.hasSuffix("\n") { value.removeLast() }
            guard value.utf8.count + name.utf8.count + 2 > limit || value.contains("\n") else {
                line(0, "\(name): \(value)")
                continue
            }
            line(0, "\(name):")
            for part in value.split(separator: "\n", omittingEmptySubsequences: false) {
                line(0, "\t  \(shortened(String(part), limit - 2))")
            }
        }
    }

    /// `key=value:Effect op=Exists for 300s`, ordered by key.
    mutating func tolerations(_ title: String, _ tolerations: Value) {
        let ordered = tolerations.elements.sortedByText { $0[.key].cellText }
        let items = ordered.map { toleration in
            let key = toleration[.key].cellText
            let value = toleration[.value].cellText
            let effect = toleration[.effect].cellText
            var item = key
            if !value.isEmpty { item += "=\(value)" }
            if !effect.isEmpty { item += ":\(effect)" }
            if toleration[.operator].string == "Exists", value.isEmpty {
                item += key.isEmpty && effect.isEmpty ? "op=Exists" : " op=Exists"
            }
            if let seconds = toleration[.tolerationSeconds].int { item += " for \(seconds)s" }
            return item
        }
        multiline(title, items)
    }

    /// `Conditions:` with type, status and reason, as workloads show them.
    mutating func conditionReasons(_ conditions: Value) {
        guard !conditions.elements.isEmpty else { return }
        line(0, "Conditions:")
        line(1, "Type\tStatus\tReason")
        line(1, "----\t------\t------")
        for condition in conditions.elements {
            line(
                1,
                "\(condition[.type].cellText) \t\(condition[.status].cellText)\t"
                    + condition[.reason].cellText)
        }
    }
}

/// `text` cut after `limit` bytes and marked so.
func shortened(_ text: String, _ limit: Int) -> String {
    guard text.utf8.count > limit else { return text }
    return String(decoding: text.utf8.prefix(limit), as: UTF8.self) + "..."
}

/// Go's `%v` of a list of texts: `[a b]`.
func bracketed(_ list: Value) -> String {
    "[\(list.texts.joined(separator: " "))]"
}

extension Array {
    /// The elements by a text in Go's order; equal ones keep their order.
    func sortedByText(_ text: (Element) -> String) -> [Element] {
        enumerated().map { (text: text($0.element), offset: $0.offset, element: $0.element) }
            .sorted { $0.text == $1.text ? $0.offset < $1.offset : goLess($0.text, $1.text) }
            .map(\.element)
    }
}
