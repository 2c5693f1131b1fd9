import Value

/// Objects and the state of the cluster they were read from.
package struct ListResult: Sendable {
    package let items: [Value]
    /// The number of the last write that the list contains: where a watch goes on.
    package let resourceVersion: Int

    package init(items: [Value], resourceVersion: Int) {
        self.items = items
        self.resourceVersion = resourceVersion
    }
}

/// An accepted write.
package struct WriteResult: Sendable {
    /// The object as it is stored (or would be, in a dry run).
    package let object: Value
    /// What kubectl prints as `Warning: …`.
    package let warnings: [String]

    package init(object: Value, warnings: [String] = []) {
        self.object = object
        self.warnings = warnings
    }
}
