import CEL
import Model
import Support
import Value

/// The compiled rules of a schema, as a tree like the schema's own that holds only what has rules
/// (apiextensions `schema/cel.Validator`).
final class SchemaRuleTree: Sendable {
    let node: SchemaNode
    let shape: CELShape
    /// How many bytes of JSON a value has at least.
    let leastSize: UInt64
    let rules: [CompiledRule]
    private let properties: [Key: SchemaRuleTree]
    private let additional: SchemaRuleTree?
    private let items: SchemaRuleTree?
    private let allOf: [SchemaRuleTree]

    /// Nil where no rule stands here or below, or where values are not visible to expressions.
    convenience init?(_ root: SchemaNode) {
        guard Self.hasRules(root) else { return nil }
        self.init(root, from: root, isResource: true, "selfType")
    }

    private static func hasRules(_ node: SchemaNode) -> Bool {
        var below = node.properties.map(\.node) + [node.items].compactMap(\.self) + node.allOf
        if case .schema(let inner) = node.additional { below.append(inner) }
        return !node.rules.isEmpty || below.contains { hasRules($0) }
    }

    /// - Parameter source: where the rules stand: the schema itself, or one that all values must match
    ///   beside it.
    private init?(
        _ node: SchemaNode, from source: SchemaNode, isResource: Bool, _ name: String
    ) {
        guard let sized = node.sized(isResource: isResource, name) else { return nil }
        let shape = sized.shape
        self.node = node
        self.shape = shape
        leastSize = sized.least
        rules = source.rules.map { CompiledRule($0, shape) }
        var properties: [Key: SchemaRuleTree] = [:]
        for property in source.properties {
            guard Self.hasRules(property.node), let inner = node[property.key] else { continue }
            properties[property.key] = SchemaRuleTree(
                inner, from: property.node, isResource: inner.isEmbedded,
                "\(name).\(property.name)")
        }
        self.properties = properties
        if case .schema(let inner) = node.additional, case .schema(let from) = source.additional,
            Self.hasRules(from)
        {
            additional = SchemaRuleTree(
                inner, from: from, isResource: inner.isEmbedded, "\(name).@elem")
        } else {
            additional = nil
        }
        if let inner = node.items, let from = source.items, Self.hasRules(from) {
            items = SchemaRuleTree(inner, from: from, isResource: inner.isEmbedded, "\(name).@idx")
        } else {
            items = nil
        }
        allOf = source.allOf.filter { Self.hasRules($0) }.compactMap {
            SchemaRuleTree(node, from: $0, isResource: isResource, name)
        }
    }

    /// The trees of properties, by name.
    var propertyTrees: [(name: String, tree: SchemaRuleTree)] {
        properties.map { ($0.key.name, $0.value) }.sorted { $0.0 < $1.0 }
    }

    var additionalTree: SchemaRuleTree? { additional }

    var itemsTree: SchemaRuleTree? { items }

    /// Runs all rules on a value and what is inside it.
    func check(
        _ value: Value, old: Value?, _ path: SchemaPath, _ run: inout SchemaRuleRun
    ) {
        if value.isNull || run.isOver { return }
        for rule in rules where !run.isOver { run.check(rule, value, old, self, path) }
        for tree in allOf { tree.check(value, old: old, path, &run) }
        switch value {
        case .array(let values):
            guard let items else { return }
            let before = node.oldElements(old)
            for (index, element) in values.enumerated() {
                var known: Value?
                if !before.isEmpty { known = before[node.elementKey(element)] }
                items.check(element, old: known, path[index], &run)
            }
        case .object(let object):
            for field in object.sortedByName {
                var known: Value?
                if let old, old.fields.contains(field.key) { known = old[field.key] }
                if node[field.key] != nil {
                    properties[field.key]?.check(
                        field.value, old: known, path.child(field.key.name), &run)
                } else {
                    additional?.check(field.value, old: known, path.key(field.key.name), &run)
                }
            }
        case .null, .bool, .int, .double, .text, .opaque: break
        }
    }
}

/// One run of all rules on one object, within its budget.
struct SchemaRuleRun {
    private(set) var errors: [FieldError] = []
    private var budget = CELLimits.costPerObject
    private(set) var isOver = false

