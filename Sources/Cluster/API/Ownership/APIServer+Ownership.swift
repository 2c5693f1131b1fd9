import API
import Model
import Support
import Value

/// Where the API server keeps account of who owns the fields of objects.
extension APIServer {
    var ownershipTime: Int64 { Timestamp(worldTime: clock.now).seconds }

    /// Who makes the request that is under way, or writes what is stored now.
    private func writer(_ kind: Kind, _ part: OwnedPart) -> FieldOwnership.Writer {
        let manager = ownership.request.manager
        return manager.isEmpty
            ? ownership.writer(cause.actor, self, kind, part)
            : ownership.writer(named: manager, self, kind, part)
    }

    /// The kind whose version the request speaks.
    private func requestKind(_ stored: Kind) -> Kind {
        guard let version = ownership.request.version, kinds[version].storedKind == stored else {
            return stored
        }
        return version
    }

    /// A stored object as the request's version has it.
    private func requestForm(_ value: Value, _ kind: Kind) -> Value {
        kinds[kind].conversion?.fromStored(value) ?? value
    }

    /// Notes who owns what of a new object, before others than its maker complete it.
    ///
    /// Source: apiserver, handlers/create.go: the field manager comes before admission.
    func noteOwners(ofNew object: Value, _ info: KindDescriptor, _ key: ObjectKey) {
        guard ownership.pending?.key != key || ownership.pending?.kind != info.kind else { return }
        let given = object[.metadata][.managedFields]
        let base = given.isNull ? [] : ownership.table.decode(given) ?? []
        let list = base.isEmpty ? OwnerList.empty : ownership.list(of: base)
        let kind = requestKind(info.kind)
        let writer = writer(kind, .main)
        let owners = ownership.written(
            list, info.kind.isBuiltIn ? .emptyObject : Self.bare(object),
            requestForm(object, kind), by: writer, at: ownershipTime, isNew: true)
        ownership.pending = .init(kind: info.kind, key: key, owners: owners)
    }

    /// What an empty object of a custom kind has: no more than its type.
    private static func bare(_ object: Value) -> Value {
        [.apiVersion: object[.apiVersion], .kind: object[.kind]]
    }

    /// The owners of a new pod whose spec was owned before; notes them.
    func noteOwners(ofNewPod pod: Value, _ key: ObjectKey, spec: FieldSet) {
        let owners = ownership.made(
            pod: pod[.metadata], spec: spec, by: writer(.pod, .main), at: ownershipTime)
        ownership.pending = .init(kind: .pod, key: key, owners: owners)
    }

    /// What of a new pod's owned fields is in its spec; nil where more than one manager owns it.
    var ownedSpecOfPending: FieldSet? {
        guard let owners = ownership.pending?.owners.owners, owners.count == 1,
            let entry = owners[0].fields[.field(.spec)]
        else { return nil }
        return ownership.memory.pool.pooled(FieldSet(entries: [entry]))
    }

    /// Notes who owns what of a changed object, before others than its writer complete it.
    func noteOwners(
        of object: Value, over current: StoredObject, _ part: OwnedPart? = nil
    ) {
        guard ownership.pending?.key != current.key || ownership.pending?.kind != current.kind
        else { return }
        let owners = owners(
            of: object, over: current, base: ownership.request.given ?? current.ownerList,
            writer(requestKind(current.kind), part ?? ownership.request.part),
            requestKind(current.kind))
        ownership.pending = .init(kind: current.kind, key: current.key, owners: owners)
    }

    private func owners(
        of object: Value, over current: StoredObject, base: OwnerList,
        _ writer: FieldOwnership.Writer, _ kind: Kind
    ) -> OwnerList {
        // What nobody is known to own is not followed. Source: skipNonAppliedManager.
        if base.isEmpty { return base }
        return ownership.written(
            base, requestForm(current.value, kind), requestForm(object, kind), by: writer,
            at: ownershipTime)
    }

    /// The owners of what is stored now: those that were noted, or what follows from the write itself.
    func owners(
        _ kind: Kind, _ key: ObjectKey, old: StoredObject?, value: Value, verb: RequestVerb
    ) -> OwnerList {
        if let pending = ownership.pending, pending.kind == kind, pending.key == key {
            ownership.pending = nil
            return pending.owners
        }
        guard let old else {
            let writer = ownership.writer(actor, self, kind, .main)
            return ownership.written(
                .empty, kind.isBuiltIn ? .emptyObject : Self.bare(value), value, by: writer,
                at: ownershipTime, isNew: true)
        }
        if ownership.isPaused { return old.ownerList }
        let part: OwnedPart
        switch verb {
        // The server itself marks what is to go, and assigns pods, beside the field manager.
        case .delete, .bind, .evict: return old.ownerList
        case .status: part = .status
        case .scale: part = .scale
        case .finalize: part = .finalize
        case .create, .update, .patch: part = .main
        }
        let writer = ownership.writer(actor, self, kind, part)
        return owners(of: value, over: old, base: old.ownerList, writer, kind)
    }

    /// Who writes; what admission keeps account of is the server's own doing.
    private var actor: ActorID { ownership.isOwn ? .system : cause.actor }

    /// Whether the owners that were noted for a version with the same content are others, times apart.
    ///
    /// Source: fieldmanager/equality.go.
    func hasOtherOwners(than current: StoredObject) -> Bool {
        guard let pending = ownership.pending, pending.kind == current.kind,
            pending.key == current.key
        else { return false }
        if pending.owners.shape === current.ownerList.shape,
            pending.owners.bindings.isEmpty, current.ownerList.bindings.isEmpty
        {
            return false
        }
        let (new, old) = (pending.owners.owners, current.owners)
        if new.count != old.count { return true }
        return !new.allSatisfy { owner in
            old.contains {
                $0.manager == owner.manager && $0.version == owner.version
                    && $0.fields.isEqual(to: owner.fields)
            }
        }
    }

    /// An object as the API serves it, with `managedFields` where somebody asked for them.
    func served(_ object: StoredObject, as kind: Kind) -> Value {
        let value = shown(object.apiValue, as: kind)
        return ownership.isShown ? withOwners(value, of: object) : value
    }

    /// A stored object as a watch has it before it is shown in a version.
    func watched(_ object: StoredObject) -> Value {
        let value = object.apiValue
        return ownership.isShown ? withOwners(value, of: object) : value
    }

    /// `value`, an object as the API serves it, with the `managedFields` of `object`.
    func withOwners(_ value: Value, of object: StoredObject) -> Value {
        let owners = object.event == nil ? object.owners : owners(ofEvent: object)
        guard !owners.isEmpty else { return value }
        var result = value
        result[.metadata][.managedFields] = ownership.table.encoded(owners)
        return result
    }

    /// Events are kept in short form; what their one writer owns of them is found when it is asked for.
    private func owners(ofEvent object: StoredObject) -> [FieldOwner] {
        guard let event = object.event else { return [] }
        let info = kinds[.event]
        let form = ownership.forms.root(of: .event)
        let fields = ObjectComparison(.emptyObject, event.value(object.key), form).changed
        let manager = FieldManager(
            FieldOwnership.manager(ofEventSource: event.template.source.component), .update,
            info.apiVersion, "")
        return [
            FieldOwner(
                manager: ownership.table.number(of: manager),
                version: ownership.table.number(ofVersion: info.apiVersion),
                time: Timestamp(worldTime: event.last).seconds,
                fields: fields.difference(OwnershipUpdate.stripped))
        ]
    }
}
