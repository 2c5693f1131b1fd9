import Model
import Value

/// A request on its way through admission.
struct AdmissionRequest {
    enum Operation {
        case create
        case update
    }

    let operation: Operation
    let info: KindDescriptor
    let key: ObjectKey
    /// The object after defaulting; a plugin may change it.
    var object: Value
    /// The version in force; nil for a creation.
    let old: StoredObject?
    let isDryRun: Bool
    unowned let server: APIServer

    var kind: Kind { info.kind }

    /// The name in a refusal by a plugin that changes objects: these plugins come before a name is
    /// generated, so that only its prefix can be shown (`pods "web-" is forbidden`).
    var nameBeforeStorage: String {
        let prefix = object[.metadata].text(.generateName)
        let isGenerated =
            !prefix.isEmpty && key.name.hasPrefix(prefix)
            && key.name.utf8.count == prefix.utf8.count + 5
        return isGenerated ? prefix : key.name
    }
}

/// One admission plugin: changes or refuses objects before they are stored.
protocol AdmissionPlugin: Sendable {
    /// The kinds that it looks at.
    var kinds: [Kind] { get }
    /// Whether it is on in a cluster of this profile.
    func isEnabled(_ profile: LatencyProfile) -> Bool
    /// Changes the object.
    func admit(_ request: inout AdmissionRequest) throws(APIError)
    /// Refuses the object in its final form.
    func validate(_ request: AdmissionRequest) throws(APIError)
}

extension AdmissionPlugin {
    func isEnabled(_ profile: LatencyProfile) -> Bool { true }
    func admit(_ request: inout AdmissionRequest) throws(APIError) {}
    func validate(_ request: AdmissionRequest) throws(APIError) {}
}

/// The plugins in the order in which they are asked (upstream's AllOrderedPlugins).
enum Admission {
    static let all: [any AdmissionPlugin] = [
        TaintNodesByCondition(), LimitRanger(), ServiceAccountAdmission(), PriorityAdmission(),
        DefaultTolerationSeconds(),
        DefaultStorageClass(), StorageObjectInUseProtection(), ClaimResize(),
        ResourceQuotaAdmission(),
    ]

    /// The plugins by the kinds that they look at, for one profile.
    struct Chain {
        private var plugins: [Kind: [any AdmissionPlugin]] = [:]

        init(_ profile: LatencyProfile) {
            for plugin in Admission.all where plugin.isEnabled(profile) {
                for kind in plugin.kinds { plugins[kind, default: []].append(plugin) }
            }
        }

        func admit(_ request: inout AdmissionRequest) throws(APIError) {
            guard let plugins = plugins[request.kind] else { return }
            for plugin in plugins { try plugin.admit(&request) }
        }

        func validate(_ request: AdmissionRequest) throws(APIError) {
            guard let plugins = plugins[request.kind] else { return }
            for plugin in plugins { try plugin.validate(request) }
        }
    }
}
