import Cluster

/// A world that was left for another place in time, as it stood, with what the session knew of it.
struct LeftWorld {
    let cluster: SimulatedCluster
    let place: WorldPlace
    let pending: PendingStatements
    let usage: SessionUsage
    let journal: Journal
    /// Where one came to from it.
    var landing: WorldPlace?
}
