import Support

extension JSONPatch {
    /// A patch that makes `new` of `old`: adds, removes and replaces; lists element by element
    /// between their common beginning and end.
    public static func diff(from old: Value, to new: Value) -> JSONPatch {
        var operations: [Operation] = []
        collect(old, new, JSONPointer(tokens: []), &operations)
        return JSONPatch(operations)
    }

    private static func collect(
        _ old: Value, _ new: Value, _ pointer: JSONPointer, _ operations: inout [Operation]
    ) {
        if old == new { return }
        switch (old, new) {
        case (.object(let before), .object(let after)):
            for field in before where !after.contains(field.key) {
                let place = pointer.appending(field.key.name)
                operations.append(Operation("remove", path: place.text))
            }
            for field in after {
                let place = pointer.appending(field.key.name)
                if before.contains(field.key) {
                    collect(before[field.key], field.value, place, &operations)
                } else {
                    operations.append(Operation("add", path: place.text, value: field.value))
                }
            }
        case (.array(let before), .array(let after)):
            collect(before, after, pointer, &operations)
        default:
            operations.append(Operation("replace", path: pointer.text, value: new))
        }
    }

    private static func collect(
        _ old: [Value], _ new: [Value], _ pointer: JSONPointer, _ operations: inout [Operation]
    ) {
        let common = CommonEnds(old, new)
        let oldMiddle = old.count - common.total
        let newMiddle = new.count - common.total
        let paired = min(oldMiddle, newMiddle)
        for offset in 0..<paired {
            let place = common.start + offset
            collect(old[place], new[place], pointer.appending(String(place)), &operations)
        }
        // From the back, so that the indices stay right.
        for place in (common.start + paired..<common.start + oldMiddle).reversed() {
            let path = pointer.appending(String(place)).text
            operations.append(Operation("remove", path: path))
        }
        for place in common.start + paired..<common.start + newMiddle {
            let path = pointer.appending(String(place)).text
            operations.append(Operation("add", path: path, value: new[place]))
        }
    }
}

extension JSONPointer {
    func appending(_ token: String) -> JSONPointer { JSONPointer(tokens: tokens + [token]) }
}

/// How many elements two lists share at their beginning and, apart from those, at their end.
struct CommonEnds {
    private(set) var start = 0
    private(set) var end = 0

    var total: Int { start + end }

    init(_ old: [Value], _ new: [Value]) {
        let most = min(old.count, new.count)
        while start < most, old[start] == new[start] { start += 1 }
        while end < most - start, old[old.count - 1 - end] == new[new.count - 1 - end] {
            end += 1
        }
    }
}
