import Model
import Support
import Value

/// What the schema of one version of a custom resource does with its objects: the whole of it, in the
/// order of upstream's strategy (apiextensions `registry/customresource`).
package final class CustomResourceSchema: Sendable {
    private let root: SchemaNode
    private let rules: SchemaRuleTree?

    /// - Parameter schema: `openAPIV3Schema` of a version.
    package init(_ schema: Value) {
        root = SchemaNode(schema)
        rules = SchemaRuleTree(root)
    }

    /// Fills in the defaults.
    package func fillDefaults(_ object: inout Value) { root.fillDefaults(&object) }

    /// Takes out what the schema does not have, and says what it was.
    package func prune(_ object: inout Value) -> [String] { root.prune(&object) }

    /// All that is wrong with an object; of a change, what is wrong with what changed.
    package func validate(_ object: Value, old: Value?) -> [FieldError] {
        let result = root.validate(object, old: old, .root)
        var errors = result.errors.map(\.error)
        errors += root.checkEmbedded(object, .root)
        if old.map({ root.checkListTypes($0, .root).isEmpty }) ?? true {
            errors += root.checkListTypes(object, .root)
        }
        guard let rules else { return errors }
        if blocksRules(result) || errors.contains(where: { Self.blocking.contains($0.reason) }) {
            errors.append(
                FieldError(
                    path: "", reason: .invalid, shown: "null",
                    detail:
                        "some validation rules were not checked because the object was invalid; "
                        + "correct the existing errors to complete validation"))
            return errors
        }
        var run = SchemaRuleRun()
        rules.check(object, old: old, .root, &run)
        return errors + run.errors
    }

    private static let blocking: Set<FieldError.Reason> = [
        .notSupported, .required, .tooLong, .tooMany,
    ]

    private func blocksRules(_ result: SchemaResult) -> Bool {
        result.errors.contains { $0.isAboutType }
    }

    /// All that is wrong with a new status, whose paths begin there.
    package func validateStatus(_ object: Value, old: Value) -> [FieldError] {
        validate(object, old: old)
    }

    /// What is wrong with a schema beside its types, and with its rules: what its definition is refused
    /// for. Rules are looked at where all else is right.
    ///
    /// - Parameter path: the place of the schema in the definition.
    package static func problems(of schema: Value, at path: String) -> [FieldError] {
        var check = SchemaDefinitionCheck()
        check.check(schema, path)
        guard check.errors.isEmpty else { return check.errors }
        guard let tree = SchemaRuleTree(SchemaNode(schema)) else { return [] }
        var problems = SchemaRuleProblems()
        tree.collectProblems(path, isTransition: true, times: 1, &problems)
        return problems.all(path)
    }
}
