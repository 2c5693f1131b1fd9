/// A cluster as somebody is connected to it.
package struct ClusterConnection {
    package let client: any APIClient
    package let clock: any ClientClock
    /// What only a simulated cluster can do; nil for a real one.
    package let world: (any WorldControl)?

    package init(
        client: any APIClient, clock: any ClientClock, world: (any WorldControl)? = nil
    ) {
        self.client = client
        self.clock = clock
        self.world = world
    }
}
