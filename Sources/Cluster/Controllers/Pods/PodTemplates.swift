import Support
import Value

/// Comparing pod templates.
enum PodTemplates {
    /// Whether two templates are the same but for the label `pod-template-hash`
    /// (`EqualIgnoreHash`). Null and absent fields are equal.
    static func areEqualIgnoringHash(_ left: Value, _ right: Value) -> Bool {
        left[.spec] == right[.spec]
            && metadataWithoutHash(left) == metadataWithoutHash(right)
    }

    private static func metadataWithoutHash(_ template: Value) -> Object {
        var metadata = template[.metadata].fields
        metadata.removeValue(forKey: .creationTimestamp)
        if var labels = metadata[.labels].object {
            labels.removeValue(forKey: WellKnown.podTemplateHash)
            metadata[.labels] = labels.isEmpty ? .null : .object(labels)
        }
        if metadata[.annotations].count == 0 { metadata[.annotations] = .null }
        return metadata
    }
}
