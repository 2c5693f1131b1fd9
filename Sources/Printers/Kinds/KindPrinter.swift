import Value

/// How the objects of one kind are shown: a row of ``PrinterRegistry``.
package struct KindPrinter: Sendable {
    /// Says how far the rollout of a workload is; the number is that of `--revision`, 0 for any.
    package typealias StatusRule =
        @Sendable (Value, Int) throws(RolloutStatus.Failure) -> RolloutStatus

    /// `kubectl get`.
    package let table: Table
    /// `kubectl describe`; all fields where a kind has no description of its own.
    let description: Description
    /// `kubectl rollout status`; nil for kinds that do not roll.
    package let rolloutStatus: StatusRule?

    /// A row without a description of its own.
    package init(table: Table, rolloutStatus: StatusRule? = nil) {
        self.init(table: table, description: .generic, rolloutStatus: rolloutStatus)
    }

    init(table: Table, description: Description, rolloutStatus: StatusRule? = nil) {
        self.table = table
        self.description = description
        self.rolloutStatus = rolloutStatus
    }
}
