import API
import Model
import Support
import Value

/// Gives each StatefulSet its numbered pods, each with claims of its own, in order.
///
/// Origin: pkg/controller/statefulset/stateful_set.go and stateful_set_control.go.
final class StatefulSetController: Controller {
    private var orphanPods = Orphans()
    private var orphanRevisions = Orphans()
    private var selectors = SelectorIndex()
    private var knownPods = KnownStatefulPods()
    var rosters = StatefulRosters()
    private var check = SampledCheck()

    init() { super.init(name: "statefulset-controller") }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        orphanPods = other.orphanPods
        orphanRevisions = other.orphanRevisions
        selectors = other.selectors
        knownPods = other.knownPods
        rosters = other.rosters.copy()
        check = other.check
    }

    override func start() {
        watch(.statefulSet)
        watch(.pod)
        watch(.controllerRevision)
        watch(.persistentVolumeClaim)
    }

    /// Whether the alpha field `maxUnavailable` counts.
    var honoursMaxUnavailable: Bool {
        FeatureGate.maxUnavailableStatefulSet.isEnabled(in: cluster.options.featureGates)
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let set = view.get(.statefulSet, key) else { return }
        let selector = LabelSelector(set.value[.spec][.selector])
        let revisions = try claimRevisions(set, selector)
        if let roster = roster(of: set, revisions) {
            return try performUpdate(set, roster, revisions)
        }
        let pods = try claimed(.pod, by: set, orphans: orphanPods) {
            facts($0, of: set).isSelected
        }
        try performUpdate(set, pods, revisions)
    }

    /// What is known of a pod as `set` sees it.
    func facts(_ pod: StoredObject, of set: StoredObject) -> KnownStatefulPods.Facts {
        knownPods.facts(pod, of: set)
    }

    /// The pods of a namespace that nobody controls.
    func orphans(in namespace: String) -> [StoredObject] {
        orphanPods.objects(.pod, in: namespace, view)
    }

    /// Whether what is known of a set is to be held against a look at all its pods.
    func isCheckDue() -> Bool { check.isDue() }

    // MARK: Changes

    override func observe(_ change: Change) {
        rosters.note(change)
        switch change.kind {
        case .persistentVolumeClaim: return
        case .statefulSet:
            selectors.note(change)
            enqueue(change.object)
        case .controllerRevision: orphanRevisions.note(change)
        default: observePod(change)
        }
    }

    private func observePod(_ change: Change) {
        knownPods.note(change)
        orphanPods.note(change)
        enqueueOwners(of: change, kind: .statefulSet, selectors)
        guard let owner = controller(of: change.object, kind: .statefulSet) else { return }
        let minReadySeconds = owner.value[.spec].int(.minReadySeconds)
        enqueueWhenAvailable(owner.key, change, minReadySeconds: minReadySeconds)
    }

    /// The set's revisions, lowest number first; orphans that match are adopted (`adoptOrphanRevisions`).
    /// Those that no longer match stay the set's: nothing releases them.
    private func claimRevisions(
        _ set: StoredObject, _ selector: LabelSelector
    ) throws(APIError) -> [StoredObject] {
        let matches = { (revision: StoredObject) in
            selector.matches(revision.value[.metadata][.labels].fields)
        }
        let orphans = orphanRevisions.objects(.controllerRevision, in: set.namespace, view)
        let own = view.controlled(.controllerRevision, by: set.uid)
        return try
            (own.filter(matches)
            + claim(for: set, releasing: [], adopting: orphans.filter(matches)))
            .sorted(by: ControllerRevisions.isLower)
    }
}
