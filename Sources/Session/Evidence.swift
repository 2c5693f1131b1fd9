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
            let kept = cluster.log.head - cluster.log.start
            lines.append(
                cluster.log.start == 0
                    ? "nothing of this was ever written"
                    : "nothing of this was written in the last \(kept) writes")
        }
        return lines + warnings(reads)
    }

    /// Whether `line` tells, under another heading, of a write that `lines` tell of.
    static func repeats(_ line: String, in lines: [String]) -> Bool {
        guard let colon = line.firstIndex(of: ":") else { return false }
        let told = line[colon...]
        return lines.contains { $0.hasSuffix(told) }
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

    private func describe(_ change: Change) -> String {
        WriteText.line(cluster.record(of: change), kinds: cluster.kinds)
    }
}

extension Session {
    package func evidence(for reads: [ResourceQuery]) -> [String] {
        Evidence(self).recent(reads)
    }
}
