import Model
import Support
import Value

/// Decides whether a policy or binding is for a request.
///
/// Source: apiserver, plugin/policy/matching and plugin/webhook/predicates.
struct PolicyMatching {
    let request: PolicyRequest

    /// The kind whose rules the request falls under; nil where it falls under none.
    func match(_ match: Value) -> KindDescriptor? {
        guard matchesNamespace(match[.namespaceSelector]), matchesObject(match["objectSelector"])
        else { return nil }
        let isExact = match["matchPolicy"].string == "Exact"
        if find(match.list("excludeResourceRules"), isExact: isExact) != nil { return nil }
        let rules = match.list("resourceRules")
        return rules.isEmpty ? request.info : find(rules, isExact: isExact)
    }

    private func find(_ rules: [Value], isExact: Bool) -> KindDescriptor? {
        if rules.contains(where: { covers($0, request.info) }) { return request.info }
        if isExact { return nil }
        let kinds = request.server.kinds
        let others = kinds.everyVersion.filter {
            $0.storedKind == request.info.storedKind && $0.kind != request.info.kind
                && kinds.serves($0.kind)
        }
        for rule in rules {
            if let other = others.first(where: { covers(rule, $0) }) { return other }
        }
        return nil
    }

    private func covers(_ rule: Value, _ info: KindDescriptor) -> Bool {
        func has(_ key: Key, _ word: String) -> Bool {
            rule[key].elements.contains { $0.string == "*" || $0.string == word }
        }
        let isOfCluster = !info.isNamespaced
        switch rule["scope"].string {
        case "Namespaced" where isOfCluster, "Cluster" where !isOfCluster: return false
        default: break
        }
        let names = rule["resourceNames"].elements
        return has("operations", request.operation.rawValue) && has("apiGroups", info.group)
            && has("apiVersions", info.version)
            && rule[.resources].elements.contains { isResource($0.string ?? "", info) }
            && (names.isEmpty || names.contains { $0.string == request.name })
    }

    private func isResource(_ text: String, _ info: KindDescriptor) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let part = parts.count > 1 ? parts[1] : ""
        return (parts[0] == "*" || parts[0] == info.plural)
            && (part == "*" || part == request.subresource)
    }

    /// Objects of the cluster are in no namespace that could be left out; a namespace counts by its own
    /// labels.
    private func matchesNamespace(_ selector: Value) -> Bool {
        let selector = LabelSelector(selector)
        if selector.isEverything { return true }
        if request.info.kind == .namespace {
            let namespace = request.object.isNull ? request.old : request.object
            return selector.matches(namespace[.metadata][.labels].fields)
        }
        guard !request.key.namespace.isEmpty else { return true }
        let namespace = request.server.find(.namespace, name: request.key.namespace)
        return selector.matches(namespace?.value[.metadata][.labels].fields ?? Object())
    }

    private func matchesObject(_ selector: Value) -> Bool {
        let selector = LabelSelector(selector)
        if selector.isEverything { return true }
        return [request.object, request.old].contains {
            !$0.isNull && selector.matches($0[.metadata][.labels].fields)
        }
    }
}
