import Support
import Value

/// Why a strategic merge patch cannot be applied, in upstream's words.
package struct StrategicMergeError: Error, Hashable, Sendable {
    package let message: String
    /// Whether upstream calls it a fault of the request; it gives no reason for the others.
    package let isBadRequest: Bool

    init(_ message: String, isBadRequest: Bool = false) {
        self.message = message
        self.isBadRequest = isBadRequest
    }
}

extension StrategicMergeError {
    static func unknownDirective(_ directive: Value, _ map: Value) -> StrategicMergeError {
        StrategicMergeError(
            "unknown patch type: \(GoSyntax.plain(directive)) in map: \(GoSyntax.plain(map))")
    }
}

/// Strategic merge patches: maps merge, lists merge by the key or as the set that the field facts
/// say, and directives (`$patch`, `$retainKeys`, `$setElementOrder/…`,
/// `$deleteFromPrimitiveList/…`) say what merging cannot.
///
/// Source of the rules: apimachinery, util/strategicpatch.
package enum StrategicMergePatch {
    /// `target` after `patch`, by the facts of `type` (nil: nothing is known, lists are replaced).
    package static func apply(
        _ patch: Value, to target: Value, type: TypeFacts?
    ) throws(StrategicMergeError) -> Value {
        guard case .object(let changes) = patch else {
            // In the words of Go's JSON decoder.
            let kind =
                switch patch {
                case .array: "array"
                case .int, .double: "number"
                case .bool: "bool"
                case .null, .text, .object, .opaque: "string"
                }
            throw StrategicMergeError(
                "json: cannot unmarshal \(kind) into Go value of type map[string]interface {}",
                isBadRequest: true)
        }
        let merger = StrategicMerger(keepsUnmatchedNulls: false, mergesDirectiveLists: true)
        return .object(try merger.merge(target.fields, changes, type))
    }
}

/// The names of directives inside patches.
enum Directive {
    static let patch: Key = "$patch"
    static let retainKeys: Key = "$retainKeys"
    static let setElementOrder = "$setElementOrder/"
    static let deleteFromPrimitiveList = "$deleteFromPrimitiveList/"

    /// The field that a directive such as `$setElementOrder/containers` is about.
    static func field(_ key: Key, of prefix: String) -> Key? {
        let name = key.name
        return name.hasPrefix(prefix) ? Key(String(name.dropFirst(prefix.utf8.count))) : nil
    }

    static func isDirective(_ key: Key) -> Bool {
        let name = key.name
        return name.utf8.first == UInt8(ascii: "$")
            && (key == patch || key == retainKeys || name.hasPrefix(setElementOrder)
                || name.hasPrefix(deleteFromPrimitiveList))
    }
}

/// Merges a patch into a map.
struct StrategicMerger {
    /// A null without a counterpart stays in the result: when two patches are merged into one.
    let keepsUnmatchedNulls: Bool
    /// Directives about lists are carried out; else they are kept (when two patches are merged).
    let mergesDirectiveLists: Bool

    func merge(
        _ original: Object, _ patch: Object, _ type: TypeFacts?
    ) throws(StrategicMergeError) -> Object {
        switch patch[Directive.patch] {
        case .null: break
        case "replace":
            var result = patch
            result.removeValue(forKey: Directive.patch)
            return result
        case "delete": return Object()
        case let other: throw .unknownDirective(other, .object(patch))
        }
        var result = try retaining(original, patch)
        var orders: [(field: Key, wanted: [Value])] = []
        for change in patch where change.key != Directive.retainKeys {
            if mergesDirectiveLists, Directive.isDirective(change.key) {
                if let field = Directive.field(change.key, of: Directive.setElementOrder) {
                    orders.append((field, change.value.elements))
                } else if let field = Directive.field(
                    change.key, of: Directive.deleteFromPrimitiveList),
                    case .array(let values) = result[field]
                {
                    let removed = change.value.elements
                    result.set(field, to: .array(values.filter { !removed.contains($0) }))
                }
                continue
            }
            try merge(change, into: &result, type?[change.key])
        }
        for (field, wanted) in orders {
            guard case .array(let merged) = result[field] else { continue }
            let sorted = ElementOrder(mergeKey: type?[field]?.mergeKey).arrange(
                merged, order: wanted,
                original: order(
                    of: original[field].elements, after: patch[field].elements,
                    type?[field]?.mergeKey))
            result.set(field, to: .array(sorted))
        }
        return result
    }

    /// The order of the server's elements as upstream sees it by then: deletions are made in the list's
    /// own storage, and the first of the new elements take the room that they leave.
    ///
    /// Example: `A B MINE` on the server, a patch that deletes A and adds C for the order B C: seen is
    /// `B MINE C`, and so MINE stands before C in the result. Source: strategicpatch,
    /// deleteMatchingEntries and mergeSliceWithoutSpecialElements.
    private func order(of server: [Value], after patch: [Value], _ mergeKey: Key?) -> [Value] {
        guard let mergeKey, !patch.isEmpty else { return server }
        let deleted = patch.filter { $0[Directive.patch] == "delete" }.map { $0[mergeKey] }
        let kept = server.filter { !deleted.contains($0[mergeKey]) }
        guard kept.count < server.count else { return server }
        let names = kept.map { $0[mergeKey] }
        let new = patch.filter {
            $0[Directive.patch].isNull && !names.contains($0[mergeKey])
        }
        return kept + new.prefix(server.count - kept.count)
    }

