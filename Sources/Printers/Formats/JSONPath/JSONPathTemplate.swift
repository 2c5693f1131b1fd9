import Support
import Value

/// A JSONPath template as kubectl takes it with `-o jsonpath=…` (client-go `util/jsonpath`):
/// `{.items[*].metadata.name}`, `{range .items[*]}{.kind}{"\n"}{end}`.
package struct JSONPathTemplate: Equatable, Sendable {
    /// The template as written.
    package let text: String
    private let nodes: [JSONPathNode]
    private let allowsMissingKeys: Bool

    /// Parses a template.
    /// - Parameter allowsMissingKeys: whether an absent field finds nothing instead of failing
    ///   (`--allow-missing-template-keys`).
    package init(_ text: String, allowsMissingKeys: Bool = true) throws(FormatError) {
        self.text = text
        self.allowsMissingKeys = allowsMissingKeys
        do {
            nodes = try JSONPathParser.parse(text)
        } catch {
            throw FormatError("error parsing jsonpath \(text), \(error.message)\n")
        }
    }

    /// A template that was parsed elsewhere; absent fields find nothing.
    init(_ text: String, nodes: [JSONPathNode]) {
        self.text = text
        self.nodes = nodes
        allowsMissingKeys = true
    }

    /// What each part of the template finds in `value`, in order.
    func results(in value: Value) throws(JSONPathError) -> [[Value]] {
        var evaluator = JSONPathEvaluator(nodes: nodes, allowsMissingKeys: allowsMissingKeys)
        return try evaluator.results(in: value, from: 0)
    }

    /// What each part of the template finds in `value`, in order; a failing template is an error with
    /// its reason.
    package func found(in value: Value) throws(FormatError) -> [[Value]] {
        do {
            return try results(in: value)
        } catch {
            throw FormatError(error.message)
        }
    }

    /// The first value that the template finds; nil where it finds none or fails.
    package func firstValue(in value: Value) -> Value? {
        (try? results(in: value))?.first?.first
    }

    /// The output of `-o jsonpath` and, with `asJSON`, of `-o jsonpath-as-json`. No newline is
    /// added to the former.
    package func output(for value: Value, asJSON: Bool = false) throws(FormatError) -> String {
        let results: [[Value]]
        do {
            results = try self.results(in: value)
        } catch {
            throw FormatError(
                "error executing jsonpath \(GoSyntax.quoted(text)): "
                    + "Error executing template: \(error.message). "
                    + "Printing more information for debugging the template:\n"
                    + "\ttemplate was:\n\t\t\(text)\n"
                    + "\tobject given to jsonpath engine was:\n\t\t\(GoSyntax.literal(value))\n\n\n"
            )
        }
        if asJSON {
            return results.map { JSON.text(.array($0), style: .kubectl) + "\n" }.joined()
        }
        return results.map { $0.map(Self.text).joined(separator: " ") }.joined()
    }

    /// Containers and null as JSON, everything else bare.
    private static func text(_ value: Value) -> String {
        switch value {
        case .array, .object: JSON.text(value, style: .go)
        default: value.scalarText ?? ""
        }
    }

    /// The template for an expression as `--sort-by` and custom columns take it: braces and the
    /// leading point may be missing.
    package static func relaxed(_ expression: String) throws(FormatError) -> String {
        if expression.isEmpty { return expression }
        var path = expression[...]
        if path.hasPrefix("{"), path.hasSuffix("}") { path = path.dropFirst().dropLast() }
        if path.hasPrefix(".") { path = path.dropFirst() }
        guard !path.isEmpty, !path.contains("{"), !path.contains("}") else {
            throw FormatError(
                "unexpected path string, expected a 'name1.name2' or '.name1.name2' or "
                    + "'{name1.name2}' or '{.name1.name2}'")
        }
        return "{.\(path)}"
    }
}
