import Support
import Value

/// The hash in names of ReplicaSets and ControllerRevisions.
///
/// As upstream it is FNV-32a made safe for names; but over our canonical JSON instead of Go's
/// struct dump, so its value differs from a real cluster's (DECISIONS 23).
package enum TemplateHash {
    /// The hash of a pod template, changed by the collision count when there is one.
    package static func of(template: Value, collisionCount: Int? = nil) -> String {
        safe(fnv32a(bytes(template, collisionCount)))
    }

    /// The hash of a ControllerRevision's data.
    package static func of(revisionData: Value, collisionCount: Int? = nil) -> String {
        safe(fnv32a(bytes(revisionData, collisionCount)))
    }

    private static func bytes(_ value: Value, _ collisionCount: Int?) -> [UInt8] {
        var bytes = JSON.bytes(value, style: .canonical)
        if let collisionCount {
            var rest = UInt64(UInt32(truncatingIfNeeded: collisionCount))
            for _ in 0..<8 {
                bytes.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
        }
        return bytes
    }

    /// The decimal digits of `hash` in the alphabet of generated names (rand.SafeEncodeString).
    static func safe(_ hash: UInt32) -> String {
        let alphabet = RandomStream.nameAlphabet
        let bytes = String(hash).utf8.map { alphabet[Int($0) % alphabet.count] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
