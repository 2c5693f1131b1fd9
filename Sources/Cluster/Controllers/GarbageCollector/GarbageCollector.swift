import Model
import Support
import Value

/// Deletes objects whose owners are gone, and carries out foreground deletion and orphaning.
///
/// Source: kube-controller-manager's garbagecollector (attemptToDeleteItem, attemptToOrphan). Its
/// graph of owners and dependents is here the view's index by controller, and a table of the rare
/// references that are not controllers'. Keys have the kind in front of the name: `pods/web-1`.
final class GarbageCollector: Controller, FreeRequester {
    /// An object in the graph.
    struct Node: Hashable {
        let kind: Kind
        let slot: Slot
    }

    /// By owner uid: the dependents that refer to it by a reference that is no controller's.
    private var looseDependents: [String: [Node]] = [:]
    /// The kinds of which some object has or had a controller, in order of appearance.
    private var controlledKinds: [Kind] = []
    /// `apiVersion` and `kind` of references → the kind.
    private var kindsByReference: [String: [String: Kind]] = [:]

    init() { super.init(name: "generic-garbage-collector", workers: 20) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        looseDependents = other.looseDependents
        controlledKinds = other.controlledKinds
        kindsByReference = other.kindsByReference
    }

    override func start() {
        for info in api.kinds.all { added(info) }
    }

    override func added(_ kind: KindDescriptor) {
        guard kind.verbs.contains("watch"), kind.kind != .event else { return }
        watch(kind.kind)
        view.state.forEach(kind.kind) { register($0) }
    }

    // MARK: The graph

    override func observe(_ change: Change) {
        let object = change.object
        switch change.type {
        case .added:
            guard !object.value[.metadata][.ownerReferences].isNull else { break }
            register(object)
            lookForOwners(of: object)
        case .modified: modified(object, old: change.old!)
        case .deleted: removed(object)
        }
    }

    private func modified(_ object: StoredObject, old: StoredObject) {
        let (metadata, before) = (object.value[.metadata].fields, old.value[.metadata].fields)
        if metadata.isIdentical(to: before) { return }
        if metadata[.ownerReferences] != before[.ownerReferences] {
            unregister(old)
            register(object)
            enqueueUnblockedOwners(object, old)
            lookForOwners(of: object)
        }
        guard object.isDeleting else { return }
        // A deletion that begins to wait, or waits for something else now (processTransitions).
        guard !old.isDeleting || metadata[.finalizers] != before[.finalizers] else { return }
        if hasFinalizer(object, APIServer.orphanFinalizer) { return enqueueNode(object) }
        if hasFinalizer(object, APIServer.foregroundFinalizer) {
            for dependent in dependents(of: object.uid) { enqueueNode(dependent) }
            enqueueNode(object)
        }
    }

    /// Owners that wait for `object` may go when its reference to them is lost or blocks no more.
    /// Source: addUnblockedOwnersToDeleteQueue.
    private func enqueueUnblockedOwners(_ object: StoredObject, _ old: StoredObject) {
        let references = references(of: object)
        for reference in self.references(of: old) where reference.blocksOwnerDeletion {
            let stillBlocks = references.contains {
                $0.uid == reference.uid && $0.blocksOwnerDeletion
            }
            if !stillBlocks, let owner = find(reference, from: old), owner.uid == reference.uid,
                hasFinalizer(owner, APIServer.foregroundFinalizer)
            {
                enqueueNode(owner)
            }
        }
    }

    /// Queues `object` when the view lacks one of its owners, and tells of an owner in another
    /// namespace. Source: addDependentToOwners, reportInvalidNamespaceOwnerRef.
    private func lookForOwners(of object: StoredObject) {
        var isSuspect = false
        for reference in references(of: object)
        where find(reference, from: object)?.uid != reference.uid {
            isSuspect = true
            guard let kind = kind(of: reference), api.kinds[kind].isNamespaced else { continue }
            var isElsewhere = false
            view.state.forEach(kind) { if $0.uid == reference.uid { isElsewhere = true } }
            guard isElsewhere else { continue }
            let text =
                "[\(reference.apiVersion)/\(reference.kindName), namespace: \(object.namespace), "
                + "name: \(reference.name), uid: \(reference.uid)]"
            record(
                object, .warning, reason: "OwnerRefInvalidNamespace",
                message: "ownerRef \(text) does not exist in namespace \"\(object.namespace)\"",
                source: EventSource("garbage-collector-controller"))
        }
        if isSuspect { enqueueNode(object) }
    }

