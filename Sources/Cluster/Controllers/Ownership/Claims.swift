import Model
import Value

// Adopting and releasing, as every controller does it that owns objects by a selector.
// Origin: pkg/controller/controller_ref_manager.go.
extension Controller {
    /// The reference by which an object names `owner` as its controller (`NewControllerRef`).
    func controllerReference(to owner: StoredObject) -> Value {
        let info = api.kinds[owner.kind]
        return OwnerReference.controller(
            apiVersion: info.apiVersion, kind: info.name, name: owner.name, uid: owner.uid
        ).value
    }

    /// The objects of `kind` that belong to `owner`: those it controls and that match, and the matching
    /// orphans, which are adopted; those it controls and that do not match are released.
    ///
    /// An owner that is being deleted claims nothing new and lets nothing go. Example: a StatefulSet
    /// web owns web-0 and a pod whose label was changed, and finds web-1, which nobody controls: the
    /// second is released, the third adopted, the answer is web-0 and web-1.
    ///
    /// - Parameters:
    ///   - finalizer: is put on what is adopted and taken from what is released.
    ///   - accepts: what must hold beside the selector.
    /// - Throws: the first failure, when all were tried.
    func claimed(
        _ kind: Kind, by owner: StoredObject, _ selector: LabelSelector, orphans: Orphans,
        finalizer: String? = nil, where accepts: (StoredObject) -> Bool = { _ in true }
    ) throws(APIError) -> [StoredObject] {
        try claimed(kind, by: owner, orphans: orphans, finalizer: finalizer) { object in
            selector.matches(object.value[.metadata][.labels].fields) && accepts(object)
        }
    }

    /// As ``claimed(_:by:_:orphans:finalizer:where:)`` where `matches` knows also what the selector says.
    func claimed(
        _ kind: Kind, by owner: StoredObject, orphans: Orphans, finalizer: String? = nil,
        matching matches: (StoredObject) -> Bool
    ) throws(APIError) -> [StoredObject] {
        var kept: [StoredObject] = []
        var foreign: [StoredObject] = []
        for object in view.controlled(kind, by: owner.uid) {
            if matches(object) { kept.append(object) } else { foreign.append(object) }
        }
        let candidates =
            owner.isDeleting
            ? [] : orphans.objects(kind, in: owner.namespace, view).filter(matches)
        return try kept
            + claim(for: owner, releasing: foreign, adopting: candidates, finalizer: finalizer)
    }

    /// Releases what is `foreign` to `owner` and adopts `orphans`, each by name; answers the adopted ones
    /// as adoption left them. Nothing happens for an owner that is being deleted.
    ///
    /// An object that is gone is nobody's matter any more; any other failure keeps no object from being
    /// tried, and the first is thrown at the end (`ClaimObject`).
    func claim(
        for owner: StoredObject, releasing foreign: [StoredObject],
        adopting orphans: [StoredObject], finalizer: String? = nil
    ) throws(APIError) -> [StoredObject] {
        if owner.isDeleting || foreign.isEmpty && orphans.isEmpty { return [] }
        var failure: APIError?
        for object in foreign.sorted(by: { $0.name < $1.name }) {
            do throws(APIError) {
                try ask { () throws(APIError) in try release(object, by: owner.uid, finalizer) }
            } catch {
                if !error.isNotFound { failure = failure ?? error }
            }
        }
        var adopted: [StoredObject] = []
        do throws(APIError) {
            if !orphans.isEmpty { try recheck(owner, before: orphans) }
            for object in orphans.sorted(by: { $0.name < $1.name }) {
                do throws(APIError) {
                    adopted.append(
                        try ask { () throws(APIError) in
                            try adopt(
                                object, by: controllerReference(to: owner), finalizer: finalizer)
                        })
                } catch {
                    if !error.isNotFound { failure = failure ?? error }
                }
            }
        } catch {
            failure = failure ?? error
        }
        if let failure { throw failure }
        return adopted
    }

    /// Looks at the owner as it is now, not as it was seen: one that has just been deleted, or replaced by
    /// another of its name, must not adopt (`RecheckDeletionTimestamp`, for upstream's issue 42639).
    private func recheck(
        _ owner: StoredObject, before orphans: [StoredObject]
    ) throws(APIError) {
        guard let live = api.find(owner.kind, owner.key), live.uid == owner.uid, !live.isDeleting
        else {
            let what = api.kinds[orphans[0].kind].name
            throw APIError(
                .conflict,
                "can't adopt \(what): original \(api.kinds[owner.kind].name) \(owner.key) is gone")
        }
    }

    /// Makes `reference` the controller of an object that nobody controls, and adds `finalizer` unless it
    /// is there (`AdoptPod`, `AdoptReplicaSet`).
    ///
    /// Throws NotFound when the object is gone, and Invalid when another controller was faster: the
    /// API server lets one reference only be that of the controller.
    @discardableResult
    func adopt(
        _ object: StoredObject, by reference: Value, finalizer: String? = nil
    ) throws(APIError) -> StoredObject {
        let info = api.kinds[object.kind]
        let live = try api.current(object)
        if let other = live.controllerReference, other[.uid] != reference[.uid] {
            throw APIError(
                .invalid,
                "\(info.name) \"\(object.name)\" is invalid: metadata.ownerReferences: Only one "
                    + "reference can have Controller set to true. Found \"true\" in references for "
                    + "\(other.text(.name)) and \(reference.text(.name))",
                kind: object.kind, name: object.name)
        }
        return try api.modify(live) { value in
            OwnerReferences.add(reference, to: &value)
            if let finalizer { Finalizers.add(finalizer, to: &value) }
        }
    }

    /// Takes the reference to the owner with `uid`, and `finalizer`, from an object (`ReleasePod`).
    private func release(
        _ object: StoredObject, by uid: String, _ finalizer: String?
    ) throws(APIError) {
        try api.modify(object) { value in
            OwnerReferences.remove(uid, from: &value)
            if let finalizer { Finalizers.remove(finalizer, from: &value) }
        }
    }
}
