import API
import Model

/// What happens in a cluster, as far as it may let a waiting pod run (upstream: the actions of
/// framework.ClusterEvent). A set, so that a plugin can say which of them concern it.
struct ClusterActions: OptionSet, Hashable, Sendable {
    let rawValue: UInt32

    static let nodeAdded = ClusterActions(rawValue: 1 << 0)
    static let nodeDeleted = ClusterActions(rawValue: 1 << 1)
    static let nodeAllocatable = ClusterActions(rawValue: 1 << 2)
    static let nodeLabels = ClusterActions(rawValue: 1 << 3)
    /// Taints changed, or the node was uncordoned.
    static let nodeTaints = ClusterActions(rawValue: 1 << 4)

    /// A pod came to its node; ``podDeleted``: it left it, or will not come to it.
    static let podAdded = ClusterActions(rawValue: 1 << 5)
    static let podDeleted = ClusterActions(rawValue: 1 << 6)
    static let podLabels = ClusterActions(rawValue: 1 << 7)
    static let podTolerations = ClusterActions(rawValue: 1 << 8)
    /// A pod asks for less than before.
    static let podScaledDown = ClusterActions(rawValue: 1 << 9)
    /// The last scheduling gate of a pod was taken away.
    static let podGatesGone = ClusterActions(rawValue: 1 << 10)

    static let volumeAdded = ClusterActions(rawValue: 1 << 11)
    static let volumeUpdated = ClusterActions(rawValue: 1 << 12)
    static let claimAdded = ClusterActions(rawValue: 1 << 13)
    static let claimUpdated = ClusterActions(rawValue: 1 << 14)
    static let classAdded = ClusterActions(rawValue: 1 << 15)
    static let classUpdated = ClusterActions(rawValue: 1 << 16)
    static let csiNodeAdded = ClusterActions(rawValue: 1 << 17)
    static let csiNodeUpdated = ClusterActions(rawValue: 1 << 18)
    static let csiDriverUpdated = ClusterActions(rawValue: 1 << 19)
    static let capacityAdded = ClusterActions(rawValue: 1 << 20)
    static let capacityUpdated = ClusterActions(rawValue: 1 << 21)
    static let attachmentDeleted = ClusterActions(rawValue: 1 << 22)

    /// The actions of objects whose changes need no interpretation, by kind.
    private static let plain: [(kind: Kind, type: ChangeType, action: ClusterActions)] = [
        (.persistentVolume, .added, .volumeAdded), (.persistentVolume, .modified, .volumeUpdated),
        (.persistentVolumeClaim, .added, .claimAdded),
        (.persistentVolumeClaim, .modified, .claimUpdated),
        (.storageClass, .added, .classAdded), (.storageClass, .modified, .classUpdated),
        (.csiNode, .added, .csiNodeAdded), (.csiNode, .modified, .csiNodeUpdated),
        (.csiDriver, .modified, .csiDriverUpdated),
        (.csiStorageCapacity, .added, .capacityAdded),
        (.csiStorageCapacity, .modified, .capacityUpdated),
        (.volumeAttachment, .deleted, .attachmentDeleted),
    ]

    /// The kinds besides pods and nodes of which the scheduler must be told for these actions.
    var kinds: [Kind] {
        var found: [Kind] = []
        for row in Self.plain where contains(row.action) && !found.contains(row.kind) {
            found.append(row.kind)
        }
        return found
    }

    /// What a change of an object other than a pod or a node is; empty when it concerns nobody.
    static func of(_ change: Change) -> ClusterActions {
        plain.first { $0.kind == change.kind && $0.type == change.type }?.action ?? []
    }
}

/// Something that happened in the cluster.
struct ClusterEvent {
    /// One action.
    let action: ClusterActions
    /// The object before; nil when it is new.
    let old: StoredObject?
    /// The object after; nil when it is gone.
    let new: StoredObject?
}

extension ClusterEvent {
    var isAboutNode: Bool { (new ?? old)?.kind == .node }

    /// Whether it happened to the waiting pod itself.
    func isAbout(_ pod: PodToPlace) -> Bool { (new ?? old)?.uid == pod.object.uid }
}

extension StoredObject {
    /// Whether a pod is on a node, or is to be.
    var isPlacedOrNominated: Bool {
        nodeName?.isEmpty == false
            || !PodStatusView(value[.status]).nominatedNodeName.isEmpty
    }
}