    private mutating func add(_ path: SchemaPath, _ tree: SchemaRuleTree, _ detail: String) {
        errors.append(
            FieldError(
                path: path.text, reason: .invalid, shown: GoSyntax.short(Value(tree.node.type)),
                detail: detail))
    }

    private mutating func spend(_ cost: UInt64) -> Bool {
        if cost > budget { isOver = true } else { budget -= cost }
        return !isOver
    }

    mutating func check(
        _ compiled: CompiledRule, _ value: Value, _ old: Value?, _ tree: SchemaRuleTree,
        _ path: SchemaPath
    ) {
        let rule = compiled.rule
        guard let program = compiled.program else {
            add(path, tree, "rule compile error: \(compiled.problem)")
            return
        }
        let isOptional = rule.optionalOldSelf == true
        if compiled.usesOld, old == nil, !isOptional { return }
        let variables = [tree.shape.read(value), Self.old(old, tree.shape, isOptional)]
        let (result, cost) = program.evaluate(variables)
        guard spend(cost) else {
            add(
                path, tree,
                "validation failed due to running out of cost budget, no further validation rules "
                    + "will be run")
            return
        }
        if let fault = result.fault {
            addFault(fault, rule, tree, path)
            return
        }
        if result.bool == true { return }
        // What did not change is not refused, unless the rule is about changes.
        if !compiled.usesOld, let old, old == value { return }
        let detail = message(compiled, variables) ?? rule.defaultMessage
        let place = SchemaRulePath.place(rule.fieldPath, below: path)
        let isCompound = tree.node.type == "object" || tree.node.type == "array"
        let shown = isCompound ? nil : GoSyntax.short(value)
        errors.append(Self.error(rule.reason, place, shown, detail))
    }

    private static func old(_ old: Value?, _ shape: CELShape, _ isOptional: Bool) -> CELValue {
        guard isOptional else { return old.map { shape.read($0) } ?? .null }
        return .optionalValue(old.map { shape.read($0) })
    }

    private mutating func addFault(
        _ fault: CELFault, _ rule: SchemaRule, _ tree: SchemaRuleTree, _ path: SchemaPath
    ) {
        let name = rule.message.trimmed.isEmpty ? rule.rule.trimmed : rule.message.trimmed
        switch fault {
        case .noSuchOverload:
            add(
                path, tree,
                "'no such overload': call arguments did not match a supported operator, function or "
                    + "macro signature for rule: \(name)")
        case .costExceeded:
            add(
                path, tree,
                "'\(fault.message)': no further validation rules will be run due to call cost "
                    + "exceeds limit for rule: \(name)")
            isOver = true
        case .noSuchKey, .failed: add(path, tree, "\(fault.message) evaluating rule: \(name)")
        }
    }

    /// What the message's own expression says; nil where there is none or it fails.
    private mutating func message(
        _ compiled: CompiledRule, _ variables: [CELValue]
    ) -> String? {
        guard let program = compiled.message else { return nil }
        let (result, cost) = program.evaluate(variables)
        guard spend(cost), let text = result.string?.trimmed, !text.isEmpty,
            text.utf8.count <= 5120, !text.contains(where: \.isNewline)
        else { return nil }
        return text
    }

    private static func error(
        _ reason: String, _ path: SchemaPath, _ shown: String?, _ detail: String
    ) -> FieldError {
        switch reason {
        case "FieldValueForbidden":
            FieldError(path: path.text, reason: .forbidden, detail: detail)
        case "FieldValueRequired": FieldError(path: path.text, reason: .required, detail: detail)
        case "FieldValueDuplicate":
            FieldError(path: path.text, reason: .duplicate, shown: shown)
        default: FieldError(path: path.text, reason: .invalid, shown: shown, detail: detail)
        }
    }
}

/// The field that a rule speaks of: `.spec.ports['http']`.
enum SchemaRulePath {
    static func place(_ text: String, below path: SchemaPath) -> SchemaPath {
        var place = path
        var rest = text.trimmed[...]
        while let first = rest.first {
            rest = rest.dropFirst()
            if first == "." {
                let name = rest.prefix { $0 != "." && $0 != "[" }
                place = place.child(String(name))
                rest = rest.dropFirst(name.count)
            } else if first == "[" {
                let name = rest.prefix { $0 != "]" }
                place = place.key(name.filter { $0 != "'" })
                rest = rest.dropFirst(name.count + 1)
            } else {
                return path
            }
        }
        return place
    }
}
