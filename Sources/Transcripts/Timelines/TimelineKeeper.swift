import Cluster
import Model
import Value

/// Keeps the timeline of a world: every committed write of a tracked kind, in order, with the lines
/// of the session at the time they began.
final class TimelineKeeper: CommitObserver {
    private var recorder = TimelineRecorder()
    private let start: Milliseconds

    /// What was seen so far.
    var run: TimelineRun { recorder.run }

    /// Begins to watch `cluster`; what exists already gets its name, but no line.
    init(_ cluster: SimulatedCluster) {
        start = cluster.clock.now
        for info in cluster.api.kinds.all where TimelineKind.named(info.name) != nil {
            for object in cluster.state.list(info.kind) {
                recorder.exists(
                    object.value, kind: info.name, namespace: object.namespace, name: object.name)
            }
        }
        cluster.addObserver(self)
    }

    func began(_ line: String, at now: Milliseconds) {
        recorder.session(line, atMilliseconds: now - start)
    }

    func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool {
        let object = change.object
        recorder.write(
            old: change.old?.value, new: change.new?.value,
            kind: cluster.api.kinds[change.kind].name, namespace: object.namespace,
            name: object.name, atMilliseconds: change.time - start)
        return false
    }
}
