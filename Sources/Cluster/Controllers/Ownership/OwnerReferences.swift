import Model
import Value

/// Changing an object's `metadata.ownerReferences`.
enum OwnerReferences {
    /// Adds `reference` to an object, or puts it in the place of the one to the same owner.
    static func add(_ reference: Value, to object: inout Value) {
        var references = object[.metadata][.ownerReferences].elements
        if let place = references.firstIndex(where: { $0[.uid] == reference[.uid] }) {
            references[place] = reference
        } else {
            references.append(reference)
        }
        object[.metadata][.ownerReferences] = .array(references)
    }

    /// Takes the references to `uid` out of an object.
    static func remove(_ uid: String, from object: inout Value) {
        let kept = object[.metadata][.ownerReferences].elements.filter { $0[.uid].string != uid }
        object[.metadata][.ownerReferences] = kept.isEmpty ? .null : .array(kept)
    }
}
