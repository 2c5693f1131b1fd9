import Support
import Value

// What webhooks and policies say of the requests that they are about.
// Origin: pkg/apis/admissionregistration/validation/validation.go.
extension Validator {
    private static let operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"]

    /// validateRuleWithOperations.
    mutating func operationRule(_ rule: Value, _ path: ErrorPath) {
        let operations = rule.list("operations")
        wildcards(
            operations, "operations", path, "if '*' is present, must not specify other operations")
        for (index, operation) in operations.enumerated()
        where !Self.operations.contains(operation.string ?? "") {
            add(.notSupported(path.child("operations")[index], operation, Self.operations))
        }
        let groups = rule.list("apiGroups")
        wildcards(groups, "apiGroups", path, "if '*' is present, must not specify other API groups")
        let versions = rule.list("apiVersions")
        wildcards(
            versions, "apiVersions", path, "if '*' is present, must not specify other API versions")
        for (index, version) in versions.enumerated() where version == "" {
            add(.required(path.child("apiVersions")[index]))
        }
        ruleResources(rule.list(.resources), path.child("resources"))
        optionalOneOf(rule["scope"], ["*", "Cluster", "Namespaced"], path.child("scope"))
    }

    /// A list that is not empty and has nothing beside `*`.
    private mutating func wildcards(
        _ list: [Value], _ field: String, _ path: ErrorPath, _ message: String
    ) {
        if list.isEmpty { add(.required(path.child(field))) }
        if list.count > 1, list.contains("*") {
            add(
                .invalid(
                    path.child(field), json: JSON.text(.array(list), style: .canonical), message))
        }
    }

    /// validateResources.
    private mutating func ruleResources(_ resources: [Value], _ path: ErrorPath) {
        if resources.isEmpty { add(.required(path)) }
        let texts = resources.map { $0.string ?? "" }
        var (wholes, subs): (Set<String>, Set<String>) = ([], [])
        var hasPlain = false
        for (index, text) in texts.enumerated() {
            if text.isEmpty {
                add(.required(path[index]))
                continue
            }
            let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                hasPlain = text != "*"
                continue
            }
            if wholes.contains(parts[0]) {
                add(
                    .invalid(
                        path[index], Value(text),
                        "if '\(parts[0])/*' is present, must not specify \(text)"))
            }
            if subs.contains(parts[1]) {
                add(
                    .invalid(
                        path[index], Value(text),
                        "if '*/\(parts[1])' is present, must not specify \(text)"))
            }
            if parts[1] == "*" { wholes.insert(parts[0]) }
            if parts[0] == "*" { subs.insert(parts[1]) }
        }
        let shown = JSON.text(.array(resources), style: .canonical)
        if texts.count > 1, texts.contains("*/*") {
            add(
                .invalid(
                    path, json: shown, "if '*/*' is present, must not specify other resources"))
        }
        if texts.contains("*"), hasPlain {
            add(
                .invalid(
                    path, json: shown,
                    "if '*' is present, must not specify other resources without subresources"))
        }
    }

    /// validateMatchConditions.
    mutating func matchConditions(_ conditions: [Value], _ path: ErrorPath) {
        if conditions.count > 64 {
            add(
                FieldError(
                    path: path.text, reason: .tooMany, shown: String(conditions.count),
                    detail: "must have at most 64 items"))
        }
        var names: Set<String> = []
        for (index, condition) in conditions.enumerated() {
            let place = path[index]
            let text = condition.text("expression")
            if isBlank(text) {
                add(.required(place.child("expression")))
            } else {
                expression(Self.trimmed(text), .matchCondition, place.child("expression"))
            }
            let name = condition.text(.name)
            if name.isEmpty {
                add(.required(place.child("name")))
                continue
            }
            messages(NameRules.qualifiedName(name), name, place.child("name"))
            if !names.insert(name).inserted {
                add(.duplicate(place.child("name"), Value(name)))
            }
        }
    }

    /// validateMatchResources.
    mutating func matchResources(_ match: Value, _ path: ErrorPath) {
        if match.isNull { return }
        oneOf(match["matchPolicy"], ["Equivalent", "Exact"], path.child("matchPolicy"))
        for key in [Key.namespaceSelector, "objectSelector"] {
            if match[key].isNull {
                add(.required(path.child(key)))
            } else {
                labelSelector(match[key], path.child(key))
            }
        }
        for field in ["resourceRules", "excludeResourceRules"] {
            for (index, rule) in match.list(Key(field)).enumerated() {
                let place = path.child(field)[index]
                var names: Set<String> = []
                for (number, name) in rule.list("resourceNames").enumerated() {
                    let spot = place.child("resourceNames")[number]
                    messages(NameRules.pathSegment(name.string ?? ""), name.string ?? "", spot)
                    if !names.insert(name.string ?? "").inserted { add(.duplicate(spot, name)) }
                }
                operationRule(rule, place)
            }
        }
    }

    /// Without white space at both ends.
    static func trimmed(_ text: String) -> String {
        var part = text[...]
        while part.last?.isWhitespace == true { part.removeLast() }
        return String(part.drop(while: \.isWhitespace))
    }

    func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}
