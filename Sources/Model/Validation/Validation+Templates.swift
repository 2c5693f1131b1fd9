import Support
import Value

// What the workloads of apps/v1 and core/v1 have in common.
extension Validator {
    /// The number before the percent sign, or the number.
    func amount(_ value: Value) -> Int {
        value.string.flatMap { IntOrPercent.percent($0) } ?? value.int ?? 0
    }

    /// The selector of a ReplicaSet or Deployment, which must be there and select something.
    mutating func requiredSelector(_ spec: Value, _ path: ErrorPath, empty: String) {
        let place = path.child("selector")
        let selector = spec[.selector]
        if selector.isNull {
            add(.required(place))
            return
        }
        labelSelector(selector, place)
        if selector.map(.matchLabels).isEmpty, selector.list(.matchExpressions).isEmpty {
            add(.invalid(place, json: GoSyntax.labelSelector(selector), empty))
        }
    }

    /// ValidatePodTemplateSpecForReplicaSet.
    mutating func replicaTemplate(_ spec: Value, _ path: ErrorPath) {
        let place = path.child("template")
        matchingLabels(LabelSelector(spec[.selector]), spec[.template], place)
        podTemplate(spec[.template], place)
        alwaysRestarts(spec[.template], place)
        if !spec[.template][.spec][.activeDeadlineSeconds].isNull {
            add(
                .forbidden(
                    place.child("spec").child("activeDeadlineSeconds"),
                    "activeDeadlineSeconds in ReplicaSet is not Supported"))
        }
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
