import Cluster
import Language
import Model
import Value

/// The labels that anything ever had in a world, templates included.
struct KnownLabels {
    private var values: [String: Set<String>] = [:]
    /// The last write that was looked at.
    private var cursor = 0
    /// Whether writes were forgotten before anyone looked at them.
    private var hasGaps = false

    /// Looks at the writes since the last time.
    mutating func catchUp(with cluster: SimulatedCluster) {
        let log = cluster.log
        if log.start > cursor { hasGaps = true }
        for change in log.changes(after: cursor) {
            let value = change.object.value
            add(value[.metadata][.labels])
            guard let template = cluster.kinds[change.kind].podTemplate else { continue }
            add(value.value(at: template.path)[.metadata][.labels])
            add(value[.spec][.jobTemplate][.metadata][.labels])
            for claim in value[.spec].list(.volumeClaimTemplates) { add(claim[.metadata][.labels]) }
        }
        cursor = log.head
    }

    private mutating func add(_ labels: Value) {
        guard case .object(let labels) = labels else { return }
        for label in labels {
            guard let text = label.value.string else { continue }
            values[label.key.name, default: []].insert(text)
        }
    }

    /// The requirement of the query that nothing can ever have met; nil where there is none, or where too
    /// much was forgotten to say so.
    func neverMet(_ query: ResourceQuery) -> LabelRequirement? {
        if hasGaps { return nil }
        return query.requirements.first { requirement in
            switch requirement.relation {
            case .equal, .oneOf:
                let known = values[requirement.key] ?? []
                return !requirement.values.contains { known.contains($0) }
            case .exists: return values[requirement.key] == nil
            case .notEqual, .noneOf, .absent: return false
            }
        }
    }
}

extension Session {
    /// "no object ever had the label app=wbe; no pods with app=wbe; app is web (3)".
    package func whyNeverAny(_ query: ResourceQuery) -> String? {
        knownLabels.catchUp(with: cluster)
        guard let requirement = knownLabels.neverMet(query) else { return nil }
        let label =
            requirement.values.count == 1
            ? "\(requirement.key)=\(requirement.values[0])" : requirement.text
        let instead = whyEmpty(query).map { "; \($0)" } ?? ""
        return "nothing ever had the label \(label)\(instead)"
    }
}
