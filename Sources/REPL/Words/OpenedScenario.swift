import Session
import Support
import Syntax
import struct Verbs.FileProblem

/// A scenario of a file that is opened at the prompt: its statements, those that all scenarios share first.
package struct OpenedScenario {
    let source: Source
    let statements: [Statement]
    /// The scenario's title; empty for a script that is one itself.
    package let title: String
    /// What people call it.
    let name: String

    /// Why there is nothing to open.
    package struct Problem: Error {
        package let message: String
    }

    /// Finds the first scenario of a script whose title has `filter` in it.
    package init(text: String, path: String, filter: String?) throws(Problem) {
        let source = Source(name: path, text: text)
        self.source = source
        let parsed = Parser.parse(source)
        guard !parsed.hasErrors else {
            throw Problem(message: "\(path) does not parse; `drydock check \(path)` says why")
        }
        var scenarios: [ScenarioStatement] = []
        var shared: [Statement] = []
        for statement in parsed.script.statements {
            switch statement.kind {
            case .scenario(let scenario): scenarios.append(scenario)
            case .setup(let block): shared += block.statements
            case .cleanup(let cleanup) where cleanup.kind == .teardown: break
            default: shared.append(statement)
            }
        }
        guard !scenarios.isEmpty else {
            guard filter == nil else {
                throw Problem(message: "\(path) has no scenarios: it is one itself")
            }
            (statements, title, name) = (shared, "", path)
            return
        }
        let titles = scenarios.map { Self.title($0, source) }
        guard let place = titles.firstIndex(where: { $0.contains(filter ?? "") }) else {
            let nearest = nearestName(to: filter ?? "", among: titles) ?? titles[0]
            throw Problem(message: "no scenario has that in its title; there is `\(nearest)`")
        }
        guard scenarios[place].parameters == nil else {
            throw Problem(
                message:
                    "the scenario `\(titles[place])` runs once per row of a table, and a prompt is "
                    + "one world: copy the row into a scenario of its own")
        }
        statements = shared + scenarios[place].body.statements
        title = titles[place]
        name = "\(path): \(title)"
    }

    private static func title(_ scenario: ScenarioStatement, _ source: Source) -> String {
        let text = source.text(in: scenario.title.span)
        return String(text.dropFirst().dropLast())
    }
}
