import API
import Model
import Value

extension SimulatedCluster: WorldControl {
    package var nodeTemplate: NodeTemplate { profile.nodeTemplate }

    package func addMachine(_ name: String, _ template: NodeTemplate) throws(APIError) {
        note { try? $0.addMachine(name, template) }
        beginUserRequest()
        try addNode(name, template)
    }

    package func removeMachine(_ name: String) throws(APIError) {
        note { try? $0.removeMachine(name) }
        beginUserRequest()
        try removeNode(name)
    }

    package var nameServer: any NameServer { ClusterDNS(self) }

    package var historyStart: Milliseconds {
        log.start == 0 ? 0 : log[log.start + 1]?.time ?? clock.now
    }

    package func writes(
        since instant: Milliseconds, last count: Int, _ isWanted: (Kind, ObjectKey) -> Bool
    ) -> [WriteRecord] {
        var found: [WriteRecord] = []
        for change in log.changes(after: 0).reversed() {
            if found.count == count || change.time < instant { break }
            if isWanted(change.kind, change.object.key) { found.append(record(of: change)) }
        }
        return found.reversed()
    }

    /// A committed write as the world's history tells it.
    package func record(of change: Change) -> WriteRecord {
        WriteRecord(
            sequence: change.sequence, trigger: change.cause.trigger, time: change.time,
            kind: change.kind, key: change.object.key, type: change.type,
            actor: actor(change.cause.actor), verb: change.cause.verb, syncing: change.cause.key,
            old: change.old?.value, object: change.object.value)
    }
}

extension SimulatedCluster {
    /// The cluster as whoever drives the world is connected to it.
    package var connection: ClusterConnection {
        ClusterConnection(client: self, clock: self, world: self)
    }
}
