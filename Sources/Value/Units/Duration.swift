/// A length of time in whole milliseconds, the unit of the simulated clock.
///
/// Reads and prints as Go's `time.Duration`; a day (`1d`) is accepted where a script asks for it.
public struct Duration: Hashable, Sendable {
    /// May be negative.
    public var milliseconds: Int64

    /// So many milliseconds.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// No time at all.
    public static let zero = Duration(milliseconds: 0)

    /// So many milliseconds.
    public static func milliseconds(_ count: Int64) -> Duration { Duration(milliseconds: count) }
    /// So many seconds.
    public static func seconds(_ count: Int64) -> Duration {
        Duration(milliseconds: 1_000) * count
    }
    /// So many minutes.
    public static func minutes(_ count: Int64) -> Duration {
        Duration(milliseconds: 60_000) * count
    }
    /// So many hours.
    public static func hours(_ count: Int64) -> Duration {
        Duration(milliseconds: 3_600_000) * count
    }

    /// Whole seconds, rounded towards zero.
    public var seconds: Int64 { milliseconds / 1000 }
}

extension Duration: Comparable {
    public static func < (left: Duration, right: Duration) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The sum; beyond ±292 million years it saturates, as do difference and product: the numbers
    /// can come from a script.
    public static func + (left: Duration, right: Duration) -> Duration {
        Duration(milliseconds: left.milliseconds.addingSaturated(right.milliseconds))
    }

    public static func - (left: Duration, right: Duration) -> Duration {
        Duration(milliseconds: left.milliseconds.subtractingSaturated(right.milliseconds))
    }

    public static func * (duration: Duration, factor: Int64) -> Duration {
        let (product, overflow) = duration.milliseconds.multipliedReportingOverflow(by: factor)
        guard overflow else { return Duration(milliseconds: product) }
        let isNegative = (duration.milliseconds < 0) != (factor < 0)
        return Duration(milliseconds: isNegative ? .min : .max)
    }
}

extension Int64 {
    /// The sum, at most what 64 bits hold.
    package func addingSaturated(_ other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }

    func subtractingSaturated(_ other: Int64) -> Int64 {
        let (difference, overflow) = subtractingReportingOverflow(other)
        return overflow ? (other < 0 ? .max : .min) : difference
    }
}

// MARK: - Go's form

extension Duration: CustomStringConvertible {
    /// As Go prints it: `1h0m0s`, `1m30s`, `1.5s`, `250ms`, `0s`.
    public var text: String {
        let sign = milliseconds < 0 ? "-" : ""
        let amount = milliseconds.magnitude
        if amount == 0 { return "0s" }
        if amount < 1000 { return "\(sign)\(amount)ms" }
        let (minutes, rest) = amount.quotientAndRemainder(dividingBy: 60_000)
        let seconds = Duration.secondsText(rest)
        if minutes == 0 { return "\(sign)\(seconds)s" }
        if minutes < 60 { return "\(sign)\(minutes)m\(seconds)s" }
        return "\(sign)\(minutes / 60)h\(minutes % 60)m\(seconds)s"
    }

    /// As people write it, with days and without empty parts: `1d`, `1h30m`, `90s` as `1m30s`.
    public var shortText: String {
        let sign = milliseconds < 0 ? "-" : ""
        let amount = milliseconds.magnitude
        if amount < 1000 { return text }
        let (minutes, rest) = amount.quotientAndRemainder(dividingBy: 60_000)
        var parts = sign
        if minutes >= 1440 { parts += "\(minutes / 1440)d" }
        if minutes / 60 % 24 > 0 { parts += "\(minutes / 60 % 24)h" }
        if minutes % 60 > 0 { parts += "\(minutes % 60)m" }
        if rest > 0 { parts += Duration.secondsText(rest) + "s" }
        return parts
    }

    public var description: String { text }

    /// Milliseconds as seconds with no more decimals than needed.
    private static func secondsText(_ milliseconds: UInt64) -> String {
        let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        if rest == 0 { return String(whole) }
        var decimals = String(rest + 1000).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        return "\(whole).\(decimals)"
    }
}

/// Why a text is no duration, in Go's words.
public enum DurationError: Error, Equatable, Sendable {
    case invalid(String)
    case missingUnit(String)
    case unknownUnit(unit: String, String)
    /// More than Go's 2⁶³ nanoseconds.
    case outOfRange(String)

    /// The error in words.
    public var message: String {
        switch self {
        case .invalid(let text), .outOfRange(let text): "time: invalid duration \(quoted(text))"
        case .missingUnit(let text): "time: missing unit in duration \(quoted(text))"
        case .unknownUnit(let unit, let text):
            "time: unknown unit \(quoted(unit)) in duration \(quoted(text))"
        }
    }

    private func quoted(_ text: String) -> String { JSON.text(Value(text)) }
}

extension Duration {
    /// Reads a duration as Go's `time.ParseDuration` does: `1h2m3s`, `90s`, `1.5h`, `-2m`, `0`.
    ///
    /// Below a millisecond it rounds towards zero.
    /// - Parameter allowsDays: whether `d` is a unit of 24 hours, as in scripts.
    public init(parsing text: String, allowsDays: Bool = false) throws(DurationError) {
        self = try Self.read(text, allowsDays: allowsDays).duration
    }

