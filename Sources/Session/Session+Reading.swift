import Cluster
import Language
import Model
import Support
import Value

extension Session {
    /// The namespace a query asks in; nil for all.
    func namespace(of query: ResourceQuery) -> String? {
        guard query.kind.isNamespaced else { return "" }
        switch query.namespace {
        case .current: return namespace
        case .named(let name): return name
        case .all: return nil
        }
    }

    package func read(_ query: ResourceQuery) throws -> Reading {
        let kind = Kind(id: UInt16(query.kind.id))
        let state = cluster.state
        if let name = query.name {
            guard case let namespace? = namespace(of: query) else {
                throw HostError(
                    "`\(query.text)` names one object in all namespaces",
                    hint: "write the namespace after @, or a list: \(query.writtenKind)@*[]")
            }
            if let object = state.get(kind, namespace: namespace, name: name) {
                return .object(amounts.value(of: object))
            }
            let names = state.list(kind, namespace: namespace).map(\.name)
            return .absent(nearest: nearestName(to: name, among: names))
        }
        let selector = LabelSelector(query.requirements.map(Self.requirement))
        let namespace = query.kind.isNamespaced ? namespace(of: query) : nil
        let found = state.list(kind, namespace: namespace) {
            selector.isEverything || selector.matches($0.value[.metadata][.labels].fields)
        }
        return .list(found.map { amounts.value(of: $0) })
    }

    static func requirement(_ requirement: LabelRequirement) -> LabelSelector.Requirement {
        let relation: LabelSelector.Operator =
            switch requirement.relation {
            case .equal: .equals
            case .notEqual: .notEquals
            case .oneOf: .isIn
            case .noneOf: .notIn
            case .exists: .exists
            case .absent: .doesNotExist
            }
        return LabelSelector.Requirement(
            key: Key(requirement.key), operator: relation, values: requirement.values)
    }

    /// "no pod has app=wbe; app is web (3), db (1)".
    package func whyEmpty(_ query: ResourceQuery) -> String? {
        let kind = Kind(id: UInt16(query.kind.id))
        let all = cluster.state.list(
            kind, namespace: query.kind.isNamespaced ? namespace(of: query) : nil)
        if all.isEmpty {
            return query.kind.isNamespaced
                ? "there are no \(query.kind.resource) in namespace \(namespace(of: query) ?? "*")"
                : "there are no \(query.kind.resource)"
        }
        for requirement in query.requirements {
            let matches = Self.requirement(requirement)
            let key = Key(requirement.key)
            if all.contains(where: { matches.matches($0.value[.metadata][.labels][key].string) }) {
                continue
            }
            var counts: [(value: String, count: Int)] = []
            for object in all {
                guard let value = object.value[.metadata][.labels][key].string else { continue }
                if let index = counts.firstIndex(where: { $0.value == value }) {
                    counts[index].count += 1
                } else {
                    counts.append((value, 1))
                }
            }
            let shown = counts.prefix(5).map { "\($0.value) (\($0.count))" }.joined(separator: ", ")
            let rest =
                counts.isEmpty
                ? "none of the \(all.count) \(query.kind.resource) has the label \(requirement.key)"
                : "\(requirement.key) is \(shown)"
            return "no \(query.kind.resource) with \(requirement.text); \(rest)"
        }
        return nil
    }
}
