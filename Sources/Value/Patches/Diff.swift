import Support

/// One place at which two values differ.
public struct Difference: Hashable, Sendable {
    /// The place.
    public let path: FieldPath
    /// What stood there; nil where it is new.
    public let old: Value?
    /// What stands there now; nil where it is gone.
    public let new: Value?

    /// A difference at that place; nil for a side that has nothing there.
    public init(path: FieldPath, old: Value?, new: Value?) {
        self.path = path
        self.old = old
        self.new = new
    }
}

extension Difference: CustomStringConvertible {
    /// `.spec.replicas: 2 → 3`, `.metadata.labels.app: added "web"`, `.spec.paused: removed true`.
    public var description: String {
        switch (old, new) {
        case (let old?, let new?): "\(path): \(JSON.text(old)) → \(JSON.text(new))"
        case (nil, let new?): "\(path): added \(JSON.text(new))"
        case (let old?, nil): "\(path): removed \(JSON.text(old))"
        case (nil, nil): "\(path)"
        }
    }
}

/// Comparing two values field by field.
public enum Diff {
    /// The places at which `new` differs from `old`: fields in `old`'s order, then the new ones.
    ///
    /// A subtree that is only on one side is one difference. Shared storage is skipped without a
    /// look inside, so comparing two states of one object costs what changed and the fields beside.
    /// - Parameter mergeKeys: the fields that identify the elements of the list at a path (whose
    ///   elements stand as `[*]` in it); empty where elements have no identity. Elements with equal
    ///   keys are compared with each other and named `[name=web]`; without keys, or where they are
    ///   missing or not unique, elements are compared by place between the lists' common ends.
    public static func differences(
        from old: Value, to new: Value, mergeKeys: (FieldPath) -> [Key] = { _ in [] }
    ) -> [Difference] {
        var differences: [Difference] = []
        withoutActuallyEscaping(mergeKeys) { mergeKeys in
            var walker = DiffWalker(mergeKeys: mergeKeys)
            walker.compare(old, new, at: .root, schema: .root)
            differences = walker.differences
        }
        return differences
    }
}

private struct DiffWalker {
    let mergeKeys: (FieldPath) -> [Key]
    var differences: [Difference] = []

    /// `path` names the place, `schema` is the same with `[*]` for every element.
    mutating func compare(
        _ old: Value, _ new: Value, at path: FieldPath, schema: FieldPath
    ) {
        switch (old, new) {
        case (.object(let before), .object(let after)):
            if before.isIdentical(to: after) { return }
            compare(before, after, at: path, schema: schema)
        case (.array(let before), .array(let after)):
            if before == after { return }
            compare(before, after, at: path, schema: schema)
        default:
            if old != new { differences.append(Difference(path: path, old: old, new: new)) }
        }
    }

    private mutating func compare(
        _ old: Object, _ new: Object, at path: FieldPath, schema: FieldPath
    ) {
        for field in old {
            let place = path.appending(field.key)
            if new.contains(field.key) {
                compare(
                    field.value, new[field.key], at: place, schema: schema.appending(field.key))
            } else {
                differences.append(Difference(path: place, old: field.value, new: nil))
            }
        }
        for field in new where !old.contains(field.key) {
            let place = path.appending(field.key)
            differences.append(Difference(path: place, old: nil, new: field.value))
        }
    }

    private mutating func compare(
        _ old: [Value], _ new: [Value], at path: FieldPath, schema: FieldPath
    ) {
        let keys = mergeKeys(schema)
        let elementSchema = schema.appending(.all)
        if !keys.isEmpty, let before = identities(old, keys), let after = identities(new, keys) {
            compareKeyed((old, before), (new, after), at: path, schema: elementSchema)
            return
        }
        let common = CommonEnds(old, new)
        let oldMiddle = old.count - common.total
        let newMiddle = new.count - common.total
        for offset in 0..<max(oldMiddle, newMiddle) {
            let index = common.start + offset
            let place = path.appending(.index(index))
            if offset >= oldMiddle {
                differences.append(Difference(path: place, old: nil, new: new[index]))
            } else if offset >= newMiddle {
                differences.append(Difference(path: place, old: old[index], new: nil))
            } else {
                compare(old[index], new[index], at: place, schema: elementSchema)
            }
        }
    }

    private mutating func compareKeyed(
        _ old: ([Value], [[FieldPath.Match]]), _ new: ([Value], [[FieldPath.Match]]),
        at path: FieldPath, schema: FieldPath
    ) {
        var places: [[FieldPath.Match]: Int] = [:]
        for (index, identity) in new.1.enumerated() { places[identity] = index }
        var seen = Set<Int>()
        for (element, identity) in zip(old.0, old.1) {
            let place = path.appending(.item(identity))
            if let index = places[identity] {
                seen.insert(index)
                compare(element, new.0[index], at: place, schema: schema)
            } else {
                differences.append(Difference(path: place, old: element, new: nil))
            }
        }
        for (index, identity) in new.1.enumerated() where !seen.contains(index) {
            let place = path.appending(.item(identity))
            differences.append(Difference(path: place, old: nil, new: new.0[index]))
        }
    }

    /// The identity of each element; nil where one has none of the keys or two are equal.
    private func identities(_ values: [Value], _ keys: [Key]) -> [[FieldPath.Match]]? {
        var identities: [[FieldPath.Match]] = []
        for value in values {
            let identity = keys.compactMap { key -> FieldPath.Match? in
                guard case .object(let object) = value, object.contains(key),
                    let text = object[key].scalarText
                else { return nil }
                return FieldPath.Match(key, text)
            }
            guard !identity.isEmpty else { return nil }
            identities.append(identity)
        }
        return Set(identities).count == identities.count ? identities : nil
    }
}
