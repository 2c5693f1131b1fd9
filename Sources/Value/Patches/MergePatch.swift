/// JSON merge patch (RFC 7386): maps are merged, null removes, everything else replaces.
public enum MergePatch {
    /// `target` after `patch`.
    public static func apply(_ patch: Value, to target: Value) -> Value {
        guard case .object(let changes) = patch else { return patch }
        var result = target.fields
        for field in changes {
            if field.value.isNull {
                result.removeValue(forKey: field.key)
            } else if case .object = field.value {
                result.set(field.key, to: apply(field.value, to: result[field.key]))
            } else {
                result.set(field.key, to: field.value)
            }
        }
        return .object(result)
    }

    /// The smallest patch that makes `new` of `old`; an empty map where they are equal.
    ///
    /// A null inside a map of `new` cannot be expressed and is taken for absence.
    public static func diff(from old: Value, to new: Value) -> Value {
        guard case .object(let before) = old, case .object(let after) = new else {
            return old == new ? .emptyObject : new
        }
        var patch = Object()
        for field in before where after[field.key].isNull && !field.value.isNull {
            patch.append(field.key, .null)
        }
        for field in after where !field.value.isNull {
            let previous = before[field.key]
            if previous == field.value { continue }
            if case .object = previous, case .object = field.value {
                patch.append(field.key, diff(from: previous, to: field.value))
            } else {
                patch.append(field.key, field.value)
            }
        }
        return .object(patch)
    }
}
