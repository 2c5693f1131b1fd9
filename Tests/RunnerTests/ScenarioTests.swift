import Foundation
import Testing

@testable import Session
@testable import Reports
@testable import Runner

@Suite("The scripts of scenarios/")
struct ScenarioTests {
    @Test("pass, and run the same twice", arguments: ScenarioFolder.passing)
    func pass(path: String) throws {
        let run = try ScenarioFolder.run(path)
        #expect(run.exitCode == 0, "\(run.output)")
        #expect(try ScenarioFolder.run(path) == run)
    }

    @Test("there are enough of them, and every area has some")
    func areas() {
        #expect(ScenarioFolder.passing.count >= 14)
        let areas = Set(ScenarioFolder.passing.compactMap { $0.split(separator: "/").first })
        for area in ["daemonset", "statefulset", "deployment", "replicaset", "scheduling"] {
            #expect(areas.contains(Substring(area)), "no script in scenarios/\(area)")
        }
    }

    @Test("another seed gives other names and the same verdict")
    func seeds() throws {
        let path = "deployment/rolling-update.dock"
        let text = try ScenarioFolder.text(path)
        var traces: Set<[UInt64]> = []
        for seed: UInt64 in [1, 2, 3] {
            var options = RunOptions()
            options.seed = seed
            let report = HumanReport(ReportSettings { _ in }, hidesOutput: true)
            let result = ScriptRunner(options, listener: report).run(
                text: text, path: path, folder: ScenarioFolder.folder.path)
            #expect([result].exitCode == 0)
            traces.insert(result.scenarios.map(\.trace))
        }
        #expect(traces.count == 3)
    }

    @Test("a folder is run without what its .drydockignore names")
    func ignored() {
        let found = FileSearch.below(ScenarioFolder.folder.path, ending: ".dock")
        #expect(found.count == ScenarioFolder.passing.count + ScenarioFolder.exercises.count)
        let named = FileSearch.below(ScenarioFolder.folder.path + "/errors", ending: ".dock")
        #expect(named.count == ScenarioFolder.errors.count)
    }
}
