extension KindDescriptor {
    /// What happened to an object. Served in two groups; kept in the core one.
    static func event(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Event", plural: "events", shortNames: ["ev"], group: "",
            otherVersions: ["events.k8s.io/v1"],
            rules: KindRules(
                selectableFields: SelectableFields([
                    "involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
                    "involvedObject.uid", "involvedObject.apiVersion",
                    "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
                    "reportingComponent", "source", "type",
                ])))
    }
}
