import Model
import Support
import Value

/// What all identities of a world are drawn from: its seed and its labels.
final class IdentitySeed: Sendable {
    let seed: UInt64
    let labels: [String]
    /// Has seen what all uids have in common.
    private let uidHash: StableHash

    init(seed: UInt64, labels: [String]) {
        self.seed = seed
        self.labels = labels
        var hash = StableHash()
        hash.combine(seed)
        for label in labels + ["uid"] { hash.combine(label) }
        uidHash = hash
    }

    /// A stream for `purpose` and `owner`.
    func stream(_ purpose: String, _ owner: String) -> RandomStream {
        RandomStream(seed: seed, labels: labels + [purpose, owner])
    }

    /// The uid (a version 4 UUID) of the object that gets this name at this instant.
    func uid(_ info: KindDescriptor, _ key: ObjectKey, at instant: Milliseconds) -> String {
        var hash = uidHash
        hash.combine(parts: info.qualifiedPlural, "/", key.namespace)
        hash.combine(parts: key.namespace.isEmpty ? "" : "/", key.name, "/")
        hash.combine(parts: String(instant))
        hash.endText()
        var random = RandomStream(seed: hash.value)
        return Identities.uuid(random.next(), random.next())
    }
}

/// Seeded uids and name suffixes. Each depends on the world's seed and on what it is for, never on
/// the order of draws elsewhere (DECISIONS 23).
struct Identities {
    let seed: IdentitySeed
    /// By the hash of kind, namespace and prefix. One that was forgotten begins anew, and passes over the
    /// names that are in use.
    private var suffixes = LRUCache<RandomStream>(capacity: 65_536)

    /// The identities of the world with `seed` and `labels` (the scenario's title and ordinal).
    init(seed: UInt64, labels: [String]) {
        self.seed = IdentitySeed(seed: seed, labels: labels)
    }

    /// A stream for `purpose` and `owner`.
    func stream(_ purpose: String, _ owner: String) -> RandomStream {
        seed.stream(purpose, owner)
    }

    /// The uid (a version 4 UUID) of the object that gets this name at this instant.
    func uid(_ info: KindDescriptor, _ key: ObjectKey, at instant: Milliseconds) -> String {
        seed.uid(info, key, at: instant)
    }

    /// A name for `generateName: prefix`, that is the prefix (cut to 58 characters) with five more.
    /// Source: apiserver's SimpleNameGenerator.
    mutating func name(_ info: KindDescriptor, namespace: String, prefix: String) -> String {
        var owner = StableHash()
        owner.combine(UInt64(info.kind.id))
        owner.combine(namespace)
        owner.combine(prefix)
        var suffixes =
            self.suffixes[owner.value]
            ?? stream("name", "\(info.qualifiedPlural)/\(namespace)/\(prefix)")
        let suffix = suffixes.suffix(length: 5)
        self.suffixes.set(owner.value, to: suffixes)
        let base = prefix.utf8.count <= 58 ? prefix : String(prefix.prefix(58))
        return base + suffix
    }

    static func uuid(_ high: UInt64, _ low: UInt64) -> String {
        let versioned = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let variant = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        var bytes: [UInt8] = []
        bytes.reserveCapacity(36)
        for place in 0..<32 {
            if place == 8 || place == 12 || place == 16 || place == 20 {
                bytes.append(UInt8(ascii: "-"))
            }
            let word = place < 16 ? versioned : variant
            bytes.append(hexDigit(word >> UInt64(60 - place % 16 * 4)))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
