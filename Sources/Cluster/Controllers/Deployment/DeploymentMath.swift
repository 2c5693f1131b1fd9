/// The numbers of a rolling update, free of objects.
///
/// Origin: pkg/controller/deployment/util/deployment_util.go.
enum DeploymentMath {
    /// The size for the new ReplicaSet of a rolling update: as large as the surge leaves room for.
    ///
    /// `NewRSNewReplicas`. Example: wanted 5, surge 2, 5 old pods, new set at 0: it becomes 2.
    static func newReplicaSetSize(
        current: Int, desired: Int, surge: Int, totalOfAllSets: Int
    ) -> Int {
        let room = desired + surge - totalOfAllSets
        guard room > 0 else { return current }
        return current + min(room, desired - current)
    }

    /// How much a set's size changes for its share when a deployment is scaled in mid-rollout.
    ///
    /// `getReplicaSetFraction`. Example: a set of 8 pods, at most 13 before, at most 19 now:
    /// 8 · 19 / 13 = 11.69, so it gains 4.
    static func fraction(size: Int, maxNow: Int, maxBefore: Int) -> Int {
        guard maxBefore != 0 else { return 0 }
        let scaled = Double(size * maxNow) / Double(maxBefore)
        return roundedAwayFromZero(scaled) - size
    }

    /// The share of a set, limited by what is still to be given or taken.
    ///
    /// `GetProportion`: `toAdd` is the change of all sets together, `added` what earlier sets took.
    static func proportion(fraction: Int, toAdd: Int, added: Int) -> Int {
        let rest = toAdd - added
        return toAdd > 0 ? min(fraction, rest) : max(fraction, rest)
    }

    private static func roundedAwayFromZero(_ number: Double) -> Int {
        number < 0 ? Int(number - 0.5) : Int(number + 0.5)
    }
}
