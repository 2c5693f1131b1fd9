import Model
import Support
import Value

/// Strategic merge patches as Kustomize applies them, which are not quite the API server's: what a patch
/// adds to or changes in a list comes first, in the order of the patch.
///
/// Source: kyaml, yaml/merge2 and yaml/walk.
enum KustomizeMerge {
    /// The value after the patch; nil where the patch deletes it.
    ///
    /// - Parameter patch: nil where the patch says nothing; a null deletes.
    static func merge(
        _ patch: Value?, into target: Value?, _ type: MergeType?, _ fact: MergeField? = nil
    ) throws(VerbError) -> Value? {
        guard let patch else { return target }
        var shaped = patch
        if let target, !target.isNull { shaped = target }
        switch shaped {
        case .object:
            if !patch.isNull, patch.object == nil { throw mismatch("MappingNode", patch) }
            return try mergeMaps(patch, target, type)
        case .array:
            if !patch.isNull, patch.array == nil { throw mismatch("SequenceNode", patch) }
            return try mergeLists(patch, target, fact)
        case .null: return .none
        case .bool, .int, .double, .text, .opaque:
            if patch.object != nil || patch.array != nil { throw mismatch("ScalarNode", patch) }
            if patch.isNull { return .none }
            return .some(patch)
        }
    }

    private static func mismatch(_ wanted: String, _ found: Value) -> VerbError {
        let kind =
            found.object != nil ? "MappingNode" : found.array != nil ? "SequenceNode" : "ScalarNode"
        return .message("wrong node kind: expected \(wanted) but got \(kind)")
    }

    private enum Directive: String { case merge, replace, delete }

    private static func directive(_ value: Value) throws(VerbError) -> Directive? {
        guard let text = value["$patch"].scalarText, !value["$patch"].isNull else { return nil }
        guard let directive = Directive(rawValue: text) else {
            throw .message("unknown patch strategy '\(text)'")
        }
        return directive
    }

    private static func mergeMaps(
        _ patch: Value, _ target: Value?, _ type: MergeType?
    ) throws(VerbError) -> Value? {
        if patch.isNull { return .none }
        let directive = try directive(patch)
        if directive == .delete { return .none }
        var changes = patch.fields
        changes.removeValue(forKey: "$patch")
        var base = target?.object
        if directive == .replace { base = nil }
        // What is new is merged into itself, which carries out what it says of its parts.
        var result = base ?? changes
        for change in changes {
            let fact = type?[change.key]
            let before: Value? = result.contains(change.key) ? .some(result[change.key]) : .none
            let after = try merge(
                change.value, into: before, fact?.elementType, fact)
            if let after {
                result.set(change.key, to: after)
            } else {
                result.removeValue(forKey: change.key)
            }
        }
        return .object(result)
    }

    private static func mergeLists(
        _ patch: Value, _ target: Value?, _ fact: MergeField?
    ) throws(VerbError) -> Value? {
        if patch.isNull { return .none }
        guard let fact, fact.isMerged else { return patch }
        var changes = patch.elements
        var old = target?.array ?? changes
        if let place = changes.firstIndex(where: { !$0["$patch"].isNull && $0.fields.count == 1 }) {
            let directive = try directive(changes[place])
            changes.remove(at: place)
            if directive == .delete { return .none }
            if directive == .replace || target?.array == nil { old = changes }
        }
        guard let mergeKey = fact.mergeKey else {
            var result: [Value] = []
            for element in changes + old where !result.contains(element) { result.append(element) }
            return .array(result)
        }
        var keys = [mergeKey]
        if let all = fact.mapKeys { keys = all }
        // A key that no element has does not count.
        let used = keys.filter { key in (changes + old).contains { !$0[key].isNull } }
        return try merge(changes, old, used.isEmpty ? keys : used, fact)
    }

    /// Whether two elements agree in a key, and differ only where one has none.
    private static func isNear(_ left: [String], _ right: [String]) -> Bool {
        let pairs = zip(left, right)
        return pairs.contains { $0 == $1 }
            && pairs.allSatisfy { $0 == $1 || $0.isEmpty || $1.isEmpty }
    }

    private static func merge(
        _ changes: [Value], _ old: [Value], _ keys: [Key], _ fact: MergeField
    ) throws(VerbError) -> Value {
        func identity(_ element: Value) -> [String] {
            keys.map { element[$0].isNull ? "" : element[$0].scalarText ?? "" }
        }
        var places: [[String]: Int] = [:]
        for (index, element) in old.enumerated() where places[identity(element)] == nil {
            places[identity(element)] = index
        }
        var merged: [[String]: Value] = [:]
        var order: [[String]] = []
        var seen: Set<[String]> = []
        for change in changes {
            let id = identity(change)
            guard seen.insert(id).inserted else { continue }
            // Upstream loses what leaves out a key that its counterpart has, or has one that it lacks.
            if keys.count > 1, places[id] == nil, places.keys.contains(where: { isNear($0, id) }) {
                continue
            }
            order.append(id)
            let before = places[id].map { old[$0] } ?? change
            let after = try merge(change, into: before, fact.elementType)
            if let after, after.object.map({ !$0.isEmpty }) ?? true { merged[id] = after }
        }
        let changed = Set(order)
        if keys.count == 1 {
            return .array(
                order.compactMap { merged[$0] } + old.filter { !changed.contains(identity($0)) })
        }
        // With several keys, what both have stays where it was.
        return .array(
            order.filter { places[$0] == nil }.compactMap { merged[$0] }
                + old.compactMap { element -> Value? in
                    let id = identity(element)
                    if changed.contains(id) { return merged[id] }
                    return .some(element)
                })
    }
}
