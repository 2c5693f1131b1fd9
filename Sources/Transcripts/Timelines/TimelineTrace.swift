/// What of a field's history counts in a comparison.
enum TimelineTrace: Equatable {
    /// A choice drawn by lot: how often it was made.
    case drawn(Int)
    /// Every value, without repetitions.
    case sequence([String])
    /// The values at which a count turned round, with the first and the last.
    case turns([String])
    /// The value at each moment of rest; nil before there was one.
    case atRest([String?])

    init(
        _ history: TimelineLife.History, _ role: TimelineFieldRole, isDrawn: Bool, rests: [Int]
    ) {
        let values = history.values.map(\.value)
        if isDrawn {
            self = .drawn(values.count)
            return
        }
        switch role {
        case .decision: self = .sequence(Self.withoutRepetitions(values))
        case .report: self = .turns(Self.turningPoints(Self.withoutRepetitions(values)))
        case .sum:
            self = .atRest(
                rests.map { rest in history.values.last { $0.place < rest }?.value })
        }
    }

    /// Whether two traces can be of the same behaviour.
    ///
    /// Example: `0 3 2 3` and `0 3` are alike for a report, which may have skipped the dip; as decisions
    /// they differ.
    func isLike(_ other: TimelineTrace) -> Bool {
        guard case .turns(let own) = self, case .turns(let others) = other else {
            return self == other
        }
        return own.first == others.first && own.last == others.last
            && (Self.isSubsequence(own, of: others) || Self.isSubsequence(others, of: own))
    }

    /// A placeholder stands for any value, so that equal ones may be different.
    private static func withoutRepetitions(_ values: [String]) -> [String] {
        values.reduce(into: []) { result, value in
            if result.last != value || value.contains("{hash}") { result.append(value) }
        }
    }

    /// Without what lies on the way between two turns.
    private static func turningPoints(_ values: [String]) -> [String] {
        let numbers = values.compactMap { Int($0) }
        guard numbers.count == values.count else { return values }
        return values.indices.filter { index in
            guard index > 0, index < values.count - 1 else { return true }
            return (numbers[index] > numbers[index - 1]) != (numbers[index + 1] > numbers[index])
        }.map { values[$0] }
    }

    private static func isSubsequence(_ short: [String], of long: [String]) -> Bool {
        var rest = long[...]
        return short.allSatisfy { value in
            guard let place = rest.firstIndex(of: value) else { return false }
            rest = rest[(place + 1)...]
            return true
        }
    }
}

extension TimelineTrace: CustomStringConvertible {
    var description: String {
        switch self {
        case .drawn(let count): "chosen \(count) times"
        case .sequence(let values), .turns(let values): values.joined(separator: " → ")
        case .atRest(let values): values.map { $0 ?? "-" }.joined(separator: " | ")
        }
    }
}
