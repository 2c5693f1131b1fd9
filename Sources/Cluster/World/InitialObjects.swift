import Model
import Support
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
        let owners: OwnerList

        init(_ object: StoredObject) {
            kind = object.kind
            key = object.key
            value = object.value
            owners = object.ownerList
        }
    }

    /// The objects of each sort of world in the order in which they are made. There are few sorts in a run;
    /// a server that goes on for days begins anew.
    static let known = SharedTable<Sort, [Entry]>(limit: 64)
}
