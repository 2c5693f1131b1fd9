import API
import Model
import Support
import Value

extension GarbageCollector {
    /// Does what `object` (as the API has it now) needs: delete its dependents first, or delete it
    /// because its owners are gone or are going and wait for it (attemptToDeleteItem).
    func collect(_ object: StoredObject) throws(APIError) {
        let isWaiting = object.isDeleting && hasFinalizer(object, APIServer.foregroundFinalizer)
        if object.isDeleting && !isWaiting { return }
        if isWaiting { return try deleteDependentsFirst(object) }
        let references = references(of: object)
        if references.isEmpty { return }
        try send { _ throws(APIError) in }
        var solid: [OwnerReference] = []
        var waiting: [OwnerReference] = []
        for reference in references {
            switch classify(reference, of: object) {
            case .solid: solid.append(reference)
            case .waiting: waiting.append(reference)
            case .dangling: break
            case .unresolvable: return
            }
        }
        if !solid.isEmpty {
            guard solid.count < references.count else { return }
            try drop(references.filter { !solid.contains($0) }, from: object)
        } else if !waiting.isEmpty, !dependents(of: object.uid).isEmpty {
            try deleteInForeground(object)
        } else {
            try delete(object, existingPolicy(object))
        }
    }

    private enum ReferenceState {
        /// The owner exists and stays.
        case solid
        /// The owner does not exist, or another object has its name.
        case dangling
        /// The owner is being deleted and waits for its dependents.
        case waiting
        /// The reference cannot be followed.
        case unresolvable
    }

    private func classify(_ reference: OwnerReference, of object: StoredObject) -> ReferenceState {
        guard let kind = kind(of: reference), let key = ownerKey(reference, from: object, kind)
        else { return .unresolvable }
        guard let owner = api.find(kind, key), owner.uid == reference.uid else { return .dangling }
        return owner.isDeleting && hasFinalizer(owner, APIServer.foregroundFinalizer)
            ? .waiting : .solid
    }

    /// The propagation that the finalizers of an object ask for already.
    private func existingPolicy(_ object: StoredObject) -> Propagation {
        if hasFinalizer(object, APIServer.orphanFinalizer) { return .orphan }
        if hasFinalizer(object, APIServer.foregroundFinalizer) { return .foreground }
        return .background
    }

    private func delete(
        _ object: StoredObject, _ propagation: Propagation
    ) throws(APIError) {
        var precise = DeleteOptions(propagation: propagation, uid: object.uid)
        precise.resourceVersion = object.resourceVersion
        let options = precise
        try request { own throws(APIError) in
            try own.api.delete(object, options: options)
        }
    }

    /// Makes a request in its turn; an object that is gone by then needs none.
    private func request(
        _ body: @escaping @Sendable (_ own: GarbageCollector) throws(APIError) -> Void
    ) throws(APIError) {
        try send { own throws(APIError) in
            do throws(APIError) {
                try body(own)
            } catch {
                if !error.isNotFound { throw error }
            }
        }
    }

    /// A dependent with dependents of its own goes in the foreground too; if those wait for it in a
    /// circle, the references that block are unblocked before.
    private func deleteInForeground(_ object: StoredObject) throws(APIError) {
        let waits = dependents(of: object.uid).contains {
            $0.isDeleting && hasFinalizer($0, APIServer.foregroundFinalizer)
        }
        guard waits else { return try delete(object, .foreground) }
        try request { own throws(APIError) in
            try own.api.modify(object) { value in
                let count = value[.metadata][.ownerReferences].elements.count
                for place in 0..<count
                where value[.metadata][.ownerReferences][place].flag(.blockOwnerDeletion) {
                    value[.metadata][.ownerReferences][place][.blockOwnerDeletion] = false
                }
            }
        }
        try request { own throws(APIError) in
            try own.api.delete(
                object, options: DeleteOptions(propagation: .foreground, uid: object.uid))
        }
    }

    private func drop(
        _ references: [OwnerReference], from object: StoredObject
    ) throws(APIError) {
        let uids = references.map(\.uid)
        try request { own throws(APIError) in
            try own.api.modify(object) { value in
                let kept = value[.metadata][.ownerReferences].elements.filter {
                    !uids.contains($0.text(.uid))
                }
                value[.metadata][.ownerReferences] = kept.isEmpty ? .null : .array(kept)
            }
        }
    }

    /// Source: processDeletingDependentsItem.
    private func deleteDependentsFirst(_ owner: StoredObject) throws(APIError) {
        let blocking = dependents(of: owner.uid).filter { dependent in
            references(of: dependent).contains {
                $0.uid == owner.uid && $0.blocksOwnerDeletion
            }
        }
        if blocking.isEmpty {
            return try removeFinalizer(APIServer.foregroundFinalizer, from: owner)
        }
        for dependent in blocking where !dependent.isDeleting { enqueueAgain(dependent) }
    }

    /// Source: attemptToOrphan: the dependents lose their reference, all at once, then the owner its
    /// finalizer, whereby it goes.
    func orphanDependents(of owner: StoredObject) throws(APIError) {
        let dependents = StoredObject.listed(dependents(of: owner.uid))
        if !dependents.isEmpty {
            try send { own throws(APIError) in
                for dependent in dependents { try own.release(dependent, from: owner) }
            }
        }
        try removeFinalizer(APIServer.orphanFinalizer, from: owner)
    }

    private func release(
        _ dependent: StoredObject, from owner: StoredObject
    ) throws(APIError) {
        do throws(APIError) {
            try api.modify(dependent) { OwnerReferences.remove(owner.uid, from: &$0) }
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    /// Reads the object, then patches it.
    private func removeFinalizer(_ name: String, from object: StoredObject) throws(APIError) {
        try send { _ throws(APIError) in }
        try request { own throws(APIError) in
            try own.api.modify(object) { Finalizers.remove(name, from: &$0) }
        }
    }
}
