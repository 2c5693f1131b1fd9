import Support

/// The kinds of one cluster: the built-in ones and those that CustomResourceDefinitions add.
///
/// Reading is by ``Kind`` (an index), by any name that kubectl takes, or by apiVersion and kind.
/// Order is always that of `kubectl api-resources` among the built-in kinds, then registration.
package struct KindRegistry: Sendable {
    private var rows: [KindDescriptor]
    /// Lower-case plural, singular or short name → the kinds that bear it, in priority order.
    private var byName: [String: [Kind]]

    /// A registry that knows the built-in kinds.
    package init() { self = Self.builtIn }

    /// The registry of a cluster without CustomResourceDefinitions.
    package static let builtIn = KindRegistry(rows: KindDescriptor.builtIn)

    private init(rows: [KindDescriptor]) {
        self.rows = []
        byName = [:]
        byName.reserveCapacity(rows.count * 3)
        for row in rows { add(row) }
    }

    /// The facts of `kind`, which must belong to this registry.
    package subscript(kind: Kind) -> KindDescriptor { rows[Int(kind.id)] }

    /// Every kind, built-in ones first.
    package var all: [KindDescriptor] { rows }

    /// Adds a kind at run time and answers it; `make` builds the row for the kind it is given.
    package mutating func register(_ make: (Kind) -> KindDescriptor) -> Kind {
        let row = make(Kind(id: UInt16(rows.count)))
        add(row)
        return row.kind
    }

    /// Takes the names of a kind away again (its CustomResourceDefinition was deleted). The row
    /// stays readable, so that objects still held elsewhere keep their description.
    package mutating func unregister(_ kind: Kind) {
        precondition(!kind.isBuiltIn, "a built-in kind cannot be taken away")
        let row = self[kind]
        for name in Self.names(of: row) {
            byName[name]?.removeAll { $0 == kind }
            if byName[name]?.isEmpty == true { byName[name] = nil }
        }
    }

    private mutating func add(_ row: KindDescriptor) {
        rows.append(row)
        for name in Self.names(of: row) where byName[name]?.contains(row.kind) != true {
            byName[name, default: []].append(row.kind)
        }
    }

    private static func names(of row: KindDescriptor) -> [String] {
        [row.plural, row.singular] + row.shortNames
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
        let parts = name.lowercased().split(
            separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let resource = String(parts[0])
        let candidates = byName[resource] ?? []
        if parts.count == 1 {
            if let kind = candidates.first { return .success(kind) }
        } else if let kind = match(candidates, qualifier: String(parts[1])) {
            return .success(kind)
        }
        let written = name.split(separator: ".", omittingEmptySubsequences: false)[0]
        return .failure(
            UnknownKind(
                name: String(written),
                suggestion: candidates.first.map { self[$0].qualifiedPlural }
                    ?? suggestion(for: resource)))
    }

    /// The kind for `name`, or nil; see ``resolve(_:)``.
    package func kind(named name: String) -> Kind? { try? resolve(name).get() }

    /// The kinds of a category such as "all", in the order of `kubectl get all`; empty for a name
    /// that is no category.
    package func kinds(inCategory category: String) -> [Kind] {
        rows.filter {
            $0.categories.contains(category) && byName[$0.plural]?.contains($0.kind) == true
        }
        .map(\.kind)
    }

    private func match(_ candidates: [Kind], qualifier: String) -> Kind? {
        func first(version: String?, group: String) -> Kind? {
            let fitting = candidates.filter { serves($0, version: version) }
            return fitting.first { self[$0].group == group }
                ?? fitting.first {
                    self[$0].otherVersions.contains { $0.hasPrefix(group + "/") }
                }
                ?? fitting.first { self[$0].group.hasPrefix(group) && !group.isEmpty }
        }
        func serves(_ kind: Kind, version: String?) -> Bool {
            guard let version else { return true }
            let row = self[kind]
            return row.version == version
                || row.otherVersions.contains { $0 == version || $0.hasSuffix("/" + version) }
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
        let sameName = (byName[name.lowercased()] ?? []).filter { self[$0].name == name }
        if let kind = sameName.first(where: { self[$0].serves(apiVersion: apiVersion) }) {
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
