/// A length of time in a script: `30s`, `5m`.
public final class DurationValue: OpaqueValue, @unchecked Sendable {
    /// The length.
    public let duration: Duration

    /// The value of that length.
    public init(_ duration: Duration) { self.duration = duration }

    public override var typeName: String { "duration" }
    public override var text: String? { duration.text }

    public override func hashContent(into hasher: inout Hasher) { hasher.combine(duration) }

    public override func isEqual(to other: OpaqueValue) -> Bool {
        (other as? DurationValue)?.duration == duration
    }
}

/// An amount in a script: `500m`, `2Gi`. Equal by amount.
public final class QuantityValue: OpaqueValue, @unchecked Sendable {
    /// The amount.
    public let quantity: Quantity
    /// How the field of an object has it that it was read from; nil for what a script made.
    public let written: Text?

    /// The value of that amount.
    public init(_ quantity: Quantity, written: Text? = nil) {
        self.quantity = quantity
        self.written = written
    }

    public override var typeName: String { "quantity" }
    public override var text: String? { written?.string ?? quantity.text }

    public override func hashContent(into hasher: inout Hasher) { hasher.combine(quantity) }

    public override func isEqual(to other: OpaqueValue) -> Bool {
        (other as? QuantityValue)?.quantity == quantity
    }
}

/// A percentage in a script: `25%`, as int-or-string fields take it.
public final class PercentValue: OpaqueValue, @unchecked Sendable {
    /// Hundredths: 25 for `25%`.
    public let percent: Double

    /// The value of so many hundredths.
    public init(_ percent: Double) { self.percent = percent }

    public override var typeName: String { "percentage" }
    public override var text: String? { percent.jsonText + "%" }

    public override func isEqual(to other: OpaqueValue) -> Bool {
        (other as? PercentValue)?.percent == percent
    }
}

/// A range of integers in a script, both ends included: `1..5`.
public final class RangeValue: OpaqueValue, @unchecked Sendable {
    /// The first number.
    public let lower: Int64
    /// The last number, which belongs to it.
    public let upper: Int64

    /// The numbers from `lower` to `upper`.
    public init(_ lower: Int64, _ upper: Int64) {
        self.lower = lower
        self.upper = upper
    }

    /// The number of integers in it; 0 where it ends before it starts.
    public var count: Int { upper < lower ? 0 : Int(clamping: Int128(upper) - Int128(lower) + 1) }

    public override var typeName: String { "range" }
    public override var text: String? { "\(lower)..\(upper)" }

    public override func isEqual(to other: OpaqueValue) -> Bool {
        guard let other = other as? RangeValue else { return false }
        return other.lower == lower && other.upper == upper
    }
}
