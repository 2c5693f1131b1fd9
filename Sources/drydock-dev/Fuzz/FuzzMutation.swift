import Support

/// Makes inputs out of others: what a parser reads, a little wrong.
struct FuzzMutation {
    private var random: RandomStream
    /// Pieces that parsers of all kinds stumble over.
    private static let pieces: [[UInt8]] =
        [
            "", "0", "-1", "9223372036854775807", "-9223372036854775808", "99999999999999999999",
            "1e400",
            "1e-400", "Ei", "n", "\"", "'", "`", "\\", "\n", "\r", "\t", "\0", "{", "}", "[", "]",
            "(", ")",
            "{{", "}}", "${", "$(", "<<E", "#", "%", "&", "*", "!", ":", ": ", "- ", "---", "...",
            "|", ">",
            "~0", "/", "//", ",", ";", "=", "==", "é", "\u{1F600}", "\u{FEFF}", "\\u{110000}",
            "\\ud800",
        ].map { Array($0.utf8) } + [[0x80], [0xFF, 0xFE], [0xED, 0xA0, 0x80]]

    init(seed: UInt64) { random = RandomStream(seed: seed) }

    /// One of the inputs with up to eight changes; at times two of them spliced, or noise.
    mutating func input(from seeds: [[UInt8]]) -> [UInt8] {
        var bytes = seeds[random.below(seeds.count)]
        for _ in 0..<(1 + random.below(8)) {
            change(&bytes, seeds)
            if bytes.count > 4_000 { bytes.removeLast(bytes.count - 4_000) }
        }
        return bytes
    }

    private mutating func change(_ bytes: inout [UInt8], _ seeds: [[UInt8]]) {
        let place = random.below(bytes.count + 1)
        let length = random.below(min(bytes.count - place, 12) + 1)
        switch random.below(8) {
        case 0: bytes.removeSubrange(place..<(place + length))
        case 1: bytes.insert(contentsOf: Self.pieces[random.below(Self.pieces.count)], at: place)
        case 2:
            bytes.replaceSubrange(
                place..<(place + length), with: Self.pieces[random.below(Self.pieces.count)])
        case 3:
            let part = Array(bytes[place..<(place + length)])
            for _ in 0..<(1 + random.below(20)) { bytes.insert(contentsOf: part, at: place) }
        case 4 where place < bytes.count: bytes[place] = UInt8(random.below(256))
        case 5 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.below(8))
        case 6:
            let other = seeds[random.below(seeds.count)]
            let start = random.below(other.count + 1)
            bytes.replaceSubrange(place..., with: other[start...])
        default:
            let from = random.below(bytes.count + 1)
            let part = bytes[from..<min(from + length, bytes.count)]
            bytes.insert(contentsOf: Array(part), at: place)
        }
    }
}
