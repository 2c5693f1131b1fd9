import Value

/// How the objects of a further version of a resource are had from those that are stored.
///
/// A version is a ``Kind`` of its own, with fields, defaults and rules of its own; its objects are in the
/// store as those of ``stored``. The API server converts where a client's request comes in and where its
/// answer goes out, so that nobody behind that door knows of versions.
package struct KindConversion: Sendable {
    /// The kind as which the objects are stored.
    package let stored: Kind
    /// Whether it is a resource of its own for discovery (events of events.k8s.io).
    package let isOwnResource: Bool
    /// From an object of this version to the stored form, apiVersion and kind apart.
    package let toStored: @Sendable (Value) -> Value
    /// From the stored form to an object of this version, apiVersion and kind apart.
    package let fromStored: @Sendable (Value) -> Value

    /// A conversion; without functions the versions differ in their apiVersion alone.
    package init(
        stored: Kind, isOwnResource: Bool = false,
        toStored: @escaping @Sendable (Value) -> Value = { $0 },
        fromStored: @escaping @Sendable (Value) -> Value = { $0 }
    ) {
        self.stored = stored
        self.isOwnResource = isOwnResource
        self.toStored = toStored
        self.fromStored = fromStored
    }
}
