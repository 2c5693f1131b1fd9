import Support

/// Which rules are broken, and which of them at once.
enum MutationChoice {
    /// Some of the rules by a seed, in the table's order: rules that can be broken in one build as far as
    /// there are enough.
    static func sample(_ count: Int, of rules: [Mutation], seed: UInt64) -> [Mutation] {
        var stream = RandomStream(seed: seed, labels: ["mutations"])
        var rest = Array(rules.indices)
        var chosen: [Int] = []
        var left: [Int] = []
        while chosen.count < count, !rest.isEmpty {
            let index = rest.remove(at: stream.below(rest.count))
            if chosen.allSatisfy({ rules[$0].goesWith(rules[index]) }) {
                chosen.append(index)
            } else {
                left.append(index)
            }
        }
        chosen += left.prefix(max(0, count - chosen.count))
        return chosen.sorted().map { rules[$0] }
    }

    /// The rules in groups of at most `size` that are broken together: of different files, with
    /// different tests. Neighbours in the table are of one area and more likely to disturb each
    /// other's tests, so that groups are dealt like cards.
    static func batches(_ rules: [Mutation], of size: Int) -> [[Mutation]] {
        let count = (rules.count + max(size, 1) - 1) / max(size, 1)
        var batches = [[Mutation]](repeating: [], count: count)
        for (index, rule) in rules.enumerated() {
            let order = (0..<batches.count).map { (index + $0) % count }
            let place = order.first { number in
                batches[number].count < size && batches[number].allSatisfy { $0.goesWith(rule) }
            }
            if let place { batches[place].append(rule) } else { batches.append([rule]) }
        }
        return batches.filter { !$0.isEmpty }
    }
}

extension Mutation {
    /// Whether both can be broken in one build, and each be noticed by a test of its own.
    fileprivate func goesWith(_ other: Mutation) -> Bool {
        file != other.file && suite != other.suite
    }

    /// The test without the function that it names.
    private var suite: Substring { test.prefix { $0 != "/" } }
}
