import Language
import Reports
import Session
import Syntax

/// What came of the statements that stand for all scenarios of a file: one of them is wrong only where
/// it came to nothing in every scenario.
struct SharedStatements {
    private let scenarioCount: Int
    private var runs = 0
    /// What came to nothing in all runs so far.
    private var idle: [Diagnostic] = []

    /// For a script of which no scenario will run.
    init() { scenarioCount = 0 }

    init(of program: Program) { scenarioCount = program.scenarios.count }

    /// Takes what came to nothing in a scenario that ran to its end.
    mutating func note(_ statements: [IdleStatement]) {
        let diagnostics = statements.map(\.diagnostic)
        idle =
            runs == 0
            ? diagnostics
            : idle.filter { known in
                diagnostics.contains {
                    $0.span == known.span && $0.source.name == known.source.name
                }
            }
        runs += 1
    }

    /// What is wrong now that all scenarios have run; nothing where one of them did not pass or was not
    /// wanted, and might have needed the statement.
    func idle(after results: [ScenarioResult]) -> [Diagnostic] {
        guard scenarioCount > 0, results.count >= scenarioCount, results.allSatisfy(\.isPassed)
        else {
            return []
        }
        // What a file says that several scripts include is not for each of them.
        let script = results.first?.place?.source.name
        return idle.filter { $0.source.name == script }
    }
}
