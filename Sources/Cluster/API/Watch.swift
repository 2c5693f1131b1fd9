import Model
import Value

/// What a watch reports: the type as the watcher sees it, and the object.
package struct WatchEvent {
    package let type: ChangeType
    package let object: StoredObject
    package let time: Milliseconds
    package let cause: Cause
}

/// A filter on committed writes, as the API's watch has it: an object that comes to be selected is
/// ADDED for the watcher, one that is no longer selected DELETED.
package struct WatchFilter {
    private let kind: Kind
    private let namespace: String?
    private let name: String?
    private let options: ListOptions

    /// A watch of the objects that the list with these arguments gives; `name` restricts it to one.
    package init(
        _ kind: Kind, namespace: String?, name: String? = nil, options: ListOptions = ListOptions()
    ) {
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.options = options
    }

    /// What the watcher sees of `change`; nil when it does not concern it. O(selector).
    package func event(_ change: Change) -> WatchEvent? {
        let object = change.object
        guard object.kind == kind, namespace == nil || object.namespace == namespace,
            name == nil || object.name == name
        else { return nil }
        let was = change.old.map { options.selects($0.value) } ?? false
        let isSelected = change.type != .deleted && options.selects(object.value)
        let type: ChangeType
        switch (was, isSelected) {
        case (false, false): return nil
        case (false, true): type = .added
        case (true, true): type = .modified
        case (true, false): type = .deleted
        }
        return WatchEvent(
            type: type, object: object, time: change.time, cause: change.cause)
    }
}