    private func removed(_ object: StoredObject) {
        if !object.value[.metadata][.ownerReferences].isNull { unregister(object) }
        for dependent in dependents(of: object.uid) { enqueueNode(dependent) }
        looseDependents[object.uid] = nil
        // An owner that waits for its dependents may be free now.
        for reference in references(of: object) {
            guard let owner = find(reference, from: object), owner.uid == reference.uid,
                hasFinalizer(owner, APIServer.foregroundFinalizer)
            else { continue }
            enqueueNode(owner)
        }
    }

    private func register(_ object: StoredObject) {
        for reference in references(of: object) {
            if reference.isController {
                if !controlledKinds.contains(object.kind) { controlledKinds.append(object.kind) }
            } else {
                looseDependents[reference.uid, default: []].append(
                    Node(kind: object.kind, slot: object.slot))
            }
        }
    }

    private func unregister(_ object: StoredObject) {
        let node = Node(kind: object.kind, slot: object.slot)
        for reference in references(of: object) where !reference.isController {
            looseDependents[reference.uid]?.removeAll { $0 == node }
            if looseDependents[reference.uid]?.isEmpty == true {
                looseDependents[reference.uid] = nil
            }
        }
    }

    /// The objects that refer to the owner with `uid`, as the view has them.
    func dependents(of uid: String) -> [StoredObject] {
        var found: [StoredObject] = []
        for kind in controlledKinds { found += view.controlled(kind, by: uid) }
        for node in looseDependents[uid] ?? [] {
            if let object = view.get(node.kind, node.slot) { found.append(object) }
        }
        return found
    }

    func references(of object: StoredObject) -> [OwnerReference] {
        object.value[.metadata][.ownerReferences].elements.map { OwnerReference($0) }
    }

    func hasFinalizer(_ object: StoredObject, _ name: String) -> Bool {
        Finalizers.contains(name, in: object.value)
    }

    // MARK: References

    func kind(of reference: OwnerReference) -> Kind? {
        if let kind = kindsByReference[reference.apiVersion]?[reference.kindName] { return kind }
        guard
            case .success(let found) = api.kinds.kind(
                apiVersion: reference.apiVersion, name: reference.kindName)
        else { return nil }
        kindsByReference[reference.apiVersion, default: [:]][reference.kindName] = found
        return found
    }

    /// The key under which `reference` of `object` finds its owner; nil for an owner in a namespace
    /// of a dependent without one, which is not allowed and left alone.
    func ownerKey(_ reference: OwnerReference, from object: StoredObject, _ kind: Kind)
        -> ObjectKey?
    {
        let isNamespaced = api.kinds[kind].isNamespaced
        if isNamespaced && object.namespace.isEmpty { return nil }
        return ObjectKey(namespace: isNamespaced ? object.namespace : "", name: reference.name)
    }

    private func find(_ reference: OwnerReference, from object: StoredObject) -> StoredObject? {
        guard let kind = kind(of: reference), let key = ownerKey(reference, from: object, kind)
        else { return nil }
        return view.get(kind, key)
    }

    // MARK: Keys

    private func enqueueNode(_ object: StoredObject) {
        enqueue(
            ObjectKey(
                namespace: object.namespace,
                name: "\(api.kinds[object.kind].qualifiedPlural)/\(object.name)"))
    }

    func enqueueAgain(_ object: StoredObject) { enqueueNode(object) }

    override func sync(_ key: ObjectKey) throws(APIError) {
        let parts = key.name.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let kind = api.kinds.kind(named: String(parts[0])) else { return }
        let name = ObjectKey(namespace: key.namespace, name: String(parts[1]))
        guard let object = api.find(kind, name) else { return }
        if object.isDeleting, hasFinalizer(object, APIServer.orphanFinalizer) {
            return try orphanDependents(of: object)
        }
        // The object is read from the API, then its owners: what follows waits for the answers.
        try collect(ask { () throws(APIError) in object })
    }
}
