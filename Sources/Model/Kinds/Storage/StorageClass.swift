extension KindDescriptor {
    /// A sort of storage, and who provides it.
    static func storageClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "StorageClass", plural: "storageclasses", shortNames: ["sc"],
            group: "storage.k8s.io", isNamespaced: false)
    }

    /// A driver of storage.
    static func csiDriver(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CSIDriver", plural: "csidrivers", group: "storage.k8s.io", isNamespaced: false,
            hasGeneration: true)
    }

    /// The drivers of storage on a node.
    static func csiNode(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CSINode", plural: "csinodes", group: "storage.k8s.io", isNamespaced: false)
    }

    /// How much storage of a class is left at some place.
    static func csiStorageCapacity(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CSIStorageCapacity", plural: "csistoragecapacities", group: "storage.k8s.io")
    }

    /// That a volume is to be attached to a node.
    static func volumeAttachment(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "VolumeAttachment", plural: "volumeattachments", group: "storage.k8s.io",
            isNamespaced: false, subresources: ["status"])
    }
}
