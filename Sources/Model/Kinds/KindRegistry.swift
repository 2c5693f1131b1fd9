import Support

/// The kinds of one cluster: the built-in ones and those that CustomResourceDefinitions add.
///
/// Reading is by ``Kind`` (an index), by any name that kubectl takes, or by apiVersion and kind.
/// Order is always that of `kubectl api-resources` among the built-in kinds, then registration. Further
/// versions of a kind are had by their names only; see ``KindConversion``.
package struct KindRegistry: Sendable {
    private var rows: [KindDescriptor]
    /// Lower-case plural, singular or short name → the kinds that bear it, in priority order.
    private var byName: [String: [Kind]]
    /// The kinds that are not served any more.
    private var withdrawn: [Kind] = []
    /// Those of them that clients still have in mind; see ``forgetWithdrawn()``.
    private var remembered: [Kind] = []

    /// Every kind that objects are stored as, built-in ones first; also those that are not served any
    /// more. Further versions are not among them.
    package private(set) var all: [KindDescriptor] = []

    /// A registry that knows the built-in kinds.
    package init() { self = Self.builtIn }

    /// The registry of a cluster without CustomResourceDefinitions.
    package static let builtIn = KindRegistry(rows: KindDescriptor.builtIn)

    private init(rows: [KindDescriptor]) {
        self.rows = []
        byName = [:]
        byName.reserveCapacity(rows.count * 3)
        for row in rows {
            self.rows.append(row)
            add(row)
        }
    }

    /// The facts of `kind`, which must belong to this registry.
    package subscript(kind: Kind) -> KindDescriptor { rows[Int(kind.id)] }

    /// How many kinds and versions there are; their numbers are below it.
    package var count: Int { rows.count }

    /// Every kind and version, by number.
    package var everyVersion: [KindDescriptor] { rows }

    /// What discovery shows: the kinds that are served, each in its preferred version.
    package var resources: [KindDescriptor] {
        rows.filter { $0.isOwnResource && serves($0.kind) }
    }

    /// The group versions that are served, sorted.
    package var servedVersions: [String] {
        Set(rows.lazy.filter { serves($0.kind) }.map(\.apiVersion)).sorted()
    }

    /// Whether the server answers requests for `kind`.
    package func serves(_ kind: Kind) -> Bool { !withdrawn.contains(kind) }

    /// Adds a kind at run time and answers it; `make` builds the row for the kind it is given.
    package mutating func register(_ make: (Kind) -> KindDescriptor) -> Kind {
        let row = make(Kind(id: UInt16(rows.count)))
        rows.append(row)
        add(row)
        return row.kind
    }

    /// Gives `kind` another description (its CustomResourceDefinition changed) and serves it.
    package mutating func replace(_ kind: Kind, by row: KindDescriptor) {
        precondition(!kind.isBuiltIn && row.kind == kind, "a built-in kind cannot be replaced")
        removeNames(of: kind)
        withdrawn.removeAll { $0 == kind }
        remembered.removeAll { $0 == kind }
        rows[Int(kind.id)] = row
        all.removeAll { $0.kind == kind }
        add(row)
    }

    /// Serves `kind` no more (its CustomResourceDefinition was deleted). The row stays readable, so that
    /// objects still held elsewhere keep their description, and clients go on asking by its names until
    /// they look anew.
    package mutating func withdraw(_ kind: Kind) {
        precondition(!kind.isBuiltIn, "a built-in kind cannot be taken away")
        guard serves(kind) else { return }
        withdrawn.append(kind)
        remembered.append(kind)
    }

    /// Forgets the names of the kinds that are not served any more, as a client does that asks the
    /// server what it serves.
    package mutating func forgetWithdrawn() {
        for kind in remembered { removeNames(of: kind) }
        remembered = []
    }

    private mutating func removeNames(of kind: Kind) {
        for name in Self.names(of: self[kind]) {
            byName[name]?.removeAll { $0 == kind }
            if byName[name]?.isEmpty == true { byName[name] = nil }
        }
    }

    /// Adds the names of a row. Among kinds of one name those come first that others are versions of.
    private mutating func add(_ row: KindDescriptor) {
        if row.conversion == nil { all.append(row) }
        for name in Self.names(of: row) where byName[name]?.contains(row.kind) != true {
            let place = row.conversion == nil ? firstVersion(named: name) : nil
            byName[name, default: []].insert(row.kind, at: place ?? byName[name]?.count ?? 0)
        }
    }

    private func firstVersion(named name: String) -> Int? {
        byName[name]?.firstIndex { self[$0].conversion != nil }
    }

    private static func names(of row: KindDescriptor) -> [String] {
        [row.plural, row.singular, row.name.lowercased()] + row.shortNames
    }
}

// MARK: - Look-up by name

