import Model
import Support
import Value

/// A ReadWriteOncePod claim is for one pod at a time, and the disks of some volume types for one
/// pod of a node.
enum VolumeRestrictions: PreFilterPlugin {
    static let name = "VolumeRestrictions"
    static let podFields: [Key] = [.volumes]
    static let actions: ClusterActions = [.podDeleted, .nodeAdded, .claimAdded]
    static let podGroups = [claimUsers, diskUsers]

    static let inUse = Rejection(
        by: Self.self,
        "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already "
            + "in-use by another pod", isResolvable: true)
    static let diskConflict = Rejection(
        by: Self.self, "node(s) had no available disk", isResolvable: true)

    /// Pods whose volumes are of claims.
    static let claimUsers = PodGroup(name: "users of claims") { !$0.claims.isEmpty }
    /// Pods whose volumes are disks that cannot be shared at will.
    private static let diskUsers = PodGroup(name: "users of disks") { !$0.disks.isEmpty }

    static func preFilter(_ pod: PodToPlace, _ cache: inout SchedulerCache) -> PreFilterResult {
        var state = State(needs: pod.needs)
        for wanted in pod.needs.claims where !wanted.isOwn {
            let claim = pod.view.get(
                .persistentVolumeClaim, namespace: pod.object.namespace, name: wanted.name)
            guard let claim else {
                return .rejected(
                    Rejection(by: Self.self, "persistentvolumeclaim \"\(wanted.name)\" not found"))
            }
            if PersistentVolumeClaimView(claim.value).accessModes.contains("ReadWriteOncePod") {
                state.exclusive.append(wanted)
            }
        }
        if state.exclusive.isEmpty, pod.needs.disks.isEmpty { return .skip }
        for group in [claimUsers, diskUsers] {
            for other in cache.pods(in: group) {
                for (node, share) in other.nodes {
                    state.count(other.needs, on: Int(node), by: Int(share.pods), of: group)
                }
            }
        }
        return state.hasConflicts || !pod.needs.disks.isEmpty ? .state(state) : .skip
    }

    struct State: FilterState {
        let needs: PodNeeds
        /// ReadWriteOncePod claims of the pod.
        fileprivate var exclusive: [PodClaim] = []
        /// How many pods use one of them.
        private var users = 0
        /// By node: pods with a disk that the pod cannot share.
        private var conflicts: [Int: Int] = [:]

        fileprivate init(needs: PodNeeds) { self.needs = needs }

        fileprivate var hasConflicts: Bool { users > 0 }

        func filter(_ node: NodeState, _ number: Int) -> Rejection? {
            if conflicts[number, default: 0] > 0 { return diskConflict }
            return users > 0 ? inUse : nil
        }

        mutating func count(
            _ other: PodNeeds, on node: NodeState, _ number: Int, by amount: Int
        ) {
            for group in [claimUsers, diskUsers] {
                count(other, on: number, by: amount, of: group)
            }
        }

        fileprivate mutating func count(
            _ other: PodNeeds, on node: Int, by amount: Int, of group: PodGroup
        ) {
            if group.name == claimUsers.name {
                guard other.namespace == needs.namespace else { return }
                users += amount * other.claims.count { exclusive.contains($0) }
            } else if needs.conflicts(with: other) {
                conflicts[node, default: 0] += amount
            }
        }
    }

    // MARK: Hints

    /// A pod that goes helps when it had a disk or used a claim that the waiting one wants.
    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        switch event.action {
        case .podDeleted:
            guard let gone = event.old, gone.namespace == pod.object.namespace else { return false }
            let disks = Disk.disks(of: gone.value[.spec])
            return pod.needs.disks.contains { disk in disks.contains { $0.conflicts(with: disk) } }
                || PodClaim.claims(of: gone.value).contains {
                    !$0.isOwn && pod.needs.claims.contains($0)
                }
        case .claimAdded: return event.new.map { pod.uses(claim: $0) } ?? false
        default: return true
        }
    }
}

/// A disk that a pod mounts by itself, without a claim.
private enum Disk {
    case gce(name: String, isReadOnly: Bool)
    case aws(volume: String)
    case iscsi(name: String, isReadOnly: Bool)
    case rbd(CephImage, isReadOnly: Bool)

    static func disks(of spec: Value) -> [Disk] {
        spec[.volumes].elements.compactMap { volume in
            let (gce, iscsi, rbd) = (volume[.gcePersistentDisk], volume[.iscsi], volume[.rbd])
            if !gce.isNull {
                return .gce(name: gce.text("pdName"), isReadOnly: gce.flag(.readOnly))
            }
            if let name = volume[.awsElasticBlockStore]["volumeID"].string {
                return .aws(volume: name)
            }
            if !iscsi.isNull {
                return .iscsi(name: iscsi.text("iqn"), isReadOnly: iscsi.flag(.readOnly))
            }
            return rbd.isNull
                ? nil
                : .rbd(CephImage(rbd), isReadOnly: rbd.flag(.readOnly))
        }
    }

    /// Whether two pods cannot have both on one node: the same disk, unless both only read it.
    func conflicts(with other: Disk) -> Bool {
        switch (self, other) {
        case (.gce(let left, let leftReads), .gce(let right, let rightReads)),
            (.iscsi(let left, let leftReads), .iscsi(let right, let rightReads)):
            left == right && !(leftReads && rightReads)
        case (.aws(let left), .aws(let right)): left == right
        case (.rbd(let left, let leftReads), .rbd(let right, let rightReads)):
            left.isSame(as: right) && !(leftReads && rightReads)
        case (.gce, _), (.aws, _), (.iscsi, _), (.rbd, _): false
        }
    }
}

private struct CephImage {
    let monitors: [String]
    let pool: String
    let image: String

    init(_ source: Value) {
        monitors = source["monitors"].elements.compactMap(\.string)
        pool = source.text("pool")
        image = source.text(.image)
    }

    /// One image may be reached by several monitors.
    func isSame(as other: CephImage) -> Bool {
        pool == other.pool && image == other.image
            && !Set(monitors).isDisjoint(with: other.monitors)
    }
}

private final class DiskReading: PodReading {
    let disks: [Disk]

    init(_ pod: PodNeeds) { disks = Disk.disks(of: pod.spec) }
}

extension PodNeeds {
    fileprivate var disks: [Disk] { reading(DiskReading.self).disks }

    fileprivate func conflicts(with other: PodNeeds) -> Bool {
        disks.contains { disk in other.disks.contains { $0.conflicts(with: disk) } }
    }
}
