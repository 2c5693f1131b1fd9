import Syntax
import Value

/// What held in a run, though it hardly says what was meant. Codes DD38nn.
enum RunWarning: DiagnosticWords {
    /// `expect fails` without a text, and the failure is a slip in the script.
    case failsForOwnReason(String, hint: String?)

    var text: DiagnosticText {
        switch self {
        case .failsForOwnReason(let reason, let hint):
            DiagnosticText(
                "DD3800", "this fails for a reason of the script's own: \(reason)",
                label: "would fail whatever the cluster did",
                hint: hint
                    ?? "name what the failure should say: `expect fails \"…\" { … }`",
                severity: .warning)
        }
    }
}

extension Evaluator {
    /// A block failed as it should; where it would have failed in any world, that says nothing.
    func warnOfOwnReason(_ trouble: Trouble, wanted: String?, of plan: ExpectationPlan) {
        guard wanted == nil else { return }
        let warning: RunWarning
        switch trouble {
        case .command(let failure) where failure.exitCode == 127:
            warning = .failsForOwnReason("there is no command `\(failure.text)`", hint: nil)
        case .expectation(let failure):
            guard let hint = failure.hint, hint.hasPrefix("did you mean") else { return }
            warning = .failsForOwnReason(failure.summary, hint: hint)
        case .command, .diagnostic, .skipped, .interrupted: return
        }
        host.warn(Diagnostic(warning, at: plan.place.span, in: plan.place.source))
    }

    /// Whether a command judges the cluster: a scenario that has one expects something.
    static func judges(_ words: [String]) -> Bool {
        switch words.first {
        case "wait", "diff", "test", "[", "[[", "grep", "cmp": true
        case "rollout": words.dropFirst().first == "status"
        case "auth": words.dropFirst().first == "can-i"
        default: false
        }
    }
}
