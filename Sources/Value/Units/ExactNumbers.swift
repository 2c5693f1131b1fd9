// The one rule for numbers that a script writes or converts: exact, or refused. What the API server
// rounds or caps in a manifest (``Quantity/init(parsing:)``) is refused here, because a script compares
// with it.

/// A number that somebody wrote cannot be held as it is.
public struct NumberRangeError: Error, Hashable, Sendable {
    /// The number as it was written.
    public let written: String
    /// What would hold it, and how far that reaches.
    public let bounds: String

    init(_ written: String, _ bounds: String) {
        self.written = written.utf8.count > 60 ? "\(written.prefix(60))…" : written
        self.bounds = bounds
    }

    /// A percentage that is no quantity.
    public init(percent: PercentValue) { self.init(percent.text ?? "", Self.quantities) }

    static let integers =
        "an integer lies between -9223372036854775808 and 9223372036854775807"
    static let numbers =
        "a number with a fraction lies between 2.3e-308 and 1.7e308, or is 0"
    static let durations =
        "a duration is a whole number of milliseconds, at most \(Duration.longest.text)"
    static let quantities =
        "a quantity is a whole number of billionths, below 1e29, or up to 9223372036854775807 with Ki to Ei"
}

extension Value {
    /// The integer or double that `text` is in decimal digits (`12`, `-0.5`, `1e3`); nil where it has
    /// another form. Digits behind the point are rounded to the nearest double, as everywhere.
    public init?(exactly text: String) throws(NumberRangeError) {
        guard let form = DecimalForm(text) else { return nil }
        if form.isInteger {
            guard let number = Int64(text) else {
                throw NumberRangeError(text, NumberRangeError.integers)
            }
            self = .int(number)
            return
        }
        guard let number = Double(text), number.isFinite, number.isNormal || form.isZero else {
            throw NumberRangeError(text, NumberRangeError.numbers)
        }
        self = .double(number)
    }
}

/// number = [ "+" | "-" ] ( digits [ "." [ digits ] ] | "." digits ) [ ( "e" | "E" ) [ sign ] digits ] ;
private struct DecimalForm {
    var isInteger = true
    /// Whether no digit before the exponent is other than 0.
    var isZero = true

    init?(_ text: String) {
        var bytes = text.utf8[...]
        func takeSign() {
            if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                bytes = bytes.dropFirst()
            }
        }
        func takeDigits() -> (count: Int, isZero: Bool) {
            let digits = bytes.prefix { (0x30...0x39).contains($0) }
            bytes = bytes.dropFirst(digits.count)
            return (digits.count, digits.allSatisfy { $0 == 0x30 })
        }
        takeSign()
        let whole = takeDigits()
        var fraction = (count: 0, isZero: true)
        if bytes.first == UInt8(ascii: ".") {
            isInteger = false
            bytes = bytes.dropFirst()
            fraction = takeDigits()
        }
        guard whole.count + fraction.count > 0 else { return nil }
        isZero = whole.isZero && fraction.isZero
        if let mark = bytes.first, mark | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            bytes = bytes.dropFirst()
            takeSign()
            guard takeDigits().count > 0 else { return nil }
        }
        guard bytes.isEmpty else { return nil }
    }
}

extension Duration {
    /// The longest duration: Go's 2⁶³ nanoseconds in whole milliseconds, about 292 years.
    public static let longest = Duration(milliseconds: Int64.max / 1_000_000)

    /// The duration that `text` is, `1d` included; nil where it has another form.
    public init?(exactly text: String) throws(NumberRangeError) {
        do throws(DurationError) {
            let (duration, isExact) = try Self.read(text, allowsDays: true)
            guard isExact else { throw .outOfRange(text) }
            self = duration
        } catch {
            guard case .outOfRange = error else { return nil }
            throw NumberRangeError(text, NumberRangeError.durations)
        }
    }

    /// So many milliseconds, where that is no longer than ``longest``.
    public init?(exactly milliseconds: Int128) {
        guard milliseconds.magnitude <= Self.longest.milliseconds.magnitude else { return nil }
        self.init(milliseconds: Int64(milliseconds))
    }
}

extension Quantity {
    /// The amount that `text` is; nil where it has another form.
    public init?(exactly text: String) throws(NumberRangeError) {
        guard let (quantity, isExact) = try? Self.read(text) else { return nil }
        guard isExact else { throw NumberRangeError(text, NumberRangeError.quantities) }
        self = quantity
    }

    /// The amount that a number is in its shortest decimal digits.
    public init(exactly number: Double) throws(NumberRangeError) {
        let text = number.jsonText
        guard number.isFinite, let quantity = try Quantity(exactly: text) else {
            throw NumberRangeError(text, NumberRangeError.quantities)
        }
        self = quantity
    }

    /// The sum; nil beyond what a quantity holds.
    public func adding(_ other: Quantity) -> Quantity? {
        let (sum, overflow) = nanos.addingReportingOverflow(other.nanos)
        return overflow ? nil : Quantity(nanos: sum, format: isZero ? other.format : format)
    }

    /// The product with an amount of no unit; nil where that is no quantity.
    public func multiplied(by factor: Quantity) -> Quantity? {
        let (high, low) = nanos.magnitude.multipliedFullWidth(by: factor.nanos.magnitude)
        let unit = UInt128(Self.nanosPerUnit)
        guard high < unit else { return nil }
        let (quotient, rest) = unit.dividingFullWidth((high, low))
        guard rest == 0, let amount = Int128(exactly: quotient) else { return nil }
        let isNegative = (nanos < 0) != (factor.nanos < 0)
        return Quantity(nanos: isNegative ? -amount : amount, format: format)
    }

    /// The part of an amount; nil where that is no whole number of billionths.
    public func divided(by divisor: Int64) -> Quantity? {
        let (quotient, rest) = nanos.quotientAndRemainder(dividingBy: Int128(divisor))
        return rest == 0 ? Quantity(nanos: quotient, format: format) : nil
    }

    /// The amount as an integer where it is one of 64 bits, as the nearest double where it has a
    /// fraction.
    public func number() throws(NumberRangeError) -> Value {
        let (whole, rest) = nanos.quotientAndRemainder(dividingBy: Self.nanosPerUnit)
        if rest == 0 {
            guard let number = Int64(exactly: whole) else {
                throw NumberRangeError(text, NumberRangeError.integers)
            }
            return .int(number)
        }
        let digits = String(rest.magnitude + UInt128(Self.nanosPerUnit)).dropFirst()
        let sign = nanos < 0 ? "-" : ""
        return .double(Double("\(sign)\(whole.magnitude).\(digits)") ?? double)
    }
}
