import Support
import Value

/// What writes do to the owners of objects, found out once for all that look alike.
extension FieldOwnership {
    /// The list of such owners.
    func list(of owners: [FieldOwner]) -> OwnerList {
        if owners.isEmpty { return .empty }
        var bindings: [Field] = []
        let unbound = owners.map { owner in
            var owner = owner
            owner.fields = owner.fields.unbound(&bindings)
            return owner
        }
        return OwnerList(shape(unbound), times: owners.map(\.time), bindings: bindings)
    }

    /// The owners after `writer` wrote `new` over `old`, in the version of the request.
    func written(
        _ list: OwnerList, _ old: Value, _ new: Value, by writer: Writer, at time: Int64,
        isNew: Bool = false
    ) -> OwnerList {
        let version = writer.update.version
        guard list.isEmpty || list.shape.version == version.version else {
            return plain(list, old, new, by: writer, at: time, isNew: isNew)
        }
        memory.memo.begin(list, writer: writer.number)
        memory.memo.trace.add(old, new, version.form)
        if memory.memo.trace.isEmpty { return list }
        guard memory.memo.trace.isComplete else {
            return plain(list, old, new, by: writer, at: time, isNew: isNew)
        }
        if let known = memory.memo.transition() {
            let result = known.applied(to: list, memory.memo.trace.bindings, at: time)
            assert(agrees(result, list, old, new, by: writer, at: time, isNew: isNew))
            return result
        }
        var comparison = ObjectComparison(old, new, version.form)
        comparison.filter(writer.update.filter)
        guard let transition = transition(list, comparison, by: writer) else {
            return plain(list, old, new, by: writer, at: time, isNew: isNew)
        }
        memory.memo.add(transition)
        return transition.applied(to: list, memory.memo.trace.bindings, at: time)
    }

    /// The owners of a new pod whose spec was owned before.
    func made(
        pod metadata: Value, spec: FieldSet, by writer: Writer, at time: Int64
    ) -> OwnerList {
        let form = writer.update.version.form
        let part: Value = [.metadata: metadata]
        memory.memo.begin(.empty, writer: writer.number, spec: spec)
        memory.memo.trace.add(.emptyObject, part, form)
        if memory.memo.trace.isComplete, let known = memory.memo.transition() {
            return known.applied(to: .empty, memory.memo.trace.bindings, at: time)
        }
        var comparison = ObjectComparison(.emptyObject, part, form)
        comparison.changed = comparison.changed.union(spec)
        if memory.memo.trace.isComplete, let transition = transition(.empty, comparison, by: writer)
        {
            memory.memo.add(transition)
            return transition.applied(to: .empty, memory.memo.trace.bindings, at: time)
        }
        return list(
            of: writer.update.update([], by: comparison, writer.manager, at: time) ?? [])
    }

    /// What the write at work does to owners; nil where that does not depend on its shape alone.
    private func transition(
        _ list: OwnerList, _ comparison: ObjectComparison, by writer: Writer
    ) -> OwnershipTransition? {
        var bindings = memory.memo.trace.bindings
        var unbound = comparison
        unbound.changed = comparison.changed.unbound(&bindings)
        unbound.removed = comparison.removed.unbound(&bindings)
        guard bindings.count == memory.memo.trace.bindings.count else { return nil }
        // A place stands for the time of who stood there.
        let before = list.shape.owners.enumerated().map { place, owner in
            var owner = owner
            owner.time = Int64(place)
            return owner
        }
        let after =
            writer.update.update(
                before, by: unbound, writer.manager, at: Int64(OwnershipTransition.now)) ?? before
        guard after.count <= OwnershipUpdate.updaterLimit else { return nil }
        var used: [Int] = []
        let renumbered = after.map { owner in
            var owner = owner
            owner.time = FieldOwner.unknownTime
            owner.fields = owner.fields.renumbered { number in
                if let place = used.firstIndex(of: number) { return place }
                used.append(number)
                return used.count - 1
            }
            return owner
        }
        return OwnershipTransition(
            from: list.shape, to: shape(renumbered), times: after.map { Int($0.time) },
            bindings: used, known: list.bindings.count)
    }

    private func shape(_ owners: [FieldOwner]) -> OwnerShape {
        var pooled = owners
        for index in pooled.indices where !pooled[index].fields.isPooled {
            pooled[index].fields = memory.pool.pooled(pooled[index].fields)
        }
        return memory.memo.shape(pooled)
    }

    // MARK: Without memory

    /// The same, worked out for this one write.
    func plain(
        _ list: OwnerList, _ old: Value, _ new: Value, by writer: Writer, at time: Int64,
        isNew: Bool = false
    ) -> OwnerList {
        let owners = writer.update.update(list.owners, old, new, by: writer.manager, at: time)
        guard let owners else { return list }
        return self.list(of: isNew ? owners : OwnershipUpdate.capped(owners, table))
    }

    /// Whether what was remembered is what the write itself says; asked now and then.
    private func agrees(
        _ result: OwnerList, _ list: OwnerList, _ old: Value, _ new: Value, by writer: Writer,
        at time: Int64, isNew: Bool
    ) -> Bool {
        remembered += 1
        guard remembered % 61 == 0 else { return true }
        return Self.areEqual(
            result, plain(list, old, new, by: writer, at: time, isNew: isNew))
    }

    /// Whether two lists say the same.
    static func areEqual(_ left: OwnerList, _ right: OwnerList) -> Bool {
        let (left, right) = (left.owners, right.owners)
        return left.count == right.count
            && zip(left, right).allSatisfy { left, right in
                left.manager == right.manager && left.version == right.version
                    && left.time == right.time && left.fields.isEqual(to: right.fields)
            }
    }
}
