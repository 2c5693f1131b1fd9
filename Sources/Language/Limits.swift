import Patterns

/// The bounds of a run. Each is reported as a diagnostic, so that hostile or broken scripts end in
/// an error and never in a crash or a hang.
package struct Limits: Sendable {
    /// Loop rounds and calls that one script or one statement at the prompt may take.
    package var steps: Int = 500_000_000
    /// Script functions that may be active at once.
    package var callDepth: Int = 10_000
    /// Evaluations that may be active inside each other in native code: blocks inside blocks, and
    /// functions called by built-ins such as `map`.
    package var nativeDepth: Int = 64
    /// Bytes of one text.
    package var textBytes: Int = 16 * 1024 * 1024
    /// Items of one list or fields of one map.
    package var items: Int = 4_000_000
    /// Cases of the scenarios of one file, the rows of their tables counted.
    package var cases: Int = 100_000
    /// Steps of one regular-expression match.
    package var patternSteps: Int = 10_000_000
    /// Characters of one regular expression, repetitions written out.
    package var patternSize: Int = 20_000
    /// Levels of `include` inside each other.
    package var includeDepth: Int = 16
    /// Levels to which lists and maps may nest inside each other.
    package var nesting: Int = 256
    /// Variables, parameters and items of one function.
    package var slots: Int = 20_000
    /// Words that one word with braces may stand for.
    package var words: Int = 10_000
    /// Turns that the loops of a shell may take in one script or in one statement at the prompt.
    package var shellRounds: Int = 100_000
    /// Steps between two looks at the host's interrupt flag.
    package var stepsBetweenPolls: Int = 4_096

    /// The bounds of one regular expression.
    var pattern: PatternLimits { PatternLimits(size: patternSize, steps: patternSteps) }

    /// The limits of ordinary runs.
    package static let standard = Limits()

    package init() {}
}
