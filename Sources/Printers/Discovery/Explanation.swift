/// What `kubectl explain` prints about a kind or one of its fields. The facts and descriptions are
/// the caller's; this is the layout. Source: kubectl 1.36, explain/v2/templates/plaintext.tmpl.
package struct Explanation: Sendable {
    /// A field of what is explained.
    package struct Field: Sendable {
        package var name: String
        /// In OpenAPI words: `string`, `[]Container`, `map[string]string`.
        package var type: String
        package var isRequired: Bool
        /// The values that the field may have; empty for any.
        package var allowedValues: [String]
        /// Empty for none.
        package var description: String
        /// The fields beneath it, for `--recursive`.
        package var fields: [Field]

        package init(
            name: String, type: String, isRequired: Bool = false, allowedValues: [String] = [],
            description: String = "", fields: [Field] = []
        ) {
            self.name = name
            self.type = type
            self.isRequired = isRequired
            self.allowedValues = allowedValues
            self.description = description
            self.fields = fields
        }
    }

    /// "" for the core group.
    package var group: String
    package var kind: String
    package var version: String
    /// The explained field; nil for the kind itself.
    package var field: Field?
    /// What is said of the field, then of its type; or of the kind. Each begins a line.
    package var descriptions: [String]
    /// The fields of the kind, or of the type of the field, by name.
    package var fields: [Field]

    package init(
        group: String, kind: String, version: String, field: Field? = nil, descriptions: [String],
        fields: [Field]
    ) {
        self.group = group
        self.kind = kind
        self.version = version
        self.field = field
        self.descriptions = descriptions
        self.fields = fields
    }

    /// The output.
    ///
    /// - Parameter isRecursive: `--recursive`: names and types of all fields, without descriptions.
    package func text(isRecursive: Bool = false) -> String {
        var text = Self.header(group: group, kind: kind, version: version)
        if let field {
            text += "FIELD: \(field.name) <\(field.type)>\n"
            if !field.allowedValues.isEmpty {
                text += "ENUM:" + field.allowedValues.map { "\n    \(Self.shown($0))" }.joined()
            }
            text += "\n\n"
        }
        text += "DESCRIPTION:\n"
        let paragraphs = descriptions.filter { !$0.isEmpty }
        for paragraph in paragraphs.isEmpty ? ["<empty>"] : paragraphs {
            text += Self.paragraph(paragraph, width: 76, indent: 4)
        }
        // kubectl indents the empty line behind the last paragraph.
        if !paragraphs.isEmpty { text += "    \n" }
        if !fields.isEmpty {
            text += "FIELDS:\n"
            for field in fields { text += Self.text(of: field, level: 1, isRecursive) }
        }
        return text + "\n"
    }

    /// The lines about the kind, which kubectl prints even where it then finds that the field does not
    /// exist (`error: field "x" does not exist`).
    package static func header(group: String, kind: String, version: String) -> String {
        (group.isEmpty ? "" : "GROUP:      \(group)\n")
            + "KIND:       \(kind)\nVERSION:    \(version)\n\n"
    }

    private static func text(of field: Field, level: Int, _ isRecursive: Bool) -> String {
        let blanks = String(repeating: " ", count: level * 2)
        var text = "\(blanks)\(field.name)\t<\(field.type)>"
        if field.isRequired { text += " -required-" }
        if !field.allowedValues.isEmpty {
            let limit = 4
            text += "\n\(blanks)enum: "
            text += field.allowedValues.prefix(limit).map(shown).joined(separator: ", ")
            if field.allowedValues.count > limit { text += ", ...." }
        }
        text += "\n"
        guard !isRecursive else {
            return text + field.fields.map { self.text(of: $0, level: level + 1, true) }.joined()
        }
        let description = field.description.isEmpty ? "<no description>" : field.description
        return text
            + paragraph(description, width: 78 - level * 2, indent: level * 2 + 2) + "\n"
    }

    private static func shown(_ value: String) -> String { value.isEmpty ? "\"\"" : value }

    /// The lines of `text`, wrapped at `width` and indented.
    private static func paragraph(_ text: String, width: Int, indent: Int) -> String {
        let blanks = String(repeating: " ", count: indent)
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .flatMap { wrapped(String($0), width: width) }
            .map { "\(blanks)\($0)\n" }.joined()
    }

    /// Lines of at most `width` characters, broken between words; a longer word has its own line.
    static func wrapped(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if lines.isEmpty, line.isEmpty {
                line = String(word)
            } else if line.unicodeScalars.count + 1 + word.unicodeScalars.count <= width {
                line += " \(word)"
            } else {
                lines.append(line)
                line = String(word)
            }
        }
        return lines + [line]
    }
}
