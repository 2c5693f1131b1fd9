import Model
import Support
import Value

/// The annotations by which a Deployment keeps its books on its ReplicaSets.
///
/// Origin: pkg/controller/deployment/util/deployment_util.go.
enum ReplicaSetAnnotations {
    /// The longest text of old revision numbers that a ReplicaSet keeps.
    static let revisionHistoryLimitCharacters = 2000

    /// Annotations of a Deployment that its ReplicaSets do not take over.
    private static let notCopied: [Key] = [
        WellKnown.lastApplied, WellKnown.deploymentRevision, WellKnown.revisionHistory,
        WellKnown.desiredReplicas, WellKnown.maxReplicas, WellKnown.deprecatedRollbackTo,
    ]

    /// The revision number of a ReplicaSet or Deployment; 0 where there is none, nil where the
    /// annotation is no number.
    static func revision(of object: Value) -> Int? {
        let text = text(of: object)
        return text.isEmpty ? 0 : Int(text)
    }

    /// The text of the revision annotation; empty where there is none.
    static func text(of object: Value) -> String {
        object[.metadata][.annotations][WellKnown.deploymentRevision].string ?? ""
    }

    /// A number in an annotation; nil when it is absent or no number.
    static func number(_ key: Key, of object: Value) -> Int? {
        object[.metadata][.annotations][key].string.flatMap { Int($0) }
    }

    /// Writes `desired-replicas` and `max-replicas`; answers whether that changed anything.
    static func setReplicas(_ set: inout Value, desired: Int, max: Int) -> Bool {
        guard needsReplicas(set, desired: desired, max: max) else { return false }
        set[.metadata][.annotations][WellKnown.desiredReplicas] = Value(String(desired))
        set[.metadata][.annotations][WellKnown.maxReplicas] = Value(String(max))
        return true
    }

    /// Whether ``setReplicas(_:desired:max:)`` would change anything.
    static func needsReplicas(_ set: Value, desired: Int, max: Int) -> Bool {
        let annotations = set[.metadata][.annotations]
        return annotations[WellKnown.desiredReplicas].string != String(desired)
            || annotations[WellKnown.maxReplicas].string != String(max)
    }

    /// Gives the newest ReplicaSet the Deployment's annotations and the revision number.
    ///
    /// `SetNewReplicaSetAnnotations`: a set that had a lower number keeps it in `revision-history`.
    /// Example: undo from revision 3 to 2: the set of revision 2 gets revision 4 and history "2".
    /// Answers whether anything changed.
    static func setNew(_ set: inout Value, deployment: Value, newRevision: Int) -> Bool {
        var changed = copyAnnotations(of: deployment, to: &set)
        let annotations = set[.metadata][.annotations]
        let oldText = annotations[WellKnown.deploymentRevision].string
        guard let old = revision(of: set) else { return false }
        guard old < newRevision else { return changed }
        set[.metadata][.annotations][WellKnown.deploymentRevision] = Value(String(newRevision))
        changed = true
        if let oldText {
            let history = annotations[WellKnown.revisionHistory].string ?? ""
            if let longer = appended(oldText, to: history) {
                set[.metadata][.annotations][WellKnown.revisionHistory] = Value(longer)
            }
        }
        return changed
    }

    private static func copyAnnotations(of deployment: Value, to set: inout Value) -> Bool {
        var changed = false
        for field in deployment[.metadata][.annotations].fields
        where !notCopied.contains(field.key)
            && set[.metadata][.annotations][field.key] != field.value
        {
            set[.metadata][.annotations][field.key] = field.value
            changed = true
        }
        return changed
    }

    /// What the annotations of a deployment become when it goes back to a ReplicaSet: its own
    /// bookkeeping, and everything else as the set has it (`SetDeploymentAnnotationsTo`).
    static func restored(of set: Value, to deployment: Value) -> Value {
        var result = Object()
        for field in deployment[.metadata][.annotations].fields
        where notCopied.contains(field.key) {
            result[field.key] = field.value
        }
        for field in set[.metadata][.annotations].fields where !notCopied.contains(field.key) {
            result[field.key] = field.value
        }
        return .object(result)
    }

    /// `history` with one more number, the oldest dropped where it grows too long; nil when even
    /// that does not make room.
    static func appended(_ revision: String, to history: String) -> String? {
        if history.isEmpty { return revision }
        var kept = history.split(separator: ",", omittingEmptySubsequences: false)[...]
        var length = history.utf8.count + revision.utf8.count + 1
        while length > revisionHistoryLimitCharacters, let oldest = kept.first {
            length -= oldest.utf8.count + 1
            kept = kept.dropFirst()
        }
        guard length <= revisionHistoryLimitCharacters else { return nil }
        return (kept + [Substring(revision)]).joined(separator: ",")
    }
}
