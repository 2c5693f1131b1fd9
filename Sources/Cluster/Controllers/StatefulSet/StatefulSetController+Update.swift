import Model
import Support
import Value

// Origin: updateStatefulSet in pkg/controller/statefulset/stateful_set_control.go.
extension StatefulSetController {
    /// A request of the API that is made in its turn.
    typealias Request = () throws(APIError) -> Void

    // tidy: no copy: while its requests wait, a world is not copied
    /// One pass over a set: what it wants, what is there, and what came of its requests.
    final class Pass {
        let set: StoredObject
        let view: StatefulSetView
        let revisions: Revisions
        /// What is known of the pods; nil where they are looked at one by one.
        let roster: StatefulRoster?
        fileprivate var sorted: [StatefulReplica] = []
        /// By ordinal from the start: those that are wanted.
        var replicas: [StatefulReplica] { roster?.line ?? sorted }
        /// Those beyond the wanted ordinals, the highest first.
        var condemned: [StatefulReplica] = []
        /// How many pods this pass deleted so that they come back updated.
        var deletedForUpdate = 0
        /// The first failure: what was planned after it is not done.
        var failure: APIError?

        init(_ set: StoredObject, _ revisions: Revisions, _ roster: StatefulRoster? = nil) {
            self.set = set
            self.revisions = revisions
            self.roster = roster
            view = StatefulSetView(set.value)
        }

        /// Whether pods come and go one by one (`OrderedReady`).
        var isMonotonic: Bool { view.podManagementPolicy != "Parallel" }

        /// Whether an ordinal is among the wanted ones.
        func contains(_ ordinal: Int) -> Bool {
            ordinal >= view.startOrdinal && ordinal < view.startOrdinal + view.replicas
        }
    }

    /// What a pass is to do for one pod.
    struct Work {
        /// In this order; the first that fails is the last.
        var requests: [Request] = []
        /// Whether nothing is done for pods after this one, when they go in order.
        var endsPass = false
    }

    /// Brings the set a step nearer to its spec and reports.
    func performUpdate(
        _ set: StoredObject, _ pods: [StoredObject], _ existing: [StoredObject]
    ) throws(APIError) {
        let pass = Pass(set, try revisions(set, existing))
        sort(pods, into: pass)
        if !set.isDeleting { try reconcile(pass) }
        try close(pass, truncating: surplusRevisions(pass, pods, existing))
    }

    /// Reports what a pass came to, and deletes revisions.
    func close(
        _ pass: Pass, truncating surplus: ArraySlice<StoredObject>
    ) throws(APIError) {
        // The status tells of a failure's consequences, too, and history is kept short all the same.
        let status: Request = { [unowned self] () throws(APIError) in try report(pass) }
        var closing = [status]
        for revision in surplus {
            let truncation: Request = { [unowned self] () throws(APIError) in
                try api.delete(revision)
            }
            closing.append(truncation)
        }
        for (index, request) in closing.enumerated() {
            try send { () throws(APIError) in
                do throws(APIError) {
                    try request()
                } catch {
                    pass.failure = pass.failure ?? error
                }
                if index == closing.count - 1, let failure = pass.failure { throw failure }
            }
        }
    }

    /// Tells wanted pods from condemned ones, and plans those that are missing.
    func sort(_ pods: [StoredObject], into pass: Pass) {
        let view = pass.view
        var present: [Int: StatefulReplica] = [:]
        present.reserveCapacity(pods.count)
        for pod in pods {
            guard let replica = facts(pod, of: pass.set).replica else { continue }
            if pass.contains(replica.ordinal) {
                present[replica.ordinal] = replica
            } else {
                pass.condemned.append(replica)
            }
        }
        pass.condemned.sort { $0.ordinal > $1.ordinal }
        for ordinal in view.startOrdinal..<ordinalsEnd(pass, present.keys.max()) {
            pass.sorted.append(
                present[ordinal]
                    ?? StatefulReplica(missing: ordinal, revision: newRevision(ordinal, pass).name)
            )
        }
    }

    /// The ordinal after the last that this pass looks at. In order, nothing is done for a pod after the
    /// first that is missing; in Parallel, the world has no room for more than so many new pods.
    func ordinalsEnd(_ pass: Pass, _ highest: Int?) -> Int {
        let view = pass.view
        let firstMissing = max(highest.map { $0 + 1 } ?? 0, view.startOrdinal)
        let room = pass.isMonotonic ? 1 : cluster.options.limits.objects
        return min(view.startOrdinal + max(view.replicas, 0), firstMissing + room)
    }

