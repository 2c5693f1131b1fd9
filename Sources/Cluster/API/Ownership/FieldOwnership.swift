import API
import Model
import Support
import Value

/// The part of an object that a write is about, as ownership tells parts apart.
enum OwnedPart: UInt8, Sendable {
    case main, status, scale, finalize, approval, ephemeralContainers, resize

    init(_ subresource: Subresource) {
        self =
            switch subresource {
            case .none: .main
            case .status: .status
            case .approval: .approval
            case .ephemeralContainers: .ephemeralContainers
            case .resize: .resize
            }
    }

    /// As `managedFields` names it.
    var name: String {
        switch self {
        case .main: ""
        case .status: "status"
        case .scale: "scale"
        case .finalize: "finalize"
        case .approval: "approval"
        case .ephemeralContainers: "ephemeralcontainers"
        case .resize: "resize"
        }
    }
}

/// What a world knows of who owns the fields of its objects.
final class FieldOwnership {
    // tidy: not copied: request, pending, isShown, isPaused, isOwn, actorName, writers, actorWriters
    // tidy: not copied: remembered
    /// What a client's request says of itself.
    struct Request {
        /// Empty where it does not say.
        var manager = ""
        var part = OwnedPart.main
        /// The version that it speaks; nil for the one in which objects are stored.
        var version: Kind?
        /// The owners that the request itself gives the object; nil where it gives none.
        var given: OwnerList?
    }

    /// The owners of an object that is about to be stored.
    struct Pending {
        let kind: Kind
        let key: ObjectKey
        let owners: OwnerList
    }

    /// Who writes, and how what is written is owned.
    struct Writer {
        let manager: Int32
        let update: OwnershipUpdate
        /// Tells the writers of a world apart.
        let number: UInt32
    }

    struct WriterKey: Hashable {
        let name: String
        let kind: Kind
        let part: OwnedPart
    }

    private struct ActorKey: Hashable {
        let actor: ActorID
        let kind: Kind
        let part: OwnedPart
    }

    let table = FieldManagerTable()
    /// What follows from no world; from one that has ended, if there was one.
    let memory = OwnershipMemory.taken()
    /// How often what was known was made use of; counted where it is checked.
    var remembered = 0
    var request = Request()
    var pending: Pending?
    /// Whether objects are served with their `managedFields`.
    var isShown = false
    /// Whether what is written now changes no owners.
    var isPaused = false
    /// Whether what is written now is the server's own doing, whoever asked.
    var isOwn = false
    /// The name of an actor in the world's table.
    var actorName: (ActorID) -> String = { _ in "" }
    private var writers: [WriterKey: Writer] = [:]
    private var actorWriters: [ActorKey: Writer] = [:]

    deinit { memory.giveBack() }

    var forms: FieldForms { memory.forms }

    /// Knows from now on what another world knows of owners. Writers are found again when they write.
    func take(_ other: FieldOwnership) { forms.take(other.forms) }

    /// Forgets what is known of the writers of a kind, which is seen in another way from now on.
    func reset(_ kind: Kind, schema: Value) {
        forms.set(kind, schema: schema)
        writers.removeAll()
        actorWriters.removeAll()
    }

    /// Who writes a part of an object now, for a component or the user who named no manager.
    func writer(_ actor: ActorID, _ server: APIServer, _ kind: Kind, _ part: OwnedPart) -> Writer {
        let key = ActorKey(actor: actor, kind: kind, part: part)
        if let known = actorWriters[key] { return known }
        let name = Self.manager(ofActor: actorName(actor))
        let writer = writer(named: name, server, kind, part)
        actorWriters[key] = writer
        return writer
    }

    /// Who writes a part of an object in a manager's name.
    func writer(
        named name: String, _ server: APIServer, _ kind: Kind, _ part: OwnedPart,
        _ operation: FieldManager.Operation = .update
    ) -> Writer {
        let key = WriterKey(name: name, kind: kind, part: part)
        if operation == .update, let known = writers[key] { return known }
        let info = server.kinds[kind]
        let manager = FieldManager(name, operation, info.apiVersion, part.name)
        let update = OwnershipUpdate(
            version: version(info, of: info), filter: Self.filter(info, part, server),
            resolve: { [unowned self, unowned server] number in
                let text = table.version(number)
                let found = server.kinds.kind(apiVersion: text, name: info.name)
                guard case .success(let other) = found else { return nil }
                return version(server.kinds[other], of: info)
            })
        let writer = Writer(
            manager: table.number(of: manager), update: update,
            number: memory.number(of: key, isUpdate: operation == .update))
        if operation == .update { writers[key] = writer }
        return writer
    }

    /// A version as a request of another version of the same kind sees it.
    private func version(_ info: KindDescriptor, of request: KindDescriptor) -> OwnedVersion {
        let number = table.number(ofVersion: info.apiVersion)
        let form = forms.root(of: info.kind)
        let (to, from) = (request.conversion?.toStored, info.conversion?.fromStored)
        guard info.kind != request.kind, to != nil || from != nil else {
            return OwnedVersion(version: number, form: form, convert: nil)
        }
        return OwnedVersion(version: number, form: form) { value in
            let stored = to?(value) ?? value
            return from?(stored) ?? stored
        }
    }

    // MARK: Facts

    /// What the server that upstream's component runs in is called: the user agent of its requests.
    static func manager(ofEventSource name: String) -> String { manager(ofActor: name) }

    private static func manager(ofActor name: String) -> String {
        switch name {
        case "kubectl", "script", "": "kubectl"
        case "kubelet", "kube-scheduler": name
        case "default-scheduler": "kube-scheduler"
        case "system", "kube-apiserver", "kube-aggregator", "crd-finalizer",
            "crd-naming-controller":
            "kube-apiserver"
        case "priority-and-fairness-config-consumer": "api-priority-and-fairness-config-consumer-v1"
        case "clusterrole-aggregation-controller": name
        default: "kube-controller-manager"
        }
    }

    /// Source: GetResetFields of the strategies in pkg/registry, and of custom resources.
    private static func filter(
        _ info: KindDescriptor, _ part: OwnedPart, _ server: APIServer
    ) -> OwnershipFilter {
        guard server.strategy(info.storedKind).hasStatus else { return .all }
        func paths(_ paths: [[Key]]) -> FieldSet {
            paths.reduce(FieldSet.empty) { set, path in
                set.union(FieldSet(path: path.map { .field($0) }))
            }
        }
        switch part {
        case .main, .scale, .finalize: return .without(paths([[.status]]))
        case .ephemeralContainers, .resize: return .within([.spec])
        case .approval: return .without(paths([[.spec]]))
        case .status: break
        }
        if !info.kind.isBuiltIn { return .without(paths([[.spec], [.metadata]])) }
        switch info.storedKind {
        case .deployment: return .without(paths([[.spec], [.metadata, .labels]]))
        case .pod:
            return .without(
                paths([
                    [.spec], [.metadata, .deletionTimestamp], [.metadata, .ownerReferences],
                ]))
        default: return .without(paths([[.spec]]))
        }
    }
}
