import Support

// Chains of keys that are data: where a kind keeps its pod template and the like. What scripts write is
// a ``FieldPath``.
extension Value {
    /// The value at the end of a chain of keys; the value itself for none.
    package func value(at path: [Key]) -> Value { path.reduce(self) { $0[$1] } }

    /// Changes the value at the end of a chain of keys in place, as the subscripts would.
    package mutating func modify<Failure>(
        at path: some RandomAccessCollection<Key>,
        _ change: (inout Value) throws(Failure) -> Void
    ) throws(Failure) {
        guard let first = path.first else { return try change(&self) }
        try self[first].modify(at: path.dropFirst(), change)
    }
}
