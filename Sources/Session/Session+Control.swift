import Cluster
import Verbs

extension Session: SessionControl {
    package func forgetInterruption() { interruptClear() }

    package func reseed(_ seed: UInt64) throws(VerbError) {
        guard cluster.isUntouched else {
            throw .message("seed must come before anything happens in the world")
        }
        guard !options.isSeedFixed else { return }
        options.seed = seed
        beginAnew()
    }

    /// Gates that were set before stay.
    package func setFeatureGates(_ gates: [String: Bool]) throws(VerbError) {
        guard cluster.isUntouched else {
            throw .message("feature-gate must come before anything happens in the world")
        }
        options.featureGates.merge(gates) { $1 }
        beginAnew()
    }

    package func setDefaultStorageClass(_ exists: Bool) throws(VerbError) {
        guard cluster.isUntouched else {
            throw .message("world storageclass must come before anything happens in the world")
        }
        options.profile.hasDefaultStorageClass = exists
        beginAnew()
    }

    package func helpText(_ words: [String]) throws(VerbError) -> String {
        switch HelpBook(kinds: cluster.api.kinds).answer(words) {
        case .text(let text): return text
        case .unknown(let problem): throw .message(problem)
        }
    }

    package var pendingBlocks: [PendingBlock] { pending.blocks }

    package func cancelPending(_ number: Int) {
        cluster.note { [unowned self] cluster in cancelPending(number, in: cluster) }
        cancelPending(number, in: cluster)
    }

    private func cancelPending(_ number: Int, in cluster: SimulatedCluster) {
        guard let action = pending.cancel(number) else { return }
        usage.endTimer()
        cluster.cancel(action)
    }
}
