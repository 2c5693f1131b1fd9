import Support
import Value

/// What `kubectl rollout status` says about a workload at one instant.
/// Source: kubectl 1.36, polymorphichelpers/rollout_status.go.
package struct RolloutStatus: Hashable, Sendable {
    /// The line to print, without its newline.
    package let message: String
    /// Whether kubectl stops watching.
    package let isDone: Bool

    /// A line that ends the watching, or does not.
    package init(_ message: String, isDone: Bool = false) {
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

    /// The status of a workload, by the rule of its kind.
    ///
    /// - Parameter revision: that of `--revision`; 0 for any. Deployments only.
    package static func of(
        _ workload: Value, revision: Int = 0, printers: PrinterRegistry = .builtIn
    ) throws(Failure) -> RolloutStatus {
        let kind = KindReference(of: workload)
        guard let rule = printers[kind].rolloutStatus else { throw .notSupported(kind: kind.kind) }
        return try rule(workload, revision)
    }

    /// Whether the controller has seen the present spec.
    static func isObserved(_ workload: Value) -> Bool {
        workload[.metadata][.generation].cellInt
            <= workload[.status][.observedGeneration].cellInt
    }

    /// Whether pods are replaced without being asked for.
    static func isRollingUpdate(_ workload: Value) -> Bool {
        workload[.spec][.updateStrategy][.type].string == "RollingUpdate"
    }
}
