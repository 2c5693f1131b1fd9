import Support

/// Collects the fields of an object whose number is not known beforehand, in O(1) per field also
/// where there are very many (input is not trusted to be small).
public struct ObjectBuilder {
    /// What was collected so far, in the order of first appearance.
    public private(set) var object = Object()
    /// The keys so far; kept only once searching the fields would be slower.
    private var keys: Set<Key> = []

    private static let searchedCount = 32

    /// A builder without fields.
    public init() {}

    /// Whether the key was set before.
    public func contains(_ key: Key) -> Bool {
        object.count <= Self.searchedCount ? object.contains(key) : keys.contains(key)
    }

    /// Sets a field, also to an explicit null; of equal keys the last one wins.
    public mutating func set(_ key: Key, to value: Value) {
        if contains(key) {
            object.set(key, to: value)
            return
        }
        object.append(key, value)
        if object.count == Self.searchedCount + 1 {
            keys = Set(object.keys)
        } else if object.count > Self.searchedCount {
            keys.insert(key)
        }
    }
}
