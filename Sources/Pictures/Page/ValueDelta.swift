import Support
import Value

/// What makes one value into another, as small as it simply goes: what ``TimelinePage`` stores of each write.
///
/// - `[new]`: the whole value is another one;
/// - `{"$": {key: delta}, "-": [key]}`: fields of an object that changed or came, and those that went;
/// - `{"@": {index: delta}}`: items of a list of the same length.
enum ValueDelta {
    static func delta(from old: Value, to new: Value) -> Value {
        switch (old, new) {
        case (.object(let before), .object(let after)):
            var changed = Object()
            var gone: [Value] = []
            for field in after {
                guard before.contains(field.key) else {
                    changed[field.key] = .array([field.value])
                    continue
                }
                let known = before[field.key]
                if known != field.value { changed[field.key] = delta(from: known, to: field.value) }
            }
            for field in before where !after.contains(field.key) {
                gone.append(Value(field.key.name))
            }
            var result = Object()
            if !changed.isEmpty { result["$"] = .object(changed) }
            if !gone.isEmpty { result["-"] = .array(gone) }
            return .object(result)
        case (.array(let before), .array(let after)) where before.count == after.count:
            var changed = Object()
            for (index, pair) in zip(before, after).enumerated() where pair.0 != pair.1 {
                changed[Key("\(index)")] = delta(from: pair.0, to: pair.1)
            }
            return ["@": .object(changed)]
        default: return .array([new])
        }
    }
}
