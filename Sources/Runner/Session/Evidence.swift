import Cluster
import Language
import Model
import Support
import Value
import Verbs

/// Tells what happened around a failed expectation: who wrote what, when, in answer to what.
struct Evidence {
    private unowned let session: Session

    init(_ session: Session) { self.session = session }

    private var cluster: SimulatedCluster { session.cluster }

    /// The write that broke an invariant, and the chain of writes that led to it.
    func breaking(_ change: Change) -> [String] {
        var lines = ["broken by: \(describe(change))"]
        var trigger = change.cause.trigger
        for _ in 0..<3 {
            guard trigger > 0, let earlier = cluster.log[trigger] else { break }
            lines.append("in answer to: \(describe(earlier))")
            trigger = earlier.cause.trigger
        }
        return lines
    }

    /// The last writes to what was read, newest first, and warnings about it.
    func recent(_ reads: [ResourceQuery]) -> [String] {
        let filter = ReadFilter(reads, in: session)
        var lines: [String] = []
        for change in cluster.log.changes(after: 0).reversed() where filter.concerns(change) {
            lines.append("last change: \(describe(change))")
            if lines.count == 2 { break }
        }
        if lines.isEmpty {
            lines.append(
                "nothing of this was written in the last \(cluster.log.head - cluster.log.start) writes"
            )
        }
        return lines + warnings(reads)
    }

    /// Warning events about the objects read, or about what they control.
    private func warnings(_ reads: [ResourceQuery]) -> [String] {
        let events = cluster.state.list(.event).filter { event in
            guard event.value[.type].string == "Warning" else { return false }
            let involved = event.value[.involvedObject]
            return reads.contains { read in
                involved.text(.name) == read.name
                    || read.name.map { involved.text(.name).hasPrefix($0 + "-") }
                        ?? (involved.text(.kind) == read.kind.kind)
            }
        }
        return events.suffix(2).map { event in
            let involved = event.value[.involvedObject]
            return "event: \(involved.text(.kind).lowercased())/\(involved.text(.name)) "
                + "\(event.value.text(.reason)): \(event.value.text(.message))"
        }
    }

    private func describe(_ change: Change) -> String { ChangeText.line(change, in: cluster) }
}

extension Session {
    public func evidence(for reads: [ResourceQuery]) -> [String] {
        Evidence(self).recent(reads)
    }
}
