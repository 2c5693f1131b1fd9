import Support

@testable import Value

/// Random values from a seed, small enough that equal keys and equal elements are common.
struct ValueGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    /// A number from 0 up to `limit`, not included.
    mutating func number(below limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(limit))
    }

    mutating func value(depth: Int) -> Value {
        switch number(below: depth > 0 ? 10 : 6) {
        case 0: return .null
        case 1: return .bool(number(below: 2) == 0)
        case 2, 3: return Value(number(below: 100) - 50)
        case 4: return .double(Double(number(below: 1000)) / 8 + 0.0625)
        case 5: return Value(string())
        case 6, 7: return .array((0..<number(below: 4)).map { _ in value(depth: depth - 1) })
        default: return .object(object(depth: depth))
        }
    }

    mutating func object(depth: Int) -> Object {
        var object = Object()
        for _ in 0..<number(below: 5) {
            object.set(Key(key()), to: value(depth: depth - 1))
        }
        return object
    }

    mutating func key() -> String {
        ["a", "b", "c", "spec", "na~me", "x/y", "", "<k>"][number(below: 8)]
    }

    mutating func string() -> String {
        let parts = ["a", "é", "\n", "\"", "\\", " ", "<", "😀", "- ", ": ", "#", "1", "yes", "\t"]
        return (0..<number(below: 5)).map { _ in parts[number(below: parts.count)] }.joined()
    }
}
