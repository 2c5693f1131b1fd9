import Model
import Support
import Value

/// Which nodes a pod or a volume may use at all.
struct NodeRequirement {
    /// The pod's `nodeSelector` and affinity; nil for a volume or where it asks for nothing.
    private let spec: PodSpecView?
    /// A NodeSelector object of its own.
    private let selector: Value?

    /// What the spec of a pod requires: `nodeSelector` and required node affinity together.
    init(spec: Value) {
        let affinity = spec[.affinity][.nodeAffinity]
        let isTrivial =
            spec[.nodeSelector].fields.isEmpty
            && affinity[.requiredDuringSchedulingIgnoredDuringExecution].isNull
        self.spec = isTrivial ? nil : PodSpecView(spec)
        selector = nil
    }

    /// What a volume's `nodeAffinity` requires.
    init(volume affinity: Value) {
        spec = nil
        selector = affinity[.required].isNull ? .none : affinity[.required]
    }

    func matches(_ node: NodeView) -> Bool {
        if let spec { return NodeSelection.matches(spec, node: node) }
        if let selector { return NodeSelection.matches(selector: selector, node: node) }
        return true
    }
}
