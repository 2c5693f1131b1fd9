import Value

/// Follows the objects that a query finds from one state to the next.
package protocol ListFollower: AnyObject {
    /// What has changed since the last call; everything at the first one.
    func catchUp() -> ListChanges
}

/// What of a list is different from what it was.
package struct ListChanges {
    /// An object that came, changed or left the list.
    package struct Item {
        /// Stands for the object as long as it is in the list; small, so that it can be a place in an array.
        package let number: Int
        /// The object as a script sees it; nil where it is not in the list any more, if it ever was.
        package let object: Value?

        package init(number: Int, object: Value?) {
            self.number = number
            self.object = object
        }
    }

    /// Whether whatever was known of the list is to be forgotten first.
    package var beginsAnew = false
    /// In the order of the writes; an object may come more than once.
    package var items: [Item] = []

    package init() {}
}

extension Host {
    package func follow(_ query: ResourceQuery) -> (any ListFollower)? { nil }
}
