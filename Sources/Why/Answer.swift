import API
import Cluster
import Model
import Support
import Value

/// Answers the question why something is as it is, from the present state of a world and the log of its
/// writes. Changes nothing, and costs nothing while nobody asks.
package enum Answer {
    /// The findings, the most telling first; never empty. Throws for objects that never were, and for
    /// claims that mean nothing for their kind.
    ///
    /// O(objects + kept writes + nodes · plugins).
    package static func to(
        _ question: WhyQuestion, in cluster: SimulatedCluster
    ) throws(WhyProblem) -> [Finding] {
        let inquiry = Inquiry(cluster, question)
        let findings: [Finding]
        switch question.subject {
        case .object(let kind, let key): findings = [try object(kind, key, inquiry)]
        case .gone(let kind, let key): findings = [try gone(kind, key, inquiry)]
        case .kind(let kind): findings = try all(kind, inquiry)
        case .everything: findings = everything(inquiry)
        }
        return findings.map(\.withoutRepetitions)
    }

    /// The finding about an object in few lines, for the end of a failure's report; nil where nothing is
    /// wrong with it or where it is not there.
    package static func short(
        _ kind: Kind, _ key: ObjectKey, namespace: String, in cluster: SimulatedCluster
    ) -> Finding? {
        let inquiry = Inquiry(
            cluster, WhyQuestion(.object(kind, key), namespace: namespace))
        guard let object = inquiry.state.get(kind, key) else {
            return Gone(kind, key, inquiry).explain()
        }
        let finding = inquiry.explain(object)
        return finding.isFine ? nil : finding.withoutRepetitions
    }

    // MARK: One object

    private static func object(
        _ kind: Kind, _ key: ObjectKey, _ inquiry: Inquiry
    ) throws(WhyProblem) -> Finding {
        guard let object = inquiry.state.get(kind, key) else {
            if let gone = Gone(kind, key, inquiry).explain() { return gone }
            throw unknown(kind, key, inquiry)
        }
        guard let claim = inquiry.question.claim else { return inquiry.explain(object) }
        switch claim {
        case .count(let count, let isNegated):
            guard inquiry.kinds[kind].replicas != nil || kind == .job else {
                throw WhyProblem(
                    "a \(inquiry.kinds[kind].name) has no number of replicas to ask about")
            }
            return ReplicaCount(object, inquiry).explain(count, isNegated: isNegated)
        case .state(let word, let isNegated):
            return try ClaimedState(word, isNegated, object, inquiry).explain()
        }
    }

    private static func gone(
        _ kind: Kind, _ key: ObjectKey, _ inquiry: Inquiry
    ) throws(WhyProblem) -> Finding {
        if let object = inquiry.state.get(kind, key) {
            let finding = inquiry.explain(object)
            if object.isDeleting { return finding }
            let earlier = Gone(kind, key, inquiry).explain()
            if let earlier { return earlier }
            return Finding(
                inquiry.name(object), "is not gone", state: .fine, because: [finding])
        }
        guard let finding = Gone(kind, key, inquiry).explain() else {
            throw unknown(kind, key, inquiry)
        }
        return finding
    }

    private static func unknown(
        _ kind: Kind, _ key: ObjectKey, _ inquiry: Inquiry
    ) -> WhyProblem {
        let info = inquiry.kinds[kind]
        let present = inquiry.state.list(
            kind, namespace: info.isNamespaced ? key.namespace : nil
        ).map(\.name)
        var names = present
        for change in inquiry.cluster.log.changes(after: 0)
        where change.kind == kind && change.type == .deleted
            && change.object.namespace == key.namespace
        {
            names.append(change.object.name)
        }
        let near = nearestName(to: key.name, among: names)
        let place = info.isNamespaced ? " in namespace \(key.namespace)" : ""
        let hint =
            near.map { "; did you mean \(info.singular)/\($0)?" }
            ?? (present.isEmpty
                ? "; there are none" : "; there is \(inquiry.list(present))")
        return WhyProblem("there is no \(info.singular)/\(key.name)\(place)\(hint)")
    }

    // MARK: Many

    /// Findings about fine objects that are shown.
    private static let mostFine = 5
    private static let mostTroubles = 20

    private static func all(
        _ kind: Kind, _ inquiry: Inquiry
    ) throws(WhyProblem) -> [Finding] {
        let info = inquiry.kinds[kind]
        let objects = inquiry.state.list(
            kind, namespace: info.isNamespaced ? inquiry.question.namespace : nil)
        guard !objects.isEmpty else {
            let place = info.isNamespaced ? " in namespace \(inquiry.question.namespace)" : ""
            throw WhyProblem("there are no \(info.plural)\(place)")
        }
        if objects.count > mostFine {
            let troubles = inquiry.troubles(objects, most: mostTroubles)
            return troubles.isEmpty
                ? [
                    Finding(
                        "", "nothing is wrong with the \(objects.count) \(info.plural)",
                        state: .fine)
                ] : troubles
        }
        let found = objects.map { inquiry.explain($0) }
        return found.filter { !$0.isFine } + found.filter(\.isFine)
    }

    /// What is not as it is meant to be: nodes, and in the namespace in force what nothing else controls.
    private static func everything(_ inquiry: Inquiry) -> [Finding] {
        var objects = inquiry.state.list(.node)
        var looked: [String] = [inquiry.count(objects.count, .node)]
        let namespace = inquiry.question.namespace
        if let own = inquiry.get(.namespace, namespace), own.isDeleting { objects.append(own) }
        let kinds = ExplainerRegistry.all.flatMap { $0.kinds }
        for kind in kinds where inquiry.kinds[kind].isNamespaced {
            // A used-up quota is what it is for; it is told of where it holds something.
            if kind == .resourceQuota { continue }
            let own = inquiry.state.list(kind, namespace: namespace) { $0.controllerUID == nil }
            if !own.isEmpty { looked.append(inquiry.count(own.count, kind)) }
            objects += own
        }
        let found = inquiry.troubles(objects, most: mostTroubles)
        guard found.isEmpty else { return found }
        return [
            Finding(
                "", "nothing is wrong in namespace \(namespace)",
                "looked at \(inquiry.list(looked, most: 20))", state: .fine)
        ]
    }
}

extension Finding {
    /// The same with each hint but once, as far out as it stands.
    fileprivate var withoutRepetitions: Finding {
        var seen: Set<Hint> = []
        return keeping(&seen)
    }

    private func keeping(_ seen: inout Set<Hint>) -> Finding {
        var finding = self
        finding.hints = hints.filter { hint in
            let key = hint.command.isEmpty ? hint : Hint(hint.command, "")
            return seen.insert(key).inserted
        }
        finding.because = because.map { $0.keeping(&seen) }
        return finding
    }
}
