import Support

/// All that the engine knows of one kind: its names, what can be done with it, and where an object of
/// it keeps what others ask for.
///
/// Nothing else lists kinds. Whoever needs "the workloads" or "what can be scaled" asks the
/// descriptors; whoever adds a kind writes one, in a file of this folder, with a row in
/// ``KindDescriptor/rows``. What the API server and the printers add to a kind hangs on its
/// descriptor, too: `KindStrategy` in Cluster, `KindPrinter` in Printers.
///
/// A class, so that passing one costs a reference; immutable.
package final class KindDescriptor: Sendable {
    /// The kind that this describes.
    package let kind: Kind

    // MARK: Names

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
    /// The version in which objects are shown: "v1".
    package let version: String
    /// How this version is had from the one that is stored; nil for the kinds that are stored.
    package let conversion: KindConversion?
    /// What the server says of every request, because the version is deprecated.
    package let deprecationWarning: String?
    /// `apiVersion` of an object of this kind: "apps/v1", or "v1" in the core group.
    package let apiVersion: String
    /// The name with its group, as kubectl prints it: "deployments.apps", "pods".
    package let qualifiedPlural: String
    /// The prefix of `-o name` and of messages: "deployment.apps", "pod".
    package let qualifiedSingular: String

    // MARK: The resource

    /// Whether objects live in a namespace.
    package let isNamespaced: Bool
    /// Names for several kinds at once, such as "all".
    package let categories: [String]
    /// What the resource allows, in alphabetical order as api-resources prints it.
    package let verbs: [String]
    /// "status", "scale", "eviction" and the like, without the resource's name.
    package let subresources: [String]
    /// Whether status is a part of its own, which an update of the object leaves alone.
    package let hasStatusSubresource: Bool
    /// Whether `metadata.generation` counts the changes of the spec.
    package let hasGeneration: Bool
    /// Whether a controller says in `status.observedGeneration` which of them it has seen.
    package let reportsObservedGeneration: Bool
    /// The type of the object in the field facts: "apps.v1.Deployment".
    package let rootType: String

    // MARK: Workloads

    /// Where the template of pods is, and whether pods are made from it; nil for kinds without one.
    package let podTemplate: PodTemplatePlace?
    /// How an object selects the pods that stand behind it; nil for kinds that have none.
    package let podSelector: PodSelector?
    /// Where the wanted and the present number of replicas are; nil for kinds that do not scale.
    package let replicas: ReplicaPlaces?
    /// How `kubectl rollout` treats the kind; nil for kinds that do not roll.
    package let rollout: Rollout?
    /// Whether kubectl makes a service for an object. Source: kubectl, canBeExposed.
    package let isExposable: Bool

    // MARK: Rules

    /// The defaults of objects, and what is refused.
    package let rules: KindRules
    /// What `explain` says of the fields that no other kind has.
    package let texts: KindTexts

    /// A descriptor; everything that is not given is as most resources have it. `singular` is derived
    /// from `name` as apimachinery does (lower case) where a definition does not say another, the
    /// facts from group, version and name.
    package init(
        _ kind: Kind, _ name: String, plural: String, singular: String? = nil,
        shortNames: [String] = [], group: String, version: String = "v1",
        conversion: KindConversion? = nil, deprecationWarning: String? = nil,
        isNamespaced: Bool = true,
        categories: [String] = [], verbs: [String] = KindDescriptor.standardVerbs,
        subresources: [String] = [], hasGeneration: Bool = false,
        reportsObservedGeneration: Bool = false, podTemplate: PodTemplatePlace? = nil,
        podSelector: PodSelector? = nil, replicas: ReplicaPlaces? = nil, rollout: Rollout? = nil,
        isExposable: Bool = false, rules: KindRules = KindRules(),
        texts: KindTexts = .none
    ) {
        self.kind = kind
        self.name = name
        self.plural = plural
        self.singular = singular ?? name.lowercased()
        self.shortNames = shortNames
        self.group = group
        self.version = version
        self.conversion = conversion
        self.deprecationWarning = deprecationWarning
        apiVersion = group.isEmpty ? version : "\(group)/\(version)"
        qualifiedPlural = group.isEmpty ? plural : "\(plural).\(group)"
        qualifiedSingular = group.isEmpty ? self.singular : "\(self.singular).\(group)"
        self.isNamespaced = isNamespaced
        self.categories = categories
        self.verbs = verbs
        self.subresources = subresources
        hasStatusSubresource = subresources.contains("status")
        self.hasGeneration = hasGeneration
        self.reportsObservedGeneration = reportsObservedGeneration
        let package = group.isEmpty ? "core" : group.prefix { $0 != "." }
        rootType = "\(package).\(version).\(name)"
        self.podTemplate = podTemplate
        self.podSelector = podSelector
        self.replicas = replicas
        self.rollout = rollout
        self.isExposable = isExposable
        self.rules = rules
        self.texts = texts
    }

    /// What almost every resource allows.
    package static let standardVerbs = [
        "create", "delete", "deletecollection", "get", "list", "patch", "update", "watch",
    ]
}

// MARK: - Questions

extension KindDescriptor {
    /// The kind as which objects are stored: this one, unless it is another version of it.
    package var storedKind: Kind { conversion?.stored ?? kind }

    /// Whether discovery shows the kind as a resource of its own: the stored ones, and those that have
    /// another group than what they are stored as.
    package var isOwnResource: Bool { conversion?.isOwnResource ?? true }

    /// Whether `kubectl scale` works on the kind.
    package var isScalable: Bool { replicas != nil }

    /// Whether objects of the kind make pods, themselves or by way of what they make.
    package var makesPods: Bool { podTemplate?.makesPods ?? false }

    /// The keys that lead from an object to its pod spec; nil for kinds without one.
    package var podSpecPath: [Key]? { podTemplate.map { $0.path + [.spec] } }
}
