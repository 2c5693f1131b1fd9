/// Several reports of one run, told in turn.
package final class ReportSet: Report {
    private let reports: [any Report]

    /// Called when a scenario has ended, and at the end.
    private let flush: () -> Void

    /// - Parameters:
    ///   - reports: told of each step in this order.
    ///   - flush: sends what the reports have written on its way; called after each scenario, so that
    ///     nobody waits for what is known, and at the end.
    package init(_ reports: [any Report], flush: @escaping () -> Void) {
        self.reports = reports
        self.flush = flush
    }

    package func began(script path: String) {
        for report in reports { report.began(script: path) }
    }

    package func began(scenario title: String) {
        for report in reports { report.began(scenario: title) }
    }

    package func wrote(_ text: String) {
        for report in reports { report.wrote(text) }
    }

    package func ended(_ result: ScenarioResult) {
        for report in reports { report.ended(result) }
        flush()
    }

    package func ended(_ result: ScriptResult) {
        for report in reports { report.ended(result) }
    }

    package func finish() {
        for report in reports { report.finish() }
        flush()
    }
}
