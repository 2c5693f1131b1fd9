import Support
import Value

extension StrategicMergePatch {
    /// The patch that makes `new` of `old`; an empty map where they are equal
    /// (CreateTwoWayMergePatch, as `kubectl set`, `label` and `edit` send).
    package static func diff(from old: Value, to new: Value, type: TypeFacts?) -> Value {
        .object(
            StrategicDiff(keepsAdditions: true, keepsDeletions: true, ordersElements: true)
                .diff(old.fields, new.fields, type, retainsKeys: false))
    }

    /// The patch that `kubectl apply` sends: what the manifest changes or adds against the live
    /// object, and removes against the manifest applied last. What others wrote stays.
    ///
    /// - Parameters:
    ///   - original: the manifest applied last; null at the first time.
    ///   - modified: the manifest now.
    ///   - current: the live object.
    /// - Returns: an empty map where nothing is to be done.
    ///
    /// Source: strategicpatch, CreateThreeWayMergePatch (overwrite: true).
    package static func threeWay(
        original: Value, modified: Value, current: Value, type: TypeFacts?
    ) throws(StrategicMergeError) -> Value {
        let changes = StrategicDiff(
            keepsAdditions: true, keepsDeletions: false, ordersElements: true
        ).diff(current.fields, modified.fields, type, retainsKeys: false)
        let deletions = StrategicDiff(
            keepsAdditions: false, keepsDeletions: true, ordersElements: true
        ).diff(original.fields, modified.fields, type, retainsKeys: false)
        let merger = StrategicMerger(keepsUnmatchedNulls: true, mergesDirectiveLists: false)
        return .object(try merger.merge(deletions, changes, type))
    }

    /// The JSON merge patch that `kubectl apply` sends for kinds without known fields: as
    /// ``threeWay(original:modified:current:type:)``, lists replaced whole.
    ///
    /// Source: apimachinery, jsonmergepatch.CreateThreeWayJSONMergePatch.
    package static func threeWayJSON(original: Value, modified: Value, current: Value) -> Value {
        var result = jsonDeletions(original.fields, modified.fields)
        let changes = MergePatch.diff(from: current, to: modified)
        mergeKeepingNulls(withoutNulls(changes.fields), into: &result)
        return .object(result)
    }

    private static func jsonDeletions(_ original: Object, _ modified: Object) -> Object {
        var result = Object()
        for field in original {
            if modified[field.key].isNull {
                result.append(field.key, .null)
            } else if case .object(let before) = field.value,
                case .object(let after) = modified[field.key]
            {
                let inner = jsonDeletions(before, after)
                if !inner.isEmpty { result.append(field.key, .object(inner)) }
            }
        }
        return result
    }

    private static func withoutNulls(_ object: Object) -> Object {
        var result = Object()
        for field in object where !field.value.isNull {
            if case .object(let inner) = field.value {
                let kept = withoutNulls(inner)
                if !kept.isEmpty || inner.isEmpty { result.append(field.key, .object(kept)) }
            } else {
                result.append(field.key, field.value)
            }
        }
        return result
    }

    private static func mergeKeepingNulls(_ patch: Object, into target: inout Object) {
        for field in patch {
            if case .object(let inner) = field.value, case .object(var before) = target[field.key] {
                mergeKeepingNulls(inner, into: &before)
                target.set(field.key, to: .object(before))
            } else {
                target.set(field.key, to: field.value)
            }
        }
    }
}

/// Builds a strategic merge patch from two maps.
struct StrategicDiff {
    /// What is new or changed goes into the patch.
    let keepsAdditions: Bool
    /// What is gone goes into the patch, as nulls and `$patch: delete`.
    let keepsDeletions: Bool
    /// Lists that change carry `$setElementOrder`.
    let ordersElements: Bool

    func diff(_ old: Object, _ new: Object, _ type: TypeFacts?, retainsKeys: Bool) -> Object {
        var patch = Object()
        for field in old {
            let fact = type?[field.key]
            let value = new[field.key]
            if value.isNull {
                if keepsDeletions, !field.value.isNull { patch.set(field.key, to: .null) }
                continue
            }
            switch (field.value, value) {
            case (.object(let before), .object(let after)):
                diffMap(field.key, before, after, fact, into: &patch)
            case (.array(let before), .array(let after)):
                diffList(field.key, before, after, fact, into: &patch)
            default:
                if keepsAdditions, field.value != value { patch.set(field.key, to: value) }
            }
        }
        if keepsAdditions {
            for field in new where old[field.key].isNull && !field.value.isNull {
                patch.set(field.key, to: field.value)
            }
        }
        if retainsKeys, !patch.isEmpty {
            let kept = new.sortedByName.filter { !$0.value.isNull }.map { Value($0.key.name) }
            patch.set(Directive.retainKeys, to: .array(kept))
        }
        return patch
    }

