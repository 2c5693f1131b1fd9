import Syntax
import Value

/// What ends a scenario or a script from outside. Codes DD307n and DD3999.
package enum RunProblem: DiagnosticWords {
    /// The scenario took longer than it may by the clock on the wall.
    case wallLimit(Duration)
    /// More virtual time passed than may.
    case virtualLimit(Duration, now: Duration)
    /// The process that ran it ended, by a signal or with a code; what it said last.
    case crashed(how: String, words: String)
    /// An error that no part of the program turns into words.
    case unexpected(any Error)

    package var text: DiagnosticText {
        switch self {
        case .wallLimit(let limit):
            DiagnosticText(
                "DD3070",
                "the scenario took longer than \(limit.shortText) by the clock on the wall",
                label: "at work when the time was over",
                hint: "--timeout sets how long a scenario may take")
        case .virtualLimit(let limit, let now):
            DiagnosticText(
                "DD3071", "more than \(limit.shortText) of virtual time passed",
                label: "at work at \(now.shortText)",
                hint: "--max-virtual sets how much may pass in a scenario")
        case .crashed(let how, let words):
            DiagnosticText(
                "DD3072", "the program \(how) while it ran this script",
                notes: words.isEmpty ? [] : [DiagnosticNote("it said: \(words)")],
                hint:
                    "what stands behind it in the script did not run; this is a fault of drydock: "
                    + "please report it with the script")
        case .unexpected(let error):
            DiagnosticText(
                "DD3999", "the run stopped for a reason of the program's own: \(error)",
                hint: "this is a fault of drydock; please report it with the script")
        }
    }
}
