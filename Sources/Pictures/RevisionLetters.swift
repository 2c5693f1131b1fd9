import Model
import Support
import Value

/// A letter for each revision that pods come from: `A` for the first one of a workload, and so on.
struct RevisionLetters {
    /// One revision, as the legend names it.
    struct Revision {
        let letter: Character
        /// "deployment/web"
        let workload: String
        /// "replicaset/web-68bf9f694d", or the revision's name.
        let name: String
        let images: [String]
    }

    private(set) var revisions: [Revision] = []
    /// By workload and revision: the place in ``revisions``.
    private var places: [String: Int] = [:]
    /// By workload: how many revisions it has.
    private var counts: [String: Int] = [:]

    /// The letter for a pod. After `Z` it is `A` again.
    mutating func letter(for pod: Value, workload: String, owner: OwnerReference?) -> Character? {
        guard let owner else { return nil }
        let labels = pod[.metadata][.labels]
        let revision =
            labels[Self.statefulHash].string
            ?? (owner.value.text(.kind) == "ReplicaSet" ? owner.name : owner.uid)
        let key = "\(workload) \(revision)"
        if let place = places[key] { return revisions[place].letter }
        let count = counts[workload, default: 0]
        counts[workload] = count + 1
        let letter = Character(UnicodeScalar(UInt8(65 + count % 26)))
        places[key] = revisions.count
        revisions.append(
            Revision(
                letter: letter, workload: workload,
                name: owner.value.text(.kind) == "ReplicaSet"
                    ? "replicaset/\(owner.name)" : revision,
                images: pod[.spec].list(.containers).map { $0.text(.image) }))
        return letter
    }

    private static let statefulHash = Key("controller-revision-hash")
}