    /// A duration, and whether the text is a whole number of milliseconds.
    static func read(
        _ text: String, allowsDays: Bool
    ) throws(DurationError) -> (duration: Duration, isExact: Bool) {
        var bytes = Array(text.utf8)[...]
        var isNegative = false
        if let sign = bytes.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            bytes = bytes.dropFirst()
        }
        if bytes.elementsEqual("0".utf8) { return (.zero, true) }
        guard !bytes.isEmpty else { throw .invalid(text) }
        var nanos: Int128 = 0
        var isExact = true
        while !bytes.isEmpty {
            let part = try readPart(&bytes, of: text, allowsDays: allowsDays)
            nanos += part.nanos
            isExact = isExact && part.isExact
            // Go's own range: 2⁶³ nanoseconds, about 292 years.
            guard nanos <= Int128(Int64.max) else { throw .outOfRange(text) }
        }
        let milliseconds = Int64((isNegative ? -nanos : nanos) / 1_000_000)
        return (Duration(milliseconds: milliseconds), isExact && nanos % 1_000_000 == 0)
    }

    /// part := digits [ "." digits ] unit; answers nanoseconds.
    private static func readPart(
        _ bytes: inout ArraySlice<UInt8>, of text: String, allowsDays: Bool
    ) throws(DurationError) -> (nanos: Int128, isExact: Bool) {
        let whole = takeDigits(&bytes)
        var fraction: ArraySlice<UInt8> = []
        if bytes.first == UInt8(ascii: ".") {
            bytes = bytes.dropFirst()
            fraction = takeDigits(&bytes)
        }
        guard !(whole.isEmpty && fraction.isEmpty) else { throw .invalid(text) }
        let letters = bytes.prefix { $0 != UInt8(ascii: ".") && !(0x30...0x39).contains($0) }
        bytes = bytes.dropFirst(letters.count)
        let unit = String(decoding: letters, as: UTF8.self)
        guard !unit.isEmpty else { throw .missingUnit(text) }
        guard let scale = nanoseconds(of: unit, allowsDays: allowsDays) else {
            throw .unknownUnit(unit: unit, text)
        }
        let significant = whole.drop { $0 == 0x30 }
        guard significant.count <= 19 else { throw .outOfRange(text) }
        let kept = fraction.prefix(15)
        let power = kept.reduce(Int128(1)) { power, _ in power * 10 }
        let (part, rest) = (number(kept) * scale).quotientAndRemainder(dividingBy: power)
        let isExact = rest == 0 && fraction.dropFirst(15).allSatisfy { $0 == 0x30 }
        return (number(significant) * scale + part, isExact)
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int128 {
        digits.reduce(Int128(0)) { $0 * 10 + Int128($1 - 0x30) }
    }

    private static func takeDigits(_ bytes: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = bytes.prefix { (0x30...0x39).contains($0) }
        bytes = bytes.dropFirst(digits.count)
        return digits
    }

    private static func nanoseconds(of unit: String, allowsDays: Bool) -> Int128? {
        switch unit {
        case "ns": 1
        case "us", "µs", "μs": 1000
        case "ms": 1_000_000
        case "s": 1_000_000_000
        case "m": 60_000_000_000
        case "h": 3_600_000_000_000
        case "d": allowsDays ? 86_400_000_000_000 : nil
        default: nil
        }
    }
}

// MARK: - kubectl's form

extension Duration {
    /// The age column's form (apimachinery `duration.HumanDuration`): about two significant parts.
    /// 119 s is `119s`, 123 s `2m3s`, 51 h `2d3h`. Up to two seconds below zero count as `0s`.
    public var humanText: String {
        let seconds = self.seconds
        if seconds < -1 { return "<invalid>" }
        if milliseconds < 0 { return "0s" }
        if seconds < 120 { return "\(seconds)s" }
        let minutes = seconds / 60
        if minutes < 10 { return Self.pair(minutes, "m", seconds % 60, "s") }
        if minutes < 180 { return "\(minutes)m" }
        let hours = minutes / 60
        if hours < 8 { return Self.pair(hours, "h", minutes % 60, "m") }
        if hours < 48 { return "\(hours)h" }
        if hours < 24 * 8 { return Self.pair(hours / 24, "d", hours % 24, "h") }
        if hours < 24 * 365 * 2 { return "\(hours / 24)d" }
        if hours < 24 * 365 * 8 {
            return Self.pair(hours / 24 / 365, "y", hours / 24 % 365, "d")
        }
        return "\(hours / 24 / 365)y"
    }

    /// One part only (apimachinery `duration.ShortHumanDuration`): `59s`, `59m`, `23h`, `364d`.
    public var shortHumanText: String {
        let seconds = self.seconds
        if seconds < -1 { return "<invalid>" }
        if milliseconds < 0 { return "0s" }
        if seconds < 60 { return "\(seconds)s" }
        if seconds < 3600 { return "\(seconds / 60)m" }
        if seconds < 86400 { return "\(seconds / 3600)h" }
        if seconds < 86400 * 365 { return "\(seconds / 86400)d" }
        return "\(seconds / 86400 / 365)y"
    }

    private static func pair(_ big: Int64, _ bigUnit: String, _ small: Int64, _ smallUnit: String)
        -> String
    {
        small == 0 ? "\(big)\(bigUnit)" : "\(big)\(bigUnit)\(small)\(smallUnit)"
    }
}
