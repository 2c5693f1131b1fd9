extension KindDescriptor {
    /// One of the templates that a StatefulSet or DaemonSet had.
    static func controllerRevision(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ControllerRevision", plural: "controllerrevisions", group: "apps",
            texts: .controllerRevision)
    }
}

extension KindTexts {
    static let controllerRevision = KindTexts(
        summaries: #"""
            apps.v1.ControllerRevision.data The template as it was.
            apps.v1.ControllerRevision.revision Its place in the history.
            """#)
}
