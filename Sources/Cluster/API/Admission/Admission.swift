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
    /// `scale`, `resize`; empty for the object itself.
    var subresource = ""
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
    /// The kinds whose objects decide what it does.
    var reads: [Kind] { get }
    /// Whether it looks at a kind of this strategy; by ``kinds`` where a plugin does not say.
    func looks(at kind: Kind, _ strategy: ResourceStrategy) -> Bool
    /// Changes the object.
    func admit(_ request: inout AdmissionRequest) throws(APIError)
    /// Refuses the object in its final form.
    func validate(_ request: AdmissionRequest) throws(APIError)
}

extension AdmissionPlugin {
    var kinds: [Kind] { [] }
    var reads: [Kind] { [] }
    func looks(at kind: Kind, _ strategy: ResourceStrategy) -> Bool { kinds.contains(kind) }
    func admit(_ request: inout AdmissionRequest) throws(APIError) {}
    func validate(_ request: AdmissionRequest) throws(APIError) {}
}

/// The plugins in the order in which they are asked (upstream's AllOrderedPlugins).
enum Admission {
    static let all: [any AdmissionPlugin] = [
        TaintNodesByCondition(), LimitRanger(), ServiceAccountAdmission(), PodSecurity(),
        PriorityAdmission(), DefaultTolerationSeconds(), DefaultStorageClass(),
        StorageObjectInUseProtection(), ClaimResize(), RuntimeClassAdmission(),
        PodTopologyLabels(), MutatingPolicyAdmission(), ValidatingPolicyAdmission(),
        ResourceQuotaAdmission(),
    ]

    /// The plugins by the kinds that they look at.
    struct Chain: Sendable {
        /// By number of the kind.
        private var byKind: [[any AdmissionPlugin]] = []
        /// The kinds whose changes may change what becomes of a pod.
        private var readForPods: Set<Kind> = []

        init(_ strategies: [ResourceStrategy]) {
            for strategy in strategies { set(strategy) }
        }

        /// Takes in the next kind, or one anew.
        mutating func set(_ strategy: ResourceStrategy) {
            let concerned = Admission.all.filter { $0.looks(at: strategy.kind, strategy) }
            let place = Int(strategy.kind.id)
            precondition(place <= byKind.count, "kinds come in the order of their numbers")
            if place < byKind.count { byKind[place] = concerned } else { byKind.append(concerned) }
            if strategy.kind == .pod { readForPods = Set(concerned.flatMap(\.reads)) }
        }

        /// Whether a change of an object of `kind` may change what admission makes of a pod.
        func decidesOnPods(_ kind: Kind) -> Bool { readForPods.contains(kind) }

        func admit(_ request: inout AdmissionRequest) throws(APIError) {
            for plugin in byKind[Int(request.kind.id)] { try plugin.admit(&request) }
        }

        /// Asks the plugins again, whose object a policy has changed; the policies ask themselves.
        ///
        /// Source: apiserver, admission/reinvocation.go.
        func admitAgain(_ request: inout AdmissionRequest) throws(APIError) {
            for plugin in byKind[Int(request.kind.id)] where !(plugin is MutatingPolicyAdmission) {
                try plugin.admit(&request)
            }
        }

        func validate(_ request: AdmissionRequest) throws(APIError) {
            for plugin in byKind[Int(request.kind.id)] { try plugin.validate(request) }
        }
    }
}
