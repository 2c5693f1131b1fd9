import Cluster
import Model
import Pictures

extension Session {
    /// What happened in the world, as far back as its log reaches.
    package var worldHistory: History {
        let kinds = cluster.kinds
        let writes = cluster.writes(since: .min, last: .max) { _, _ in true }.map {
            History.Write(kind: kinds[$0.kind].singular, record: $0)
        }
        let objects = kinds.all.filter { $0.kind != .event }.flatMap { info in
            cluster.state.list(info.kind).map {
                History.Item(kind: info.singular, value: $0.value)
            }
        }
        return History(
            start: cluster.historyStart, end: cluster.clock.now, writes: writes, objects: objects,
            marks: marks)
    }
}
