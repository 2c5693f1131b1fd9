import Foundation
import Testing

@testable import Language
@testable import Runner

/// Inputs that once broke something, or were made to: whatever they are, they end in an answer.
@Suite("The inputs of scenarios/corpus/")
struct CorpusTests {
    private var limits: Limits {
        var limits = Limits.standard
        limits.steps = 200_000
        return limits
    }

    @Test("end in an answer when run as scripts", arguments: ScenarioFolder.corpus)
    func scripts(path: String) throws {
        let run = try ScenarioFolder.run(path, limits: limits)
        #expect([0, 2, 3, 4].contains(run.exitCode))
        #expect(!run.output.contains("DD3999"), "\(run.output)")
    }

    @Test("end in an answer when applied as manifests", arguments: ScenarioFolder.corpus)
    func manifests(path: String) throws {
        let name = path.dropFirst("corpus/".count)
        let run = ScenarioFolder.runText(
            "node add n\napply -f '\(name)'\nadvance 1m\n",
            folder: ScenarioFolder.folder.appending(path: "corpus").path, limits: limits)
        #expect([0, 3].contains(run.exitCode), "\(run.output)")
        #expect(!run.output.contains("DD3999"), "\(run.output)")
    }
}
