import Value

/// Int-or-string fields that mean a number of pods or a share of them.
///
/// Source: apimachinery, util/intstr (GetScaledValueFromIntOrPercent).
package enum IntOrPercent {
    /// The number that `value` means for `total`: an integer itself, a percentage scaled and rounded
    /// up or down; nil for anything else.
    ///
    /// 25 % of 10 is 3 rounded up, 2 rounded down.
    package static func scaled(_ value: Value, total: Int, roundUp: Bool) -> Int? {
        switch value {
        case .int(let number): return Int(number)
        case .text(let text):
            guard let percent = percent(text.string) else { return nil }
            let (product, overflow) = percent.multipliedReportingOverflow(by: total)
            guard !overflow else { return nil }
            return roundUp && product % 100 != 0 ? product / 100 + 1 : product / 100
        default: return nil
        }
    }

    /// The number before the percent sign of `25%`; nil where the text is no percentage.
    package static func percent(_ text: String) -> Int? {
        guard text.utf8.last == UInt8(ascii: "%") else { return nil }
        return Int(text.dropLast())
    }

    /// How many pods a rolling update may create beyond and lack below `desired`; where both come to
    /// 0, one may lack, so that the update can move.
    ///
    /// 25 % and 25 % of 5 replicas: surge 2, unavailable 1.
    /// Source: deployment controller, ResolveFenceposts.
    package static func fenceposts(
        maxSurge: Value, maxUnavailable: Value, desired: Int
    ) -> (surge: Int, unavailable: Int) {
        let surge = scaled(maxSurge, total: desired, roundUp: true) ?? 0
        var unavailable = scaled(maxUnavailable, total: desired, roundUp: false) ?? 0
        if surge == 0 && unavailable == 0 { unavailable = 1 }
        return (surge, unavailable)
    }
}
