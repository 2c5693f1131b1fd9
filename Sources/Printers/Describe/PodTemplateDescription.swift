import Model
import Support
import Value

extension DescriptionWriter {
    /// A line for a text that is there; none otherwise.
    mutating func field(_ title: String, _ value: Value, level: Int = 0) {
        let text = value.cellText
        if !text.isEmpty { line(level, "\(title):\t\(text)") }
    }

    /// `Controlled By:  ReplicaSet/web-5d…`.
    mutating func controlledBy(_ object: Value) {
        let owner = object.controllerReference
        guard !owner.isNull else { return }
        line(0, "Controlled By:\t\(owner[.kind].cellText)/\(owner[.name].cellText)")
    }

    mutating func seccompProfile(_ securityContext: Value, level: Int, profileLevel: Int) {
        let profile = securityContext[.seccompProfile]
        guard !profile.isNull else { return }
        line(level, "SeccompProfile:\t\(profile[.type].cellText)")
        if profile[.type].string == "Localhost" {
            line(profileLevel, "LocalhostProfile:\t\(profile["localhostProfile"].cellText)")
        }
    }

    /// `zone:DoNotSchedule when max skew 1 is exceeded for selector app=web`.
    mutating func spreadConstraints(_ constraints: Value, space: String) {
        guard !constraints.elements.isEmpty else { return }
        write(0, "\(space)Topology Spread Constraints:\t")
        let ordered = constraints.elements.sortedByText { $0[.topologyKey].cellText }
        for (index, constraint) in ordered.enumerated() {
            if index > 0 { write(0, "\(space)\t") }
            var text =
                "\(constraint[.topologyKey].cellText):\(constraint[.whenUnsatisfiable].cellText)"
                + " when max skew \(constraint[.maxSkew].cellInt) is exceeded"
            if !constraint[.labelSelector].isNull {
                text += " for selector \(selectorTextOrNone(constraint[.labelSelector]))"
            }
            line(0, text)
        }
    }

    /// The template of a workload's pods.
    mutating func podTemplate(_ template: Value) {
        line(0, "Pod Template:")
        guard !template.isNull else { return write(1, "<unset>") }
        let spec = template[.spec]
        labels("  Labels", template[.metadata][.labels])
        if !template[.metadata][.annotations].fields.isEmpty {
            annotations("  Annotations", template[.metadata][.annotations])
        }
        field("Service Account", spec[.serviceAccountName], level: 1)
        if !spec[.initContainers].elements.isEmpty {
            containers("Init Containers", spec[.initContainers], .null, .null, space: "  ")
        }
        containers("Containers", spec[.containers], .null, .null, space: "  ")
        volumes(spec[.volumes], space: "  ")
        spreadConstraints(spec[.topologySpreadConstraints], space: "  ")
        field("Priority Class Name", spec[.priorityClassName], level: 1)
        labels("  Node-Selectors", spec[.nodeSelector])
        tolerations("  Tolerations", spec[.tolerations])
    }
}
