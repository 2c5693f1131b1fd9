import Value

/// Virtual time as the API shows it: RFC 3339 in UTC with whole seconds.
struct WorldTime {
    /// 2025-01-01T00:00:00Z in seconds since 1970: time zero of every world.
    static let epochSeconds: Int64 = 1_735_689_600

    private var cachedSecond: Int64 = -1
    private var cached = Value.null

    /// The text of an instant; texts of one second share their storage when asked for in a row.
    mutating func text(at instant: Milliseconds) -> Value {
        let second = instant / 1000
        if second != cachedSecond {
            cachedSecond = second
            cached = Value(Self.format(Self.epochSeconds + second))
        }
        return cached
    }

    /// `2025-01-01T00:00:00Z` for seconds since 1970.
    static func format(_ seconds: Int64) -> String {
        let days = seconds / 86_400
        let rest = Int(seconds % 86_400)
        // Civil date from a day number, counted in eras of 400 years that begin on 1 March.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * month + 2) / 5 + 1
        let civilMonth = month < 10 ? month + 3 : month - 9
        let year = yearOfEra + era * 400 + (civilMonth <= 2 ? 1 : 0)
        let date = "\(year)-\(pad(Int(civilMonth)))-\(pad(Int(day)))"
        return "\(date)T\(pad(rest / 3600)):\(pad(rest / 60 % 60)):\(pad(rest % 60))Z"
    }

    private static func pad(_ number: Int) -> String {
        number < 10 ? "0\(number)" : String(number)
    }
}

extension WorldTime {
    /// Seconds since 1970 of an RFC 3339 text in UTC without fraction; nil for anything else.
    static func parse(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z")
        else { return nil }
        func number(_ range: Range<Int>) -> Int64? {
            var result: Int64 = 0
            for byte in bytes[range] {
                guard byte >= 48, byte <= 57 else { return nil }
                result = result * 10 + Int64(byte - 48)
            }
            return result
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return nil }
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        let days = era * 146_097 + dayOfEra - 719_468
        return days * 86_400 + hour * 3600 + minute * 60 + second
    }
}
