import Value

extension CELTimestamp {
    /// The first and the last second that there are: years 1 to 9999.
    static let leastSeconds: Int64 = -62_135_596_800
    static let mostSeconds: Int64 = 253_402_300_799

    /// Nil outside the years 1 to 9999.
    init?(nanosSince1970 total: Int128) {
        let (quotient, rest) = total.quotientAndRemainder(dividingBy: 1_000_000_000)
        let seconds = rest < 0 ? quotient - 1 : quotient
        guard seconds >= Int128(Self.leastSeconds), seconds <= Int128(Self.mostSeconds) else {
            return nil
        }
        self.init(
            seconds: Int64(seconds), nanos: Int32(rest < 0 ? rest + 1_000_000_000 : rest))
    }

    var nanosSince1970: Int128 { Int128(seconds) * 1_000_000_000 + Int128(nanos) }

    /// Reads RFC 3339 with up to nine decimals. Nil for anything else, and outside the years 1 to
    /// 9999.
    init?(parsing text: String) {
        var reader = CELDigits(text)
        guard let year = reader.number(4), reader.takes("-"), let month = reader.number(2),
            reader.takes("-"), let day = reader.number(2), reader.takes("T"),
            let hour = reader.number(2), reader.takes(":"), let minute = reader.number(2),
            reader.takes(":"), let second = reader.number(2), (1...12).contains(month), day >= 1,
            day <= CalendarTime.days(in: month, of: year), hour < 24, minute < 60, second < 60
        else { return nil }
        var nanos = 0
        if reader.takes(".") {
            guard let decimals = reader.decimals() else { return nil }
            nanos = decimals
        }
        var offset = 0
        if !reader.takes("Z") {
            let isWest = reader.takes("-")
            guard isWest || reader.takes("+"), let hours = reader.number(2), reader.takes(":"),
                let minutes = reader.number(2), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (isWest ? -60 : 60)
        }
        guard reader.isAtEnd else { return nil }
        let time = CalendarTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        let seconds = Timestamp(time, offset: offset).milliseconds / 1000
        guard seconds >= Self.leastSeconds, seconds <= Self.mostSeconds else { return nil }
        self.init(seconds: seconds, nanos: Int32(nanos))
    }

    /// RFC 3339 in UTC with as many decimals as it needs.
    var text: String {
        let whole = Timestamp(milliseconds: seconds * 1000).text
        guard nanos > 0 else { return whole }
        return whole.dropLast() + "." + CELDurationText.decimals(Int64(nanos)) + "Z"
    }

    /// The calendar in a zone: `UTC`, `+01:00`, `-8:30`, `Europe/Paris`; nil for one that is not known.
    func calendar(zone: String?, _ environment: CELEnvironment) -> CalendarTime? {
        let instant = Timestamp(milliseconds: seconds * 1000)
        guard let zone, zone != "UTC", !zone.isEmpty else { return instant.calendar }
        if !zone.contains(":") {
            return environment.zoneOffset(zone, instant).map { instant.calendar(offset: $0) }
        }
        let parts = zone.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let hours = Int(parts[0]), let minutes = Int(parts[1]),
            (-99...99).contains(hours), (0...99).contains(minutes)
        else { return nil }
        let offset = zone.hasPrefix("-") ? hours * 60 - minutes : hours * 60 + minutes
        return instant.calendar(offset: offset * 60)
    }
}

/// Reads numbers of a fixed width.
struct CELDigits {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func takes(_ sign: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == sign.value else { return false }
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

    /// Decimals of a second in nanoseconds.
    mutating func decimals() -> Int? {
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        let kept = digits.prefix(9)
        let number = kept.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return (kept.count..<9).reduce(number) { number, _ in number * 10 }
    }
}

/// Lengths of time as texts.
enum CELDurationText {
    /// Reads Go's form: `1h30m`, `-1.5s`. Nil for anything else, and beyond 64 bits of nanoseconds.
    static func nanos(_ text: String) -> Int64? {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
        if bytes.elementsEqual("0".utf8) { return 0 }
        guard !bytes.isEmpty else { return nil }
        var total: Int128 = 0
        while !bytes.isEmpty {
            guard let part = part(&bytes) else { return nil }
            total += part
            guard total <= Int128(1) << 63 else { return nil }
        }
        return Int64(exactly: isNegative ? -total : total)
    }

    private static func part(_ bytes: inout ArraySlice<UInt8>) -> Int128? {
        func digits() -> ArraySlice<UInt8> {
            let digits = bytes.prefix { (0x30...0x39).contains($0) }
            bytes = bytes.dropFirst(digits.count)
            return digits
        }
        let whole = digits()
        var fraction: ArraySlice<UInt8> = []
        if bytes.first == UInt8(ascii: ".") {
            bytes = bytes.dropFirst()
            fraction = digits().prefix(15)
        }
        guard whole.count + fraction.count > 0, whole.count <= 19 else { return nil }
        let letters = bytes.prefix { $0 != UInt8(ascii: ".") && !(0x30...0x39).contains($0) }
        bytes = bytes.dropFirst(letters.count)
        let scale: Int128
        switch String(decoding: letters, as: UTF8.self) {
        case "ns": scale = 1
        case "us", "µs", "μs": scale = 1000
        case "ms": scale = 1_000_000
        case "s": scale = 1_000_000_000
        case "m": scale = 60_000_000_000
        case "h": scale = 3_600_000_000_000
        default: return nil
        }
        let amount = whole.reduce(Int128(0)) { $0 * 10 + Int128($1 - 0x30) }
        var rest = fraction.reduce(Int128(0)) { $0 * 10 + Int128($1 - 0x30) } * scale
        for _ in fraction { rest /= 10 }
        return amount * scale + rest
    }

    /// The form of protobuf's JSON: `5400s`, `-1.5s`.
    static func text(_ nanos: Int64) -> String {
        let sign = nanos < 0 ? "-" : ""
        let (seconds, rest) = nanos.magnitude.quotientAndRemainder(dividingBy: 1_000_000_000)
        return sign + String(seconds) + (rest == 0 ? "" : "." + decimals(Int64(rest))) + "s"
    }

    /// Nanoseconds as decimals of a second, without zeros at the end.
    static func decimals(_ nanos: Int64) -> String {
        var text = String(nanos + 1_000_000_000).dropFirst()
        while text.last == "0" { text.removeLast() }
        return String(text)
    }
}
