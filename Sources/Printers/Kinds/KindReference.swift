import Model
import Value

/// Group and name of a kind, as an object bears them.
package struct KindReference: Hashable, Sendable {
    /// "" for the core group.
    package let group: String
    /// "Deployment".
    package let kind: String

    /// The kind named `kind` in `group`.
    package init(group: String, kind: String) {
        self.group = group
        self.kind = kind
    }

    /// A built-in kind, in its preferred group.
    package init(_ kind: Kind) { self.init(group: kind.info.group, kind: kind.info.name) }

    /// Read from `apiVersion` and `kind`.
    package init(of object: Value) {
        group = Self.group(ofVersion: object[.apiVersion].cellText)
        kind = object[.kind].cellText
    }

    /// "deployment.apps", "pod": the prefix of a name.
    package var qualifiedName: String {
        (group.isEmpty ? kind : "\(kind).\(group)").lowercased()
    }

    fileprivate static func group(ofVersion apiVersion: String) -> String {
        apiVersion.firstIndex(of: "/").map { String(apiVersion[..<$0]) } ?? ""
    }
}

extension KindDescriptor {
    /// The kind as its objects bear it.
    package var reference: KindReference { KindReference(group: group, kind: name) }
}
