import API
import Cluster
import Model
import Support
import Value

/// What somebody says that an object is, held against what it is.
struct ClaimedState {
    private let word: String
    private let isNegated: Bool
    private let object: StoredObject
    private let inquiry: Inquiry

    init(_ word: String, _ isNegated: Bool, _ object: StoredObject, _ inquiry: Inquiry) {
        self.word = word
        self.isNegated = isNegated
        self.object = object
        self.inquiry = inquiry
    }

    /// The words that a verb takes for claims.
    static let words: [String] = Array(Set(tests.flatMap(\.words))).sorted()

    private struct Test {
        let kinds: [Kind]
        let words: [String]
        let holds: @Sendable (StoredObject) -> Bool

        init(
            _ kinds: [Kind], _ words: String..., holds: @escaping @Sendable (StoredObject) -> Bool
        ) {
            self.kinds = kinds
            self.words = words
            self.holds = holds
        }
    }

    private static let tests: [Test] = [
        Test([], "deleted", "terminating") { $0.isDeleting },
        Test([.pod], "pending") { PodView($0.value).phase == "Pending" },
        Test([.pod], "running") { PodView($0.value).phase == "Running" },
        Test([.pod], "failed") { PodView($0.value).phase == "Failed" },
        Test([.pod], "succeeded", "complete") { PodView($0.value).phase == "Succeeded" },
        Test([.pod], "ready") { PodView($0.value).isReady },
        Test([.pod], "scheduled") { $0.nodeName?.isEmpty == false },
        Test([.pod], "evicted") { $0.value[.status].text(.reason) == "Evicted" },
        Test([.pod], "restarting", "crashing") { PodView($0.value).restartCount > 0 },
        Test([.node], "ready") { NodeView($0.value).isReady },
        Test([.node], "cordoned", "schedulable") { NodeView($0.value).isUnschedulable },
        Test(
            [.deployment, .replicaSet, .replicationController, .statefulSet], "available", "ready"
        ) {
            $0.value[.status].int(.availableReplicas) >= ($0.value[.spec][.replicas].int ?? 1)
        },
        Test([.deployment], "complete", "progressing", "stuck") { object in
            let status = DeploymentView(object.value).status
            let wanted = DeploymentView(object.value).replicas
            return status.updatedReplicas == wanted && status.availableReplicas == wanted
                && status.replicas == wanted
        },
        Test([.deployment], "paused") { DeploymentView($0.value).isPaused },
        Test([.statefulSet], "complete", "stuck") { object in
            let view = StatefulSetView(object.value)
            return view.status.availableReplicas == view.replicas
                && view.status.updatedReplicas == view.replicas
        },
        Test([.daemonSet], "complete", "ready", "available", "stuck") { object in
            let view = DaemonSetView(object.value)
            return view.numberAvailable == view.desiredNumberScheduled
                && view.updatedNumberScheduled == view.desiredNumberScheduled
        },
        Test([.persistentVolumeClaim], "pending") {
            PersistentVolumeClaimView($0.value).phase == "Pending"
        },
        Test([.persistentVolumeClaim], "bound") {
            PersistentVolumeClaimView($0.value).phase == "Bound"
        },
        Test([.persistentVolumeClaim], "lost") {
            PersistentVolumeClaimView($0.value).phase == "Lost"
        },
        Test([.persistentVolume], "bound") { PersistentVolumeView($0.value).phase == "Bound" },
        Test([.persistentVolume], "released") {
            PersistentVolumeView($0.value).phase == "Released"
        },
        Test([.persistentVolume], "available") {
            PersistentVolumeView($0.value).phase == "Available"
        },
        Test([.job], "complete") { JobView($0.value).conditions.isTrue("Complete") },
        Test([.job], "failed") { JobView($0.value).conditions.isTrue("Failed") },
        Test([.job, .cronJob], "suspended") { $0.value[.spec].flag(.suspend) },
    ]

    /// Words that say the contrary of what their test asks.
    private static let contraries: Set<String> = ["stuck", "progressing", "schedulable"]

    func explain() throws(WhyProblem) -> Finding {
        let fitting = Self.tests.filter { $0.kinds.isEmpty || $0.kinds.contains(object.kind) }
        guard let test = fitting.first(where: { $0.words.contains(word) }) else {
            let known = fitting.flatMap(\.words)
            let near = nearestName(to: word, among: known)
            throw WhyProblem(
                "a \(inquiry.kinds[object.kind].name) cannot be `\(word)`; "
                    + (near.map { "did you mean `\($0)`?" }
                        ?? "it can be \(known.joined(separator: ", "))"))
        }
        let holds = test.holds(object) != Self.contraries.contains(word)
        let finding = inquiry.explain(object)
        if holds != isNegated { return finding }
        return Finding(
            inquiry.name(object), "is \(isNegated ? "" : "not ")\(word)", state: finding.state,
            because: [finding])
    }
}
