import Value

/// What a world is made from. Equal options give equal worlds.
package struct ClusterOptions: Sendable {
    /// The seed of all randomness.
    package var seed: UInt64 = 1
    /// The scenario's title: worlds of different titles draw different names.
    package var title = ""
    /// The scenario's place among those of equal title, from 0.
    package var ordinal = 0
    package var profile = LatencyProfile.standard
    /// Feature gates that differ from how 1.36 ships them.
    package var featureGates: [String: Bool] = [:]
    /// The version that the API server reports.
    package var version = "v1.36.2"
    package var limits = ClusterLimits()

    package init() {}
}

/// Where a world that runs away is stopped.
package struct ClusterLimits: Sendable {
    /// Events at one instant.
    package var eventsPerInstant = 5_000_000
    /// Objects in all, events apart: more than the 150,000 pods of the largest cluster that Kubernetes
    /// supports, with their nodes, leases and owners.
    package var objects = 200_000
    /// How long a world lasts: ten years of 365 days.
    package var lifetime: Milliseconds = 315_360_000_000
    /// How many of the last writes the watch log keeps even when nobody needs them.
    package var logRetention = 10_000

    package init() {}
}
