import Model
import Support
import Value

/// What the claims of a pod ask of its node (upstream: the VolumeBinding plugin).
struct VolumeNeeds {
    /// Why the pod can run nowhere yet; nil when nodes decide.
    private(set) var problem: String?
    /// Nodes on which each bound volume may be used.
    private var boundRequirements: [NodeRequirement] = []
    /// Claims of classes that wait for their first consumer.
    private var waiting: [StoredObject] = []
    private var view: View?

    /// Whether claims must be bound before the pod is.
    var mustBind: Bool { !waiting.isEmpty }

    /// Whether some nodes may not do for the volumes.
    var restrictNodes: Bool { !boundRequirements.isEmpty || !waiting.isEmpty }

    init(pod: StoredObject, needs: PodNeeds, view: View) {
        guard !needs.claims.isEmpty else { return }
        self.view = view
        for name in needs.claims {
            guard
                let claim = view.get(.persistentVolumeClaim, namespace: pod.namespace, name: name)
            else {
                problem = "persistentvolumeclaim \"\(name)\" not found"
                return
            }
            if claim.isDeleting {
                problem = "persistentvolumeclaim \"\(name)\" is being deleted"
                return
            }
            add(claim, view)
        }
    }

    private mutating func add(_ claim: StoredObject, _ view: View) {
        let claimView = PersistentVolumeClaimView(claim.value)
        if !claimView.volumeName.isEmpty, claimView.phase == "Bound" {
            guard let volume = view.get(.persistentVolume, name: claimView.volumeName) else {
                problem = "persistentvolume \"\(claimView.volumeName)\" not found"
                return
            }
            let affinity = volume.value[.spec][.nodeAffinity]
            if !affinity.isNull { boundRequirements.append(NodeRequirement(volume: affinity)) }
        } else if VolumeMatching.waitsForConsumer(claim, in: view), claimView.volumeName.isEmpty {
            waiting.append(claim)
        } else {
            problem = "pod has unbound immediate PersistentVolumeClaims"
        }
    }

    func reject(_ node: NodeState) -> [Rejection] {
        for requirement in boundRequirements
        where !requirement.matches(node.view) {
            return [.volumeNodeConflict]
        }
        guard let view, !waiting.isEmpty else { return [] }
        var taken: Set<String> = []
        for claim in waiting {
            if let volume = VolumeMatching.best(
                for: claim, node: node.view, except: taken, in: view)
            {
                taken.insert(volume.name)
            } else if !VolumeMatching.canProvision(claim, in: view) {
                return [.noVolumeToBind]
            }
        }
        return []
    }

    /// Asks for the waiting claims to be bound on `node`. Answers whether all are bound already.
    func bind(on node: String, api: APIServer, view: View) -> Bool {
        guard let object = view.get(.node, name: node) else { return false }
        var taken: Set<String> = []
        for claim in waiting {
            if let volume = VolumeMatching.best(
                for: claim, node: NodeView(object.value), except: taken, in: view)
            {
                taken.insert(volume.name)
                VolumeMatching.reserve(volume, for: claim, api: api)
            } else {
                _ = try? api.modify(claim) { value in
                    value[.metadata][.annotations][VolumeKeys.selectedNode] = Value(node)
                }
            }
        }
        return waiting.isEmpty
    }
}
