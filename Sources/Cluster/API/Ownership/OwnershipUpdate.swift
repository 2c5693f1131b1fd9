import Support
import Value

/// A field that an apply would change and another manager owns.
struct FieldConflict: Equatable {
    let manager: FieldManager
    let path: [PathElement]
}

/// One version of a kind, as owners of its objects know it: objects in that version, and their form.
struct OwnedVersion {
    let version: Int32
    let form: FieldForm
    /// From an object as the request has it to one of this version; nil where it is the same.
    let convert: ((Value) -> Value)?

    func object(_ value: Value) -> Value { convert?(value) ?? value }
}

/// What a write does to the owners of an object.
///
/// Source: structured-merge-diff, merge/update.go, with what apimachinery's managedfields wraps around it.
struct OwnershipUpdate {
    /// The version that the request speaks.
    let version: OwnedVersion
    let filter: OwnershipFilter
    /// The version of a number; nil for one that is not served any more, whose owners are dropped.
    let resolve: (Int32) -> OwnedVersion?

    /// Never owned by anybody.
    static let stripped: FieldSet = {
        func entry(_ name: Key) -> FieldSet.Entry {
            FieldSet.Entry(element: .field(name), isMember: true, below: nil)
        }
        let metadata: [Key] = [
            .name, .namespace, .creationTimestamp, .selfLink, .uid, "clusterName", .generation,
            .managedFields, .resourceVersion,
        ]
        return FieldSet.of([
            entry(.apiVersion), entry(.kind),
            FieldSet.Entry(
                element: .field(.metadata), isMember: true,
                below: FieldSet.of(metadata.map(entry))),
        ])!
    }()

    /// What the write changed, in the version of an owner.
    private struct Comparisons {
        var own: ObjectComparison
        var others: [(version: Int32, comparison: ObjectComparison)] = []
    }

    private func comparison(
        _ owner: FieldOwner, _ old: Value, _ new: Value, _ known: inout Comparisons
    ) -> ObjectComparison? {
        if owner.version == version.version { return known.own }
        if let found = known.others.first(where: { $0.version == owner.version }) {
            return found.comparison
        }
        guard let other = resolve(owner.version) else { return nil }
        var comparison = ObjectComparison(other.object(old), other.object(new), other.form)
        comparison.filter(filter)
        known.others.append((owner.version, comparison))
        return comparison
    }

    // MARK: Update

    /// The owners after `manager` wrote `new` over `old`: it owns what it changed, nobody else does.
    ///
    /// - Returns: nil where nobody owns anything that they did not own before.
    func update(
        _ owners: [FieldOwner], _ old: Value, _ new: Value, by manager: Int32, at time: Int64
    ) -> [FieldOwner]? {
        var comparison = ObjectComparison(old, new, version.form)
        comparison.filter(filter)
        if comparison.changed.isEmpty, comparison.removed.isEmpty,
            owners.allSatisfy({ $0.version == version.version })
        {
            return nil
        }
        return written(owners, old, new, Comparisons(own: comparison), manager, time)
    }

    /// The same, of owners who all speak the request's version, from what the write changed.
    func update(
        _ owners: [FieldOwner], by comparison: ObjectComparison, _ manager: Int32, at time: Int64
    ) -> [FieldOwner]? {
        if comparison.changed.isEmpty, comparison.removed.isEmpty { return nil }
        return written(
            owners, .null, .null, Comparisons(own: comparison), manager, time)
    }

    private func written(
        _ owners: [FieldOwner], _ old: Value, _ new: Value, _ comparisons: Comparisons,
        _ manager: Int32, _ time: Int64
    ) -> [FieldOwner] {
        var known = comparisons
        let comparison = comparisons.own
        let changed = comparison.changed.difference(Self.stripped)
        var result = others(
            owners, old, new, &known, keeping: changed.isEmpty ? nil : manager)
        guard !changed.isEmpty else { return result }
        if let place = result.firstIndex(where: { $0.manager == manager }) {
            // What it owned before and changed now it owns still: to take it away first is no use.
            let owner = result[place]
            let removed = self.comparison(owner, old, new, &known)?.removed ?? .empty
            result[place] = FieldOwner(
                manager: manager, version: version.version, time: time,
                fields: owner.fields.difference(removed).union(changed))
        } else {
            result.append(
                FieldOwner(
                    manager: manager, version: version.version, time: time, fields: changed))
        }
        return result
    }

    /// The owners without what was changed or removed under them.
    private func others(
        _ owners: [FieldOwner], _ old: Value, _ new: Value, _ known: inout Comparisons,
        keeping applier: Int32? = nil
    ) -> [FieldOwner] {
        var result: [FieldOwner] = []
        result.reserveCapacity(owners.count + 1)
        for var owner in owners {
            if owner.manager != applier {
                guard let comparison = comparison(owner, old, new, &known) else { continue }
                owner.fields = owner.fields.difference(comparison.changed)
                    .difference(comparison.removed)
            }
            if !owner.fields.isEmpty { result.append(owner) }
        }
        return result
    }

