import Model
import Support
import Value

/// One object of a sound world, seen otherwise than it is. An invariant that never fails proves nothing.
struct Damage {
    /// What is done to an object of a kind so that an invariant must fail.
    struct Rule: Sendable {
        let invariant: Invariant
        let kind: Kind
        /// The object as it is seen, or nil if it is not there.
        let change: @Sendable (Value) -> Value?

        init(
            _ invariant: Invariant, _ kind: Kind, _ change: @escaping @Sendable (Value) -> Value?
        ) {
            self.invariant = invariant
            self.kind = kind
            self.change = change
        }
    }

    let rule: Rule
    let uid: String

    /// The object as it is seen: itself, unless it is the one that is damaged.
    func view(of object: Value, _ kind: Kind) -> Value? {
        guard kind == rule.kind, object[.metadata].text(.uid) == uid else { return object }
        return rule.change(object)
    }

    /// One for each invariant of objects. (Whether indexes agree is not read from objects.)
    static let rules: [Rule] = [
        Rule(.statusIsCurrent, .deployment) { counted($0, .metadata, .generation) },
        Rule(.nothingTerminates, .pod) {
            var pod = $0
            pod[.metadata][.deletionTimestamp] = "2030-01-01T00:00:00Z"
            return pod
        },
        Rule(.ownersExist, .replicaSet) { _ in nil },
        Rule(.replicaSetsHaveTheirPods, .pod) { _ in nil },
        Rule(.replicaSetStatusCounts, .replicaSet) { counted($0, .status, .readyReplicas) },
        Rule(.deploymentsAreComplete, .deployment) { counted($0, .status, .updatedReplicas) },
        Rule(.statefulSetsAreContiguous, .pod) { _ in nil },
        Rule(.statefulSetsAreComplete, .pod) {
            var pod = $0
            pod[.metadata][.labels]["controller-revision-hash"] = "another"
            return pod
        },
        Rule(.onePodForEachNode, .pod) { _ in nil },
        Rule(.daemonSetStatusCounts, .daemonSet) {
            counted($0, .status, .currentNumberScheduled)
        },
        Rule(.daemonSetsAreUpdated, .daemonSet) { counted($0, .status, .updatedNumberScheduled) },
        Rule(.jobsEnd, .job) {
            var job = $0
            job[.status][.conditions] = .array([])
            return job
        },
        Rule(.nodesAreNotOvercommitted, .node) {
            var node = $0
            node[.status][.allocatable]["pods"] = "0"
            return node
        },
        Rule(.podsAreOnNodes, .node) { _ in nil },
        Rule(.soundPodsAreReady, .pod) {
            var pod = $0
            pod[.status][.conditions] = .array([])
            return pod
        },
        Rule(.waitingPodsFitNowhere, .pod) {
            var pod = $0
            pod[.spec][.nodeName] = .null
            return pod
        },
        Rule(.taintsFollowConditions, .node) {
            var node = $0
            node[.spec][.unschedulable] = true
            return node
        },
        Rule(.addressesAreUnique, .pod) {
            var pod = $0
            pod[.status][.podIP] = "10.244.0.2"
            return pod
        },
        Rule(.endpointsAreReadyPods, .endpoints) { _ in nil },
        Rule(.slicesAreReadyPods, .endpointSlice) { _ in nil },
        Rule(.claimsAreBound, .persistentVolumeClaim) {
            var claim = $0
            claim[.status][.phase] = "Pending"
            return claim
        },
        Rule(.volumesHaveTheirClaims, .persistentVolumeClaim) { _ in nil },
        Rule(.budgetsCount, .podDisruptionBudget) { counted($0, .status, .currentHealthy) },
        Rule(.quotasCount, .resourceQuota) {
            var quota = $0
            quota[.status][.used]["pods"] = "1k"
            return quota
        },
    ]

    /// The object with a number that is one too high.
    private static func counted(_ object: Value, _ part: Key, _ field: Key) -> Value {
        var object = object
        object[part][field] = .int(Int64(object[part].int(field)) + 1)
        return object
    }
}
