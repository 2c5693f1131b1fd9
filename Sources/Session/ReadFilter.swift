import Cluster
import Language
import Model
import Support
import Value

/// Whether a write concerns what a condition reads.
struct ReadFilter {
    private struct Read {
        let kind: Kind
        /// Nil for all.
        let namespace: String?
        /// The name of the one object; nil for a list.
        let name: String?
        let selector: LabelSelector
    }

    private var queries: [ResourceQuery] = []
    private var reads: [Read] = []

    init() {}

    init(_ queries: [ResourceQuery], in session: Session) { update(to: queries, in: session) }

    /// From here on what counts is what `queries` find. Mostly it is what they found before.
    mutating func update(to queries: [ResourceQuery], in session: Session) {
        if queries == self.queries,
            zip(queries, reads).allSatisfy({ session.namespace(of: $0) == $1.namespace })
        {
            return
        }
        self.queries = queries
        reads = queries.map { query in
            Read(
                kind: Kind(id: UInt16(query.kind.id)), namespace: session.namespace(of: query),
                name: query.name,
                selector: LabelSelector(query.requirements.map(Session.requirement)))
        }
    }

    func concerns(_ change: Change) -> Bool {
        reads.contains { read in
            guard change.kind == read.kind else { return false }
            if let namespace = read.namespace, change.object.namespace != namespace { return false }
            if let name = read.name { return change.object.name == name }
            if read.selector.isEverything { return true }
            return Self.selects(read.selector, change.object)
                || change.old.map { Self.selects(read.selector, $0) } ?? false
        }
    }

    private static func selects(_ selector: LabelSelector, _ object: StoredObject) -> Bool {
        selector.matches(object.value[.metadata][.labels].fields)
    }
}
