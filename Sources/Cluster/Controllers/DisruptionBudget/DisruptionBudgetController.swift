import Model
import Support
import Value

/// Reports how many pods of each PodDisruptionBudget may be evicted now.
///
/// Origin: pkg/controller/disruption/disruption.go.
final class DisruptionBudgetController: Controller {
    /// How long an eviction may take until the budget counts the pod again (upstream's
    /// DeletionTimeout).
    static let deletionTimeout: Milliseconds = 120_000

    private var selectors = SelectorIndex(emptySelectsAll: true)
    private var ledger = BudgetLedger()
    private var check = SampledCheck()
    /// Pods that several budgets match, with the one that is chosen; users are still to be told.
    private var ambiguous: [(pod: StoredObject, budget: String)] = []

    init() { super.init(name: "controllermanager", workers: 1) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        selectors = other.selectors
        ledger = other.ledger
        check = other.check
        ambiguous = other.ambiguous
    }

    override func start() {
        watch(.podDisruptionBudget)
        watch(.pod)
    }

    override func observe(_ change: Change) {
        if change.kind == .podDisruptionBudget {
            if selectors.note(change) { noteSelection(change) }
            if change.type != .deleted { enqueue(change.object) }
            return
        }
        // Only the labels that the pod has now count (`updatePod`).
        let pod = change.object
        let budgets = selectors.owners(selecting: pod).sorted()
        ledger.note(pod, selectedBy: change.type == .deleted ? [] : budgets)
        // Upstream wakes one of several, whichever its cache gives first, and says so.
        if budgets.count > 1 {
            ambiguous.append((pod, budgets[0].name))
            schedule(after: 0, code: 0)
        }
        for budget in budgets { enqueue(budget) }
    }

    /// A budget is new, gone, or selects other pods than before.
    private func noteSelection(_ change: Change) {
        let budget = change.object
        ledger.forget(budget.key)
        if change.type == .deleted { return }
        let label = LabelSelector(budget.value[.spec][.selector]).demandedLabel
        for pod in view.pods(inNamespace: budget.namespace, demanding: label) {
            ledger.note(pod, selectedBy: selectors.owners(selecting: pod).sorted())
        }
    }

    override func fire(_ event: Event) {
        for (pod, budget) in ambiguous {
            record(
                pod, .warning, reason: "MultiplePodDisruptionBudgets",
                message: "Pod \"\(pod.namespace)\"/\"\(pod.name)\" matches multiple "
                    + "PodDisruptionBudgets.  Chose \"\(budget)\" arbitrarily.")
        }
        ambiguous = []
    }

    /// The words of a count that cannot be made.
    private struct Problem: Error { let words: String }

    private struct Expectation {
        let pods: Int
        let healthy: Int
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let budget = view.get(.podDisruptionBudget, key) else { return }
        let pods = ledger.tally(key)
        #if DEBUG
            if check.isDue() { precondition(isRight(pods, budget), "the count of pods is right") }
        #endif
        if pods.pods == 0 {
            record(budget, .normal, reason: "NoPods", message: "No matching pods found")
        }
        let expectation: Expectation
        do throws(Problem) {
            expectation = try expect(budget, pods)
        } catch {
            let words = firstProblem(budget) ?? error.words
            record(
                budget, .warning, reason: "CalculateExpectedPodCountFailed",
                message: "Failed to calculate the number of expected pods: \(words)")
            return try reportFailure(budget, words)
        }
        try report(budget, pods, expectation)
    }

    /// The pods that a budget selects, looked at one by one.
    private func pods(of budget: StoredObject) -> [StoredObject] {
        let selector = LabelSelector(budget.value[.spec][.selector])
        return view.objects(.pod, inNamespace: budget.namespace).filter {
            selector.matches($0.value[.metadata][.labels].fields)
        }
    }

    /// Whether what was counted change by change is what a look at all pods finds.
    private func isRight(_ tally: BudgetLedger.Tally, _ budget: StoredObject) -> Bool {
        var fresh = BudgetLedger()
        for pod in pods(of: budget) { fresh.note(pod, selectedBy: [budget.key]) }
        let other = fresh.tally(budget.key)
        return other.pods == tally.pods && other.healthy == tally.healthy
            && other.unmanaged == tally.unmanaged
            && other.owners.mapValues(\.pods) == tally.owners.mapValues(\.pods)
    }

    /// What is wrong with the first pod by name with which something is. Only a failure asks for that
    /// order.
    private func firstProblem(_ budget: StoredObject) -> String? {
        do throws(Problem) {
            for pod in pods(of: budget).sorted(by: { $0.name < $1.name }) {
                if let reference = pod.controllerReference {
                    _ = try scale(reference, budget.namespace, of: pod.name)
                }
            }
            return nil
        } catch {
            return error.words
        }
    }

    // MARK: Expected pods

    private func expect(
        _ budget: StoredObject, _ pods: BudgetLedger.Tally
    ) throws(Problem) -> Expectation {
        let view = PodDisruptionBudgetView(budget.value)
        if !view.maxUnavailable.isNull {
            let expected = try scale(of: pods, budget)
            let unavailable =
                IntOrPercent.scaled(view.maxUnavailable, total: expected, roundUp: true) ?? 0
            return Expectation(pods: expected, healthy: max(expected - unavailable, 0))
        }
        if let count = view.minAvailable.int {
            return Expectation(pods: pods.pods, healthy: count)
        }
        guard !view.minAvailable.isNull else { return Expectation(pods: 0, healthy: 0) }
        let expected = try scale(of: pods, budget)
        let healthy =
            IntOrPercent.scaled(view.minAvailable, total: expected, roundUp: true) ?? 0
        return Expectation(pods: expected, healthy: healthy)
    }

