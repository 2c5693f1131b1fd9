import Model
import Support
import Value

/// Rolls Deployments out by scaling one ReplicaSet per revision of their template.
///
/// Origin: pkg/controller/deployment/deployment_controller.go. Several writes of one sync are based
/// on the version that the sync began with, as upstream's are: the second one meets a conflict and
/// the sync is repeated after its back-off. A watcher sees that: a new revision appears with its
/// ReplicaSet, and only a later write says that the generation was observed.
final class DeploymentController: Controller, FreeRequester {
    /// How often a failing sync is repeated before the key is dropped until the next change.
    static let maxRetries = 15

    /// ReplicaSets that nobody controls.
    private var orphans = Orphans()
    private var selectors = SelectorIndex()
    private var rows = ReplicaSetRows()

    init() { super.init(name: "deployment-controller") }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        orphans = other.orphans
        selectors = other.selectors
        rows = other.rows
    }

    override func start() {
        watch(.deployment)
        watch(.replicaSet)
        watch(.pod)
    }

    override func retries(_ key: ObjectKey, after error: APIError) -> Bool {
        !error.isNamespaceTerminating && failures(of: key) < Self.maxRetries
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let object = view.get(.deployment, key) else { return }
        var deployment = WorkingDeployment(object)
        let selector = LabelSelector(deployment.view.selector)
        if selector.isEverything { return try refuseToSelectAll(deployment) }
        // The oldest first (`getReplicaSetsForDeployment`).
        let sets = rows.oldestFirst(
            try claimed(.replicaSet, by: object, selector, orphans: orphans))
        if object.isDeleting { return try syncStatusOnly(&deployment, sets) }
        try checkPausedConditions(&deployment)
        if deployment.view.isPaused { return try syncScale(&deployment, sets) }
        if let revision = deployment.rollbackRevision {
            return try rollback(&deployment, sets, to: revision)
        }
        if try isScalingEvent(&deployment, sets) { return try syncScale(&deployment, sets) }
        if deployment.view.strategyType == "Recreate" {
            try rolloutRecreate(&deployment, sets)
        } else {
            try rolloutRolling(&deployment, sets)
        }
    }

    private func refuseToSelectAll(_ deployment: WorkingDeployment) throws(APIError) {
        record(
            deployment.original, .warning, reason: "SelectingAll",
            message: "This deployment is selecting all pods. A non-empty selector is required.")
        var deployment = deployment
        guard deployment.view.observedGeneration < deployment.view.generation else { return }
        deployment.value[.status][.observedGeneration] = Value(deployment.view.generation)
        try write(deployment)
    }

    /// Writes status and annotations of a deployment as this sync left them (`UpdateStatus`).
    func write(_ deployment: WorkingDeployment) throws(APIError) {
        try send { own throws(APIError) in
            try own.api.updateStatus(
                deployment.original, to: deployment.value[.status],
                annotations: deployment.value[.metadata][.annotations])
        }
    }

    // MARK: Changes

    override func observe(_ change: Change) {
        switch change.kind {
        case .deployment:
            selectors.note(change)
            enqueue(change.object)
        case .replicaSet:
            orphans.note(change)
            if change.type == .deleted { rows.forget(change.object) }
            enqueueOwners(of: change, kind: .deployment, selectors)
        default: if change.type == .deleted { podDeleted(change.object) }
        }
    }

    /// A Recreate deployment goes on when the last of its old pods is gone.
    private func podDeleted(_ pod: StoredObject) {
        guard let set = controller(of: pod, kind: .replicaSet),
            let deployment = controller(of: set, kind: .deployment),
            DeploymentView(deployment.value).strategyType == "Recreate"
        else { return }
        let sets = view.controlled(.replicaSet, by: deployment.uid)
        if sets.allSatisfy({ view.controlled(.pod, by: $0.uid).isEmpty }) { enqueue(deployment) }
    }

    // MARK: ReplicaSets

    /// `ReplicaSetsByCreationTimestamp`: by the second of creation, then by name.
    static func isOlder(_ left: StoredObject, _ right: StoredObject) -> Bool {
        let first = left.value[.metadata].text(.creationTimestamp)
        let second = right.value[.metadata].text(.creationTimestamp)
        return first == second ? left.name < right.name : first < second
    }
}

/// A deployment in the hands of a sync: the version it began with, and what it made of it.
struct WorkingDeployment {
    let original: StoredObject
    var value: Value

    init(_ object: StoredObject) {
        original = object
        value = object.value
    }

    var view: DeploymentView { DeploymentView(value) }

    var isRollingUpdate: Bool { view.strategyType == "RollingUpdate" }

    /// The most pods beyond `spec.replicas` that a rolling update may have (`MaxSurge`).
    var maxSurge: Int {
        guard isRollingUpdate else { return 0 }
        return fenceposts.surge
    }

    /// How many of `spec.replicas` may be missing in a rolling update (`MaxUnavailable`).
    var maxUnavailable: Int {
        guard isRollingUpdate, view.replicas > 0 else { return 0 }
        return min(fenceposts.unavailable, view.replicas)
    }

    private var fenceposts: (surge: Int, unavailable: Int) {
        IntOrPercent.fenceposts(
            maxSurge: view.maxSurge, maxUnavailable: view.maxUnavailable, desired: view.replicas)
    }

    /// Seconds without progress until the rollout counts as failed; nil without a deadline
    /// (`HasProgressDeadline`; the greatest Int32 means none).
    var progressDeadlineSeconds: Int? {
        view.progressDeadlineSeconds.flatMap { $0 == Int(Int32.max) ? nil : $0 }
    }
}

/// The ReplicaSets of a sync: the one of the present template, if there is one yet, and the others.
struct ReplicaSets {
    var new: StoredObject?
    /// Oldest first.
    var old: [StoredObject]
    /// Those of ``old`` that add to what the sets come to; the others want no pods and report nothing.
    var oldAtWork: [StoredObject]

    var all: [StoredObject] { new.map { old + [$0] } ?? old }
    /// Those of ``all`` that add to what the sets come to.
    var atWork: [StoredObject] { new.map { oldAtWork + [$0] } ?? oldAtWork }
}

extension [StoredObject] {
    /// The sets that want pods (`FilterActiveReplicaSets`).
    var activeSets: [StoredObject] { filter { ReplicaSetView($0.value).replicas > 0 } }
    /// Pods wanted by all these ReplicaSets.
    var wantedReplicas: Int { reduce(0) { $0 + ReplicaSetView($1.value).replicas } }
    /// Pods that these ReplicaSets report.
    var actualReplicas: Int { reduce(0) { $0 + $1.value[.status].int(.replicas) } }
    var readyReplicas: Int { reduce(0) { $0 + $1.value[.status].int(.readyReplicas) } }
    var availableReplicas: Int { reduce(0) { $0 + $1.value[.status].int(.availableReplicas) } }
}
