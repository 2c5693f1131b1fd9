import Support
import Value

/// Comparing pod templates.
enum PodTemplates {
    /// Whether two templates are the same but for the label `pod-template-hash`
    /// (`EqualIgnoreHash`). Null and absent fields are equal.
    static func areEqualIgnoringHash(_ left: Value, _ right: Value) -> Bool {
        left[.spec] == right[.spec]
            && (left[.metadata] == right[.metadata]
                || hasOnlyHashMore(left[.metadata].fields, than: right[.metadata].fields)
                || metadataWithoutHash(left) == metadataWithoutHash(right))
    }

    /// A number that templates share which are equal in the sense of ``areEqualIgnoringHash(_:_:)``, and
    /// hardly any others. Not the same in every run.
    static func hashIgnoringHash(_ template: Value) -> Int {
        var hasher = Hasher()
        hasher.combine(template[.spec])
        hasher.combine(metadataWithoutHash(template))
        return hasher.finalize()
    }

    /// Whether the one thing that `left` has more is the label: so it is for a Deployment's present
    /// ReplicaSet, which is looked for again and again.
    private static func hasOnlyHashMore(_ left: Object, than right: Object) -> Bool {
        guard left.count == right.count else { return false }
        for field in left where field.key != .labels {
            if right[field.key] != field.value { return false }
        }
        let (more, fewer) = (left[.labels].fields, right[.labels].fields)
        guard more.count == fewer.count + 1, !fewer.contains(WellKnown.podTemplateHash) else {
            return false
        }
        return more.allSatisfy {
            $0.key == WellKnown.podTemplateHash || fewer[$0.key] == $0.value
        }
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