    /// The sum of what the pods' controllers want (`getExpectedScale`): once for each ReplicaSet; what it
    /// stands for is known by its Deployment's uid.
    private func scale(
        of pods: BudgetLedger.Tally, _ budget: StoredObject
    ) throws(Problem) -> Int {
        var scales: [String: Int] = [:]
        for owner in pods.owners.values {
            let (uid, count) = try scale(owner.reference, budget.namespace, of: "")
            scales[uid] = count
        }
        if pods.unmanaged > 0 {
            record(
                budget, .warning, reason: "UnmanagedPods",
                message: "Pods selected by this PodDisruptionBudget (selector: "
                    + "\(goText(ofSelector: budget.value[.spec][.selector]))) were found to be "
                    + "unmanaged. As a result, the status of the PDB cannot be calculated correctly, "
                    + "which may result in undefined behavior. To account for these pods please set "
                    + "\".spec.minAvailable\" field of the PDB to an integer value.")
        }
        return scales.values.reduce(0, +)
    }

    /// Whose `spec.replicas` counts for a pod, and that number: a Deployment's rather than its
    /// ReplicaSet's.
    private func scale(
        _ reference: Value, _ namespace: String, of pod: String
    ) throws(Problem) -> (uid: String, count: Int) {
        let kindName = reference.text(.kind)
        let key = ObjectKey(namespace: namespace, name: reference.text(.name))
        let found = api.kinds.kind(apiVersion: reference.text(.apiVersion), name: kindName)
        let info = (try? found.get()).map { api.kinds[$0] }
        guard let info, let replicas = info.replicas else {
            throw Problem(
                words:
                    "\(info?.qualifiedPlural ?? kindName) does not implement the scale subresource")
        }
        guard let owner = view.get(info.kind, key), owner.uid == reference.text(.uid) else {
            throw Problem(words: "found no controllers for pod \"\(pod)\"")
        }
        if info.kind == .replicaSet, let above = owner.controllerReference,
            above.text(.kind) == "Deployment"
        {
            let name = above.text(.name)
            if let deployment = view.get(.deployment, namespace: namespace, name: name),
                deployment.uid == above.text(.uid)
            {
                return (deployment.uid, deployment.value[.spec][.replicas].int ?? 1)
            }
        }
        return (owner.uid, owner.value.value(at: replicas.wanted).int ?? 1)
    }

    // MARK: Status

    private func report(
        _ budget: StoredObject, _ pods: BudgetLedger.Tally, _ expected: Expectation
    ) throws(APIError) {
        let disrupted = disruptedPods(budget)
        let going = disrupted.count { field in
            pod(field.key.name, of: budget).map(BudgetLedger.isHealthy) ?? false
        }
        let healthy = pods.healthy - going
        let spare = healthy - expected.healthy
        let allowed = expected.pods <= 0 ? 0 : max(spare, 0)
        let generation = budget.value[.metadata][.generation]
        var status = budget.value[.status]
        status[.currentHealthy] = Value(healthy)
        status[.desiredHealthy] = Value(expected.healthy)
        status[.expectedPods] = Value(expected.pods)
        status[.disruptionsAllowed] = Value(allowed)
        status[.disruptedPods] = disrupted.isEmpty ? .null : .object(disrupted)
        status[.observedGeneration] = generation
        setCondition(
            &status, generation, allowed > 0 ? "True" : "False",
            allowed > 0 ? "SufficientPods" : "InsufficientPods", "")
        try api.updateStatus(budget, to: status)
    }

    private func setCondition(
        _ status: inout Value, _ generation: Value, _ holds: String, _ reason: String,
        _ message: String
    ) {
        var condition = Condition(type: "DisruptionAllowed", status: holds, reason: reason)
        condition.value[.message] = Value(message)
        condition.value[.observedGeneration] = generation
        status.conditions.set(condition, transition: api.timestamp)
    }

    /// Nothing may be evicted while the count is unknown (`failSafe`).
    private func reportFailure(
        _ budget: StoredObject, _ words: String
    ) throws(APIError) {
        var status = budget.value[.status]
        status[.disruptionsAllowed] = 0
        setCondition(&status, status[.observedGeneration], "False", "SyncFailed", words)
        try api.updateStatus(budget, to: status)
    }

    /// The pods whose eviction was granted and is not yet seen; one that takes too long counts as
    /// healthy again (`buildDisruptedPodMap`).
    private func disruptedPods(_ budget: StoredObject) -> Object {
        var kept = Object()
        for field in budget.value[.status][.disruptedPods].fields {
            guard let pod = pod(field.key.name, of: budget), !pod.isDeleting,
                let granted = field.value.worldTime
            else { continue }
            let end = granted + Self.deletionTimeout
            if end < now {
                // Upstream prints the namespace where the name is meant.
                record(
                    pod, .warning, reason: "NotDeleted",
                    message:
                        "Pod was expected by PDB \(budget.namespace)/\(budget.namespace) to be "
                        + "deleted but it wasn't")
            } else {
                kept[field.key] = field.value
                enqueue(budget.key, after: end - now + 5)
            }
        }
        return kept
    }

    /// The pod of that name, if the budget selects it.
    private func pod(_ name: String, of budget: StoredObject) -> StoredObject? {
        guard let pod = view.get(.pod, namespace: budget.namespace, name: name) else { return nil }
        return ledger.contains(pod, of: budget.key) ? pod : nil
    }
}
