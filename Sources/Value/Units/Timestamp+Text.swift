extension Timestamp: CustomStringConvertible {
    /// RFC 3339 in whole seconds, as the API writes `metav1.Time`: `2025-01-01T00:00:00Z`.
    public var text: String {
        let time = calendar
        return "\(Self.padded(time.year, 4))-\(Self.padded(time.month))-\(Self.padded(time.day))"
            + "T\(Self.clock(time))Z"
    }

    /// RFC 3339 with six decimals, as the API writes `metav1.MicroTime`.
    public var microText: String {
        text.dropLast() + ".\(Self.padded(Int(millisecond), 3))000Z"
    }

    /// RFC 1123 with a numeric zone, as `kubectl describe` writes times:
    /// `Wed, 01 Jan 2025 00:00:00 +0000`.
    public var describeText: String {
        let time = calendar
        return "\(Self.weekdays[time.weekday]), \(Self.padded(time.day)) "
            + "\(Self.months[time.month - 1]) \(Self.padded(time.year, 4)) "
            + "\(Self.clock(time)) +0000"
    }

    /// As Go's `fmt` prints a UTC `time.Time`: `2025-01-01 00:00:00 +0000 UTC`.
    public var goText: String {
        text.dropLast().split(separator: "T").joined(separator: " ") + " +0000 UTC"
    }

    public var description: String { text }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func clock(_ time: CalendarTime) -> String {
        "\(padded(time.hour)):\(padded(time.minute)):\(padded(time.second))"
    }

    private static func padded(_ number: Int, _ width: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
    }
}

extension Timestamp {
    /// Reads RFC 3339: `2025-01-01T00:00:00Z`, `2025-01-01T08:30:00.25+08:00`. Nil for anything
    /// else, also for a day that its month does not have. Decimals below a millisecond are dropped.
    public init?(parsing text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
            reader.take("-"), let day = reader.number(2), reader.take("T"),
            let hour = reader.number(2), reader.take(":"), let minute = reader.number(2),
            reader.take(":"), let second = reader.number(2),
            (1...12).contains(month), day >= 1, day <= CalendarTime.days(in: month, of: year),
            hour < 24, minute < 60, second < 60,
            let milliseconds = reader.decimals(), let offset = reader.zoneOffset(), reader.isAtEnd
        else { return nil }
        let time = CalendarTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        self = Timestamp(time, offset: offset) + .milliseconds(milliseconds)
    }

    /// The instant that a field of an API object holds; nil where it holds none.
    public init?(_ value: Value) {
        guard let text = value.string else { return nil }
        self.init(parsing: text)
    }
}

/// Takes fixed-width numbers off a text.
private struct DigitReader {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == character.value else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func number(_ width: Int) -> Int? {
        let digits = rest.prefix(width)
        guard digits.count == width, digits.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        rest = rest.dropFirst(width)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// The milliseconds of an optional fraction; nil where a point has no digits behind it.
    mutating func decimals() -> Int64? {
        guard take(".") else { return 0 }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        let padded = digits.prefix(3) + repeatElement(0x30, count: max(0, 3 - digits.count))
        return padded.reduce(0) { $0 * 10 + Int64($1 - 0x30) }
    }

    /// Seconds east of UTC: `Z`, `+08:00`, `-03:30`.
    mutating func zoneOffset() -> Int? {
        if take("Z") { return 0 }
        let isEast = take("+")
        guard isEast || take("-"), let hours = number(2), take(":"), let minutes = number(2),
            hours < 24, minutes < 60
        else { return nil }
        return (hours * 60 + minutes) * (isEast ? 60 : -60)
    }
}
