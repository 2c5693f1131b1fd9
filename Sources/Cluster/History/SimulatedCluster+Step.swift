import API
import Model
import Value

extension SimulatedCluster {
    /// Takes one event, whatever it is, and tells of it; nil where none is left, or where an observer stops
    /// the world.
    package func takeStep() throws(ClusterError) -> WorldStep? {
        if resumeObservers() { return nil }
        let written = store.head
        guard try step(until: options.limits.lifetime) else {
            throw .endOfTime(limit: options.limits.lifetime)
        }
        let cause = api.cause
        let isDelivery = lastComponent == deliverer.id
        return WorldStep(
            time: clock.now, component: isDelivery ? "watch" : name(of: lastComponent),
            key: isDelivery ? nil : cause.key, firstWrite: written + 1, lastWrite: store.head)
    }

    /// Whether an observer has stopped the world.
    package var isStopped: Bool { observers.isStopped }

    /// The parts of the world that take events, by name.
    package var componentNames: [String] { components.map(\.name) }
}