    /// The revision that a new pod of `ordinal` gets: the current one below the partition, else the
    /// update one (`newVersionedStatefulSetPod`). Example: partition 2: a pod 1 that is deleted
    /// during the update comes back with its old template.
    func newRevision(_ ordinal: Int, _ pass: Pass) -> StoredObject {
        let view = pass.view
        let rollingUpdate = view.value[.spec][.updateStrategy][.rollingUpdate]
        let keepsCurrent =
            rollingUpdate.isNull
            ? view.updateStrategyType == "RollingUpdate"
                && ordinal < view.startOrdinal + view.status.currentReplicas
            : ordinal < view.startOrdinal + view.partition
        return keepsCurrent ? pass.revisions.current : pass.revisions.update
    }

    private func reconcile(_ pass: Pass) throws(APIError) {
        // Before anything is done: the first pod that is in trouble, the lowest ordinal first.
        let unavailable =
            pass.replicas.first { isUnavailable($0, pass) }?.ordinal
            ?? pass.condemned.last { isUnavailable($0, pass) }?.ordinal
        if try runForAll(pass.replicas.indices, pass, { processReplica(pass, $0) }) { return }
        if try runForAll(pass.condemned.indices, pass, { fixClaims(pass, $0) }) { return }
        let isShrinking = try runForAll(pass.condemned.indices, pass) {
            processCondemned(pass, $0, unavailable)
        }
        if isShrinking || pass.view.updateStrategyType == "OnDelete" { return }
        try updateRevisions(pass)
    }

    /// Deletes pods of old revisions, as far as they may go.
    func updateRevisions(_ pass: Pass) throws(APIError) {
        if honoursMaxUnavailable {
            try updateSeveral(pass)
        } else {
            try updateOne(pass)
        }
    }

    func isUnavailable(_ replica: StatefulReplica, _ pass: Pass) -> Bool {
        replica.isUnavailable(minReadySeconds: pass.view.minReadySeconds, now: now)
    }

    // MARK: Requests

    /// Sends what `plan` says for each pod: in order, until one ends the pass, or, in Parallel, for all
    /// in batches of 1, 2, 4 …; answers whether the pass ends here.
    private func runForAll(
        _ indices: Range<Int>, _ pass: Pass, _ plan: (Int) -> Work
    ) throws(APIError) -> Bool {
        if pass.isMonotonic {
            for index in indices {
                let work = plan(index)
                for request in work.requests { try sendUnlessFailed(pass, request) }
                if work.endsPass { return true }
            }
            return false
        }
        let work = indices.map(plan)
        var start = 0
        var size = 1
        while start < work.count {
            let end = min(start + size, work.count)
            try sendBatch(work[start..<end].map(\.requests).filter { !$0.isEmpty }, pass)
            start = end
            size = min(size * 2, Self.maxBatchSize)
        }
        return false
    }

    /// The most pods that are seen to side by side (`MaxBatchSize`).
    static let maxBatchSize = 500

    func sendUnlessFailed(
        _ pass: Pass, _ request: @escaping Request
    ) throws(APIError) {
        try send { () throws(APIError) in
            guard pass.failure == nil else { return }
            do throws(APIError) {
                try request()
            } catch {
                pass.failure = error
            }
        }
    }

    /// Sends the first requests of all `sequences` side by side, then the second ones, and so on. One
    /// that fails does not keep the others of its batch from going on.
    func sendBatch(_ sequences: [[Request]], _ pass: Pass) throws(APIError) {
        let batch = Batch(count: sequences.count)
        let rounds = sequences.map(\.count).max() ?? 0
        for round in 0..<rounds {
            try send { () throws(APIError) in
                if round == 0, pass.failure != nil { batch.skipAll() }
                for (place, requests) in sequences.enumerated() {
                    guard round < requests.count, !batch.isOver[place] else { continue }
                    do throws(APIError) {
                        try requests[round]()
                    } catch {
                        batch.isOver[place] = true
                        batch.failure = batch.failure ?? error
                    }
                }
                if round == rounds - 1 { pass.failure = pass.failure ?? batch.failure }
            }
        }
    }

    // tidy: no copy: while its requests wait, a world is not copied
    /// How far a batch has come.
    private final class Batch {
        var isOver: [Bool]
        var failure: APIError?

        init(count: Int) { isOver = Array(repeating: false, count: count) }

        func skipAll() { isOver = isOver.map { _ in true } }
    }

    // MARK: Wanted ordinals

