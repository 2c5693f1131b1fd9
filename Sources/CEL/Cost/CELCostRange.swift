/// From how much to how much something costs, or how large it can be. Sums and products stay at what 64
/// bits hold.
public struct CELCostRange: Hashable, Sendable {
    /// The lower bound.
    public var least: UInt64
    /// The upper bound; the greatest number where there is none.
    public var most: UInt64

    init(_ least: UInt64, _ most: UInt64) {
        self.least = least
        self.most = most
    }

    init(_ exact: UInt64) { self.init(exact, exact) }

    static let none = CELCostRange(0)
    static let unknown = CELCostRange(0, .max)

    static func + (left: CELCostRange, right: CELCostRange) -> CELCostRange {
        CELCostRange(sum(left.least, right.least), sum(left.most, right.most))
    }

    static func * (left: CELCostRange, right: CELCostRange) -> CELCostRange {
        CELCostRange(product(left.least, right.least), product(left.most, right.most))
    }

    /// Each bound times a factor, rounded up.
    func scaled(_ factor: Double) -> CELCostRange {
        CELCostRange(Self.scaled(least, factor), Self.scaled(most, factor))
    }

    /// What holds both.
    func union(_ other: CELCostRange) -> CELCostRange {
        CELCostRange(min(least, other.least), max(most, other.most))
    }

    static func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }

    static func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        return overflow ? .max : product
    }

    private static func scaled(_ number: UInt64, _ factor: Double) -> UInt64 {
        let scaled = (Double(number) * factor).rounded(.up)
        return scaled >= 18_446_744_073_709_551_616.0 ? .max : UInt64(scaled)
    }
}

extension CELProgram {
    /// What an evaluation can cost, whatever values the variables have (cel-go `checker/cost.go`). What
    /// the shapes of variables say of sizes is heeded.
    public var costEstimate: CELCostRange {
        var estimator = CELCostEstimator(self)
        return estimator.cost(root)
    }
}
