import Model
import Support
import Value

/// A node takes no more volumes of a CSI driver than its CSINode object allows.
///
/// Counted are the volumes of claims, bound ones by driver and handle, others by what their class
/// will make of them, and what VolumeAttachments say. In-tree volumes are not translated to CSI.
enum NodeVolumeLimits: PreFilterPlugin {
    static let name = "NodeVolumeLimits"
    static let podFields: [Key] = [.volumes]
    static let actions: ClusterActions = [
        .csiNodeAdded, .csiNodeUpdated, .podDeleted, .claimAdded, .attachmentDeleted,
    ]

    static let exceeded = Rejection(
        by: Self.self, "node(s) exceed max volume count", isResolvable: true)

    static func preFilter(_ pod: PodToPlace, _ cache: inout SchedulerCache) -> PreFilterResult {
        guard !pod.needs.claims.isEmpty, pod.view.state.count(.csiNode) > 0 else { return .skip }
        let wanted = volumes(of: pod.needs, pod.view)
        guard !wanted.isEmpty else { return .skip }
        var state = State(wanted: wanted, view: pod.view)
        for other in cache.pods(in: VolumeRestrictions.claimUsers) {
            for (node, share) in other.nodes {
                state.count(other.needs, on: Int(node), by: Int(share.pods))
            }
        }
        return .state(state)
    }

    /// A volume that a driver attaches.
    fileprivate struct Volume: Hashable {
        let driver: String
        let handle: String
    }

    fileprivate static func volumes(of needs: PodNeeds, _ view: View) -> Set<Volume> {
        Set(
            needs.claims.compactMap { wanted in
                view.get(
                    .persistentVolumeClaim, namespace: needs.namespace, name: wanted.name
                ).flatMap { volume(of: $0, view) }
            })
    }

    /// The volume of a claim, or the one that its class will make (`getCSIDriverInfo`).
    private static func volume(of claim: StoredObject, _ view: View) -> Volume? {
        let wanted = PersistentVolumeClaimView(claim.value)
        if let volume = view.get(.persistentVolume, name: wanted.volumeName) {
            return Self.volume(of: volume)
        }
        guard let storageClass = VolumeMatching.storageClass(of: claim, in: view) else {
            return nil
        }
        return Volume(driver: storageClass.provisioner, handle: "to be made for \(claim.key)")
    }

    /// Nil for a volume that no CSI driver attaches.
    private static func volume(of volume: StoredObject) -> Volume? {
        let source = volume.value[.spec][.csi]
        return source.isNull
            ? nil : Volume(driver: source.text("driver"), handle: source.text("volumeHandle"))
    }

    struct State: FilterState {
        fileprivate let wanted: Set<Volume>
        fileprivate let view: View
        /// By node: the volumes of its pods, with how many use each.
        private var attached: [Int: [Volume: Int]] = [:]

        fileprivate init(wanted: Set<Volume>, view: View) {
            self.wanted = wanted
            self.view = view
        }

        func filter(_ node: NodeState, _ number: Int) -> Rejection? {
            let limits = limits(of: node.name)
            guard !limits.isEmpty else { return nil }
            var present = Set(attached[number, default: [:]].keys)
            // A volume that is there already takes no further place, one that is only attached
            // does.
            let new = wanted.subtracting(present)
            present.formUnion(attachments(to: node.name))
            for (driver, limit) in limits {
                let coming = new.count { $0.driver == driver }
                let there = present.count { $0.driver == driver }
                if coming > 0, there + coming > limit { return exceeded }
            }
            return nil
        }

        private func limits(of node: String) -> [(driver: String, limit: Int)] {
            guard let csiNode = view.get(.csiNode, name: node) else { return [] }
            return csiNode.value[.spec]["drivers"].elements.compactMap { driver in
                driver[.allocatable][.count].int.map { (driver.text(.name), $0) }
            }
        }

        private func attachments(to node: String) -> [Volume] {
            view.list(.volumeAttachment).compactMap { attachment in
                let spec = attachment.value[.spec]
                guard spec.text(.nodeName) == node,
                    let name = spec[.source]["persistentVolumeName"].string,
                    let volume = view.get(.persistentVolume, name: name)
                else { return nil }
                let attacher = spec.text("attacher")
                return NodeVolumeLimits.volume(of: volume).map {
                    Volume(driver: attacher, handle: $0.handle)
                }
            }
        }

        mutating func count(
            _ other: PodNeeds, on node: NodeState, _ number: Int, by amount: Int
        ) {
            count(other, on: number, by: amount)
        }

        fileprivate mutating func count(_ other: PodNeeds, on node: Int, by amount: Int) {
            for volume in volumes(of: other, view) {
                let users = (attached[node]?[volume] ?? 0) + amount
                attached[node, default: [:]][volume] = users > 0 ? users : nil
            }
        }
    }

    // MARK: Hints

    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        switch event.action {
        case .podDeleted:
            guard let gone = event.old else { return false }
            return gone.isPlacedOrNominated && !PodClaim.claims(of: gone.value).isEmpty
        case .claimAdded: return event.new.map { pod.uses(claim: $0) } ?? false
        case .attachmentDeleted: return pod.needs.claims.contains { !$0.isOwn }
        case .csiNodeUpdated: return raisesLimit(event)
        default: return true
        }
    }

    private static func raisesLimit(_ event: ClusterEvent) -> Bool {
        func limits(_ node: StoredObject?) -> [(driver: String, limit: Int)] {
            (node?.value[.spec]["drivers"].elements ?? []).map {
                ($0.text(.name), $0[.allocatable].int(.count))
            }
        }
        let old = limits(event.old)
        return limits(event.new).contains { row in
            row.limit > old.first { $0.driver == row.driver }?.limit ?? 0
        }
    }
}
