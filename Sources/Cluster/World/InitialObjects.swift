import Model
import Synchronization
import Value

/// The objects of time zero as the API server stores them. The first world of a sort sends each through
/// the server's pipeline; those after it take over what came out, and share its storage.
enum InitialObjects {
    /// What tells such worlds apart: equal sorts have equal objects but for the uids.
    struct Sort: Hashable, Sendable {
        private let hasServerEndpoints: Bool
        private let hasDefaultStorageClass: Bool
        private let serviceRange: String
        private let featureGates: [String: Bool]

        init(_ options: ClusterOptions) {
            hasServerEndpoints = options.profile.hasServerEndpoints
            hasDefaultStorageClass = options.profile.hasDefaultStorageClass
            serviceRange = options.profile.serviceRange
            featureGates = options.featureGates
        }
    }

    /// One object; its uid is another world's.
    struct Entry: Sendable {
        let kind: Kind
        let key: ObjectKey
        let value: Value

        init(_ object: StoredObject) {
            kind = object.kind
            key = object.key
            value = object.value
        }
    }

    private static let made = Mutex<[Sort: [Entry]]>([:])

    /// More sorts than any run has; a server that goes on for days begins anew.
    private static let limit = 64

    /// The objects in the order in which they are made; nil before the first world of the sort.
    static func known(_ sort: Sort) -> [Entry]? { made.withLock { $0[sort] } }

    /// Takes note of what the first world of a sort made.
    static func note(_ objects: [Entry], _ sort: Sort) {
        made.withLock { made in
            if made.count >= limit { made.removeAll() }
            made[sort] = objects
        }
    }
}
