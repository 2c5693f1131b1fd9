import Model
import Support
import Value

extension GarbageCollector {
    /// Does what `object` (as the API has it now) needs: orphan its dependents, delete them first, or
    /// delete it because its owners are gone.
    func collect(_ object: StoredObject) throws(APIError) {
        if object.isDeleting, hasFinalizer(object, APIServer.orphanFinalizer) {
            return try orphanDependents(of: object)
        }
        let isWaiting = object.isDeleting && hasFinalizer(object, APIServer.foregroundFinalizer)
        if object.isDeleting && !isWaiting { return }
        if isWaiting { return try deleteDependentsFirst(object) }
        let references = references(of: object)
        if references.isEmpty { return }
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
            try pass(reads: 1 + references.count)
            try send { [unowned self] () throws(APIError) in
                try drop(references.filter { !solid.contains($0) }, from: object)
            }
        } else if !waiting.isEmpty, !dependents(of: object.uid).isEmpty {
            try pass(reads: 1 + references.count)
            try send { [unowned self] () throws(APIError) in try deleteInForeground(object) }
        } else {
            try pass(reads: 1 + references.count)
            try send { [unowned self] () throws(APIError) in
                try delete(object, existingPolicy(object))
            }
        }
    }

    /// Lets the time of so many requests pass that fetch an item or its owners: upstream asks the API
    /// before it acts on what the graph says.
    private func pass(reads count: Int) throws(APIError) {
        for _ in 0..<count { try send { () throws(APIError) in } }
    }

    private enum ReferenceState {
        /// The owner exists and stays.
        case solid
        /// The owner does not exist, or another object has its name.
        case dangling
        /// The owner is being deleted and waits for this dependent.
        case waiting
        /// The reference cannot be followed.
        case unresolvable
    }

    private func classify(_ reference: OwnerReference, of object: StoredObject) -> ReferenceState {
        guard let kind = kind(of: reference), let key = ownerKey(reference, from: object, kind)
        else { return .unresolvable }
        guard let owner = api.find(kind, key), owner.uid == reference.uid else { return .dangling }
        let ownerWaits =
            owner.isDeleting && hasFinalizer(owner, APIServer.foregroundFinalizer)
        return ownerWaits && reference.blocksOwnerDeletion ? .waiting : .solid
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
        var options = DeleteOptions(propagation: propagation, uid: object.uid)
        options.resourceVersion = object.resourceVersion
        try api.delete(object, options: options)
    }

    /// A dependent with dependents of its own goes in the foreground too; if those wait for it in a
    /// circle, the references that block are unblocked.
    private func deleteInForeground(_ object: StoredObject) throws(APIError) {
        let waits = dependents(of: object.uid).contains {
            $0.isDeleting && hasFinalizer($0, APIServer.foregroundFinalizer)
        }
        var latest = object
        if waits {
            latest = try api.modify(object) { value in
                let count = value[.metadata][.ownerReferences].elements.count
                for place in 0..<count
                where value[.metadata][.ownerReferences][place].flag(.blockOwnerDeletion) {
                    value[.metadata][.ownerReferences][place][.blockOwnerDeletion] = false
                }
            }
        }
        try delete(latest, .foreground)
    }

    private func drop(
        _ references: [OwnerReference], from object: StoredObject
    ) throws(APIError) {
        let uids = references.map(\.uid)
        try api.modify(object) { value in
            let kept = value[.metadata][.ownerReferences].elements.filter {
                !uids.contains($0.text(.uid))
            }
            value[.metadata][.ownerReferences] = kept.isEmpty ? .null : .array(kept)
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
            try pass(reads: 1)
            return try send { [unowned self] () throws(APIError) in
                try removeFinalizer(APIServer.foregroundFinalizer, from: owner)
            }
        }
        for dependent in blocking where !dependent.isDeleting { enqueueAgain(dependent) }
    }

    /// Source: attemptToOrphan: the dependents lose their reference, then the owner its finalizer.
    /// The graph hands the owner over first, which takes as long as a request.
    private func orphanDependents(of owner: StoredObject) throws(APIError) {
        try pass(reads: 1)
        for dependent in dependents(of: owner.uid) {
            try send { [unowned self] () throws(APIError) in try orphan(dependent, of: owner) }
        }
        try pass(reads: 1)
        try send { [unowned self] () throws(APIError) in
            try removeFinalizer(APIServer.orphanFinalizer, from: owner)
        }
    }

    private func orphan(
        _ dependent: StoredObject, of owner: StoredObject
    ) throws(APIError) {
        do throws(APIError) {
            try api.modify(dependent) { value in
                let kept = value[.metadata][.ownerReferences].elements.filter {
                    $0.text(.uid) != owner.uid
                }
                value[.metadata][.ownerReferences] = kept.isEmpty ? .null : .array(kept)
            }
        } catch {
            if !error.isNotFound { throw error }
        }
    }

    private func removeFinalizer(_ name: String, from object: StoredObject) throws(APIError) {
        try api.modify(object) { value in
            let kept = value[.metadata][.finalizers].elements.filter { $0.string != name }
            value[.metadata][.finalizers] = kept.isEmpty ? .null : .array(kept)
        }
    }
}
