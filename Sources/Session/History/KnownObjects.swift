import Cluster
import Model
import Verbs

typealias TimelineRowKind = TimelineRow.Kind

/// The objects of a world at an instant. A copy costs nothing.
struct KnownObjects {
    let state: ClusterState
    let kinds: KindRegistry

    init(_ cluster: SimulatedCluster) {
        state = cluster.state
        kinds = cluster.kinds
    }

    /// How the objects of another world differ, by kind, namespace and name.
    func differences(to other: KnownObjects) -> [ObjectDifference] {
        // Kinds of custom resources can have other numbers in another world.
        let olds = kinds.all
        var rows: [(old: KindDescriptor?, new: KindDescriptor?)] = other.kinds.all.map { info in
            (olds.first { $0.qualifiedSingular == info.qualifiedSingular }, info)
        }
        rows += olds.filter { info in
            !other.kinds.all.contains { $0.qualifiedSingular == info.qualifiedSingular }
        }.map { ($0, nil) }
        return rows.flatMap { differences($0, $1, other.state) }
    }

    private func differences(
        _ old: KindDescriptor?, _ new: KindDescriptor?, _ other: ClusterState
    ) -> [ObjectDifference] {
        guard let info = new ?? old else { return [] }
        let before = old.map { state.list($0.kind) } ?? []
        let after = new.map { other.list($0.kind) } ?? []
        var found: [ObjectDifference] = []
        var (left, right) = (before[...], after[...])
        while true {
            switch (left.first, right.first) {
            case (nil, nil): return found
            case (let one?, let two?) where one.key == two.key:
                if one !== two {
                    found.append(
                        ObjectDifference(
                            info: info, key: one.key, old: one.value, new: two.value))
                }
                left.removeFirst()
                right.removeFirst()
            case (let one?, let two) where two.map({ one.key < $0.key }) ?? true:
                found.append(
                    ObjectDifference(info: info, key: one.key, old: one.value, new: nil))
                left.removeFirst()
            case (_, let two?):
                found.append(
                    ObjectDifference(info: info, key: two.key, old: nil, new: two.value))
                right.removeFirst()
            case (.some, nil): preconditionFailure("what is only in one world was taken before")
            }
        }
    }
}
