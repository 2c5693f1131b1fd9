import Support
import Value

extension KindDescriptor {
    /// A machine that runs pods.
    static func node(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Node", plural: "nodes", shortNames: ["no"], group: "", isNamespaced: false,
            subresources: ["proxy", "status"],
            rules: KindRules(
                defaults: Defaults.node, object: { $0.node($1) },
                warnings: { warner, node, _ in warner.node(node) },
                selectableFields: SelectableFields(only: ["metadata.name", "spec.unschedulable"])),
            texts: .node)
    }

    /// A sign of life, or of who leads.
    static func lease(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Lease", plural: "leases", group: "coordination.k8s.io",
            rules: KindRules(object: { $0.lease($1[.spec], ErrorPath("spec")) }))
    }

    /// A way to run containers.
    static func runtimeClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "RuntimeClass", plural: "runtimeclasses", group: "node.k8s.io",
            isNamespaced: false,
            rules: KindRules(
                object: { $0.runtimeClass($1) }, change: { $0.runtimeClassUpdate($1, $2) }))
    }

    /// The health of a part of the control plane: read, never written.
    static func componentStatus(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ComponentStatus", plural: "componentstatuses", shortNames: ["cs"], group: "",
            deprecationWarning: "v1 ComponentStatus is deprecated in v1.19+", isNamespaced: false,
            verbs: ["get", "list"])
    }
}

extension Defaults {
    /// SetDefaults_NodeStatus: all of the capacity may be used.
    static func node(_ value: inout Value) {
        value.ifPresent(.status) { status in
            if !status[.capacity].isNull { status.fill(.allocatable, status[.capacity]) }
        }
    }
}

extension Validator {
    /// ValidateLeaseSpec.
    mutating func lease(_ spec: Value, _ path: ErrorPath) {
        if let seconds = spec["leaseDurationSeconds"].int, seconds <= 0 {
            let place = path.child("leaseDurationSeconds")
            add(.invalid(place, Value(seconds), "must be greater than 0"))
        }
        nonnegative(spec["leaseTransitions"], path.child("leaseTransitions"))
        let (strategy, preferred) = (spec[.strategy], spec.text("preferredHolder"))
        if let text = strategy.string {
            let place = path.child("strategy").child("strategy")
            if text.contains("/") {
                messages(NameRules.qualifiedName(text), text, place)
            } else if text != "OldestEmulationVersion" {
                add(.notSupported(place, strategy, ["OldestEmulationVersion"]))
            }
        }
        if !preferred.isEmpty, strategy.string?.isEmpty ?? true {
            add(
                .forbidden(
                    path.child("preferredHolder"), "may only be specified if `strategy` is defined")
            )
        }
    }

    /// ValidateRuntimeClass.
    mutating func runtimeClass(_ object: Value) {
        let handler = object.text("handler")
        if handler.isEmpty {
            add(.required(ErrorPath("handler")))
        } else {
            messages(NameRules.dns1123Label(handler), handler, ErrorPath("handler"))
        }
        let overhead = object[.overhead]
        if !overhead.isNull {
            resources([.limits: overhead["podFixed"]], ErrorPath("overhead"))
        }
        let scheduling = object["scheduling"]
        labels(scheduling[.nodeSelector], ErrorPath("scheduling").child("nodeSelector"))
        tolerations(
            scheduling.list(.tolerations), ErrorPath("scheduling").child("tolerations"))
    }

    /// ValidateRuntimeClassUpdate.
    mutating func runtimeClassUpdate(_ object: Value, _ old: Value) {
        immutable(object["handler"], old["handler"], ErrorPath("handler"))
    }

    /// ValidateNode: taints, and the amounts of resources.
    mutating func node(_ object: Value) {
        var seen: Set<String> = []
        for (index, taint) in object[.spec].list(.taints).enumerated() {
            let place = ErrorPath("spec").child("taints")[index]
            let key = taint.text(.key)
            messages(NameRules.qualifiedName(key), key, place.child("key"))
            let text = taint.text(.value)
            let problems = NameRules.labelValue(text)
            if !problems.isEmpty {
                add(
                    .invalid(
                        place.child("value"), Value(text), problems.joined(separator: ";")))
            }
            taintEffect(taint[.effect], place.child("effect"))
            if !seen.insert("\(key):\(taint.text(.effect))").inserted {
                add(
                    FieldError(
                        path: place.text, reason: .duplicate,
                        shown: InternalForm.json(taint, as: "Taint"),
                        detail: "taints must be unique by key and effect pair"))
            }
        }
        for list in [Key.capacity, .allocatable] {
            for field in object[.status][list].fields.sortedByName {
                nonnegativeQuantity(
                    field.value, ErrorPath("status").child(list).key(field.key.name))
            }
        }
    }
}

extension KindTexts {
    static let node = KindTexts(
        summaries: #"""
            NodeSpec.podCIDR The addresses of the node's pods, such as 10.244.1.0/24.
            NodeSpec.providerID The machine's name at its provider.
            NodeSpec.taints Marks that keep pods away which do not tolerate them.
            NodeSpec.unschedulable Whether the node is cordoned: new pods go elsewhere.
            NodeStatus.addresses The node's addresses and names.
            NodeStatus.allocatable What pods may use.
            NodeStatus.capacity What the node has.
            NodeStatus.conditions Whether the node is ready and has memory, disk and processes to
             spare.
            NodeStatus.images Images that the node holds.
            NodeStatus.nodeInfo Versions of the node's software.
            NodeCondition.lastHeartbeatTime When the kubelet reported last.
            NodeCondition.status True, False or Unknown.
            NodeCondition.type What the condition is about.
            Taint.effect NoSchedule keeps new pods away, NoExecute drives out running ones, too.
            Taint.key The name of the mark.
            Taint.timeAdded When a NoExecute taint was set.
            Taint.value A text that tolerations can compare.
            """#,
        values: #"""
            Taint.effect NoExecute NoSchedule PreferNoSchedule
            """#)
}
