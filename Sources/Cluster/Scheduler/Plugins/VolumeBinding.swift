import Model
import Support
import Value

/// A pod runs only where the volumes of its claims can be used. Claims of classes that wait for
/// their first consumer are bound, or provisioned, once the node is chosen, and before the pod is
/// bound.
///
/// Source: volume_binding.go and binder.go.
enum VolumeBinding: PreFilterPlugin, PreBindPlugin {
    static let name = "VolumeBinding"
    static let podFields: [Key] = [.volumes]
    static let actions: ClusterActions = [
        .classAdded, .classUpdated, .claimAdded, .claimUpdated, .volumeAdded, .volumeUpdated,
        .nodeAdded, .nodeLabels, .csiNodeAdded, .csiNodeUpdated, .csiDriverUpdated,
        .capacityAdded, .capacityUpdated,
    ]

    static let unboundImmediate = Rejection(
        by: Self.self, "pod has unbound immediate PersistentVolumeClaims")

    static func preFilter(_ pod: PodToPlace, _ cache: inout SchedulerCache) -> PreFilterResult {
        guard !pod.needs.claims.isEmpty else { return .skip }
        var claims: [StoredObject] = []
        for wanted in pod.needs.claims {
            let claim = pod.view.get(
                .persistentVolumeClaim, namespace: pod.object.namespace, name: wanted.name)
            if let problem = problem(with: claim, wanted, pod.object) {
                return .rejected(Rejection(by: Self.self, problem))
            }
            if let claim { claims.append(claim) }
        }
        guard let state = VolumeBindingState(claims, pod.view) else {
            return .rejected(unboundImmediate)
        }
        return .state(state)
    }

    /// What keeps a pod off every node at once (`podHasPVCs`).
    private static func problem(
        with claim: StoredObject?, _ wanted: PodClaim, _ pod: StoredObject
    ) -> String? {
        guard let claim else {
            return wanted.isOwn
                ? "waiting for ephemeral volume controller to create the persistentvolumeclaim "
                    + "\"\(wanted.name)\""
                : "persistentvolumeclaim \"\(wanted.name)\" not found"
        }
        let view = PersistentVolumeClaimView(claim.value)
        if view.phase == "Lost" {
            return "persistentvolumeclaim \"\(wanted.name)\" bound to non-existent "
                + "persistentvolume \"\(view.volumeName)\""
        }
        if claim.isDeleting {
            return "persistentvolumeclaim \"\(wanted.name)\" is being deleted"
        }
        if wanted.isOwn, !claim.isControlled(by: pod.uid) {
            return "PVC \(claim.key) was not created for pod \(pod.key) (pod is not owner)"
        }
        return nil
    }

    // MARK: Binding

    static func hasWorkBeforeBinding(_ cycle: SchedulingCycle) -> Bool {
        cycle.state(VolumeBindingState.self)?.mustBind ?? false
    }

    static func preBind(_ cycle: SchedulingCycle, on node: String, _ api: APIServer)
        throws(PreBindError) -> (any PreBindWait)?
    {
        guard let state = cycle.state(VolumeBindingState.self), state.mustBind else { return nil }
        guard let claims = try state.bind(on: node, api) else {
            throw PreBindError(message: "no pod volume found for node \"\(node)\"")
        }
        return VolumeWait(claims: claims)
    }

    // MARK: Hints

    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        guard let new = event.new else { return false }
        switch event.action {
        case .claimAdded, .claimUpdated: return pod.uses(claim: new)
        case .classUpdated:
            return event.old?.value[.allowedTopologies] != new.value[.allowedTopologies]
        case .csiNodeUpdated: return migratedPlugins(event.old) != migratedPlugins(new)
        case .csiDriverUpdated: return usesDriver(pod, new) && stopsTracking(event.old, new)
        case .capacityUpdated:
            guard let limit = VolumeBindingState.limit(of: new) else { return false }
            return event.old.flatMap(VolumeBindingState.limit).map { limit > $0 } ?? true
        default: return true
        }
    }

    private static func migratedPlugins(_ node: StoredObject?) -> Value {
        node?.value[.metadata][.annotations]["storage.alpha.kubernetes.io/migrated-plugins"]
            ?? .null
    }

    private static func usesDriver(_ pod: PodToPlace, _ driver: StoredObject) -> Bool {
        pod.needs.spec[.volumes].elements.contains {
            $0[.csi]["driver"].string == driver.name
        }
    }

    /// Whether the driver no longer says what room it has.
    private static func stopsTracking(_ old: StoredObject?, _ new: StoredObject) -> Bool {
        old?.value[.spec].flag("storageCapacity") == true
            && !new.value[.spec].flag("storageCapacity")
    }
}

extension PodToPlace {
    /// Whether a volume of the pod is of that claim.
    func uses(claim: StoredObject) -> Bool {
        claim.namespace == object.namespace
            && needs.claims.contains { $0.name == claim.name }
    }
}
