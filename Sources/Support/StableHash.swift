/// A hash that is the same in every process and on every machine (64-bit FNV-1a, mixed at the end).
///
/// Swift's own `Hasher` is seeded per process and must not reach behaviour.
public struct StableHash: Sendable {
    private var state: UInt64 = 0xCBF2_9CE4_8422_2325

    /// A hash that has seen nothing.
    public init() {}

    /// Feeds the eight bytes of `number`, low byte first.
    public mutating func combine(_ number: UInt64) {
        var rest = number
        for _ in 0..<8 {
            step(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// Feeds the UTF-8 bytes of `text` and a terminator, so that "ab","c" differs from "a","bc".
    public mutating func combine(_ text: String) {
        feed(text)
        endText()
    }

    /// Feeds the UTF-8 bytes of parts of a text, which ``endText()`` ends: `combine("a/b")` is
    /// `combine(parts: "a", "/", "b")` and `endText()`, without making the text.
    public mutating func combine(parts first: String, _ second: String = "", _ third: String = "") {
        feed(first)
        feed(second)
        feed(third)
    }

    /// Ends a text that was fed in parts.
    public mutating func endText() { step(0xFF) }

    private mutating func feed(_ text: String) {
        // Uids and events are hashed by the thousand: bytes in a row are read several times as fast
        // as a view of a text.
        var text = text
        var state = state
        text.withUTF8 { bytes in
            for byte in bytes { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        }
        self.state = state
    }

    /// The hash of all that was fed so far.
    public var value: UInt64 {
        var mixed = state
        mixed = (mixed ^ (mixed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        return mixed ^ (mixed >> 33)
    }

    private mutating func step(_ byte: UInt8) {
        state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
}

/// The lower-case hexadecimal digit for the low four bits of `number`.
public func hexDigit(_ number: UInt64) -> UInt8 {
    let digit = UInt8(truncatingIfNeeded: number & 15)
    return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
}

/// 32-bit FNV-1a over bytes, as the controllers use it for template hashes.
public func fnv32a(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var state: UInt32 = 0x811C_9DC5
    for byte in bytes {
        state = (state ^ UInt32(byte)) &* 0x0100_0193
    }
    return state
}
