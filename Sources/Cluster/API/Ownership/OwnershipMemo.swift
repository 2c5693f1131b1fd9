import Support
import Value

/// What becomes of owners of one shape by a write of one shape.
final class OwnershipTransition: Sendable {
    /// The shape before. Kept, so that its address stays taken.
    let from: OwnerShape
    let to: OwnerShape
    /// For each owner its place before, whose time it keeps; ``now`` for who writes.
    private let times: [Int]
    /// For each binding its place among those before and those of the write.
    private let bindings: [Int]
    private let keepsBindings: Bool

    static let now = -1

    init(from: OwnerShape, to: OwnerShape, times: [Int], bindings: [Int], known: Int) {
        self.from = from
        self.to = to
        self.times = times
        self.bindings = bindings
        keepsBindings = bindings.elementsEqual(0..<known)
    }

    /// The owners after such a write of another object.
    func applied(to list: OwnerList, _ bindings: [Field], at time: Int64) -> OwnerList {
        let times = times.map { $0 == Self.now ? time : list.times[$0] }
        return OwnerList(
            to, times: times == list.times ? list.times : times,
            bindings: keepsBindings && bindings.count == list.bindings.count
                ? list.bindings : self.bindings.map { bindings[$0] })
    }
}

/// What is known of writes and their shapes: what an update does to owners depends on no value, so that
/// it is worked out once for all writes that look alike.
///
/// Forgetting is always right.
struct OwnershipMemo {
    /// A row of numbers; hashed once, by multiplication.
    private struct Row: Hashable {
        let words: [UInt32]
        private let hash: UInt64

        init(_ words: [UInt32]) {
            self.words = words
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for word in words {
                hash = (hash ^ UInt64(word)) &* 0x9e37_79b9_7f4a_7c15
                hash ^= hash >> 29
            }
            self.hash = hash
        }

        static func == (left: Row, right: Row) -> Bool {
            left.hash == right.hash && left.words == right.words
        }

        func hash(into hasher: inout Hasher) { hasher.combine(hash) }
    }

    private static let limit = 4096
    private static let wordLimit = 1 << 20

    /// The write at work.
    var trace = ChangeTrace()
    private var transitions: [Row: OwnershipTransition] = [:]
    private var shapes: [Row: OwnerShape] = [:]
    /// The specs of templates by their address, with their numbers. Kept, so that the addresses stay taken.
    private var specs: [ObjectIdentifier: (number: UInt32, spec: FieldSet)] = [:]
    private var words = 0

    /// Begins with a write of an object that has such owners.
    ///
    /// - Parameter spec: what is owned beside what is written; nil for nothing.
    mutating func begin(_ list: OwnerList, writer: UInt32, spec: FieldSet? = nil) {
        if transitions.count >= Self.limit || shapes.count >= Self.limit
            || specs.count >= Self.limit || words >= Self.wordLimit
            || trace.tokenCount >= 4 * Self.limit
        {
            transitions.removeAll(keepingCapacity: true)
            shapes.removeAll(keepingCapacity: true)
            specs.removeAll(keepingCapacity: true)
            trace.forget()
            words = 0
        }
        trace.begin(
            list.shape, list.bindings, writer: writer, template: spec.map { number(of: $0) } ?? 0)
    }

    private mutating func number(of spec: FieldSet) -> UInt32 {
        let address = ObjectIdentifier(spec)
        if let known = specs[address] { return known.number }
        let number = UInt32(specs.count + 1)
        specs[address] = (number, spec)
        return number
    }

    /// What is known of writes like the one at work.
    func transition() -> OwnershipTransition? { transitions[Row(trace.words)] }

    mutating func add(_ transition: OwnershipTransition) {
        words += trace.words.count
        transitions[Row(trace.words)] = transition
    }

    /// The one shape of such owners, whose sets are the pool's.
    mutating func shape(_ owners: [FieldOwner]) -> OwnerShape {
        if owners.isEmpty { return .empty }
        var words: [UInt32] = []
        for owner in owners {
            let address = UInt64(UInt(bitPattern: ObjectIdentifier(owner.fields)))
            words.append(UInt32(bitPattern: owner.manager))
            words.append(UInt32(bitPattern: owner.version))
            words.append(UInt32(truncatingIfNeeded: address))
            words.append(UInt32(truncatingIfNeeded: address >> 32))
        }
        let row = Row(words)
        if let known = shapes[row] { return known }
        let shape = OwnerShape(owners)
        shapes[row] = shape
        return shape
    }
}
