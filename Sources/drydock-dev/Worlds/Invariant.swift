/// What holds in every cluster at rest.
struct Invariant: Sendable {
    let name: String
    /// Why it holds in a real cluster.
    let reason: String
    let check: @Sendable (WorldState) -> [Violation]

    init(
        _ name: String, because reason: String,
        check: @escaping @Sendable (WorldState) -> [Violation]
    ) {
        self.name = name
        self.reason = reason
        self.check = check
    }

    static let all: [Invariant] = [
        // tidy: lists static let (\w+) = Invariant\( of Sources/drydock-dev/Worlds
        indexesAgree, statusIsCurrent, nothingTerminates, ownersExist,
        replicaSetsHaveTheirPods, replicaSetStatusCounts, deploymentsAreComplete,
        statefulSetsAreContiguous, statefulSetsAreComplete, onePodForEachNode,
        daemonSetStatusCounts, daemonSetsAreUpdated, jobsEnd,
        nodesAreNotOvercommitted, podsAreOnNodes, soundPodsAreReady, waitingPodsFitNowhere,
        taintsFollowConditions, addressesAreUnique,
        endpointsAreReadyPods, slicesAreReadyPods, claimsAreBound, volumesHaveTheirClaims,
        budgetsCount, quotasCount,
    ]
}
