import Support
import Value

/// What a condition asks of a list of objects, if every item's part in it depends on the item alone.
struct TrackedQuestion {
    /// What is made of the items.
    enum Aggregate {
        /// `every`, `any` or `none`.
        case quantifier(Row<QuantifierPlan>)
        case count
        case sum(Part)
        case least(Part)
        case greatest(Part)
    }

    /// What of an item is summed up or compared.
    enum Part {
        /// The rest of a path after `[*]`.
        case path(Row<PathPlan>)
        /// An expression about the item in a slot.
        case each(Slot, NodeIndex)
    }

    /// The `where` of a list: the item's slot and the condition.
    struct Filter {
        let slot: Slot
        let condition: NodeIndex
    }

    let query: Row<QueryPlan>
    /// Those nearest to the list first.
    let filters: [Filter]
    let aggregate: Aggregate
}

/// What a condition knows of the items of a list, kept from one state to the next.
final class TrackedList {
    /// What an item contributes.
    enum Share: Equatable {
        /// It is not in the list, or does not satisfy a `where`.
        case none
        /// It is in the list; of a quantifier's list: whether it has the property.
        case member(Bool)
        /// It is in the list with a number.
        case amount(Int64)
        /// It has to be looked at in the order of the list: what is asked of it cannot be answered, or with
        /// more than a number.
        case awkward
    }

    let question: TrackedQuestion
    private(set) var query: ResourceQuery?
    private(set) var follower: (any ListFollower)?
    /// By number of the item.
    private var shares: [Share] = []
    /// How many items are in the list.
    private(set) var count = 0
    /// How many of them have the property.
    private(set) var having = 0
    /// How many can only be judged in their order.
    private(set) var awkward = 0
    private var total: Int128 = 0
    /// How often each number is there, where the least or the greatest is asked for.
    private var amounts: [Int64: Int] = [:]
    private let keepsAmounts: Bool
    /// Debug builds hold some of the answers against a look at all items.
    var check = SampledCheck()

    init(_ question: TrackedQuestion) {
        self.question = question
        switch question.aggregate {
        case .least, .greatest: keepsAmounts = true
        case .quantifier, .count, .sum: keepsAmounts = false
        }
    }

    /// Begins to follow another list.
    func follow(_ query: ResourceQuery, by follower: (any ListFollower)?) {
        self.query = query
        self.follower = follower
        forget()
    }

    func forget() {
        shares.removeAll(keepingCapacity: true)
        (count, having, awkward, total) = (0, 0, 0, 0)
        amounts.removeAll()
    }

    /// Takes note of what an item contributes now.
    func set(_ number: Int, to share: Share) {
        while shares.count <= number { shares.append(.none) }
        let old = shares[number]
        guard old != share else { return }
        shares[number] = share
        add(old, -1)
        add(share, 1)
    }

    private func add(_ share: Share, _ times: Int) {
        switch share {
        case .none: return
        case .member(let has): having += has ? times : 0
        case .amount(let amount):
            total += Int128(amount) * Int128(times)
            guard keepsAmounts else { break }
            let number = amounts[amount, default: 0] + times
            amounts[amount] = number == 0 ? nil : number
        case .awkward: awkward += times
        }
        count += times
    }

    /// The sum of the numbers; nil where it is too large.
    var sum: Int64? { Int64(exactly: total) }

    /// The least or the greatest number; nil without any. O(different numbers).
    func extreme(isLeast: Bool) -> Int64? {
        isLeast ? amounts.keys.min() : amounts.keys.max()
    }
}

/// The lists that a condition follows, by the expressions that ask something of them.
final class ConditionTracking {
    private var quantifiers: [Row<QuantifierPlan>: TrackedList] = [:]
    private var calls: [NodeIndex: TrackedList] = [:]

    /// What the conditions of these closures ask of lists; nil where there is nothing to follow.
    init?(_ closures: [Closure], in tree: Tree) {
        for closure in closures {
            var scan = TrackingScan(tree, closure.function)
            scan.run()
            for question in scan.questions {
                switch question.at {
                case .quantifier(let row):
                    quantifiers[row] = TrackedList(question.question)
                case .call(let node): calls[node] = TrackedList(question.question)
                }
            }
        }
        if quantifiers.isEmpty, calls.isEmpty { return nil }
    }

    subscript(row: Row<QuantifierPlan>) -> TrackedList? { quantifiers[row] }
    subscript(call: NodeIndex) -> TrackedList? { calls[call] }
}