    // MARK: Apply

    /// What an apply comes to.
    enum Outcome {
        /// The new object, nil where it is the live one, and its owners.
        case applied(Value?, [FieldOwner])
        case conflicts([FieldConflict])
    }

    /// Applies `config` to `live` for `manager`.
    func apply(
        _ config: Value, to live: Value, _ owners: [FieldOwner], by manager: Int32,
        in table: FieldManagerTable, isForced: Bool
    ) -> Outcome {
        let merged = ObjectMerge.merge(live, config, version.form)
        let last = owners.first { $0.manager == manager }
        let set = filter.apply(to: AppliedObject.fields(of: config, version.form))
        var owners = owners.filter { $0.manager != manager }
        owners.append(
            FieldOwner(
                manager: manager, version: version.version,
                time: last?.time ?? FieldOwner.unknownTime, fields: set))
        let new = prune(merged, owners, last)
        var comparison = ObjectComparison(live, new, version.form)
        comparison.filter(filter)
        var known = Comparisons(own: comparison)
        if !isForced {
            let conflicts = conflicts(owners, live, new, by: manager, in: table, &known)
            if !conflicts.isEmpty { return .conflicts(conflicts) }
        }
        var result = others(owners, live, new, &known, keeping: manager)
        if let place = result.firstIndex(where: { $0.manager == manager }) {
            result[place].fields = result[place].fields.difference(Self.stripped)
            if result[place].fields.isEmpty { result.remove(at: place) }
        }
        return .applied(live == new ? Value?.none : new, result)
    }

    private func conflicts(
        _ owners: [FieldOwner], _ live: Value, _ new: Value, by manager: Int32,
        in table: FieldManagerTable, _ known: inout Comparisons
    ) -> [FieldConflict] {
        var conflicts: [FieldConflict] = []
        for owner in owners where owner.manager != manager {
            guard let comparison = comparison(owner, live, new, &known) else { continue }
            owner.fields.intersection(comparison.changed).forEach {
                conflicts.append(FieldConflict(manager: table.manager(owner), path: $0))
            }
        }
        return conflicts
    }

    // MARK: Removal

    /// The merged object without what the manager applied the last time, and nobody else owns now.
    private func prune(
        _ merged: Value, _ owners: [FieldOwner], _ last: FieldOwner?
    ) -> Value {
        guard let last, !last.fields.isEmpty, last.version == version.version else {
            return merged
        }
        let form = version.form
        let before = last.fields.withNamedFields(form)
        var pruned = ObjectMerge.remove(before, from: merged, form)
        var owned = FieldSet.empty
        for owner in owners where owner.version == version.version {
            owned = owned.union(owner.fields)
        }
        pruned = addBack(owned, merged, pruned, form)
        let kept = AppliedObject.fields(of: pruned, form).withNamedFields(form)
        let all = AppliedObject.fields(of: merged, form).withNamedFields(form)
        return ObjectMerge.remove(all.difference(kept).intersection(before), from: merged, form)
    }

    /// The pruned object with what of the merged one is owned.
    private func addBack(
        _ owned: FieldSet, _ merged: Value, _ pruned: Value, _ form: FieldForm
    ) -> Value {
        let all = AppliedObject.fields(of: merged, form).withNamedFields(form)
        let kept = AppliedObject.fields(of: pruned, form).withNamedFields(form)
        return ObjectMerge.remove(
            all.difference(kept.union(owned.withNamedFields(form))), from: merged, form)
    }

    // MARK: Bounds

    static let updaterLimit = 10

    /// Of more than ten managers that update, the oldest are counted together.
    ///
    /// Source: managedfields/internal/capmanagers.go.
    static func capped(
        _ owners: [FieldOwner], _ table: FieldManagerTable
    ) -> [FieldOwner] {
        guard owners.count > updaterLimit else { return owners }
        var updaters = owners.filter { !table.hasApplied($0) }
        guard updaters.count > updaterLimit else { return owners }
        updaters.sort { left, right in
            let (l, r) = (max(left.time, 0), max(right.time, 0))
            return l == r
                ? table.manager(left).identifier < table.manager(right).identifier : l < r
        }
        var result = owners
        var first: [Int32: Int32] = [:]
        var count = updaters.count
        for updater in updaters where count > updaterLimit {
            guard let earlier = first[updater.version] else {
                first[updater.version] = updater.manager
                continue
            }
            let bucket = table.number(
                of: FieldManager("ancient-changes", .update, table.version(updater), ""))
            if !result.contains(where: { $0.manager == bucket }),
                let place = result.firstIndex(where: { $0.manager == earlier })
            {
                result[place] = FieldOwner(
                    manager: bucket, version: updater.version, time: updater.time,
                    fields: result[place].fields)
            }
            guard let place = result.firstIndex(where: { $0.manager == bucket }) else { continue }
            result[place].fields = result[place].fields.union(updater.fields)
            result[place].time = updater.time
            if updater.manager != bucket {
                result.removeAll { $0.manager == updater.manager }
            }
            count -= 1
        }
        return result
    }
}
