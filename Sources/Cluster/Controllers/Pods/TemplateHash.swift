import Support
import Value

/// Names that depend on the content of a pod template.
enum TemplateHash {
    /// The hash of a pod template, as it stands in names and in `pod-template-hash`.
    ///
    /// FNV-32a over the template's canonical JSON and the collision count, its decimal digits
    /// written with the alphabet of generated names (`ComputeHash` in
    /// pkg/controller/controller_utils.go; upstream hashes a dump of Go structures instead, so the
    /// number itself differs from upstream's). `collisionCount` is nil where a status has none.
    static func hash(of template: Value, collisionCount: Int?) -> String {
        var bytes = JSON.bytes(template, style: .canonical)
        if let collisionCount {
            let count = UInt64(UInt32(truncatingIfNeeded: collisionCount))
            for shift in 0..<8 {
                bytes.append(UInt8(truncatingIfNeeded: count >> UInt64(shift * 8)))
            }
        }
        return safeEncoded(String(fnv32a(bytes)))
    }

    /// `text` with every byte replaced by a character of the name alphabet, so that it has no vowel
    /// and no look-alike (`SafeEncodeString`). For example "0" (byte 48) becomes "z".
    static func safeEncoded(_ text: String) -> String {
        let alphabet = RandomStream.nameAlphabet
        return String(
            decoding: text.utf8.map { alphabet[Int($0) % alphabet.count] }, as: UTF8.self)
    }

    /// Whether two templates are the same but for the label `pod-template-hash`
    /// (`EqualIgnoreHash`). Null and absent fields are equal.
    static func areEqualIgnoringHash(_ left: Value, _ right: Value) -> Bool {
        guard left[.spec] == right[.spec] else { return false }
        return metadataWithoutHash(left) == metadataWithoutHash(right)
    }

    private static func metadataWithoutHash(_ template: Value) -> Object {
        var metadata = template[.metadata].fields
        if metadata.contains(.creationTimestamp) {
            metadata.removeValue(forKey: .creationTimestamp)
        }
        if var labels = metadata[.labels].object {
            labels.removeValue(forKey: WellKnown.podTemplateHash)
            metadata[.labels] = labels.isEmpty ? .null : .object(labels)
        }
        if metadata[.annotations].count == 0 { metadata[.annotations] = .null }
        return metadata
    }
}