extension KindRegistry {
    /// Why a name gave no kind.
    package struct UnknownKind: Error, Hashable, Sendable {
        /// The name as written, without group: what kubectl puts into its message.
        package let name: String
        /// The nearest name that exists, if one is near.
        package let suggestion: String?

        /// kubectl's words: `the server doesn't have a resource type "foo"`.
        package var message: String { "the server doesn't have a resource type \"\(name)\"" }
    }

    /// The kind that kubectl would take `name` for: a plural, singular, short name or kind, in any
    /// case, alone (`deploy`), with its group (`deployments.apps`, also the beginning of a group) or
    /// with version and group (`deployments.v1.apps`).
    ///
    /// Source: kubectl's resource builder (mappingFor) and apimachinery's DefaultRESTMapper.
    package func resolve(_ name: String) -> Result<Kind, UnknownKind> {
        if let kind = kind(named: name) { return .success(kind) }
        let (resource, _) = Self.parts(of: name)
        let candidates = served(byName[resource] ?? [])
        let written = name.split(separator: ".", omittingEmptySubsequences: false)[0]
        return .failure(
            UnknownKind(
                name: String(written),
                suggestion: candidates.first.map { self[$0].qualifiedPlural }
                    ?? suggestion(for: resource)))
    }

    /// The kind for `name`, or nil; see ``resolve(_:)``. Looks for no name that is near.
    package func kind(named name: String) -> Kind? {
        let (resource, qualifier) = Self.parts(of: name)
        let candidates = served(byName[resource] ?? [])
        guard let qualifier else { return candidates.first }
        return match(candidates, qualifier: qualifier)
    }

    /// `deployments.v1.apps` in lower case: what stands before the first point, and after it.
    private static func parts(of name: String) -> (resource: String, qualifier: String?) {
        let parts = name.lowercased().split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count == 1 ? nil : String(parts[1]))
    }

    /// The kinds of a category such as "all", in the order of `kubectl get all`; empty for a name
    /// that is no category.
    package func kinds(inCategory category: String) -> [Kind] {
        all.filter { $0.categories.contains(category) && serves($0.kind) }.map(\.kind)
    }

    /// The kinds that are served, if there are any among those of a name; else all.
    private func served(_ candidates: [Kind]) -> [Kind] {
        guard candidates.contains(where: withdrawn.contains) else { return candidates }
        let served = candidates.filter(serves)
        return served + candidates.filter(withdrawn.contains)
    }

    private func match(_ candidates: [Kind], qualifier: String) -> Kind? {
        func first(version: String?, group: String) -> Kind? {
            let fitting = candidates.filter { version == nil || self[$0].version == version }
            return fitting.first { self[$0].group == group }
                ?? fitting.first { self[$0].group.hasPrefix(group) && !group.isEmpty }
        }
        let parts = qualifier.split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        if parts.count == 2, let kind = first(version: String(parts[0]), group: String(parts[1])) {
            return kind
        }
        if let kind = first(version: nil, group: qualifier) { return kind }
        // `pods.v1.` and `pods.v1`: the core group.
        if let kind = first(version: String(parts[0]), group: ""), parts.count == 1 { return kind }
        return nil
    }

    private func suggestion(for name: String) -> String? {
        nearestName(to: name, among: rows.lazy.flatMap { Self.names(of: $0) })
    }
}

// MARK: - Look-up by apiVersion and kind

extension KindRegistry {
    /// Why apiVersion and kind name nothing that is served.
    package struct NoMatch: Error, Hashable, Sendable {
        package let apiVersion: String
        package let name: String
        /// The apiVersion that serves a kind of this name, when there is one: old manifests mostly
        /// want `extensions/v1beta1` → `apps/v1`.
        package let servedVersion: String?
        /// The nearest kind's name, when no kind of this name exists.
        package let suggestion: String?

        /// apimachinery's words: `no matches for kind "X" in version "Y"`.
        package var message: String {
            "no matches for kind \"\(name)\" in version \"\(apiVersion)\""
        }
    }

    /// The kind of an object by its `apiVersion` and `kind` (case-sensitive, as the API is).
    package func kind(apiVersion: String, name: String) -> Result<Kind, NoMatch> {
        let sameName = served(byName[name.lowercased()] ?? []).filter { self[$0].name == name }
        if let kind = sameName.first(where: { self[$0].apiVersion == apiVersion }) {
            return .success(kind)
        }
        let near = suggestion(for: name.lowercased()).flatMap { byName[$0]?.first }
        return .failure(
            NoMatch(
                apiVersion: apiVersion, name: name,
                servedVersion: sameName.first.map { self[$0].apiVersion },
                suggestion: sameName.isEmpty ? near.map { self[$0].name } : nil))
    }
}
