import Support
import Value

// What the workloads of apps/v1 and core/v1 have in common.
extension Validator {
    /// The number before the percent sign, or the number, also where it is a text
    /// (getIntOrPercentValue).
    func amount(_ value: Value) -> Int {
        guard let text = value.string else { return value.int ?? 0 }
        return IntOrPercent.percent(text) ?? Int(text) ?? 0
    }

    /// The selector of a workload, which must be there and select something. Answers whether it can be
    /// read: a template is only held against one that can.
    mutating func requiredSelector(
        _ spec: Value, _ path: ErrorPath, empty: String, unreadable: String
    ) -> Bool {
        let place = path.child("selector")
        let selector = spec[.selector]
        if selector.isNull {
            add(.required(place))
            return true
        }
        let before = errors.count
        labelSelector(selector, place)
        let isReadable = errors.count == before
        let shown = GoSyntax.labelSelector(selector)
        if selector.map(.matchLabels).isEmpty, selector.list(.matchExpressions).isEmpty {
            add(.invalid(place, json: shown, empty))
        }
        if !isReadable { add(.invalid(place, json: shown, unreadable)) }
        return isReadable
    }

    /// The selector of a ReplicaSet or Deployment and ValidatePodTemplateSpecForReplicaSet.
    mutating func replicaTemplate(_ spec: Value, _ path: ErrorPath) {
        let place = path.child("template")
        guard
            requiredSelector(
                spec, path, empty: "empty selector is invalid for deployment",
                unreadable: "invalid label selector")
        else { return }
        matchingLabels(LabelSelector(spec[.selector]), spec[.template], place)
        podTemplate(spec[.template], place)
        alwaysRestarts(spec[.template], place)
        noDeadline(spec[.template], place, of: "ReplicaSet")
    }

    /// A deadline is for what ends.
    mutating func noDeadline(_ template: Value, _ path: ErrorPath, of kind: String) {
        if template[.spec][.activeDeadlineSeconds].isNull { return }
        add(
            .forbidden(
                path.child("spec").child("activeDeadlineSeconds"),
                "activeDeadlineSeconds in \(kind) is not Supported"))
    }

    /// The template must make pods that the selector finds.
    mutating func matchingLabels(
        _ selector: LabelSelector, _ template: Value, _ path: ErrorPath
    ) {
        let labels = template[.metadata][.labels]
        if selector.isEverything || selector.matches(labels.fields) { return }
        add(
            .invalid(
                path.child("metadata").child("labels"), json: GoSyntax.json(labels),
                "`selector` does not match template `labels`"))
    }

    /// Only pods that are kept running can be replaced one for one.
    mutating func alwaysRestarts(_ template: Value, _ path: ErrorPath) {
        let policy = template[.spec][.restartPolicy]
        if policy != "Always" {
            add(
                .notSupported(
                    path.child("spec").child("restartPolicy"), Value(policy.string ?? ""),
                    ["Always"]))
        }
    }

    /// The strategies of apps/v1: a selector never changes.
    mutating func immutableSelector(_ spec: Value, _ old: Value) {
        if spec[.selector] != old[.selector] {
            add(
                .invalid(
                    ErrorPath("spec").child("selector"),
                    json: GoSyntax.labelSelector(spec[.selector]), "field is immutable"))
        }
    }
}
