import Value

/// The finalizers of an object: a set, in the order in which they came.
enum Finalizers {
    /// Whether an object has the finalizer `name`.
    static func contains(_ name: String, in object: Value) -> Bool {
        object[.metadata][.finalizers].elements.contains { $0.string == name }
    }

    /// Adds a finalizer to an object that lacks it.
    static func add(_ name: String, to object: inout Value) {
        if contains(name, in: object) { return }
        object[.metadata][.finalizers].append(Value(name))
    }

    /// Takes a finalizer from an object; the last one takes the list with it.
    static func remove(_ name: String, from object: inout Value) {
        let kept = object[.metadata][.finalizers].elements.filter { $0.string != name }
        object[.metadata][.finalizers] = kept.isEmpty ? .null : .array(kept)
    }
}
