extension KindDescriptor {
    /// One of the templates that a StatefulSet or DaemonSet had.
    static func controllerRevision(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ControllerRevision", plural: "controllerrevisions", group: "apps")
    }
}
