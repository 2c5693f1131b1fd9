import API
import Model
import Support
import Value

/// What a deletion came to.
package enum DeletionOutcome {
    /// The object is gone; its last version.
    case removed(StoredObject)
    /// The object stays until its grace period ends or its finalizers are gone.
    case pending(StoredObject)

    /// The object as the deletion left it.
    package var object: StoredObject {
        switch self {
        case .removed(let object), .pending(let object): object
        }
    }
}

extension APIServer {
    static let foregroundFinalizer = "foregroundDeletion"
    static let orphanFinalizer = "orphan"

    /// Deletes the version of `object` that is in force.
    ///
    /// A pod on a node gets its grace period; an object with finalizers stays until they are gone.
    /// Source: apiserver's registry Store.Delete with rest.BeforeDelete.
    @discardableResult
    package func delete(
        _ object: StoredObject, options: DeleteOptions = .background
    ) throws(APIError) -> DeletionOutcome {
        let current = try current(object)
        let info = kinds[current.kind]
        try checkPreconditions(current, info, options)
        try checkDeletion(current, info, isDryRun: options.isDryRun)
        if let outcome = try strategy(current.kind).rules.delete?(current, options, self) {
            return outcome
        }
        let finalizers = finalizersForDeletion(current, options)
        var value = current.value
        value[.metadata][.finalizers] = finalizers.isEmpty ? .null : Value(strings: finalizers)
        switch gracefulDeletion(&value, current, options) {
        case .alreadyPending: return .pending(current)
        case .graceful(let seconds):
            let kept = finalizers.isEmpty && seconds == 0
            if options.isDryRun { return .pending(current) }
            let written = commit(
                current.kind, current.key, old: current, value: value, verb: .delete)
            return kept ? .removed(remove(written)) : .pending(written)
        case .immediate:
            if options.isDryRun { return .removed(current) }
            if finalizers.isEmpty { return .removed(remove(current)) }
            markAsDeleting(&value)
            if value == current.value { return .pending(current) }
            return .pending(
                commit(current.kind, current.key, old: current, value: value, verb: .delete))
        }
    }

    private func remove(_ object: StoredObject) -> StoredObject {
        commit(object.kind, object.key, old: object, value: nil, verb: .delete)
    }

    private func checkPreconditions(
        _ current: StoredObject, _ info: KindDescriptor, _ options: DeleteOptions
    ) throws(APIError) {
        if let uid = options.uid, uid != current.uid {
            throw .conflict(
                info, current.name,
                "Precondition failed: UID in precondition: \(uid), UID in object meta: \(current.uid)"
            )
        }
        if let version = options.resourceVersion, version != current.resourceVersion {
            throw .conflict(
                info, current.name,
                "Precondition failed: ResourceVersion in precondition: \(version), "
                    + "ResourceVersion in object meta: \(current.resourceVersion)")
        }
    }

    private enum Grace {
        /// The object is being deleted already, and this request does not hasten it.
        case alreadyPending
        /// The object's deletionTimestamp was set or moved.
        case graceful(Int)
        /// The kind knows no grace, or the object is to go now.
        case immediate
    }

    /// Source: rest.BeforeDelete. For example a pod with 30 s of grace deleted at 12:00:00 gets
    /// deletionTimestamp 12:00:30; a second deletion with 10 s moves it to 12:00:10.
    private func gracefulDeletion(
        _ value: inout Value, _ current: StoredObject, _ options: DeleteOptions
    ) -> Grace {
        guard let graceSeconds = strategy(current.kind).rules.graceSeconds else {
            return .immediate
        }
        let metadata = current.value[.metadata]
        if current.isDeleting {
            guard let pending = metadata[.deletionGracePeriodSeconds].int else { return .immediate }
            guard let period = options.gracePeriodSeconds, period < pending else {
                return .alreadyPending
            }
            let due = Timestamp(metadata[.deletionTimestamp]) ?? Timestamp(worldTime: clock.now)
            let sooner = Timestamp(
                milliseconds: due.milliseconds + Milliseconds(seconds: period - pending))
            value[.metadata][.deletionTimestamp] = Value(sooner.text)
            value[.metadata][.deletionGracePeriodSeconds] = Value(period)
            return .graceful(period)
        }
        let seconds = graceSeconds(current, options)
        value[.metadata][.deletionTimestamp] = timestamp(after: Milliseconds(seconds: seconds))
        value[.metadata][.deletionGracePeriodSeconds] = Value(seconds)
        countDeletion(&value)
        return .graceful(seconds)
    }

    private func markAsDeleting(_ value: inout Value) {
        if value[.metadata][.deletionTimestamp].string == nil {
            value[.metadata][.deletionTimestamp] = timestamp
            countDeletion(&value)
        }
        value[.metadata][.deletionGracePeriodSeconds] = 0
    }

    /// That an object is to go is a change of what is wanted: its generation moves, once.
    private func countDeletion(_ value: inout Value) {
        if let generation = value[.metadata][.generation].int {
            value[.metadata][.generation] = Value(generation + 1)
        }
    }

    /// The finalizers with those of the garbage collector put in or taken out as the request asks.
    /// Source: registry Store's deletionFinalizersForGarbageCollection.
    private func finalizersForDeletion(
        _ current: StoredObject, _ options: DeleteOptions
    ) -> [String] {
        let existing = current.value[.metadata][.finalizers].elements.compactMap(\.string)
        let propagation =
            options.propagation
            ?? (existing.contains(Self.orphanFinalizer)
                ? .orphan
                : existing.contains(Self.foregroundFinalizer)
                    ? .foreground : strategy(current.kind).rules.defaultPropagation)
        var result = existing.filter {
            $0 != Self.orphanFinalizer && $0 != Self.foregroundFinalizer
        }
        if propagation == .orphan { result.append(Self.orphanFinalizer) }
        if propagation == .foreground { result.append(Self.foregroundFinalizer) }
        return result
    }
}
