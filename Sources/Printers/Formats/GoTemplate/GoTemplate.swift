import Value

/// A Go template as kubectl takes it with `-o go-template=…` (Go's `text/template` with kubectl's
/// functions `exists` and `base64decode`).
package struct GoTemplate: Sendable {
    /// The template as written.
    package let text: String
    private let allowsMissingKeys: Bool
    private let statements: [GoStatement]
    private let definitions: [String: [GoStatement]]

    /// Parses a template.
    /// - Parameter allowsMissingKeys: whether an absent field is `<no value>` instead of an error
    ///   (`--allow-missing-template-keys`).
    package init(_ text: String, allowsMissingKeys: Bool = true) throws(FormatError) {
        self.text = text
        self.allowsMissingKeys = allowsMissingKeys
        do throws(GoParseError) {
            var parser = try GoTemplateParser(text)
            statements = try parser.parse()
            definitions = parser.definitions
        } catch {
            throw FormatError("error parsing template \(text), \(error.text)\n")
        }
    }

    /// The output for an object. A failure carries what was written before it and the debugging aid
    /// that kubectl adds.
    package func output(for value: Value) throws(FormatError) -> String {
        var evaluator = GoTemplateEvaluator(
            text: text, definitions: definitions, allowsMissingKeys: allowsMissingKeys)
        do throws(GoExecutionError) {
            try evaluator.run(statements, value)
        } catch {
            throw FormatError(
                "error executing template \(GoSyntax.quoted(text)): \(error.message)",
                output: evaluator.output + "Error executing template: \(error.message). "
                    + "Printing more information for debugging the template:\n"
                    + "\ttemplate was:\n\t\t\(text)\n"
                    + "\traw data was:\n\t\t\(JSON.text(value, style: .go))\n"
                    + "\tobject given to template engine was:\n\t\t\(GoSyntax.plain(value))\n\n")
        }
        return evaluator.output
    }
}

/// Why a template stopped; the words are Go's, with the place.
struct GoExecutionError: Error {
    let message: String
}

/// A value on its way through a template.
struct GoItem {
    /// Nothing at all (an absent field) is not the same as null.
    var value: Value?
    /// The type that Go gives it where it is a whole number: `int` for constants and counts.
    var integerType = "int64"
    /// Whether Go knows its type; what is read out of a map or list is an interface to it.
    var isTyped = false

    static let nothing = GoItem(value: .none)

    static func constant(_ value: Value) -> GoItem {
        GoItem(value: value, integerType: "int", isTyped: true)
    }

    static func text(_ text: String) -> GoItem { GoItem(value: Value(text), isTyped: true) }

    var typeName: String {
        GoSyntax.typeName(value ?? .null, integer: integerType)
    }

    /// Whether it counts as true: not absent, null, false, zero or empty.
    var isTrue: Bool {
        switch value {
        case .none, .some(.null): false
        case .some(.bool(let flag)): flag
        case .some(.int(let number)): number != 0
        case .some(.double(let number)): number != 0
        case .some(.text(let text)): !text.string.isEmpty
        case .some(.array(let values)): !values.isEmpty
        case .some(.object(let object)): !object.isEmpty
        case .some(.opaque): true
        }
    }

    /// As an action prints it.
    var printed: String {
        guard let value, !value.isNull else { return "<no value>" }
        return GoSyntax.plain(value)
    }
}
