import Support

extension Value {
    /// The value that a chain of fields leads to; null where one is missing or nothing lies inside.
    ///
    /// Nothing on the way is retained: scripts scan thousands of objects by such chains, and counting
    /// references would cost more than the search. `keys[range]` must not be empty.
    @inlinable
    public func value(along keys: ContiguousArray<Key>, in range: Range<Int>) -> Value {
        guard case .object(let object) = self else { return .null }
        // The root is held by the caller, and every storage is held by the one above it.
        var storage = Unmanaged.passUnretained(object.storage)
        var place = range.lowerBound
        while place + 1 < range.upperBound {
            let key = keys[place]
            let inner: Unmanaged<ObjectStorage>? = storage._withUnsafeGuaranteedRef { storage in
                guard let index = storage.find(key),
                    case .object(let object) = storage.fields[index].value
                else { return nil }
                return Unmanaged.passUnretained(object.storage)
            }
            guard let inner else { return .null }
            storage = inner
            place += 1
        }
        let key = keys[place]
        return storage._withUnsafeGuaranteedRef { storage in
            guard let index = storage.find(key) else { return .null }
            return storage.fields[index].value
        }
    }

    /// Whether the field that a chain leads to is a text equal to `text`; nil when it is no text.
    /// As ``value(along:in:)``, but nothing at all is retained.
    @inlinable
    public func isText(
        _ text: String, along keys: ContiguousArray<Key>, in range: Range<Int>
    ) -> Bool? {
        guard case .object(let object) = self else { return nil }
        var storage = Unmanaged.passUnretained(object.storage)
        var place = range.lowerBound
        while true {
            let key = keys[place]
            place += 1
            let isLast = place == range.upperBound
            var answer: Bool?
            let inner: Unmanaged<ObjectStorage>? = storage._withUnsafeGuaranteedRef { storage in
                guard let index = storage.find(key) else { return nil }
                switch storage.fields[index].value {
                case .object(let object) where !isLast:
                    return Unmanaged.passUnretained(object.storage)
                case .text(let found) where isLast:
                    answer = found.string == text
                    return nil
                default: return nil
                }
            }
            guard let inner else { return answer }
            storage = inner
        }
    }
}
