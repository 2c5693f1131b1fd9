import Value

/// A value of awk: a number, a text, or input that counts as a number where it looks like one.
enum AwkValue {
    case number(Double)
    case text([UInt8])
    case input([UInt8])
    /// A variable that was never set: both 0 and empty.
    case none

    /// The leading number, 0 without one.
    var number: Double {
        switch self {
        case .number(let number): number
        case .text(let text), .input(let text): NumberText.scan(text[...]).number
        case .none: 0
        }
    }

    var isTrue: Bool {
        switch self {
        case .number(let number): number != 0
        case .text(let text): !text.isEmpty
        case .input(let text): isNumeric ? number != 0 : !text.isEmpty
        case .none: false
        }
    }

    /// Whether it is compared as a number.
    var isNumeric: Bool {
        switch self {
        case .number, .none: return true
        case .text: return false
        case .input(let text):
            let (_, length) = NumberText.scan(text[...])
            return length > 0 && text[length...].allSatisfy(\.isSpace)
        }
    }

    /// Whole numbers as they are, others by a format such as `%.6g`.
    func text(_ format: PrintfFormat) -> [UInt8] {
        switch self {
        case .number(let number): Self.text(of: number, format)
        case .text(let text), .input(let text): text
        case .none: []
        }
    }

    static func text(of number: Double, _ format: PrintfFormat) -> [UInt8] {
        if number == number.rounded(), abs(number) < 1e16 {
            return Array(String(Int64(number)).utf8)
        }
        var bytes: [UInt8] = []
        for piece in format.pieces {
            switch piece {
            case .text(let text): bytes += text
            case .conversion(let conversion): bytes += conversion.converted(number: number)
            }
        }
        return bytes
    }
}

/// An array of awk. Keys keep the order in which they came, so that a run is the same each time.
struct AwkArray {
    private var places: [[UInt8]: Int] = [:]
    /// Nil where an element was deleted.
    private var entries: [(key: [UInt8], value: AwkValue)?] = []

    var count: Int { places.count }

    var keys: [[UInt8]] { entries.compactMap { $0?.key } }

    func contains(_ key: [UInt8]) -> Bool { places[key] != nil }

    /// The element, which is there from now on.
    subscript(key: [UInt8]) -> AwkValue {
        mutating get {
            if let place = places[key], let entry = entries[place] { return entry.value }
            self[key] = .none
            return .none
        }
        set {
            if let place = places[key] {
                entries[place]?.value = newValue
            } else {
                places[key] = entries.count
                entries.append((key, newValue))
            }
        }
    }

    mutating func remove(_ key: [UInt8]) {
        guard let place = places.removeValue(forKey: key) else { return }
        entries[place] = nil
        // The gaps go when they are half of all.
        guard entries.count > 32, entries.count > 2 * places.count else { return }
        entries = entries.filter { $0 != nil }
        for (index, entry) in entries.enumerated() {
            if let entry { places[entry.key] = index }
        }
    }

    mutating func removeAll() {
        places = [:]
        entries = []
    }
}
