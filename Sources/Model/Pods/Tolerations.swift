import Support
import Value

/// A toleration of a pod.
public struct Toleration: Hashable, Sendable {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    @inlinable public var key: String { value.text(.key) }
    /// "Equal" (also where unset) or "Exists".
    @inlinable public var `operator`: String { value.text(.operator) }
    /// The toleration's value.
    @inlinable public var text: String { value.text(.value) }
    /// Empty: every effect.
    @inlinable public var effect: String { value.text(.effect) }
    /// How long a NoExecute taint is tolerated; nil: for ever.
    @inlinable public var tolerationSeconds: Int? { value[.tolerationSeconds].int }

    /// Whether the toleration covers `taint`: an empty effect covers every effect, an empty key with
    /// Exists every taint (Toleration.ToleratesTaint).
    public func tolerates(_ taint: TaintView) -> Bool {
        if !effect.isEmpty, effect != taint.effect { return false }
        if !key.isEmpty, key != taint.key { return false }
        switch self.operator {
        case "", "Equal": return text == taint.text
        case "Exists": return true
        default: return false
        }
    }
}

extension PodSpecView {
    /// Whether some toleration covers `taint`.
    public func tolerates(_ taint: TaintView) -> Bool {
        for entry in tolerations where Toleration(entry).tolerates(taint) { return true }
        return false
    }

    /// The first of `taints` with one of `effects` that the pod does not tolerate
    /// (FindMatchingUntoleratedTaint).
    public func firstUntolerated(of taints: [TaintView], effects: [String]) -> TaintView? {
        taints.first { effects.contains($0.effect) && !tolerates($0) }
    }
}
