import Syntax

/// Looks for what is wrong in a script that could run.
package enum ScriptWarnings {
    /// Unused names, statements that are never reached, expectations that say nothing; in the order of
    /// the text.
    ///
    /// - Parameters:
    ///   - script: one without errors.
    ///   - others: the scripts it includes, which may use what it declares. They are not looked at.
    package static func find(in script: Script, including others: [Script] = []) -> [Diagnostic] {
        var usage = UsageWalker(isLibrary: isLibrary(script))
        usage.read(script, including: others)
        var flow = FlowWalker()
        flow.read(script.statements)
        var expectations = ExpectationWalker()
        for statement in script.statements { expectations.visit(statement) }
        let found = usage.findings + flow.findings + expectations.findings
        return found.sorted { $0.span.start < $1.span.start }
            .map { Diagnostic($0.warning, at: $0.span, in: script.source) }
    }

    /// Whether a script only declares what others use.
    package static func isLibrary(_ script: Script) -> Bool {
        script.statements.allSatisfy { statement in
            switch statement.kind {
            case .let, .function, .include, .file, .behavior: true
            case .assign, .if, .for, .while, .break, .continue, .return, .setup, .cleanup,
                .scenario, .exercise, .expect, .invariant, .timer, .attach, .skip, .print,
                .expression, .command:
                false
            }
        }
    }
}

/// A warning and its place.
struct Finding {
    let warning: CheckWarning
    let span: SourceSpan
}
