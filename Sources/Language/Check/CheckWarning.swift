import Syntax

extension Diagnostic {
    /// Whether it is about a part of the script that could go: what editors show faded.
    package var isAboutNeedlessPart: Bool { ("DD2501"..."DD2504").contains(code) }
}

/// What runs, but hardly does what was meant. Codes DD25nn; up to DD2504 of what could go.
enum CheckWarning: DiagnosticWords {
    case unusedVariable(String)
    case unusedFunction(String)
    case unusedParameter(String, of: String)
    case unreachable(after: String, at: SourceSpan)
    /// An expectation that holds whatever happens.
    case neverFails(why: String)
    /// One that holds never.
    case neverHolds(why: String)
    case withinNothing

    var text: DiagnosticText {
        switch self {
        case .unusedVariable(let name):
            warning(
                "DD2501", "the variable `\(name)` is never read", label: "not used",
                hint: "remove it, or name it `_\(name)` where that is meant")
        case .unusedFunction(let name):
            warning(
                "DD2502", "the function `\(name)` is never called", label: "not used",
                hint: "call it as `\(name)(…)`, or remove it")
        case .unusedParameter(let name, let owner):
            warning(
                "DD2503", "`\(name)` of \(owner) is never read", label: "not used",
                hint: "remove it, or name it `_\(name)` where that is meant")
        case .unreachable(let after, let span):
            DiagnosticText(
                "DD2504", "this statement is never reached", label: "comes too late",
                notes: [DiagnosticNote("`\(after)` always ends it here", at: span)],
                severity: .warning)
        case .neverFails(let why):
            warning(
                "DD2510", "this expectation can never fail", label: why,
                hint: "compare something that the cluster decides with the value that is expected")
        case .neverHolds(let why):
            warning("DD2511", "this expectation can never hold", label: why)
        case .withinNothing:
            warning(
                "DD2512", "`within 0s` waits for nothing", label: "no time at all",
                hint: "write `expect CONDITION`, or a time such as `within 30s`")
        }
    }

    private func warning(
        _ code: String, _ message: String, label: String, hint: String? = nil
    ) -> DiagnosticText {
        DiagnosticText(code, message, label: label, hint: hint, severity: .warning)
    }
}
