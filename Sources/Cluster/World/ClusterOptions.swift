/// What a world is made from. Equal options give equal worlds.
public struct ClusterOptions: Sendable {
    /// The seed of all randomness.
    public var seed: UInt64 = 1
    /// The scenario's title: worlds of different titles draw different names.
    public var title = ""
    /// The scenario's place among those of equal title, from 0.
    public var ordinal = 0
    public var profile = LatencyProfile.standard
    /// Feature gates that differ from how 1.32 ships them.
    public var featureGates: [String: Bool] = [:]
    /// The version that the API server reports.
    public var version = "v1.32.0"
    public var limits = ClusterLimits()

    public init() {}
}

/// Where a world that runs away is stopped.
public struct ClusterLimits: Sendable {
    /// Events at one instant.
    public var eventsPerInstant = 5_000_000
    /// Objects in all.
    public var objects = 2_000_000
    /// How many of the last writes the watch log keeps even when nobody needs them.
    public var logRetention = 10_000

    public init() {}
}
