import Model
import Support
import Value

/// What the claims of a pod ask of its node.
struct VolumeBindingState: FilterState {
    /// Bound claims and their volumes; nil where the volume is gone.
    private var bound: [NodeRequirement?] = []
    /// Claims of classes that wait for their first consumer, the smallest first.
    private var waiting: [StoredObject] = []
    private let view: View

    private static let conflict = "node(s) didn't match PersistentVolume's node affinity"
    private static let noVolume = "node(s) didn't find available persistent volumes to bind"
    private static let noRoom = "node(s) did not have enough free storage"
    private static let lost =
        "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"

    /// Whether claims must be bound before the pod is.
    var mustBind: Bool { !waiting.isEmpty }

    /// Nil when a claim should be bound already and is not.
    init?(_ claims: [StoredObject], _ view: View) {
        self.view = view
        for claim in claims {
            let volumeName = PersistentVolumeClaimView(claim.value).volumeName
            if VolumeMatching.isFullyBound(claim) {
                let volume = view.get(.persistentVolume, name: volumeName)
                bound.append(volume.map { NodeRequirement(volume: $0.value[.spec][.nodeAffinity]) })
            } else if VolumeMatching.waitsForConsumer(claim, in: view), volumeName.isEmpty {
                waiting.append(claim)
            } else {
                // A claim that names its volume binds at once, whatever its class says.
                return nil
            }
        }
        // Two claims must not take each other's volume: the smaller one chooses first.
        waiting.sort { Self.size($0) < Self.size($1) }
    }

    private static func size(_ claim: StoredObject) -> Quantity {
        Quantity(PersistentVolumeClaimView(claim.value).requestedStorage) ?? .zero
    }

    func filter(_ node: NodeState, _ number: Int) -> Rejection? {
        var reasons: [String] = []
        // The first bound claim that will not do speaks for all.
        for requirement in bound {
            guard let requirement else {
                reasons.append(Self.lost)
                break
            }
            if !requirement.matches(node.view) {
                reasons.append(Self.conflict)
                break
            }
        }
        if case .impossible(let reason) = plan(on: node.name, node.view) { reasons.append(reason) }
        return reasons.isEmpty
            ? nil : Rejection(by: VolumeBinding.self, reasons, isResolvable: false)
    }

    // MARK: Planning

    private enum Plan {
        /// A volume for each waiting claim; nil where one is to be made.
        case possible([StoredObject?])
        case impossible(String)
    }

    /// How the waiting claims are bound on a node (`FindPodVolumes`).
    private func plan(on name: String, _ node: NodeView) -> Plan {
        var volumes: [StoredObject?] = []
        var taken: Set<String> = []
        for claim in waiting {
            // What is being made on one node cannot be used on another.
            let selected = claim.value[.metadata][.annotations][VolumeKeys.selectedNode].string
            if let selected, selected != name { return .impossible(Self.noVolume) }
            if selected == nil,
                let volume = VolumeMatching.best(for: claim, node: node, except: taken, in: view)
            {
                taken.insert(volume.name)
                volumes.append(volume)
                continue
            }
            guard VolumeMatching.canProvision(claim, on: node, in: view) else {
                return .impossible(Self.noVolume)
            }
            guard hasRoom(for: claim, on: node) else { return .impossible(Self.noRoom) }
            volumes.append(nil)
        }
        return .possible(volumes)
    }

    /// Whether a driver that says what room it has (KEP-1472) has enough for the claim within reach
    /// of the node (`hasEnoughCapacity`).
    private func hasRoom(for claim: StoredObject, on node: NodeView) -> Bool {
        let className = PersistentVolumeClaimView(claim.value).storageClassName ?? ""
        guard let storageClass = view.get(.storageClass, name: className),
            let driver = view.get(
                .csiDriver, name: StorageClassView(storageClass.value).provisioner),
            driver.value[.spec].flag("storageCapacity")
        else { return true }
        let size = Self.size(claim)
        return view.list(.csiStorageCapacity).contains { capacity in
            guard capacity.value.text(.storageClassName) == className,
                let limit = Self.limit(of: capacity), limit >= size
            else { return false }
            return LabelSelector(capacity.value["nodeTopology"]).matches(node.labels)
        }
    }

    /// The largest volume that a CSIStorageCapacity has room for; nil when it does not say.
    static func limit(of capacity: StoredObject) -> Quantity? {
        Quantity(capacity.value["maximumVolumeSize"]) ?? Quantity(capacity.value[.capacity])
    }

    // MARK: Binding

    /// Asks for the waiting claims to be bound on `node`, volumes that exist before those that are
    /// to be made; answers the claims to wait for, nil when the node will not do any more.
    func bind(on node: String, _ api: APIServer) throws(PreBindError) -> [PendingClaim]? {
        guard let object = view.get(.node, name: node),
            case .possible(let volumes) = plan(on: node, NodeView(object.value))
        else { return nil }
        do throws(APIError) {
            for case (let claim, let volume?) in zip(waiting, volumes) {
                try VolumeMatching.reserve(volume, for: claim, api: api)
            }
            for case (let claim, nil) in zip(waiting, volumes) {
                try api.modify(claim) { value in
                    value[.metadata][.annotations][VolumeKeys.selectedNode] = Value(node)
                }
            }
        } catch {
            throw PreBindError(message: error.message)
        }
        return zip(waiting, volumes).map { PendingClaim(key: $0.key, isProvisioned: $1 == nil) }
    }
}

/// A claim that a pod waits for after its node was chosen.
struct PendingClaim {
    let key: ObjectKey
    /// Whether its volume is to be made.
    let isProvisioned: Bool
}

/// A pod waits for its claims.
struct VolumeWait: PreBindWait {
    let claims: [PendingClaim]

    var timeoutMessage: String { "binding volumes: context deadline exceeded" }

    /// How far the claims are (`checkBindings`).
    func check(on node: String, in view: View) -> PreBindOutcome {
        do throws(PreBindError) {
            return try areBound(on: node, in: view) ? .done : .waiting
        } catch {
            return .failed("binding volumes: \(error.message)")
        }
    }

    private func areBound(on node: String, in view: View) throws(PreBindError) -> Bool {
        guard view.get(.node, name: node) != nil else {
            throw PreBindError(
                message: "failed to get node \"\(node)\": node \"\(node)\" not found")
        }
        for pending in claims {
            let name = pending.key.name
            guard let claim = view.get(.persistentVolumeClaim, pending.key) else {
                throw PreBindError(message: "persistentvolumeclaim \"\(name)\" not found")
            }
            if VolumeMatching.isFullyBound(claim) { continue }
            // A provisioner that fails takes the annotation back.
            let selected = claim.value[.metadata][.annotations][VolumeKeys.selectedNode].string
            if pending.isProvisioned, selected != node {
                throw PreBindError(message: "provisioning failed for PVC \"\(name)\"")
            }
            return false
        }
        return true
    }
}
