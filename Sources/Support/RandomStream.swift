/// A seeded stream of pseudo-random numbers (SplitMix64).
///
/// All randomness of a run comes from such streams. A stream is made for one purpose and one owner,
/// so that a new draw in one place never changes what another place draws.
public struct RandomStream: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The stream of `seed` alone.
    public init(seed: UInt64) {
        state = seed
    }

    /// The stream for `labels` under `seed`: its numbers depend on nothing else.
    public init(seed: UInt64, labels: [String]) {
        var hash = StableHash()
        hash.combine(seed)
        for label in labels {
            hash.combine(label)
        }
        state = hash.value
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in `0..<bound`, equal on every machine. `bound` must be positive.
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "a random bound must be positive")
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// The alphabet of generated names: no vowels and no look-alikes, as apimachinery's `rand.String`.
    public static let nameAlphabet: [UInt8] = Array("bcdfghjklmnpqrstvwxz2456789".utf8)

    /// A name suffix of `length` characters from ``nameAlphabet``.
    public mutating func suffix(length: Int) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(length)
        for _ in 0..<length {
            bytes.append(Self.nameAlphabet[below(Self.nameAlphabet.count)])
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
