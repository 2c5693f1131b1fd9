/// The name of an object within its kind.
package struct ObjectKey: Hashable, Sendable, Comparable {
    /// Empty for cluster-scoped kinds.
    package let namespace: String
    package let name: String

    package init(namespace: String, name: String) {
        self.namespace = namespace
        self.name = name
    }

    /// By namespace, then name: the order in which etcd lists.
    package static func < (left: ObjectKey, right: ObjectKey) -> Bool {
        left.namespace == right.namespace
            ? left.name < right.name : left.namespace < right.namespace
    }
}

extension ObjectKey: CustomStringConvertible {
    /// "default/web", or "node-1" without a namespace.
    package var description: String { namespace.isEmpty ? name : "\(namespace)/\(name)" }
}
