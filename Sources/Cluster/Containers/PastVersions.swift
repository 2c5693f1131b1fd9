import Model
import Value

/// Earlier versions of what containers are given from the API: config maps, secrets, services. What a
/// container got when it began is worked out when somebody looks, which may be long after.
struct PastVersions {
    private struct Version {
        /// When another version, or none, took its place.
        let until: Milliseconds
        let value: Value
    }

    private var versions: [Kind: [ObjectKey: [Version]]] = [:]

    /// How many versions of one object are kept.
    private static let capacity = 200

    /// Takes note of a write. O(1).
    mutating func note(_ change: Change) {
        guard let old = change.old else { return }
        let version = Version(until: change.time, value: old.value)
        versions[change.kind, default: [:]][old.key, default: []].append(version)
        let count = versions[change.kind]?[old.key]?.count ?? 0
        if count > Self.capacity * 2 {
            versions[change.kind]?[old.key]?.removeFirst(count - Self.capacity)
        }
    }

    /// The object as it was at `instant`; nil where there was none.
    func value(
        _ kind: Kind, _ key: ObjectKey, at instant: Milliseconds, in api: APIServer
    ) -> Value? {
        for version in versions[kind]?[key] ?? [] where version.until > instant {
            return Self.existed(version.value, at: instant) ? version.value : nil
        }
        guard let value = api.find(kind, key)?.value, Self.existed(value, at: instant) else {
            return nil
        }
        return value
    }

    private static func existed(_ value: Value, at instant: Milliseconds) -> Bool {
        // The API shows whole seconds.
        guard let created = Timestamp(value[.metadata][.creationTimestamp])?.worldTime else {
            return true
        }
        return created <= instant
    }

    /// All objects of a namespace as they were at `instant`, by name.
    func values(
        _ kind: Kind, in namespace: String, at instant: Milliseconds, of api: APIServer,
        _ state: ClusterState
    ) -> [Value] {
        var names: Set<String> = []
        state.forEach(kind) { if $0.namespace == namespace { names.insert($0.name) } }
        for key in (versions[kind] ?? [:]).keys where key.namespace == namespace {
            names.insert(key.name)
        }
        return names.sorted().compactMap {
            value(kind, ObjectKey(namespace: namespace, name: $0), at: instant, in: api)
        }
    }
}
