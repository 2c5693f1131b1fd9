import Model
import Support
import Value

/// The history of StatefulSets and DaemonSets: one ControllerRevision per template they had.
///
/// Origin: pkg/controller/history/controller_history.go, and getPatch of both controllers.
enum ControllerRevisions {
    /// The longest prefix of a revision's name.
    private static let prefixLimit = 223

    /// What a revision keeps of a workload: the patch that brings its template back.
    static func data(of workload: Value) -> Value {
        var template = workload[.spec][.template]
        template["$patch"] = "replace"
        return [.spec: [.template: template]]
    }

    /// `web-6d4cf56db6` for a set and the hash of a revision.
    static func name(_ parent: String, _ hash: String) -> String {
        "\(parent.prefix(prefixLimit))-\(hash)"
    }

    /// A ControllerRevision object without a namespace.
    static func make(
        name: String, number: Int, data: Value, labels: Value, annotations: Value,
        owner: Value
    ) -> Value {
        var metadata: Value = [.name: Value(name), .ownerReferences: [owner]]
        if labels.count > 0 { metadata[.labels] = labels }
        if annotations.count > 0 { metadata[.annotations] = annotations }
        return [.metadata: metadata, .data: data, .revision: Value(number)]
    }

    static func number(_ revision: StoredObject) -> Int { revision.value.int(.revision) }

    /// By number, then by creation, then by name (`SortControllerRevisions`).
    static func isLower(_ left: StoredObject, _ right: StoredObject) -> Bool {
        if number(left) != number(right) { return number(left) < number(right) }
        let first = left.value[.metadata].text(.creationTimestamp)
        let second = right.value[.metadata].text(.creationTimestamp)
        return first == second ? left.name < right.name : first < second
    }

    /// The revisions to delete so that `limit` stay, the oldest first; those in use are never deleted.
    ///
    /// - Parameters:
    ///   - history: sorted by ``isLower(_:_:)``.
    ///   - countsLive: whether those in use count towards the limit, as with DaemonSets
    ///     (`cleanupHistory`) and not with StatefulSets (`truncateHistory`). Example: of 1, 2 and 3, where
    ///     2 is in use and one may stay, DaemonSets lose 1 and 3, StatefulSets 1.
    static func surplus(
        of history: [StoredObject], limit: Int, countsLive: Bool, isLive: (StoredObject) -> Bool
    ) -> ArraySlice<StoredObject> {
        guard limit >= 0, history.count > limit else { return [] }
        let dead = history.filter { !isLive($0) }
        return dead.prefix(max((countsLive ? history.count : dead.count) - limit, 0))
    }

    /// The workload as it was with the template that `revision` keeps (`ApplyRevision`).
    static func apply(_ revision: StoredObject, to workload: Value) -> Value {
        var template = revision.value[.data][.spec][.template]
        template["$patch"] = .null
        var result = workload
        result[.spec][.template] = template
        return result
    }
}
