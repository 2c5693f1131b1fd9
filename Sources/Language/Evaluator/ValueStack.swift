import Value

/// The slots of all frames, one after the other. The only unsafe code of the language.
///
/// Every variable that a script reads or writes lies here. In an array each access would look at the
/// bounds and each write at the reference count of the array; without, a loop of integer arithmetic
/// takes a fifth less time (`drydock-dev bench --filter loop`). The evaluator keeps within the
/// bounds: ``Evaluator/ensureStack(_:)`` before a frame begins, slots counted by the resolver.
struct ValueStack {
    /// Owns the memory.
    private final class Block {
        let slots: UnsafeMutablePointer<Value>
        let count: Int

        init(count: Int) {
            self.count = count
            slots = .allocate(capacity: count)
            slots.initialize(repeating: .null, count: count)
        }

        deinit {
            slots.deinitialize(count: count)
            slots.deallocate()
        }
    }

    private let block: Block
    private let slots: UnsafeMutablePointer<Value>
    let count: Int

    /// A stack of so many slots with null in them.
    init(count: Int) {
        block = Block(count: count)
        slots = block.slots
        self.count = count
    }

    /// A stack of at least `count` slots that begins with the contents of this one, which is left
    /// with nulls.
    func grown(to count: Int) -> ValueStack {
        let larger = ValueStack(count: max(count, self.count * 2))
        for place in 0..<self.count { swap(&larger.slots[place], &slots[place]) }
        return larger
    }

    @inline(__always)
    subscript(place: Int) -> Value {
        get {
            assert(place >= 0 && place < count)
            return slots[place]
        }
        _modify {
            assert(place >= 0 && place < count)
            yield &slots[place]
        }
    }

    /// The integer in a slot; nil for other values.
    @inline(__always)
    func integer(at place: Int) -> Int64? {
        assert(place >= 0 && place < count)
        if case .int(let number) = slots[place] { return number }
        return nil
    }

    /// Puts an integer into a slot that holds one, which has nothing to release.
    @inline(__always)
    func replaceInteger(at place: Int, with number: Int64) {
        assert(integer(at: place) != nil)
        (slots + place).initialize(to: .int(number))
    }

    /// Moves a value out of a slot, which is null then.
    @inline(__always)
    func take(_ place: Int) -> Value {
        assert(place >= 0 && place < count)
        let value = (slots + place).move()
        (slots + place).initialize(to: .null)
        return value
    }

    /// Moves a value back into a slot from which it was taken.
    @inline(__always)
    func putBack(_ value: consuming Value, at place: Int) {
        (slots + place).initialize(to: value)
    }

    /// The values from `first` on.
    func values(from first: Int, count: Int) -> [Value] {
        assert(first >= 0 && first + count <= self.count)
        return Array(UnsafeBufferPointer(start: slots + first, count: count))
    }
}
