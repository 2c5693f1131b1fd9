import Synchronization

/// A table that all threads of the process share: what was worked out for one world or session is not
/// worked out again for the next. Only for what follows from the key alone.
public final class SharedTable<Key: Hashable & Sendable, Content: Sendable>: Sendable {
    private let contents = Mutex<[Key: Content]>([:])
    private let limit: Int

    /// A table without entries.
    ///
    /// - Parameter limit: how many entries it holds, at least one; one more, and it begins anew.
    public init(limit: Int) {
        precondition(limit > 0, "a table has room for something")
        self.limit = limit
    }

    /// What is known under `key`, or nil. O(1).
    public func find(_ key: Key) -> Content? { contents.withLock { $0[key] } }

    /// Takes note of what follows from `key`.
    public func set(_ key: Key, to content: Content) {
        contents.withLock { contents in
            if contents.count >= limit, contents[key] == nil { contents.removeAll() }
            contents[key] = content
        }
    }
}
