import Model
import Support
import Value

/// What a view can look objects up by: made of the objects that are there when somebody asks first, and kept
/// up to date from then on.
enum LookUp: Int, CaseIterable {
    /// Pods by namespace and one of their labels.
    case podsByLabel
    /// Pods by namespace and the name of a claim that they use.
    case podsByClaim
    /// Volumes by the claim that their claimRef names; under the empty term those without one.
    case volumesByClaim

    var kind: Kind {
        switch self {
        case .podsByLabel, .podsByClaim: .pod
        case .volumesByClaim: .persistentVolume
        }
    }

    /// The terms of an object, each once.
    func terms(of object: StoredObject) -> [String] {
        switch self {
        case .podsByLabel:
            return object.value[.metadata][.labels].fields.map {
                Self.term(object.namespace, $0.key.name, $0.value.string ?? "")
            }
        case .podsByClaim:
            var names: [String] = []
            for name in ClaimProtectionController.claims(of: object) where !names.contains(name) {
                names.append(name)
            }
            return names.map { Self.term(object.namespace, $0) }
        case .volumesByClaim:
            let reference = object.value[.spec][.claimRef]
            if reference.isNull { return [""] }
            return [Self.term(reference.text(.namespace), reference.text(.name))]
        }
    }

    /// Whether another version of an object may have other terms. Cheap, since it is asked at every write.
    func mayDiffer(_ old: StoredObject, _ new: StoredObject) -> Bool {
        switch self {
        case .podsByLabel:
            !old.value[.metadata][.labels].fields.isIdentical(
                to: new.value[.metadata][.labels].fields)
        // The volumes of a pod stay what they were.
        case .podsByClaim: old.uid != new.uid
        case .volumesByClaim:
            !old.value[.spec].fields.isIdentical(to: new.value[.spec].fields)
        }
    }

    /// Parts of a term, which have no zero bytes themselves.
    static func term(_ parts: String...) -> String { parts.joined(separator: "\0") }
}

/// The slots of objects by their terms, of which each may have several.
struct TermIndex {
    let lookUp: LookUp
    private var slots: [String: Set<Slot>] = [:]

    init(_ lookUp: LookUp, _ state: ClusterState) {
        self.lookUp = lookUp
        state.forEach(lookUp.kind) { add($0) }
    }

    /// The slots under `term`, rising.
    subscript(term: String) -> [Slot] {
        (slots[term] ?? []).sorted { $0.index < $1.index }
    }

    /// Takes note that one version of an object takes the place of another.
    mutating func note(old: StoredObject?, new: StoredObject?) {
        if let old, let new, !lookUp.mayDiffer(old, new) { return }
        if let old {
            for term in lookUp.terms(of: old) {
                slots[term]?.remove(old.slot)
                if slots[term]?.isEmpty == true { slots[term] = nil }
            }
        }
        if let new { add(new) }
    }

    private mutating func add(_ object: StoredObject) {
        for term in lookUp.terms(of: object) { slots[term, default: []].insert(object.slot) }
    }

    /// Whether the index is what one made anew would be. For tests: O(objects).
    func isRight(for state: ClusterState) -> Bool { TermIndex(lookUp, state).slots == slots }
}