    private func diffMap(
        _ key: Key, _ before: Object, _ after: Object, _ fact: FieldFact?,
        into patch: inout Object
    ) {
        if before == after { return }
        if fact?.patchStrategy.contains(.replace) == true {
            if keepsAdditions { patch.set(key, to: .object(after)) }
            return
        }
        let type = fact?.container == .single ? fact?.elementType : nil
        let inner = diff(
            before, after, type,
            retainsKeys: fact?.patchStrategy.contains(.retainKeys) == true)
        if !inner.isEmpty { patch.set(key, to: .object(inner)) }
    }

    private func diffList(
        _ key: Key, _ before: [Value], _ after: [Value], _ fact: FieldFact?,
        into patch: inout Object
    ) {
        if before == after { return }
        guard let fact, fact.patchStrategy.contains(.merge) else {
            if keepsAdditions { patch.set(key, to: .array(after)) }
            return
        }
        let order = ElementOrder(mergeKey: fact.mergeKey)
        if fact.mergeKey == nil {
            diffScalars(key, before, after, into: &patch)
        } else {
            let elements = diffElements(before, after, fact, order)
            if !elements.isEmpty { patch.set(key, to: .array(elements)) }
        }
        let touched = patch.contains(key) || patch.contains(deletionKey(key))
        if ordersElements, touched || !isOrderSame(before, after, order) {
            patch.set(
                Key(Directive.setElementOrder + key.name),
                to: .array(after.map { reference($0, fact.mergeKey) }))
        }
    }

    private func diffScalars(
        _ key: Key, _ before: [Value], _ after: [Value], into patch: inout Object
    ) {
        let added = after.filter { !before.contains($0) }
        let removed = before.filter { !after.contains($0) }
        if keepsAdditions, !added.isEmpty { patch.set(key, to: .array(added)) }
        if keepsDeletions, !removed.isEmpty { patch.set(deletionKey(key), to: .array(removed)) }
    }

    private func deletionKey(_ key: Key) -> Key {
        Key(Directive.deleteFromPrimitiveList + key.name)
    }

    private func reference(_ element: Value, _ mergeKey: Key?) -> Value {
        guard let mergeKey else { return element }
        return .object(Object(fields: [(mergeKey, element[mergeKey])]))
    }

    /// Both lists are gone through side by side, sorted by their keys, as upstream does: of a key that
    /// stands twice in one list and once in the other, one is new or gone. What is gone is deleted by
    /// its key, which then takes the other one along.
    ///
    /// Example: of `MODE` twice in the last manifest and once in this one, the patch deletes `MODE`.
    /// Source: strategicpatch, diffListsOfMaps.
    private func diffElements(
        _ before: [Value], _ after: [Value], _ fact: FieldFact, _ order: ElementOrder
    ) -> [Value] {
        guard let mergeKey = fact.mergeKey else { return [] }
        let (old, new) = (sorted(before, order), sorted(after, order))
        var changes: [(place: Int, element: Value)] = []
        var deletions: [Value] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            let isNew =
                left == old.count || right < new.count && new[right].key < old[left].key
            let isGone =
                right == new.count || left < old.count && old[left].key < new[right].key
            if isNew {
                if keepsAdditions { changes.append((new[right].place, after[new[right].place])) }
                right += 1
            } else if isGone {
                let element: Value = [
                    Directive.patch: "delete",
                    mergeKey: order.identity(before[old[left].place]),
                ]
                if keepsDeletions { deletions.append(element) }
                left += 1
            } else {
                let element = after[new[right].place]
                var inner = diff(
                    before[old[left].place].fields, element.fields, fact.elementType,
                    retainsKeys: fact.patchStrategy.contains(.retainKeys))
                if !inner.isEmpty {
                    inner.set(mergeKey, to: order.identity(element))
                    changes.append((new[right].place, .object(inner)))
                }
                left += 1
                right += 1
            }
        }
        return changes.sorted { $0.place < $1.place }.map(\.element) + deletions
    }

    /// The places of elements in the order of their keys' texts; of equal ones the first comes first.
    private func sorted(
        _ elements: [Value], _ order: ElementOrder
    ) -> [(key: String, place: Int)] {
        elements.enumerated()
            .map { (key: GoSyntax.plain(order.identity($1)), place: $0) }
            .sorted { ($0.key, $0.place) < ($1.key, $1.place) }
    }

    /// Whether the elements that both have stand in one order.
    private func isOrderSame(_ before: [Value], _ after: [Value], _ order: ElementOrder) -> Bool {
        let left = before.map(order.identity)
        let right = after.map(order.identity)
        guard left.count == right.count else { return false }
        return left == right
    }
}
