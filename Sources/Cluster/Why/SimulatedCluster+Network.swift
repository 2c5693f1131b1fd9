extension SimulatedCluster {
    /// Whether a machine that runs waits for a network plugin, or for somebody who recovers it.
    package func lacksNetwork(_ node: String) -> Bool { networkLacks[node]?.isEmpty == false }
}
