import Support
import Value

extension Table {
    static let pod = Table(
        .name,
        TableColumn("READY") { pod, _ in
            let summary = PodStatusSummary(pod)
            return "\(summary.readyContainers)/\(summary.totalContainers)"
        },
        TableColumn("STATUS") { pod, _ in PodStatusSummary(pod).reason },
        TableColumn("RESTARTS") { pod, context in
            let summary = PodStatusSummary(pod)
            guard summary.restarts != 0, !summary.lastRestart.isNull else {
                return String(summary.restarts)
            }
            return "\(summary.restarts) (\(context.age(summary.lastRestart)) ago)"
        },
        .age,
        .wide("IP") { pod, _ in pod[.status][.podIPs][0][.ip].cellText(or: "<none>") },
        .wide("NODE") { pod, _ in pod[.spec][.nodeName].cellText(or: "<none>") },
        .wide("NOMINATED NODE") { pod, _ in
            pod[.status][.nominatedNodeName].cellText(or: "<none>")
        },
        .wide("READINESS GATES") { pod, _ in
            let gates = pod[.spec][.readinessGates].elements
            guard !gates.isEmpty else { return "<none>" }
            let open = gates.count {
                pod[.status][.conditions].isConditionTrue($0[.conditionType].cellText)
            }
            return "\(open)/\(gates.count)"
        })

    static let podTemplate = Table(
        .name,
        TableColumn("CONTAINERS") { object, _ in containerNames(object[.template]) },
        TableColumn("IMAGES") { object, _ in containerImages(object[.template]) },
        TableColumn("POD LABELS") { object, _ in
            labelsText(object[.template][.metadata][.labels])
        })
}

/// The names of a pod template's containers, with commas.
func containerNames(_ template: Value) -> String {
    template[.spec][.containers].elements.map { $0[.name].cellText }.joined(separator: ",")
}

/// The images of a pod template's containers, with commas.
func containerImages(_ template: Value) -> String {
    template[.spec][.containers].elements.map { $0[.image].cellText }.joined(separator: ",")
}

extension TableColumn {
    /// CONTAINERS of a workload.
    static let containers = TableColumn.wide("CONTAINERS") { object, _ in
        containerNames(object[.spec][.template])
    }

    /// IMAGES of a workload.
    static let images = TableColumn.wide("IMAGES") { object, _ in
        containerImages(object[.spec][.template])
    }

    /// SELECTOR of a workload with a label selector.
    static let selector = TableColumn.wide("SELECTOR") { object, _ in
        selectorTextOrNone(object[.spec][.selector])
    }

    /// A column of one integer field, which reads 0 where it is absent.
    static func int(
        _ header: String, _ field: @escaping @Sendable (Value) -> Value
    ) -> TableColumn {
        TableColumn(header) { object, _ in String(field(object).cellInt) }
    }

    /// A column of one text field.
    static func text(
        _ header: String, or placeholder: String = "",
        _ field: @escaping @Sendable (Value) -> Value
    ) -> TableColumn {
        TableColumn(header) { object, _ in field(object).cellText(or: placeholder) }
    }
}
