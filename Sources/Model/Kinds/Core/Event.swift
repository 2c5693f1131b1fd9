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
                ])),
            texts: .event)
    }
}

extension KindTexts {
    static let event = KindTexts(
        summaries: #"""
            Event.count How often it happened.
            Event.firstTimestamp When it happened first.
            Event.involvedObject What it happened to.
            Event.lastTimestamp When it happened last.
            Event.message Details for people.
            Event.reason One word for programs.
            Event.source Who reports it.
            Event.type Normal or Warning.
            """#)
}
