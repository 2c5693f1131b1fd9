extension KindDescriptor {
    /// A piece of storage.
    static func persistentVolume(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PersistentVolume", plural: "persistentvolumes", shortNames: ["pv"], group: "",
            isNamespaced: false, subresources: ["status"])
    }

    /// A wish for storage.
    static func persistentVolumeClaim(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PersistentVolumeClaim", plural: "persistentvolumeclaims", shortNames: ["pvc"],
            group: "", subresources: ["status"])
    }
}
