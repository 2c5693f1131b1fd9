import Model
import Support
import Value

/// What the owners of one kind select, kept up to date change by change: an object that looks for its
/// owners costs a match with those that demand one of its labels, and no selector is read twice.
struct SelectorIndex {
    private struct Entry {
        let owner: ObjectKey
        let selector: LabelSelector
    }

    /// The owners of a namespace by rising numbers: in the order they came, or took on their present
    /// selector.
    private struct Namespace {
        var entries: [Int: Entry] = [:]
        var numbers: [String: Int] = [:]
        var labels = LabelIndex()

        mutating func remove(_ name: String) {
            guard let number = numbers.removeValue(forKey: name),
                let entry = entries.removeValue(forKey: number)
            else { return }
            labels.remove(number, demanding: entry.selector.demandedLabel)
        }

        mutating func add(_ entry: Entry, _ number: Int) {
            numbers[entry.owner.name] = number
            entries[number] = entry
            labels.add(number, demanding: entry.selector.demandedLabel)
        }
    }

    private var namespaces: [String: Namespace] = [:]
    private var lastNumber = 0
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
        namespaces[owner.namespace]?.remove(owner.name)
        if change.type == .deleted {
            if namespaces[owner.namespace]?.entries.isEmpty == true {
                namespaces[owner.namespace] = nil
            }
        } else {
            lastNumber += 1
            namespaces[owner.namespace, default: Namespace()].add(
                Entry(owner: owner.key, selector: read(source)), lastNumber)
        }
        return true
    }

    /// What an owner selects. O(1).
    func selector(of owner: StoredObject) -> LabelSelector {
        if let namespace = namespaces[owner.namespace], let number = namespace.numbers[owner.name],
            let entry = namespace.entries[number]
        {
            return entry.selector
        }
        return read(owner.value[.spec][.selector])
    }

    /// The owners whose selector matches `object`, in no meaningful order (`getPodReplicaSets` and its
    /// like).
    func owners(selecting object: StoredObject) -> [ObjectKey] {
        guard let namespace = namespaces[object.namespace] else { return [] }
        let labels = object.value[.metadata][.labels].fields
        var found: [ObjectKey] = []
        for number in namespace.labels.candidates(labels) {
            guard let entry = namespace.entries[number] else { continue }
            let isSelected =
                entry.selector.isEverything ? emptySelectsAll : entry.selector.matches(labels)
            if isSelected { found.append(entry.owner) }
        }
        return found
    }
}
