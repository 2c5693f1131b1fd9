/// What 1.32 tracks otherwise than the recorded 1.20 by a general change of the API, as the rules for
/// texts have it (``TextRules``): a rule names a field and the upstream change, and knows no case. It
/// leaves alone what is in the new form, so that it can be applied to both sides.
struct TimelineRule: Sendable {
    /// "job-labels"
    let name: String
    /// The short name of the kind, and the tracked field.
    let kind: String
    let field: String
    /// The upstream change.
    let change: String
    private let newForm: @Sendable (String) -> String

    static let all: [TimelineRule] = [
        TimelineRule(
            name: "job-labels", kind: "pod", field: "labels",
            change:
                "1.27: the labels of a Job's pods also exist with the prefix batch.kubernetes.io/",
            newForm: jobLabels),
        TimelineRule(
            name: "pod-index-label", kind: "pod", field: "labels",
            change: "1.28, KEP-4017: pods of a StatefulSet carry their ordinal as a label",
            newForm: podIndexLabel),
    ]

    /// The value in the form of 1.32.
    static func newForm(of value: String, kind: String, field: String) -> String {
        all.reduce(value) { value, rule in
            rule.kind == kind && rule.field == field ? rule.newForm(value) : value
        }
    }

    @Sendable private static func podIndexLabel(_ text: String) -> String {
        var labels = text.split(separator: ",").map(String.init)
        guard
            let name = labels.first(where: { $0.hasPrefix("statefulset.kubernetes.io/pod-name=") }),
            let ordinal = name.split(separator: "-").last,
            !labels.contains(where: { $0.hasPrefix("apps.kubernetes.io/pod-index=") })
        else { return text }
        let label = "apps.kubernetes.io/pod-index=\(ordinal)"
        labels.insert(label, at: labels.firstIndex { $0 > label } ?? labels.count)
        return labels.joined(separator: ",")
    }

    @Sendable private static func jobLabels(_ text: String) -> String {
        var labels = text.split(separator: ",").map(String.init)
        for key in ["controller-uid", "job-name"] {
            guard let old = labels.first(where: { $0.hasPrefix(key + "=") }),
                labels.contains(where: { $0.hasPrefix("controller-uid=") }),
                !labels.contains(where: { $0.hasPrefix("batch.kubernetes.io/\(key)=") })
            else { continue }
            let label = "batch.kubernetes.io/" + old
            labels.insert(label, at: labels.firstIndex { $0 > label } ?? labels.count)
        }
        return labels.joined(separator: ",")
    }
}

extension TimelineRun {
    /// The run with all values in the form of 1.32.
    var inNewForm: TimelineRun {
        var result = self
        for index in result.entries.indices {
            guard case .write(let object, let write) = result.entries[index].kind else { continue }
            result.entries[index].kind = .write(object, write.inNewForm(of: object.kind))
        }
        return result
    }
}

extension TimelineWrite {
    /// The write with its values in the form of 1.32.
    fileprivate func inNewForm(of kind: String) -> TimelineWrite {
        func new(_ name: String, _ value: String) -> String {
            TimelineRule.newForm(of: value, kind: kind, field: name)
        }
        switch self {
        case .added(let fields):
            return .added(fields.map { TimelineField($0.name, new($0.name, $0.value)) })
        case .modified(let changes):
            return .modified(
                changes.map {
                    TimelineChange($0.name, new($0.name, $0.old), new($0.name, $0.new))
                })
        case .untracked, .deleted: return self
        }
    }
}
