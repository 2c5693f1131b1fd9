import API
import Model
import Value

/// One committed write: an entry of the watch log.
package struct Change {
    /// The number of the write: 1, 2, 3 … It is also the object's new resourceVersion.
    package let sequence: Int
    package let time: Milliseconds
    package let type: ChangeType
    /// The version before; nil for ``ChangeType/added``.
    package let old: StoredObject?
    /// The version after; for ``ChangeType/deleted`` the last one there was.
    package let object: StoredObject
    package let cause: Cause

    package var kind: Kind { object.kind }

    /// The version after; nil for a deletion.
    package var new: StoredObject? {
        // A pattern, since `==` of an enum of another module is a call through its witnesses.
        if case .deleted = type { nil } else { object }
    }
}
