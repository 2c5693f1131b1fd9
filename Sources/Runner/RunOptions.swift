import Cluster
import Language

/// How scripts are run.
package struct RunOptions: Sendable {
    /// The seed of all randomness; nil for the script's own, or 1.
    package var seed: UInt64?
    /// Only scenarios whose title holds this text; the path stands for the title of a script that is
    /// one scenario itself.
    package var filter = ""
    /// Only scenarios with one of these tags; empty for all.
    package var tags: [String] = []
    /// Further folders that scripts may read.
    package var allowedFolders: [String] = []
    package var profile = LatencyProfile.standard
    package var featureGates: [String: Bool] = [:]
    /// The bounds of each scenario.
    package var limits = Limits.standard
    /// Whether what reports would warn of is a failure.
    package var isStrict = false
    /// Whether every script is there to test something, also one without titled scenarios: it should
    /// expect something.
    package var isTest = false

    package init() {}
}