    private func retaining(
        _ original: Object, _ patch: Object
    ) throws(StrategicMergeError) -> Object {
        guard case .array(let kept) = patch[Directive.retainKeys] else { return original }
        let names = kept.compactMap(\.string)
        for field in patch where !Directive.isDirective(field.key) && !field.value.isNull {
            guard names.contains(field.key.name) else {
                throw StrategicMergeError(
                    "invalid patch format of retainKeys", isBadRequest: true)
            }
        }
        var result = original
        if mergesDirectiveLists {
            for field in original where !names.contains(field.key.name) {
                result.removeValue(forKey: field.key)
            }
        } else {
            result.set(Directive.retainKeys, to: patch[Directive.retainKeys])
        }
        return result
    }

    private func merge(
        _ change: Field, into result: inout Object, _ fact: FieldFact?
    ) throws(StrategicMergeError) {
        let current = result[change.key]
        switch (current, change.value) {
        case (_, .null):
            if keepsUnmatchedNulls {
                result.set(change.key, to: .null)
            } else {
                result.removeValue(forKey: change.key)
            }
        case (.object(let before), .object(let patch)):
            if fact?.patchStrategy.contains(.replace) == true {
                result.set(change.key, to: plain(change.value))
            } else {
                let type = fact?.container == .single ? fact?.elementType : nil
                result.set(change.key, to: .object(try merge(before, patch, type)))
            }
        case (.array(let before), .array(let patch))
        where fact?.patchStrategy.contains(.merge) == true:
            result.set(change.key, to: .array(try mergeList(before, patch, fact)))
        default: result.set(change.key, to: plain(change.value))
        }
    }

    /// A patch's value that takes a place where nothing is: without directives and, unless patches
    /// are merged, without nulls.
    private func plain(_ value: Value) -> Value {
        guard mergesDirectiveLists else { return value }
        switch value {
        case .object(let object):
            var result = Object(minimumCapacity: object.count)
            for field in object where !field.value.isNull && !Directive.isDirective(field.key) {
                result.append(field.key, plain(field.value))
            }
            return .object(result)
        case .array(let values):
            return .array(
                values.filter { $0[Directive.patch] != "delete" }
                    .filter { $0.fields.isEmpty || $0[Directive.patch] != "replace" }.map(plain))
        default: return value
        }
    }
}

// MARK: - Lists

extension StrategicMerger {
    private func mergeList(
        _ original: [Value], _ patch: [Value], _ fact: FieldFact?
    ) throws(StrategicMergeError) -> [Value] {
        guard let fact, let mergeKey = fact.mergeKey else {
            // A set of scalars: what is new goes to the end.
            var result = original
            for value in patch where !result.contains(value) { result.append(value) }
            return result
        }
        if mergesDirectiveLists, patch.contains(where: { $0[Directive.patch] == "replace" }) {
            return patch.filter { $0[Directive.patch] != "replace" }.map(plain)
        }
        var result = original
        for element in patch {
            let identity = element[mergeKey]
            let directive = element[Directive.patch]
            let isDeletion = directive == "delete"
            if directive == "merge" {
                throw StrategicMergeError("merging lists cannot yet be specified in the patch")
            }
            if !directive.isNull, !isDeletion, directive != "replace" {
                throw .unknownDirective(directive, element)
            }
            if identity.isNull {
                throw StrategicMergeError(
                    "map: \(GoSyntax.plain(element)) does not contain declared merge key: "
                        + mergeKey.name)
            }
            if isDeletion, mergesDirectiveLists {
                result.removeAll { $0[mergeKey] == identity }
            } else if let index = result.firstIndex(where: { $0[mergeKey] == identity }) {
                result[index] = .object(
                    try merge(result[index].fields, element.fields, fact.elementType))
            } else {
                result.append(plain(element))
            }
        }
        guard mergesDirectiveLists else { return result }
        // What the patch names stands in its order; new elements come before those of the server.
        return ElementOrder(mergeKey: mergeKey).arrange(result, order: patch, original: original)
    }
}

/// Puts list elements into the order that a `$setElementOrder` directive asks for.
struct ElementOrder {
    /// What identifies elements; nil for scalars.
    let mergeKey: Key?

    func identity(_ element: Value) -> Value {
        guard let mergeKey, case .object = element else { return element }
        return element[mergeKey]
    }

    /// The merged elements: those that `order` names in its order, and the others (which only the
    /// server has) where they stood relative to them in `original`, otherwise behind.
    ///
    /// Source: strategicpatch, mergeSortedSlice.
    func arrange(_ merged: [Value], order: [Value], original: [Value]) -> [Value] {
        let wanted = order.map(identity)
        let places = original.map(identity)
        var left: [Value] = []
        var right: [(rank: Int, element: Value)] = []
        for element in merged {
            if let rank = wanted.firstIndex(of: identity(element)) {
                right.append((rank, element))
            } else {
                left.append(element)
            }
        }
        right.sort { $0.rank < $1.rank }
        var result: [Value] = []
        var (next, named) = (0, 0)
        while next < left.count || named < right.count {
            let takesLeft: Bool
            if named == right.count {
                takesLeft = true
            } else if next == left.count {
                takesLeft = false
            } else if let before = places.firstIndex(of: identity(left[next])),
                let after = places.firstIndex(of: identity(right[named].element))
            {
                takesLeft = before < after
            } else {
                takesLeft = false
            }
            if takesLeft {
                result.append(left[next])
                next += 1
            } else {
                result.append(right[named].element)
                named += 1
            }
        }
        return result
    }
}
