import Support
import Value

/// Where objects of a kind keep the template of pods.
package struct PodTemplatePlace: Sendable {
    /// The keys that lead to the template; none for a pod, which is its own.
    package let path: [Key]
    /// Whether pods are made from the template, by the kind's controller or by way of what that makes.
    package let makesPods: Bool

    /// The template of a kind that makes pods.
    package static func maker(at path: [Key]) -> PodTemplatePlace {
        PodTemplatePlace(path: path, makesPods: true)
    }

    /// A template from which nothing is made.
    package static func inert(at path: [Key]) -> PodTemplatePlace {
        PodTemplatePlace(path: path, makesPods: false)
    }
}

/// How an object selects the pods that stand behind it.
package struct PodSelector: Sendable {
    package enum Form: Sendable {
        /// A plain map of labels, as Services and ReplicationControllers have.
        case labels
        /// `matchLabels` and `matchExpressions`.
        case labelSelector
    }

    package let form: Form
    /// The keys that lead to the selector.
    package let path: [Key]

    /// A selector of that form at `spec.selector`, where all but made-up kinds have it.
    package init(_ form: Form, at path: [Key] = [.spec, .selector]) {
        self.form = form
        self.path = path
    }

    /// The selector of `object`.
    package func selector(of object: Value) -> LabelSelector {
        let selector = object.value(at: path)
        return switch form {
        case .labels: LabelSelector(labels: selector.fields)
        case .labelSelector: LabelSelector(selector)
        }
    }
}

/// Where objects of a kind keep the numbers that the subresource `scale` shows.
package struct ReplicaPlaces: Sendable {
    /// The keys that lead to the wanted number.
    package let wanted: [Key]
    /// The keys that lead to the present number.
    package let present: [Key]
    /// The keys that lead to a selector of pods written as text, as custom resources have it.
    package let selectorText: [Key]?

    package init(wanted: [Key], present: [Key], selectorText: [Key]? = nil) {
        self.wanted = wanted
        self.present = present
        self.selectorText = selectorText
    }

    /// `spec.replicas` and `status.replicas`.
    package static let standard = ReplicaPlaces(
        wanted: [.spec, .replicas], present: [.status, .replicas])
}

/// How `kubectl rollout` treats a kind: any such kind can be followed, restarted and undone.
package struct Rollout: Sendable {
    /// What keeps the templates that a workload had before.
    package enum History: Sendable {
        /// The ReplicaSets that it controls, each with its revision in an annotation.
        case replicaSets
        /// ControllerRevisions, whose data are patches of the workload.
        case controllerRevisions

        /// The kind of the objects that keep the revisions.
        package var kind: Kind {
            switch self {
            case .replicaSets: .replicaSet
            case .controllerRevisions: .controllerRevision
            }
        }
    }

    package let history: History
    /// Whether `spec.paused` holds a rollout up.
    package let canPause: Bool

    package init(history: History, canPause: Bool = false) {
        self.history = history
        self.canPause = canPause
    }
}
