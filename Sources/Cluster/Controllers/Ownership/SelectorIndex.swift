import Model
import Support
import Value

/// What the owners of one kind select, kept up to date change by change: an object that looks for its
/// owners costs a match with each owner of its namespace, and no selector is read twice.
struct SelectorIndex {
    private struct Entry {
        let owner: ObjectKey
        let selector: LabelSelector
    }

    /// By namespace, in the order the owners came, or took on their present selector.
    private var entries: [String: [Entry]] = [:]
    private let read: @Sendable (Value) -> LabelSelector

    private let emptySelectsAll: Bool

    /// - Parameters:
    ///   - emptySelectsAll: whether an empty selector selects all (a PodDisruptionBudget's) or nothing.
    ///   - read: makes a selector of an owner's `spec.selector`.
    init(
        emptySelectsAll: Bool = false,
        read: @escaping @Sendable (Value) -> LabelSelector = { LabelSelector($0) }
    ) {
        self.emptySelectsAll = emptySelectsAll
        self.read = read
    }

    /// Takes note of a change of an owner; answers whether what it selects is new. O(1) unless it is.
    @discardableResult
    mutating func note(_ change: Change) -> Bool {
        let owner = change.object
        let source = owner.value[.spec][.selector]
        if change.type == .modified, let old = change.old, old.value[.spec][.selector] == source {
            return false
        }
        entries[owner.namespace]?.removeAll { $0.owner.name == owner.name }
        if change.type == .deleted {
            if entries[owner.namespace]?.isEmpty == true { entries[owner.namespace] = nil }
        } else {
            entries[owner.namespace, default: []].append(
                Entry(owner: owner.key, selector: read(source)))
        }
        return true
    }

    /// What an owner selects. O(owners of its namespace).
    func selector(of owner: StoredObject) -> LabelSelector {
        entries[owner.namespace]?.first { $0.owner.name == owner.name }?.selector
            ?? read(owner.value[.spec][.selector])
    }

    /// The owners whose selector matches `object`, in no meaningful order (`getPodReplicaSets` and its
    /// like).
    func owners(selecting object: StoredObject) -> [ObjectKey] {
        guard let entries = entries[object.namespace] else { return [] }
        let labels = object.value[.metadata][.labels].fields
        return entries.filter {
            $0.selector.isEverything ? emptySelectsAll : $0.selector.matches(labels)
        }.map(\.owner)
    }
}
