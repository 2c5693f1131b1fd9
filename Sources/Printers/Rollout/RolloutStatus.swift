import Support
import Value

/// What `kubectl rollout status` says about a workload at one instant.
/// Source: kubectl 1.32, polymorphichelpers/rollout_status.go.
package struct RolloutStatus: Hashable, Sendable {
    /// The line to print, without its newline.
    package let message: String
    /// Whether kubectl stops watching.
    package let isDone: Bool

    private init(_ message: String, isDone: Bool = false) {
        self.message = message
        self.isDone = isDone
    }

    /// Why there is no status; kubectl prints `error: ` and the message and fails.
    package enum Failure: Error, Hashable, Sendable {
        /// The update strategy is OnDelete.
        case onlyForRollingUpdate
        /// The Deployment made no progress for `progressDeadlineSeconds`.
        case exceededDeadline(name: String)
        /// `--revision` names another revision than the running one.
        case otherRevision(wanted: Int, running: Int)
        /// `--revision` was given and the Deployment bears no revision.
        case unknownRevision(name: String)
        /// The kind has no rollouts.
        case notSupported(kind: String)

        /// In kubectl's words.
        package var message: String {
            switch self {
            case .onlyForRollingUpdate:
                "rollout status is only available for RollingUpdate strategy type"
            case .exceededDeadline(let name):
                "deployment \"\(name)\" exceeded its progress deadline"
            case .otherRevision(let wanted, let running):
                "desired revision (\(wanted)) is different from the running revision (\(running))"
            case .unknownRevision(let name):
                "cannot get the revision of deployment \"\(name)\""
            case .notSupported(let kind):
                "no status viewer has been implemented for \(kind)"
            }
        }
    }

    /// The status of a Deployment, DaemonSet or StatefulSet.
    ///
    /// - Parameter revision: that of `--revision`; 0 for any. Deployments only.
    package static func of(_ workload: Value, revision: Int = 0) throws(Failure) -> RolloutStatus {
        let kind = KindReference(of: workload)
        switch kind.kind {
        case "Deployment": return try ofDeployment(workload, revision: revision)
        case "DaemonSet": return try ofDaemonSet(workload)
        case "StatefulSet": return try ofStatefulSet(workload)
        default: throw .notSupported(kind: kind.kind)
        }
    }

    private static func ofDeployment(
        _ deployment: Value, revision: Int
    ) throws(Failure) -> RolloutStatus {
        let name = deployment.objectName
        if revision > 0 {
            let annotation = deployment.annotation("deployment.kubernetes.io/revision")
            guard let running = Int(annotation.cellText) else {
                throw .unknownRevision(name: name)
            }
            guard running == revision else {
                throw .otherRevision(wanted: revision, running: running)
            }
        }
        guard isObserved(deployment) else {
            return RolloutStatus("Waiting for deployment spec update to be observed...")
        }
        let status = deployment[.status]
        let progress = status[.conditions].condition("Progressing")
        if progress[.reason].string == "ProgressDeadlineExceeded" {
            throw .exceededDeadline(name: name)
        }
        let wanted = deployment[.spec][.replicas].cellInt
        let updated = status[.updatedReplicas].cellInt
        let total = status[.replicas].cellInt
        let available = status[.availableReplicas].cellInt
        let waiting = "Waiting for deployment \"\(name)\" rollout to finish:"
        if updated < wanted {
            return RolloutStatus(
                "\(waiting) \(updated) out of \(wanted) new replicas have been updated...")
        }
        if total > updated {
            return RolloutStatus(
                "\(waiting) \(total - updated) old replicas are pending termination...")
        }
        if available < updated {
            return RolloutStatus(
                "\(waiting) \(available) of \(updated) updated replicas are available...")
        }
        return RolloutStatus("deployment \"\(name)\" successfully rolled out", isDone: true)
    }

    private static func ofDaemonSet(_ set: Value) throws(Failure) -> RolloutStatus {
        guard isRollingUpdate(set) else { throw .onlyForRollingUpdate }
        guard isObserved(set) else {
            return RolloutStatus("Waiting for daemon set spec update to be observed...")
        }
        let name = set.objectName
        let wanted = set[.status][.desiredNumberScheduled].cellInt
        let updated = set[.status][.updatedNumberScheduled].cellInt
        let available = set[.status][.numberAvailable].cellInt
        let waiting = "Waiting for daemon set \"\(name)\" rollout to finish:"
        if updated < wanted {
            return RolloutStatus(
                "\(waiting) \(updated) out of \(wanted) new pods have been updated...")
        }
        if available < wanted {
            return RolloutStatus(
                "\(waiting) \(available) of \(wanted) updated pods are available...")
        }
        return RolloutStatus("daemon set \"\(name)\" successfully rolled out", isDone: true)
    }

    private static func ofStatefulSet(_ set: Value) throws(Failure) -> RolloutStatus {
        guard isRollingUpdate(set) else { throw .onlyForRollingUpdate }
        let status = set[.status]
        guard status[.observedGeneration].cellInt != 0, isObserved(set) else {
            return RolloutStatus("Waiting for statefulset spec update to be observed...")
        }
        let wanted = set[.spec][.replicas].cellInt
        let ready = status[.readyReplicas].cellInt
        let updated = status[.updatedReplicas].cellInt
        if ready < wanted {
            return RolloutStatus("Waiting for \(wanted - ready) pods to be ready...")
        }
        let rolling = set[.spec][.updateStrategy][.rollingUpdate]
        if !rolling.isNull {
            if let partition = rolling[.partition].int, updated < wanted - partition {
                return RolloutStatus(
                    "Waiting for partitioned roll out to finish: \(updated) out of"
                        + " \(wanted - partition) new pods have been updated...")
            }
            return RolloutStatus(
                "partitioned roll out complete: \(updated) new pods have been updated...",
                isDone: true)
        }
        let revision = status[.updateRevision].cellText
        let current = status[.currentRevision].cellText
        if revision != current {
            return RolloutStatus(
                "waiting for statefulset rolling update to complete \(updated) pods at revision"
                    + " \(revision)...")
        }
        return RolloutStatus(
            "statefulset rolling update complete \(status[.currentReplicas].cellInt) pods at"
                + " revision \(current)...",
            isDone: true)
    }

    private static func isObserved(_ workload: Value) -> Bool {
        workload[.metadata][.generation].cellInt
            <= workload[.status][.observedGeneration].cellInt
    }

    private static func isRollingUpdate(_ workload: Value) -> Bool {
        workload[.spec][.updateStrategy][.type].string == "RollingUpdate"
    }
}
