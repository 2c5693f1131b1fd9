import Foundation
import Testing

@testable import Language
@testable import Runner

/// `scenarios/errors/NAME.dock` goes wrong; `NAME.expected` holds its exit code and exact output.
@Suite("The scripts of scenarios/errors/")
struct ErrorGoldenTests {
    @Test("give the exact text beside them", arguments: ScenarioFolder.errors)
    func golden(path: String) throws {
        // Endless loops end at the limit of steps; a lower one tests the same, sooner.
        var limits = Limits.standard
        limits.steps = 200_000
        limits.patternSteps = 200_000
        let run = try ScenarioFolder.run(path, limits: limits)
        let actual = "exit code \(run.exitCode)\n\(run.output)"
        let golden = ScenarioFolder.folder.appending(
            path: path.replacingOccurrences(of: ".dock", with: ".expected"))
        guard FileManager.default.fileExists(atPath: golden.path) else {
            try actual.write(to: golden, atomically: true, encoding: .utf8)
            Issue.record("no \(golden.lastPathComponent): written now, to be read and committed")
            return
        }
        #expect(actual == (try String(contentsOf: golden, encoding: .utf8)))
        #expect(run.exitCode != 0, "a script in errors/ goes wrong")
        #expect(!actual.contains("DD3999"), "an error of the program's own")
    }

    @Test("are at least forty, and each has its text")
    func count() throws {
        #expect(ScenarioFolder.errors.count >= 40)
        let folder = ScenarioFolder.folder.appending(path: "errors").path
        let expected = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".expected")
        }
        #expect(expected.count == ScenarioFolder.errors.count)
    }
}
