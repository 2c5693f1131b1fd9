/// A kind of object, as a dense number: an index into the table of kinds.
///
/// The built-in kinds are constants and describe themselves (``info``); kinds that a
/// CustomResourceDefinition adds at run time exist only within one ``KindRegistry``.
public struct Kind: Hashable, Sendable {
    /// The place in the table; built-in kinds come first.
    public let id: UInt16

    /// A kind by its number; only for numbers that came from a ``Kind``.
    @inlinable
    public init(id: UInt16) { self.id = id }

    /// Whether the kind is compiled in, not registered by a CustomResourceDefinition.
    public var isBuiltIn: Bool { Int(id) < KindTable.builtIn.count }

    /// The facts of a built-in kind. For kinds registered at run time ask the ``KindRegistry``.
    package var info: KindInfo { KindTable.builtIn[Int(id)] }
}

extension Kind {
    @inlinable public static var binding: Kind { Kind(id: 0) }
    @inlinable public static var componentStatus: Kind { Kind(id: 1) }
    @inlinable public static var configMap: Kind { Kind(id: 2) }
    @inlinable public static var endpoints: Kind { Kind(id: 3) }
    @inlinable public static var event: Kind { Kind(id: 4) }
    @inlinable public static var limitRange: Kind { Kind(id: 5) }
    @inlinable public static var namespace: Kind { Kind(id: 6) }
    @inlinable public static var node: Kind { Kind(id: 7) }
    @inlinable public static var persistentVolumeClaim: Kind { Kind(id: 8) }
    @inlinable public static var persistentVolume: Kind { Kind(id: 9) }
    @inlinable public static var pod: Kind { Kind(id: 10) }
    @inlinable public static var podTemplate: Kind { Kind(id: 11) }
    @inlinable public static var replicationController: Kind { Kind(id: 12) }
    @inlinable public static var resourceQuota: Kind { Kind(id: 13) }
    @inlinable public static var secret: Kind { Kind(id: 14) }
    @inlinable public static var serviceAccount: Kind { Kind(id: 15) }
    @inlinable public static var service: Kind { Kind(id: 16) }
    @inlinable public static var customResourceDefinition: Kind { Kind(id: 17) }
    @inlinable public static var controllerRevision: Kind { Kind(id: 18) }
    @inlinable public static var daemonSet: Kind { Kind(id: 19) }
    @inlinable public static var deployment: Kind { Kind(id: 20) }
    @inlinable public static var replicaSet: Kind { Kind(id: 21) }
    @inlinable public static var statefulSet: Kind { Kind(id: 22) }
    @inlinable public static var horizontalPodAutoscaler: Kind { Kind(id: 23) }
    @inlinable public static var cronJob: Kind { Kind(id: 24) }
    @inlinable public static var job: Kind { Kind(id: 25) }
    @inlinable public static var lease: Kind { Kind(id: 26) }
    @inlinable public static var endpointSlice: Kind { Kind(id: 27) }
    @inlinable public static var ingressClass: Kind { Kind(id: 28) }
    @inlinable public static var ingress: Kind { Kind(id: 29) }
    @inlinable public static var networkPolicy: Kind { Kind(id: 30) }
    @inlinable public static var runtimeClass: Kind { Kind(id: 31) }
    @inlinable public static var podDisruptionBudget: Kind { Kind(id: 32) }
    @inlinable public static var clusterRoleBinding: Kind { Kind(id: 33) }
    @inlinable public static var clusterRole: Kind { Kind(id: 34) }
    @inlinable public static var roleBinding: Kind { Kind(id: 35) }
    @inlinable public static var role: Kind { Kind(id: 36) }
    @inlinable public static var priorityClass: Kind { Kind(id: 37) }
    @inlinable public static var csiDriver: Kind { Kind(id: 38) }
    @inlinable public static var csiNode: Kind { Kind(id: 39) }
    @inlinable public static var csiStorageCapacity: Kind { Kind(id: 40) }
    @inlinable public static var storageClass: Kind { Kind(id: 41) }
    @inlinable public static var volumeAttachment: Kind { Kind(id: 42) }

    /// Every built-in kind in the order of `kubectl api-resources`: by group, then by plural.
    public static var allBuiltIn: [Kind] { KindTable.builtIn.map(\.kind) }
}

extension Kind: CustomStringConvertible {
    public var description: String { isBuiltIn ? info.name : "kind \(id)" }
}
