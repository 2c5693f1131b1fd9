import Model
import Support
import Value

/// Gives each StatefulSet its numbered pods, each with claims of its own, in order.
///
/// Origin: pkg/controller/statefulset/stateful_set.go and stateful_set_control.go.
final class StatefulSetController: Controller {
    /// Pods, and revisions, without a controller, by namespace.
    private var orphanPods = SlotIndex()
    private var orphanRevisions = SlotIndex()

    init() { super.init(name: "statefulset-controller") }

    override func start() {
        watch(.statefulSet)
        watch(.pod)
        watch(.controllerRevision)
    }

    /// Whether the alpha field `maxUnavailable` counts.
    var honoursMaxUnavailable: Bool {
        FeatureGate.maxUnavailableStatefulSet.isEnabled(in: cluster.options.featureGates)
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let set = view.get(.statefulSet, key) else { return }
        let selector = LabelSelector(set.value[.spec][.selector])
        try adoptRevisions(set, selector)
        let pods = try claimPods(set, selector)
        let revisions = listRevisions(set, selector)
        try performUpdate(set, pods, revisions)
    }

    // MARK: Changes

    override func observe(_ change: Change) {
        switch change.kind {
        case .statefulSet: enqueue(change.object)
        case .controllerRevision:
            let isOrphan = change.type != .deleted && change.object.controllerUID == nil
            orphanRevisions.set(
                change.object.slot, to: isOrphan ? change.object.namespace : nil)
        default: observePod(change)
        }
    }

    private func observePod(_ change: Change) {
        let pod = change.object
        let isOrphan = change.type != .deleted && pod.controllerUID == nil
        if isOrphan || orphanPods.term(of: pod.slot) != nil {
            orphanPods.set(pod.slot, to: isOrphan ? pod.namespace : nil)
        }
        let ownerChanged = change.old.map { $0.controllerUID != pod.controllerUID } ?? true
        if ownerChanged, let old = change.old { enqueueController(of: old, kind: .statefulSet) }
        if pod.controllerUID != nil {
            enqueueController(of: pod, kind: .statefulSet)
            if let old = change.old { enqueueForAvailability(old, pod) }
            return
        }
        if change.type == .deleted || pod.isDeleting { return }
        if ownerChanged || change.old?.value[.metadata][.labels] != pod.value[.metadata][.labels] {
            enqueueSets(matching: pod)
        }
    }

    private func enqueueForAvailability(_ old: StoredObject, _ pod: StoredObject) {
        guard let reference = pod.controllerReference, reference.text(.kind) == "StatefulSet"
        else { return }
        let key = ObjectKey(namespace: pod.namespace, name: reference.text(.name))
        guard let set = view.get(.statefulSet, key), set.uid == pod.controllerUID else { return }
        let minReadySeconds = set.value[.spec].int(.minReadySeconds)
        guard minReadySeconds > 0, PodFacts(pod).isReady, !PodFacts(old).isReady else { return }
        // One second more, so that whole seconds have passed for sure.
        enqueue(key, after: Milliseconds(seconds: minReadySeconds + 1))
    }

    /// Wakes the sets that may want to adopt `pod`.
    private func enqueueSets(matching pod: StoredObject) {
        let labels = pod.value[.metadata][.labels].fields
        guard !labels.isEmpty else { return }
        for set in view.objects(.statefulSet, inNamespace: pod.namespace)
        where LabelSelector(set.value[.spec][.selector]).matches(labels) {
            enqueue(set)
        }
    }

    // MARK: Ownership

    private func checkAlive(_ set: StoredObject, _ what: String) throws(APIError) {
        guard let live = api.find(.statefulSet, set.key), live.uid == set.uid, !live.isDeleting
        else {
            throw APIError(.conflict, "can't adopt \(what): StatefulSet \(set.key) is gone")
        }
    }

    /// The pods that belong to the set by owner and name, after adopting and releasing
    /// (`getPodsForStatefulSet`).
    private func claimPods(
        _ set: StoredObject, _ selector: LabelSelector
    ) throws(APIError) -> [StoredObject] {
        var pods: [StoredObject] = []
        for pod in view.controlled(.pod, by: set.uid) {
            if StatefulPods.isMember(pod, of: set),
                selector.matches(pod.value[.metadata][.labels].fields)
            {
                pods.append(pod)
            } else if !set.isDeleting {
                do throws(APIError) {
                    try ask { () throws(APIError) in
                        try api.modify(pod) { OwnerReferences.remove(set.uid, from: &$0) }
                    }
                } catch {
                    if !error.isNotFound { throw error }
                }
            }
        }
        if set.isDeleting { return pods }
        let orphans = orphanPods[set.namespace].compactMap { view.get(.pod, $0) }.filter {
            !$0.isDeleting && StatefulPods.isMember($0, of: set)
                && selector.matches($0.value[.metadata][.labels].fields)
        }
        guard !orphans.isEmpty else { return pods }
        try checkAlive(set, "Pods")
        let reference = controllerReference(to: set)
        for pod in orphans.sorted(by: { $0.name < $1.name }) {
            do throws(APIError) {
                let adopted = try ask { () throws(APIError) in
                    try api.modify(pod) { OwnerReferences.add(reference, to: &$0) }
                }
                pods.append(adopted)
            } catch {
                if !error.isNotFound { throw error }
            }
        }
        return pods
    }

    private func adoptRevisions(
        _ set: StoredObject, _ selector: LabelSelector
    ) throws(APIError) {
        let orphans = orphanRevisions[set.namespace]
            .compactMap { view.get(.controllerRevision, $0) }
            .filter { selector.matches($0.value[.metadata][.labels].fields) }
        guard !orphans.isEmpty else { return }
        try checkAlive(set, "ControllerRevisions")
        let reference = controllerReference(to: set)
        for revision in orphans.sorted(by: { $0.name < $1.name }) {
            try ask { () throws(APIError) in
                try api.modify(revision) { OwnerReferences.add(reference, to: &$0) }
            }
        }
    }

    /// The set's revisions, lowest number first; those just adopted included.
    private func listRevisions(_ set: StoredObject, _ selector: LabelSelector) -> [StoredObject] {
        let orphans = orphanRevisions[set.namespace]
            .compactMap { view.get(.controllerRevision, $0) }
        return (view.controlled(.controllerRevision, by: set.uid) + orphans)
            .filter { selector.matches($0.value[.metadata][.labels].fields) }
            .sorted(by: ControllerRevisions.isLower)
    }
}
