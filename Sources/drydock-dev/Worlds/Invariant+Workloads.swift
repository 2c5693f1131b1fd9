import Model
import Value

/// Workloads have the pods that they ask for, and say so.
extension Invariant {
    static let replicaSetsHaveTheirPods = Invariant(
        "replica sets have their pods",
        because: "manageReplicas makes up the difference between the active pods and spec.replicas"
    ) { world in
        world.objects(.replicaSet).compactMap { object in
            let set = ReplicaSetView(object.value)
            let count = world.activePods(of: set).count
            if set.isDeleting || count == set.replicas { return nil }
            // A quota lets no more be made.
            if count < set.replicas, world.hasQuota(set.namespace) { return nil }
            return world.violation("replicaset", set, "asks for \(set.replicas), has \(count)")
        }
    }

    static let replicaSetStatusCounts = Invariant(
        "the status of replica sets counts pods",
        because: "calculateStatus counts the active pods, those that are ready and those available"
    ) { world in
        world.objects(.replicaSet).compactMap { object in
            let set = ReplicaSetView(object.value)
            let pods = world.activePods(of: set)
            let ready = pods.filter(\.isReady).count
            let status = set.status
            guard
                status.replicas != pods.count || status.readyReplicas != ready
                    || status.availableReplicas != ready
            else { return nil }
            return world.violation(
                "replicaset", set,
                "has \(pods.count) pods, \(ready) ready; its status says \(status.replicas), "
                    + "\(status.readyReplicas) ready, \(status.availableReplicas) available")
        }
    }

    static let deploymentsAreComplete = Invariant(
        "deployments are complete",
        because: "DeploymentComplete: all replicas are updated and available where none is held up"
    ) { world in
        world.objects(.deployment).compactMap { object in
            let deployment = DeploymentView(object.value)
            if deployment.isDeleting || deployment.isPaused || world.isHeldUp(deployment) {
                return nil
            }
            let status = deployment.status
            let wanted = deployment.replicas
            if status.replicas == wanted, status.updatedReplicas == wanted,
                status.readyReplicas == wanted, status.availableReplicas == wanted
            {
                return nil
            }
            return world.violation(
                "deployment", deployment,
                "asks for \(wanted); has \(status.replicas), \(status.updatedReplicas) updated, "
                    + "\(status.readyReplicas) ready, \(status.availableReplicas) available")
        }
    }

    static let statefulSetsAreContiguous = Invariant(
        "ordinals are contiguous",
        because: "a set makes pods from its first ordinal upward and takes the highest away first"
    ) { world in
        world.objects(.statefulSet).compactMap { object in
            let set = StatefulSetView(object.value)
            let ordinals = world.pods(of: set).compactMap(\.ordinal).sorted()
            let first = set.startOrdinal
            let isParallel = set.podManagementPolicy == "Parallel"
            // One that goes or waits may stand anywhere: others went before it.
            if set.isDeleting || isParallel || world.isHeldUp(set) { return nil }
            if ordinals == Array(first..<(first + ordinals.count)) { return nil }
            return world.violation("statefulset", set, "has the ordinals \(ordinals)")
        }
    }

    static let statefulSetsAreComplete = Invariant(
        "stateful sets have their pods, ready and of the newest revision",
        because: "updateStatefulSet goes on as long as each pod becomes available"
    ) { world in
        world.objects(.statefulSet).compactMap { object in
            let set = StatefulSetView(object.value)
            if set.isDeleting || world.isHeldUp(set) { return nil }
            let pods = world.activePods(of: set)
            let ready = pods.filter(\.isReady).count
            let status = set.status
            let wanted = set.replicas
            if pods.count != wanted || ready != wanted || status.replicas != wanted
                || status.readyReplicas != wanted || status.availableReplicas != wanted
            {
                return world.violation(
                    "statefulset", set,
                    "asks for \(wanted); has \(pods.count), \(ready) ready; its status says "
                        + "\(status.replicas), \(status.readyReplicas) ready, "
                        + "\(status.availableReplicas) available")
            }
            if set.updateStrategyType == "OnDelete" { return nil }
            let old = pods.filter {
                ($0.ordinal ?? 0) >= set.startOrdinal + set.partition
                    && $0.labels["controller-revision-hash"].string != set.updateRevision
            }
            return old.isEmpty
                ? nil
                : world.violation("statefulset", set, "\(old.map(\.name)) are of an old revision")
        }
    }

    static let jobsEnd = Invariant(
        "jobs end, and then have no pods at work",
        because: "syncJob keeps min(parallelism, what is left) pods and deletes them at the end"
    ) { world in
        world.objects(.job).compactMap { object in
            let job = JobView(object.value)
            if job.isDeleting { return nil }
            let active = world.activePods(of: job).filter { !world.isOnDeadNode($0) }
            let isComplete = job.conditions.isTrue("Complete")
            if isComplete || job.conditions.isTrue("Failed") {
                if !active.isEmpty {
                    return world.violation("job", job, "ended, but \(active.map(\.name)) run")
                }
                let succeeded = job.value[.status].int(.succeeded)
                if isComplete, let wanted = job.completions, succeeded < wanted {
                    return world.violation("job", job, "completed with \(succeeded) of \(wanted)")
                }
                return nil
            }
            if job.isSuspended {
                return active.isEmpty
                    ? nil : world.violation("job", job, "is suspended and has \(active.count) pods")
            }
            let waits =
                job.parallelism == 0 || world.hasQuota(job.namespace)
                || world.pods(of: job).contains { world.excuse(of: $0) != nil }
            return waits ? nil : world.violation("job", job, "neither ends nor waits")
        }
    }
}
