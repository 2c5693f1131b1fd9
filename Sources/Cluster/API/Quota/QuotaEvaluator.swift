import Model
import Support
import Value

/// How ResourceQuotas count the objects of one kind.
///
/// Source: the evaluators of pkg/quota/v1/evaluator/core.
struct QuotaEvaluator: Sendable {
    /// Whether an object uses more than its `count/…`.
    var counts: @Sendable (Value) -> Bool = { _ in true }
    /// What an object uses beside `count/…`, which every one uses once.
    var usage: @Sendable (Value, inout ResourceList) -> Void
    /// Whether an object is in a scope; nil where a quota with scopes counts none.
    var isInScope: (@Sendable (QuotaScope, Value) -> Bool)?
    /// Whether an object's new version may use less than the old one, or count in other quotas.
    var frees: @Sendable (_ old: Value, _ new: Value) -> Bool = { _, _ in false }
    /// What an object must name before a quota on `hard` admits it; upstream's Constraints.
    var missing: @Sendable (_ hard: [String], Value) -> [String] = { _, _ in [] }

    /// Every object counts, and uses what `usage` adds.
    init(_ usage: @escaping @Sendable (Value, inout ResourceList) -> Void) { self.usage = usage }

    /// By `count/…` alone.
    static let counted = QuotaEvaluator { _, _ in }

    /// Also by the plain name of the resource.
    static func named(_ plural: String) -> QuotaEvaluator {
        QuotaEvaluator { _, usage in usage[Key(plural)] = Quantity(Int64(1)) }
    }

    /// The usage of `object`, whose kind is `info`.
    func usage(of object: Value, _ info: KindDescriptor) -> ResourceList {
        var result = ResourceList()
        result[Key("count/\(info.qualifiedPlural)")] = Quantity(Int64(1))
        if counts(object) { usage(object, &result) }
        return result
    }

    /// Whether `quota` counts `object`: a quota with scopes counts only what is in all of them.
    func isCounted(_ object: Value, by quota: Value) -> Bool {
        let scopes = QuotaScope.all(of: quota[.spec])
        if scopes.isEmpty { return true }
        guard let isInScope else { return false }
        return scopes.allSatisfy { isInScope($0, object) }
    }
}

/// One scope of a quota, or one expression of its scope selector.
struct QuotaScope {
    let name: String
    /// "In", "NotIn", "Exists" or "DoesNotExist".
    let `operator`: String
    let values: [String]

    /// Whether an object with these names of classes is in the scope, that of one name by an expression
    /// on it; an object without names is like one whose label is missing.
    func admits(_ names: [String]) -> Bool {
        switch self.operator {
        case "In": names.contains(where: values.contains)
        case "NotIn": names.isEmpty || names.contains { !values.contains($0) }
        case "DoesNotExist": names.isEmpty
        default: !names.isEmpty
        }
    }

    static func all(of spec: Value) -> [QuotaScope] {
        spec[.scopes].elements.map {
            QuotaScope(name: $0.string ?? "", operator: "Exists", values: [])
        }
            + spec[.scopeSelector][.matchExpressions].elements.map {
                QuotaScope(
                    name: $0.text(.scopeName), operator: $0.text(.operator),
                    values: $0[.values].elements.compactMap(\.string))
            }
    }
}
