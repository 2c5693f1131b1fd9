import Cluster
import Language
import Model
import Support
import Value
import Verbs
import Why

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
        // What reads nothing has not changed, and nobody expects it to.
        guard !reads.isEmpty else { return [] }
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
                    ? ExpectationFailure.unwrittenEvidence
                    : "nothing of this was written in the last \(kept) writes")
        }
        let why = why(reads)
        return (session.takeRest() ? [ExpectationFailure.restEvidence] : []) + lines
            + (why.isEmpty ? warnings(reads) : why)
    }

    /// Objects of a list that are looked at for one that is in trouble.
    private static let mostLooked = 50

    /// Why the first of the objects read that is stuck or gone is so, in short.
    private func why(_ reads: [ResourceQuery]) -> [String] {
        for query in reads {
            let kind = Kind(id: UInt16(query.kind.id))
            guard kind != .event else { continue }
            for key in keys(of: query, kind) {
                let finding = Answer.short(
                    kind, key, namespace: session.namespace, in: cluster)
                guard let finding, finding.state == .stuck || finding.state == .gone else {
                    continue
                }
                let lines = WhyText.few(finding, now: cluster.clock.now)
                return ["why: \(lines[0])"] + lines.dropFirst().map { "  \($0)" }
            }
        }
        return []
    }

    private func keys(of query: ResourceQuery, _ kind: Kind) -> [ObjectKey] {
        let namespace = session.namespace(of: query)
        if let name = query.name { return [ObjectKey(namespace: namespace ?? "", name: name)] }
        return cluster.state.list(kind, namespace: query.kind.isNamespaced ? namespace : nil) {
            session.isRead($0, by: query)
        }.prefix(Self.mostLooked).map(\.key)
    }

    /// Whether `line` tells, under another heading, of a write that `lines` tell of.
    static func repeats(_ line: String, in lines: [String]) -> Bool {
        guard let colon = line.firstIndex(of: ":") else { return false }
        let told = line[colon...]
        return lines.contains { $0.hasSuffix(told) }
    }

    /// The last warnings about the objects read, or about what they control.
    private func warnings(_ reads: [ResourceQuery]) -> [String] {
        let events = cluster.state.list(.event).filter { $0.value[.type].string == "Warning" }
        guard !events.isEmpty else { return [] }
        let family = Family(session)
        return events.filter { event in
            family.line(of: event.value[.involvedObject]).contains { object in
                reads.contains { session.isRead(object, by: $0) }
            }
        }.suffix(2).map { event in
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
    /// Whether a `within` ended before its time, once.
    fileprivate func takeRest() -> Bool {
        defer { hasWaitedForRest = false }
        return hasWaitedForRest
    }

    package func evidence(for reads: [ResourceQuery]) -> [String] {
        Evidence(self).recent(reads)
    }
}

extension Session {
    /// Whether a query is for the object: by kind, namespace and name or labels.
    fileprivate func isRead(_ object: StoredObject, by query: ResourceQuery) -> Bool {
        guard object.kind == Kind(id: UInt16(query.kind.id)) else { return false }
        if let namespace = namespace(of: query), object.namespace != namespace { return false }
        if let name = query.name { return object.name == name }
        let labels = object.value[.metadata][.labels].fields
        return query.requirements.allSatisfy {
            Session.requirement($0).matches(labels[Key($0.key)].string)
        }
    }
}

/// Who controls whom, among the objects of now and those that the log of writes still tells of.
private final class Family {
    private var objects: [String: StoredObject] = [:]
    private let cluster: SimulatedCluster

    init(_ session: Session) {
        cluster = session.cluster
        for change in cluster.log.changes(after: 0) { objects[change.object.uid] = change.object }
    }

    /// The object that a reference names, the one that controls it, and so on upwards.
    func line(of reference: Value) -> [StoredObject] {
        var line: [StoredObject] = []
        var next = find(reference, namespace: reference.text(.namespace))
        while let object = next, line.count < 8 {
            line.append(object)
            next = object.controllerReference.flatMap { find($0, namespace: object.namespace) }
        }
        return line
    }

    private func find(_ reference: Value, namespace: String) -> StoredObject? {
        if let object = objects[reference.text(.uid)] { return object }
        let kind = try? cluster.kinds.kind(
            apiVersion: reference.text(.apiVersion), name: reference.text(.kind)
        ).get()
        guard let kind else { return nil }
        let isNamespaced = cluster.kinds[kind].isNamespaced
        let object = cluster.state.get(
            kind, namespace: isNamespaced ? namespace : "", name: reference.text(.name))
        // A kubelet gives a node's name for its uid.
        return kind == .node || object?.uid == reference.text(.uid) ? object : nil
    }
}