    func processReplica(_ pass: Pass, _ index: Int) -> Work {
        let replica = pass.replicas[index]
        // A finished pod is replaced, whatever its exit code: it comes back when it is gone.
        if replica.isFinished, let pod = replica.pod {
            let requests = replica.isTerminating ? [] : [deletion(pass, pod)]
            return Work(requests: requests, endsPass: true)
        }
        if !replica.isCreated {
            let requests = isClaimStale(pass, replica.ordinal) ? [] : creation(pass, index)
            return Work(requests: requests, endsPass: true)
        }
        guard let pod = replica.pod else { return Work(endsPass: true) }
        var work = Work()
        if replica.isPending { work.requests = missingClaims(pass, pod, replica.ordinal) }
        if pass.isMonotonic {
            let isAvailable = replica.isAvailable(
                minReadySeconds: pass.view.minReadySeconds, now: now)
            if replica.isTerminating || !replica.isRunningAndReady || !isAvailable {
                work.endsPass = true
                return work
            }
        }
        if !facts(pod, of: pass.set).isAsWanted
            || !replica.isPending && !claimsMatchPolicy(pass, pod, replica.ordinal)
        {
            work.requests += correction(pass, pod, replica.ordinal)
        }
        return work
    }

    // MARK: Condemned ordinals

    /// Corrects the owners of a condemned pod's claims before the pod goes.
    private func fixClaims(_ pass: Pass, _ index: Int) -> Work {
        let replica = pass.condemned[index]
        guard let pod = replica.pod, !claimsMatchPolicy(pass, pod, replica.ordinal) else {
            return Work()
        }
        return Work(requests: [ownersUpdate(pass, pod, replica.ordinal)])
    }

    /// Deletes what is beyond the wanted ordinals, the highest first. In order, a pod goes only when
    /// all before it are available, except for the one that is in trouble itself: that one does not
    /// wait for its own availability.
    private func processCondemned(_ pass: Pass, _ index: Int, _ unavailable: Int?) -> Work {
        let replica = pass.condemned[index]
        guard !replica.isTerminating, let pod = replica.pod else { return Work(endsPass: true) }
        let isAvailable = replica.isAvailable(
            minReadySeconds: pass.view.minReadySeconds, now: now)
        let isWell = replica.isRunningAndReady && isAvailable
        if pass.isMonotonic, !isWell, replica.ordinal != unavailable { return Work(endsPass: true) }
        let request: Request = { [unowned self] () throws(APIError) in
            try deletePod(pass, pod)
        }
        return Work(requests: [request], endsPass: true)
    }

    // MARK: Updating

    /// Deletes the highest pod of an old revision, unless a pod above it is not available: a broken
    /// update stays where it is until somebody deletes the broken pod.
    private func updateOne(_ pass: Pass) throws(APIError) {
        let lowest = pass.view.partition
        guard lowest < pass.replicas.count else { return }
        for index in (lowest..<pass.replicas.count).reversed() {
            let replica = pass.replicas[index]
            if replica.revision != pass.revisions.update.name, !replica.isTerminating {
                return try deleteForUpdate(pass, replica)
            }
            if isUnavailable(replica, pass) { return }
        }
    }

    /// As many at once as `maxUnavailable` allows, pods in trouble counted in
    /// (`updateStatefulSetAfterInvariantEstablished`, KEP-961). Example: 5 pods, 2 may be missing,
    /// one is not available: one more goes.
    private func updateSeveral(_ pass: Pass) throws(APIError) {
        let value = pass.view.maxUnavailable
        let scaled =
            value.isNull
            ? 1 : IntOrPercent.scaled(value, total: pass.view.replicas, roundUp: false) ?? 1
        let unavailable =
            pass.roster?.unavailable ?? pass.replicas.count { isUnavailable($0, pass) }
        var rest = max(scaled, 1) - unavailable
        for index in pass.replicas.indices.reversed() {
            guard rest > 0, index >= pass.view.partition else { return }
            let replica = pass.replicas[index]
            if replica.revision == pass.revisions.update.name || replica.isTerminating { continue }
            try deleteForUpdate(pass, replica)
            rest -= 1
        }
    }

    private func deleteForUpdate(
        _ pass: Pass, _ replica: StatefulReplica
    ) throws(APIError) {
        guard let pod = replica.pod else { return }
        try sendUnlessFailed(pass) { [unowned self] () throws(APIError) in
            do throws(APIError) {
                try deletePod(pass, pod)
            } catch {
                if !error.isNotFound { throw error }
            }
            pass.deletedForUpdate += 1
        }
    }
}
