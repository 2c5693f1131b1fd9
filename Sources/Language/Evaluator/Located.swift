import Syntax
import Value

/// A mistake with its place in the text, on its way to whoever judges it.
struct Located: Error {
    let error: RuntimeError
    let span: NodeSpan
    /// The calls of functions that led there.
    var calls = CallStack()
}

extension RuntimeError {
    /// What is wrong with a value where a boolean is due.
    static func notBooleanOrAbsent(_ value: Value) -> RuntimeError {
        value.absentObject?.error ?? .notBoolean(value)
    }

    /// Whether a later state may well allow a judgement.
    var isUndecided: Bool {
        switch self {
        case .absent, .neverAny, .orderingNull: true
        default: false
        }
    }

    /// Whether an expectation that reads what is not there simply does not hold.
    var saysNothingIsThere: Bool {
        switch self {
        case .absent, .neverAny: true
        default: false
        }
    }
}

extension Evaluator {
    /// Adds the place to an error that has none yet.
    @inline(never)
    func located(_ error: any Error, at index: NodeIndex) -> any Error {
        located(error, at: tree.spans[Int(index.raw)])
    }

    @inline(never)
    func located(_ error: any Error, at span: NodeSpan) -> any Error {
        switch error {
        case let error as RuntimeError: return Located(error: error, span: span)
        case let error as HostError:
            return Located(
                error: .host(error.message, hint: error.hint),
                span: NodeSpan(source: span.source, span: error.span ?? span.span))
        default: return error
        }
    }

    /// An error as the user is told of it.
    func told(_ error: any Error) -> any Error {
        switch error {
        case let error as Located:
            let source = tree.sources[Int(error.span.source)]
            var diagnostic = Diagnostic(error.error, at: error.span.span, in: source)
            diagnostic.text.notes += error.calls.notes
            return Trouble.diagnostic(diagnostic)
        case is RuntimeError, is HostError:
            return told(located(error, at: NodeSpan(source: 0, span: SourceSpan(at: 0))))
        default: return error
        }
    }
}
