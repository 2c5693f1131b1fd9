import Model

/// What a write did to an object.
public enum ChangeType: String, Sendable {
    case added = "ADDED"
    case modified = "MODIFIED"
    case deleted = "DELETED"
}

/// One committed write: an entry of the watch log.
public struct Change {
    /// The number of the write: 1, 2, 3 … It is also the object's new resourceVersion.
    public let sequence: Int
    public let time: Milliseconds
    public let type: ChangeType
    /// The version before; nil for ``ChangeType/added``.
    public let old: StoredObject?
    /// The version after; for ``ChangeType/deleted`` the last one there was.
    public let object: StoredObject
    public let cause: Cause

    public var kind: Kind { object.kind }

    /// The version after; nil for a deletion.
    public var new: StoredObject? { type == .deleted ? nil : object }
}
