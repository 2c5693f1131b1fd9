import API
import Model
import Support
import Value

extension APIServer {
    /// Replaces `original` by `value`, leaving the status alone where it is a part of its own.
    ///
    /// Throws Conflict when `original` is no longer the version in force. A change of nothing
    /// writes nothing and announces nothing.
    @discardableResult
    package func update(
        _ original: StoredObject, to value: Value, verb: RequestVerb = .update
    ) throws(APIError) -> StoredObject {
        let current = try checkVersion(original)
        var object = value
        if strategy(original.kind).hasStatus { object[.status] = current.value[.status] }
        try checkChange(object, over: current.value, current.key, kinds[current.kind])
        return try store(object, over: current, verb: verb)
    }

    /// Replaces the status of `original` by that of `value`, which may be the whole object.
    ///
    /// Throws Conflict when `original` is no longer the version in force.
    @discardableResult
    package func updateStatus(
        _ original: StoredObject, to status: Value
    ) throws(APIError) -> StoredObject {
        let current = try checkVersion(original)
        return try setStatus(current, status)
    }

    /// Replaces the status of `original` and its annotations: a status request may change metadata,
    /// too, and the Deployment controller writes its revision number that way.
    ///
    /// Throws Conflict when `original` is no longer the version in force.
    @discardableResult
    package func updateStatus(
        _ original: StoredObject, to status: Value, annotations: Value
    ) throws(APIError) -> StoredObject {
        let current = try checkVersion(original)
        if current.value[.metadata][.annotations] == annotations {
            return try setStatus(current, status)
        }
        var object = current.value
        object[.metadata][.annotations] = annotations
        object[.status] = status
        try checkChange(
            object, over: current.value, current.key, kinds[current.kind], subresource: "status")
        return commit(current.kind, current.key, old: current, value: object, verb: .status)
    }

    /// Changes whatever version of `object` is in force, as a patch does: no conflict is possible.
    /// `change` gets the whole object; its status is kept where it is a part of its own.
    @discardableResult
    package func modify(
        _ object: StoredObject, verb: RequestVerb = .patch, _ change: (inout Value) -> Void
    ) throws(APIError) -> StoredObject {
        let current = try current(object)
        var value = current.value
        change(&value)
        if strategy(object.kind).hasStatus { value[.status] = current.value[.status] }
        try checkChange(value, over: current.value, current.key, kinds[current.kind])
        return try store(value, over: current, verb: verb)
    }

    /// Changes the status of whatever version of `object` is in force.
    @discardableResult
    package func modifyStatus(
        _ object: StoredObject, _ change: (inout Value) -> Void
    ) throws(APIError) -> StoredObject {
        let current = try current(object)
        var status = current.value[.status]
        change(&status)
        return try setStatus(current, status)
    }

    /// Assigns `pod` to `node` and sets its PodScheduled condition, in one write.
    ///
    /// Throws Conflict when the pod is assigned or going already. Source: the pod's binding subresource.
    @discardableResult
    package func bind(_ pod: StoredObject, to node: String) throws(APIError) -> StoredObject {
        let current = try current(pod)
        let info = kinds[.pod]
        guard !current.isDeleting else {
            throw .conflict(
                info, current.name,
                "pod \(current.name) is being deleted, cannot be assigned to a host")
        }
        if let host = current.nodeName, !host.isEmpty {
            throw .conflict(
                info, current.name, "pod \(current.name) is already assigned to node \"\(host)\"")
        }
        var object = current.value
        object[.spec][.nodeName] = Value(node)
        object[.status][.nominatedNodeName] = .null
        PodTopologyLabels.label(&object, as: node, self)
        let scheduled: Value = [
            .lastProbeTime: .null, .lastTransitionTime: timestamp, .status: "True",
            .type: "PodScheduled",
        ]
        var conditions = object[.status][.conditions].elements
        conditions.removeAll { $0[.type].string == "PodScheduled" }
        conditions.append(scheduled)
        object[.status][.conditions] = .array(conditions)
        // A pod that has its node is nominated for none (ClearingNominatedNodeNameAfterBinding).
        if !object[.status][.nominatedNodeName].isNull {
            object[.status][.nominatedNodeName] = .null
        }
        return commit(.pod, current.key, old: current, value: object, verb: .bind)
    }

    private func setStatus(
        _ current: StoredObject, _ status: Value
    ) throws(APIError) -> StoredObject {
        var status = status
        strategy(current.kind).rules.carryOverStatus?(&status, current.value[.status], self)
        if current.value[.status] == status { return current }
        var object = current.value.fields
        if status.isNull {
            object.removeValue(forKey: .status)
        } else {
            object.set(.status, to: status)
        }
        let errors = Validation.status(
            .object(object), from: current.value, isApproval: false, kind: kinds[current.kind])
        if !errors.isEmpty { throw .invalid(kinds[current.kind], current.name, errors) }
        try checkChange(
            .object(object), over: current.value, current.key, kinds[current.kind],
            subresource: "status")
        return commit(
            current.kind, current.key, old: current, value: .object(object), verb: .status)
    }

    private func checkVersion(_ original: StoredObject) throws(APIError) -> StoredObject {
        let current = try current(original)
        guard current.resourceVersion == original.resourceVersion else {
            throw .modified(kinds[original.kind], original.name)
        }
        return current
    }

    /// Stores a new version of `current`: keeps what is immutable, counts the generation, and removes
    /// the object when the last finalizer of a deletion went.
    func store(
        _ value: Value, over current: StoredObject, verb: RequestVerb
    ) throws(APIError) -> StoredObject {
        var object = value
        let old = current.value[.metadata]
        if object[.metadata] != old || object[.metadata][.resourceVersion] != .null {
            for key in Self.immutableMetadata { object[.metadata][key] = old[key] }
            object[.metadata][.resourceVersion] = .null
        }
        let strategy = strategy(current.kind)
        strategy.rules.carryOver?(&object, current.value)
        let hasNewAnnotations =
            strategy.rules.countsAnnotations
            && object[.metadata][.annotations] != old[.annotations]
        if strategy.hasGeneration,
            hasNewAnnotations
                || strategy.rules.specKeys.contains(where: { object[$0] != current.value[$0] })
                || strategy.rules.countsAllFields
                    && Self.hasOtherContent(object, current.value, strategy.hasStatus)
        {
            object[.metadata][.generation] = Value((old[.generation].int ?? 0) + 1)
        }
        if object == current.value, !hasOtherOwners(than: current) { return current }
        let metadata = object[.metadata]
        let isReleased =
            metadata[.deletionTimestamp].string != nil && metadata[.finalizers].elements.isEmpty
            && old[.deletionGracePeriodSeconds].int ?? 0 == 0
            && !(strategy.rules.isHeld?(object) ?? false)
        return commit(
            current.kind, current.key, old: current, value: isReleased ? .none : .some(object),
            verb: verb)
    }

    /// Whether two versions differ outside metadata, and outside status where that is a part of its own.
    private static func hasOtherContent(
        _ new: Value, _ old: Value, _ hasStatus: Bool
    ) -> Bool {
        func content(_ value: Value) -> Value {
            var value = value
            value[.metadata] = .null
            if hasStatus { value[.status] = .null }
            return value
        }
        return content(new) != content(old)
    }

    private static let immutableMetadata: [Key] = [
        .name, .namespace, .uid, .creationTimestamp, .deletionTimestamp,
        .deletionGracePeriodSeconds, .generation, .generateName,
    ]
}
