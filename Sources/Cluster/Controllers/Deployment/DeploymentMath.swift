import Model
import Value

/// The numbers of a rolling update, free of objects.
///
/// Origin: pkg/controller/deployment/util/deployment_util.go.
enum DeploymentMath {
    /// How many pods may be there beyond, and may be missing below, the wanted number.
    ///
    /// `ResolveFenceposts`: surge rounds up, unavailable rounds down; when both come out 0, one pod
    /// may be missing so that the rollout can move. Example: 25 % and 25 % of 5 are 2 and 1; 0 % and
    /// 10 % of 5 are 0 and 1.
    static func resolveFenceposts(
        maxSurge: Value, maxUnavailable: Value, desired: Int
    ) -> (surge: Int, unavailable: Int) {
        let surge = scaled(maxSurge, of: desired, roundingUp: true)
        var unavailable = scaled(maxUnavailable, of: desired, roundingUp: false)
        if surge == 0 && unavailable == 0 { unavailable = 1 }
        return (surge, unavailable)
    }

    /// An int-or-percent of `total`; null counts as 0.
    ///
    /// `GetScaledValueFromIntOrPercent`. Example: "30%" of 7 is 3 rounded up and 2 rounded down.
    static func scaled(_ value: Value, of total: Int, roundingUp: Bool) -> Int {
        if let number = value.int { return number }
        guard let text = value.string, text.hasSuffix("%"), let percent = Int(text.dropLast())
        else { return 0 }
        let product = percent * total
        return roundingUp ? (product + 99) / 100 : product / 100
    }

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
