/// An exact amount as Kubernetes writes resources: `500m`, `2Gi`, `1e3` (apimachinery's
/// `resource.Quantity`).
///
/// The amount is counted in billionths in 128 bits, so every sum and comparison is exact; beyond
/// ±1.7e29 it saturates. Equality and order are by amount: `1Gi` equals `1024Mi`.
public struct Quantity: Sendable {
    /// The family of suffixes that the canonical text uses.
    public enum Format: Sendable {
        /// `n u m k M G T P E`, powers of 1000.
        case decimalSI
        /// `Ki Mi Gi Ti Pi Ei`, powers of 1024.
        case binarySI
        /// `e3`, `e-6`: a decimal exponent.
        case decimalExponent
    }

    /// The amount in billionths.
    public private(set) var nanos: Int128
    /// The suffixes with which it is written.
    public private(set) var format: Format

    static let nanosPerUnit: Int128 = 1_000_000_000

    /// So many billionths.
    public init(nanos: Int128, format: Format = .decimalSI) {
        self.nanos = nanos
        self.format = format
    }

    /// A whole number of units.
    public init(_ units: Int64, format: Format = .decimalSI) {
        self.init(nanos: Int128(units) * Self.nanosPerUnit, format: format)
    }

    /// A number of thousandths: `Quantity(milli: 250)` is `250m`.
    public init(milli: Int64, format: Format = .decimalSI) {
        self.init(nanos: Int128(milli) * 1_000_000, format: format)
    }

    /// Nothing.
    public static let zero = Quantity(nanos: 0)

    /// Whether it is nothing.
    public var isZero: Bool { nanos == 0 }
}

// MARK: - Amounts

extension Quantity {
    /// The amount in units, rounded away from zero: `1500m` is 2 (upstream `Value()`).
    public var value: Int64 { rounded(per: Self.nanosPerUnit) }

    /// The amount in thousandths, rounded away from zero (upstream `MilliValue()`).
    public var milliValue: Int64 { rounded(per: 1_000_000) }

    /// The amount as the nearest double.
    public var double: Double { nanos.asDouble / 1e9 }

    /// Whether it is a whole number of units.
    public var isInteger: Bool { nanos % Self.nanosPerUnit == 0 }

    private func rounded(per unit: Int128) -> Int64 {
        let (quotient, rest) = nanos.quotientAndRemainder(dividingBy: unit)
        return Int64(clamping: quotient + (rest > 0 ? 1 : rest < 0 ? -1 : 0))
    }

    /// The sum, in the format of the left side; of a zero left side in that of the right.
    public static func + (left: Quantity, right: Quantity) -> Quantity {
        let (sum, overflow) = left.nanos.addingReportingOverflow(right.nanos)
        return Quantity(
            nanos: overflow ? (left.nanos > 0 ? .max : -.max) : sum,
            format: left.isZero ? right.format : left.format)
    }

    /// The difference; see `+` for its format.
    public static func - (left: Quantity, right: Quantity) -> Quantity { left + -right }

    public static prefix func - (quantity: Quantity) -> Quantity {
        Quantity(nanos: quantity.nanos == .min ? .max : -quantity.nanos, format: quantity.format)
    }

    public static func += (left: inout Quantity, right: Quantity) { left = left + right }

    public static func -= (left: inout Quantity, right: Quantity) { left = left - right }

    /// The amount `factor` times.
    public static func * (quantity: Quantity, factor: Int64) -> Quantity {
        let (product, overflow) = quantity.nanos.multipliedReportingOverflow(by: Int128(factor))
        let isNegative = (quantity.nanos < 0) != (factor < 0)
        return Quantity(
            nanos: overflow ? (isNegative ? -.max : .max) : product, format: quantity.format)
    }
}

extension Quantity: Comparable, Hashable {
    public static func == (left: Quantity, right: Quantity) -> Bool { left.nanos == right.nanos }

    public static func < (left: Quantity, right: Quantity) -> Bool { left.nanos < right.nanos }

    public func hash(into hasher: inout Hasher) { hasher.combine(nanos) }
}

// MARK: - Text

extension Quantity: CustomStringConvertible {
    /// The canonical text (apimachinery `CanonicalizeBytes`): the largest suffix that leaves no
    /// fraction. `1000m` → `1`, `0.5` → `500m`, `1024Mi` → `1Gi`, `1.5Gi` → `1536Mi`.
    ///
    /// A binary amount below 1024 or with a fraction is written with decimal suffixes.
    public var text: String {
        if nanos == 0 { return "0" }
        if format == .binarySI, nanos.magnitude >= UInt128(1024 * Self.nanosPerUnit), isInteger {
            var amount = nanos / Self.nanosPerUnit
            var power = 0
            while power < 6, amount % 1024 == 0 {
                amount /= 1024
                power += 1
            }
            return String(amount) + ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"][power]
        }
        var amount = nanos
        var exponent = -9
        while amount % 1000 == 0 {
            amount /= 1000
            exponent += 3
        }
        return String(amount) + suffix(exponent: exponent)
    }

    private func suffix(exponent: Int) -> String {
        // Above 10^18 there is no suffix; upstream falls back to an exponent there too.
        if format == .decimalExponent || exponent > 18 {
            return exponent == 0 ? "" : "e\(exponent)"
        }
        return ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"][exponent / 3 + 3]
    }

    public var description: String { text }
}
