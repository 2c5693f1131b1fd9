import Support
import Value

/// A view of a Service.
public struct ServiceView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// "ClusterIP" (also where unset), "NodePort", "LoadBalancer" or "ExternalName".
    @inlinable public var type: String { value[.spec][.type].string ?? "ClusterIP" }
    /// An address, "None" for a headless service, or "".
    @inlinable public var clusterIP: String { value[.spec].text(.clusterIP) }
    @inlinable public var isHeadless: Bool { clusterIP == "None" }
    /// Labels of the pods behind the service; empty: its endpoints are written by hand.
    @inlinable public var selector: Object { value[.spec].map(.selector) }
    @inlinable public var ports: [Value] { value[.spec].list(.ports) }
    @inlinable public var externalName: String { value[.spec].text(.externalName) }
    @inlinable public var publishesNotReadyAddresses: Bool {
        value[.spec].flag(.publishNotReadyAddresses)
    }
}

/// A view of an Endpoints object.
public struct EndpointsView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }
    @inlinable public var subsets: [Value] { value.list(.subsets) }
}

/// A view of an EndpointSlice.
public struct EndpointSliceView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }
    @inlinable public var endpoints: [Value] { value.list(.endpoints) }
    @inlinable public var ports: [Value] { value.list(.ports) }
    @inlinable public var addressType: String { value.text(.addressType) }
}

/// A view of a PersistentVolumeClaim.
public struct PersistentVolumeClaimView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// The bound or wanted volume's name, or "".
    @inlinable public var volumeName: String { value[.spec].text(.volumeName) }
    /// The class; nil where unset (the default class applies), "" for none. The beta annotation wins
    /// over the field.
    public var storageClassName: String? {
        metadata.annotation(StorageClassView.betaAnnotation)
            ?? value[.spec][.storageClassName].string
    }
    /// `ReadWriteOnce` and so on, as the object lists them.
    @inlinable public var accessModes: [String] {
        value[.spec].list(.accessModes).compactMap(\.string)
    }
    /// "Filesystem" (also where unset) or "Block".
    @inlinable public var volumeMode: String { value[.spec][.volumeMode].string ?? "Filesystem" }
    /// The quantity asked for, or null.
    @inlinable public var requestedStorage: Value {
        value[.spec][.resources][.requests][.storage]
    }
    @inlinable public var selector: Value { value[.spec][.selector] }
    /// "Pending", "Bound" or "Lost".
    @inlinable public var phase: String { value[.status].text(.phase) }
    @inlinable public var capacity: Object { value[.status].map(.capacity) }
}

/// A view of a PersistentVolume.
public struct PersistentVolumeView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// The class, or ""; the beta annotation wins over the field.
    public var storageClassName: String {
        metadata.annotation(StorageClassView.betaAnnotation)
            ?? value[.spec].text(.storageClassName)
    }
    /// `ReadWriteOnce` and so on, as the object lists them.
    @inlinable public var accessModes: [String] {
        value[.spec].list(.accessModes).compactMap(\.string)
    }
    /// "Filesystem" or "Block"; the first where unset.
    @inlinable public var volumeMode: String { value[.spec][.volumeMode].string ?? "Filesystem" }
    /// The quantity it holds, or null.
    @inlinable public var storage: Value { value[.spec][.capacity][.storage] }
    /// The reference to the claim it is bound or reserved to, or null.
    @inlinable public var claimRef: Value { value[.spec][.claimRef] }
    /// "Retain", "Delete" or "Recycle".
    @inlinable public var reclaimPolicy: String {
        value[.spec][.persistentVolumeReclaimPolicy].string ?? "Retain"
    }
    @inlinable public var nodeAffinity: Value { value[.spec][.nodeAffinity] }
    /// "Pending", "Available", "Bound", "Released" or "Failed".
    @inlinable public var phase: String { value[.status].text(.phase) }
}

/// A view of a StorageClass.
public struct StorageClassView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// "Delete" or "Retain"; the first where unset.
    @inlinable public var provisioner: String { value.text(.provisioner) }
    @inlinable public var reclaimPolicy: String { value[.reclaimPolicy].string ?? "Delete" }
    /// "Immediate" or "WaitForFirstConsumer".
    @inlinable public var volumeBindingMode: String {
        value[.volumeBindingMode].string ?? "Immediate"
    }
    /// Whether claims of the class may grow.
    @inlinable public var allowsVolumeExpansion: Bool { value.flag(.allowVolumeExpansion) }
    /// Names the class of a claim or volume, as before 1.6.
    public static let betaAnnotation: Key = "volume.beta.kubernetes.io/storage-class"

    /// Whether claims without a class get this one; the annotation's beta name counts, too.
    public var isDefault: Bool {
        metadata.annotation("storageclass.kubernetes.io/is-default-class") == "true"
            || metadata.annotation("storageclass.beta.kubernetes.io/is-default-class") == "true"
    }
}
