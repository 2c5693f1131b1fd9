/// What is known of one kind: its names, group and versions, scope, verbs and subresources.
///
/// A class, so that passing one costs a reference; immutable.
package final class KindInfo: Sendable {
    /// The kind that this row describes.
    package let kind: Kind
    /// "Deployment".
    package let name: String
    /// The resource's name: "deployments".
    package let plural: String
    /// "deployment".
    package let singular: String
    /// "deploy".
    package let shortNames: [String]
    /// "apps"; empty for the core group.
    package let group: String
    /// The preferred version, in which objects are stored and shown: "v1".
    package let version: String
    /// Further served versions, as in `apiVersion`: "autoscaling/v1".
    package let otherVersions: [String]
    /// Whether objects live in a namespace.
    package let isNamespaced: Bool
    /// Names for several kinds at once, such as "all".
    package let categories: [String]
    /// What the resource allows, in alphabetical order as api-resources prints it.
    package let verbs: [String]
    /// "status", "scale", "eviction" and the like, without the resource's name.
    package let subresources: [String]
    /// The type of the object in the field facts: "apps.v1.Deployment".
    package let rootType: String

    /// `apiVersion` of an object of this kind: "apps/v1", or "v1" in the core group.
    package let apiVersion: String
    /// The name with its group, as kubectl prints it: "deployments.apps", "pods".
    package let qualifiedPlural: String
    /// The prefix of `-o name` and of messages: "deployment.apps", "pod".
    package let qualifiedSingular: String

    /// A row of the table; `singular` is derived from `name` as apimachinery does (lower case).
    package init(
        kind: Kind, name: String, plural: String, shortNames: [String] = [], group: String,
        version: String = "v1", otherVersions: [String] = [], isNamespaced: Bool = true,
        categories: [String] = [], verbs: [String] = KindInfo.standardVerbs,
        subresources: [String] = [], rootType: String
    ) {
        self.kind = kind
        self.name = name
        self.plural = plural
        self.singular = name.lowercased()
        self.shortNames = shortNames
        self.group = group
        self.version = version
        self.otherVersions = otherVersions
        self.isNamespaced = isNamespaced
        self.categories = categories
        self.verbs = verbs
        self.subresources = subresources
        self.rootType = rootType
        apiVersion = group.isEmpty ? version : "\(group)/\(version)"
        qualifiedPlural = group.isEmpty ? plural : "\(plural).\(group)"
        qualifiedSingular = group.isEmpty ? singular : "\(singular).\(group)"
    }

    /// What almost every resource allows.
    package static let standardVerbs = [
        "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch",
    ]

    /// Whether `apiVersion` is the preferred one or another served one.
    package func serves(apiVersion: String) -> Bool {
        apiVersion == self.apiVersion || otherVersions.contains(apiVersion)
    }

    /// Whether `kubectl scale` works on the kind.
    package var isScalable: Bool { subresources.contains("scale") }

    /// Whether status is a part of its own, which an update of the object leaves alone.
    package var hasStatusSubresource: Bool { subresources.contains("status") }
}
