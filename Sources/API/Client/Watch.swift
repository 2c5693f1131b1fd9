import Model
import Value

/// What a write did to an object.
package enum ChangeType: String, Sendable {
    case added = "ADDED"
    case modified = "MODIFIED"
    case deleted = "DELETED"
}

/// What a watch is told of: the objects that a list with the same words gives.
///
/// An object that comes to be selected is ADDED for the watcher, one that is no longer selected DELETED.
package struct WatchTarget: Sendable {
    package let kind: Kind
    /// Nil for all namespaces.
    package let namespace: String?
    /// Nil for objects of any name.
    package let name: String?
    package let options: ListOptions

    package init(
        _ kind: Kind, namespace: String?, name: String? = nil,
        options: ListOptions = ListOptions()
    ) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.options = options
    }
}

/// A change as a watcher is told of it.
package struct WatchEvent: Sendable {
    package let type: ChangeType
    /// The new version; for ``ChangeType/deleted`` the last one there was.
    package let object: Value

    package init(type: ChangeType, object: Value) {
        self.type = type
        self.object = object
    }
}

/// A watch under way. Whoever began it stops it.
package protocol Watch: AnyObject {
    /// Ends it: nothing is told from here on. May be called from inside the receiver, and twice.
    func stop()
}
