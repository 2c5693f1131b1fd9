import Model
import Support
import Value

/// What the controller found out about the pods of sets: a pass looks at every pod of its set, and nearly
/// all of them are as the pass before it saw them.
struct KnownStatefulPods {
    /// One version of a pod, seen with one spec of its set.
    final class Facts {
        fileprivate let pod: StoredObject
        fileprivate let setUID: String
        /// Kept, so that its identity stays taken.
        fileprivate let spec: Object
        /// The number in the pod's name, as far as it has one.
        let ordinal: Int?
        /// Whether the set selects the pod, and would give it its name.
        let isSelected: Bool
        /// Whether name and label are those of the ordinal, and the volumes cover the set's claims.
        let isAsWanted: Bool
        /// The pod as a pass takes it; nil without an ordinal.
        let replica: StatefulReplica?

        fileprivate init(_ pod: StoredObject, _ set: StoredObject, _ spec: Object) {
            self.pod = pod
            setUID = set.uid
            self.spec = spec
            ordinal = StatefulPods.parse(pod.name)?.ordinal
            let labels = pod.value[.metadata][.labels].fields
            isSelected =
                LabelSelector(spec[.selector]).matches(labels)
                && StatefulPods.isMember(pod, of: set)
            replica = ordinal.map { StatefulReplica(pod, ordinal: $0) }
            isAsWanted =
                StatefulPods.identityMatches(pod, set)
                && (ordinal.map { StatefulPods.storageMatches(pod, set, $0) } ?? false)
        }

        fileprivate func areOf(_ pod: StoredObject, _ set: StoredObject, _ spec: Object) -> Bool {
            self.pod === pod && self.spec.isIdentical(to: spec) && setUID == set.uid
        }
    }

    /// By slot of the pod.
    private var known: [Facts?] = []

    /// The facts of a pod as `set` sees it. O(1) where both are as they were last.
    mutating func facts(_ pod: StoredObject, of set: StoredObject) -> Facts {
        let spec = set.value[.spec].fields
        let place = Int(pod.slot.index)
        if place < known.count, let facts = known[place], facts.areOf(pod, set, spec) {
            return facts
        }
        while place >= known.count { known.append(nil) }
        let facts = Facts(pod, set, spec)
        known[place] = facts
        return facts
    }

    /// Takes note of a change of a pod: what was known of its last version is of no more use.
    mutating func note(_ change: Change) {
        let place = Int(change.object.slot.index)
        if place < known.count { known[place] = nil }
    }
}
