import Model
import Support
import Value

/// What the claims of a pod ask of its node.
///
/// Source: the VolumeBinding plugin of kube-scheduler 1.32 (volume_binding.go and binder.go).
struct VolumeNeeds {
    /// Why the pod can run nowhere yet; nil when nodes decide.
    private(set) var problem: String?
    /// Nodes on which each bound volume may be used.
    private var boundRequirements: [NodeRequirement] = []
    /// Whether a bound claim's volume is gone.
    private var lacksVolume = false
    /// Claims of classes that wait for their first consumer, the smallest first.
    private var waiting: [StoredObject] = []
    private var view: View?

    /// Whether claims must be bound before the pod is.
    var mustBind: Bool { !waiting.isEmpty }

    /// Whether some nodes may not do for the volumes.
    var restrictNodes: Bool { !boundRequirements.isEmpty || lacksVolume || !waiting.isEmpty }

    init(pod: StoredObject, needs: PodNeeds, view: View) {
        guard !needs.claims.isEmpty else { return }
        self.view = view
        var claims: [StoredObject] = []
        for name in needs.claims {
            let found = view.get(.persistentVolumeClaim, namespace: pod.namespace, name: name)
            problem = Self.problem(with: found, named: name)
            if problem != nil { return }
            if let found { claims.append(found) }
        }
        for claim in claims { add(claim, view) }
        // Two claims must not take each other's volume: the smaller one chooses first.
        waiting.sort { Self.size($0) < Self.size($1) }
    }

    /// What keeps a pod off every node at once (`podHasPVCs`).
    private static func problem(with claim: StoredObject?, named name: String) -> String? {
        guard let claim else { return "persistentvolumeclaim \"\(name)\" not found" }
        let view = PersistentVolumeClaimView(claim.value)
        if view.phase == "Lost" {
            return "persistentvolumeclaim \"\(name)\" bound to non-existent persistentvolume "
                + "\"\(view.volumeName)\""
        }
        return claim.isDeleting ? "persistentvolumeclaim \"\(name)\" is being deleted" : nil
    }

    private static func size(_ claim: StoredObject) -> Quantity {
        Quantity(PersistentVolumeClaimView(claim.value).requestedStorage) ?? .zero
    }

    private mutating func add(_ claim: StoredObject, _ view: View) {
        let volumeName = PersistentVolumeClaimView(claim.value).volumeName
        if VolumeMatching.isFullyBound(claim) {
            guard let volume = view.get(.persistentVolume, name: volumeName) else {
                lacksVolume = true
                return
            }
            let affinity = volume.value[.spec][.nodeAffinity]
            if !affinity.isNull { boundRequirements.append(NodeRequirement(volume: affinity)) }
        } else if VolumeMatching.waitsForConsumer(claim, in: view), volumeName.isEmpty {
            waiting.append(claim)
        } else {
            // A claim that names its volume binds at once, whatever its class says.
            problem = "pod has unbound immediate PersistentVolumeClaims"
        }
    }

    func reject(_ node: NodeState) -> [Rejection] {
        var reasons: [Rejection] = []
        if boundRequirements.contains(where: { !$0.matches(node.view) }) {
            reasons.append(.volumeNodeConflict)
        }
        if lacksVolume { reasons.append(.volumeMissing) }
        if plan(on: node.name, node.view) == nil { reasons.append(.noVolumeToBind) }
        return reasons
    }

    /// A volume for each waiting claim on a node; nil where one is to be made. The whole is nil when
    /// the node will not do (`FindPodVolumes`).
    private func plan(on name: String, _ node: NodeView) -> [StoredObject?]? {
        guard let view else { return [] }
        var plan: [StoredObject?] = []
        var taken: Set<String> = []
        for claim in waiting {
            // What is being made on one node cannot be used on another.
            let selected = claim.value[.metadata][.annotations][VolumeKeys.selectedNode].string
            if let selected, selected != name { return nil }
            if selected == nil,
                let volume = VolumeMatching.best(for: claim, node: node, except: taken, in: view)
            {
                taken.insert(volume.name)
                plan.append(volume)
            } else if VolumeMatching.canProvision(claim, on: node, in: view) {
                plan.append(nil)
            } else {
                return nil
            }
        }
        return plan
    }

    /// Asks for the waiting claims to be bound on `node`, volumes that exist before those that are to
    /// be made; answers the claims to wait for, nil when the node will not do any more.
    func bind(on node: String, api: APIServer, view: View) throws(APIError) -> [PendingClaim]? {
        guard let object = view.get(.node, name: node),
            let plan = plan(on: node, NodeView(object.value))
        else { return nil }
        for (claim, volume) in zip(waiting, plan) {
            if let volume { try VolumeMatching.reserve(volume, for: claim, api: api) }
        }
        for (claim, volume) in zip(waiting, plan) where volume == nil {
            try api.modify(claim) { value in
                value[.metadata][.annotations][VolumeKeys.selectedNode] = Value(node)
            }
        }
        return zip(waiting, plan).map { PendingClaim(key: $0.key, isProvisioned: $1 == nil) }
    }
}

/// A claim that a pod waits for after its node was chosen.
struct PendingClaim {
    let key: ObjectKey
    /// Whether its volume is to be made.
    let isProvisioned: Bool
}
