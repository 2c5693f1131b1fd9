import Support
import Value

/// A selector by fields, as `--field-selector` takes it: `status.phase!=Running,spec.nodeName=a`.
package struct FieldSelector: Hashable, Sendable {
    /// One comparison of a field's text.
    package struct Requirement: Hashable, Sendable {
        package let field: String
        package let isEqual: Bool
        package let value: String
    }

    package let requirements: [Requirement]

    /// Selects every object.
    package static let everything = FieldSelector(requirements: [])

    /// A selector of these requirements.
    package init(requirements: [Requirement]) { self.requirements = requirements }

    /// Reads the string form; a backslash keeps a comma, an equals sign or a backslash.
    ///
    /// Source of grammar and words: apimachinery, pkg/fields.
    package init(parsing text: String) throws(SelectorError) {
        var requirements: [Requirement] = []
        for term in Self.split(text).sorted() where !term.isEmpty {
            guard let requirement = Self.requirement(term) else {
                throw SelectorError(
                    "invalid selector: '\(text)'; can't understand '\(term)'")
            }
            requirements.append(requirement)
        }
        self.requirements = requirements
    }

    /// The string form, values escaped.
    package var text: String {
        requirements.map {
            $0.field + ($0.isEqual ? "=" : "!=") + Self.escape($0.value)
        }.joined(separator: ",")
    }

    private static func split(_ text: String) -> [String] {
        var terms = [""]
        var isEscaped = false
        for character in text {
            if character == ",", !isEscaped {
                terms.append("")
            } else {
                terms[terms.count - 1].append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return terms
    }

    private static func requirement(_ term: String) -> Requirement? {
        guard let sign = term.firstIndex(of: "=") else { return nil }
        var field = term[..<sign]
        var value = term[term.index(after: sign)...]
        let isEqual = field.last != "!"
        if isEqual {
            if value.first == "=" { value = value.dropFirst() }
        } else {
            field = field.dropLast()
        }
        guard let plain = unescape(value) else { return nil }
        return Requirement(field: String(field), isEqual: isEqual, value: plain)
    }

    /// The text without its escapes; nil where an escape or an equals sign is out of place.
    private static func unescape(_ text: Substring) -> String? {
        var result = ""
        var isEscaped = false
        for character in text {
            if isEscaped {
                guard character == "\\" || character == "," || character == "=" else { return nil }
                result.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "=" {
                return nil
            } else {
                result.append(character)
            }
        }
        return isEscaped ? nil : result
    }

    private static func escape(_ text: String) -> String {
        var result = ""
        for character in text {
            if character == "\\" || character == "," || character == "=" { result += "\\" }
            result.append(character)
        }
        return result
    }
}
