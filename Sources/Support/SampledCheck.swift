/// Says when what is kept up to date step by step is held against what a look at everything finds: at each of
/// the first answers, and at some of the later ones. Debug builds ask.
package struct SampledCheck {
    private var answers = 0
    private static let first = 256
    private static let period = 64

    package init() {}

    /// Whether this answer is to be checked.
    package mutating func isDue() -> Bool {
        answers += 1
        return answers <= Self.first || answers % Self.period == 0
    }
}
