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
    /// Pods that several budgets match, with the one that is chosen; users are still to be told.
    private var ambiguous: [(pod: StoredObject, budget: String)] = []

    init() { super.init(name: "controllermanager", workers: 1) }

    override func start() {
        watch(.podDisruptionBudget)
        watch(.pod)
    }

    override func observe(_ change: Change) {
        if change.kind == .podDisruptionBudget {
            selectors.note(change)
            if change.type != .deleted { enqueue(change.object) }
            return
        }
        // Only the labels that the pod has now count (`updatePod`).
        let pod = change.object
        let budgets = selectors.owners(selecting: pod).sorted()
        // Upstream wakes one of several, whichever its cache gives first, and says so.
        if budgets.count > 1 {
            ambiguous.append((pod, budgets[0].name))
            schedule(after: 0, code: 0)
        }
        for budget in budgets { enqueue(budget) }
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
        let selector = LabelSelector(budget.value[.spec][.selector])
        let pods = view.objects(.pod, inNamespace: key.namespace).filter {
            selector.matches($0.value[.metadata][.labels].fields)
        }
        if pods.isEmpty {
            record(budget, .normal, reason: "NoPods", message: "No matching pods found")
        }
        let expectation: Expectation
        do throws(Problem) {
            expectation = try expect(budget, pods)
        } catch {
            let words = firstProblem(budget, pods) ?? error.words
            record(
                budget, .warning, reason: "CalculateExpectedPodCountFailed",
                message: "Failed to calculate the number of expected pods: \(words)")
            return try reportFailure(budget, words)
        }
        try report(budget, pods, expectation)
    }

    /// What is wrong with the first pod by name with which something is. Only a failure asks for that
    /// order.
    private func firstProblem(_ budget: StoredObject, _ pods: [StoredObject]) -> String? {
        do throws(Problem) {
            _ = try expect(budget, pods.sorted { $0.name < $1.name })
            return nil
        } catch {
            return error.words
        }
    }

    // MARK: Expected pods

    private func expect(
        _ budget: StoredObject, _ pods: [StoredObject]
    ) throws(Problem) -> Expectation {
        let view = PodDisruptionBudgetView(budget.value)
        if !view.maxUnavailable.isNull {
            let expected = try scale(of: pods, budget)
            let unavailable =
                IntOrPercent.scaled(view.maxUnavailable, total: expected, roundUp: true) ?? 0
            return Expectation(pods: expected, healthy: max(expected - unavailable, 0))
        }
        if let count = view.minAvailable.int {
            return Expectation(pods: pods.count, healthy: count)
        }
        guard !view.minAvailable.isNull else { return Expectation(pods: 0, healthy: 0) }
        let expected = try scale(of: pods, budget)
        let healthy =
            IntOrPercent.scaled(view.minAvailable, total: expected, roundUp: true) ?? 0
        return Expectation(pods: expected, healthy: healthy)
    }

    /// The sum of what the pods' controllers want (`getExpectedScale`).
    private func scale(
        of pods: [StoredObject], _ budget: StoredObject
    ) throws(Problem) -> Int {
        var scales: [String: Int] = [:]
        var unmanaged: [String] = []
        var seen: Set<String> = []
        for pod in pods {
            guard let reference = pod.controllerReference else {
                unmanaged.append(pod.name)
                continue
            }
            let uid = reference.text(.uid)
            // Once for each ReplicaSet; what it stands for is known by its Deployment's uid.
            if scales[uid] != nil || !seen.insert(uid).inserted { continue }
            let (owner, count) = try scale(reference, pod)
            scales[owner] = count
        }
        if !unmanaged.isEmpty {
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
        _ reference: Value, _ pod: StoredObject
    ) throws(Problem) -> (uid: String, count: Int) {
        let kindName = reference.text(.kind)
        let key = ObjectKey(namespace: pod.namespace, name: reference.text(.name))
        let found = api.kinds.kind(apiVersion: reference.text(.apiVersion), name: kindName)
        let info = (try? found.get()).map { api.kinds[$0] }
        guard let info, let replicas = info.replicas else {
            throw Problem(
                words:
                    "\(info?.qualifiedPlural ?? kindName) does not implement the scale subresource")
        }
        guard let owner = view.get(info.kind, key), owner.uid == reference.text(.uid) else {
            throw Problem(words: "found no controllers for pod \"\(pod.name)\"")
        }
        if info.kind == .replicaSet, let above = owner.controllerReference,
            above.text(.kind) == "Deployment"
        {
            let name = above.text(.name)
            if let deployment = view.get(.deployment, namespace: pod.namespace, name: name),
                deployment.uid == above.text(.uid)
            {
                return (deployment.uid, deployment.value[.spec][.replicas].int ?? 1)
            }
        }
        return (owner.uid, owner.value.value(at: replicas.wanted).int ?? 1)
    }

    // MARK: Status

    private func report(
        _ budget: StoredObject, _ pods: [StoredObject], _ expected: Expectation
    ) throws(APIError) {
        let disrupted = disruptedPods(budget, pods)
        let healthy = pods.count { pod in
            !pod.isDeleting && (disrupted.isEmpty || disrupted[Key(pod.name)].isNull)
                && PodView(pod.value).isReady
        }
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
    private func disruptedPods(_ budget: StoredObject, _ pods: [StoredObject]) -> Object {
        var kept = Object()
        for field in budget.value[.status][.disruptedPods].fields {
            guard let pod = pods.first(where: { $0.name == field.key.name }), !pod.isDeleting,
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
}
