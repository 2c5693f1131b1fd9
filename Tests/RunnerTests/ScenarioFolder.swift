import Foundation

@testable import Language
@testable import Reports
@testable import Runner

/// The scripts of `scenarios/`, and how tests run them.
enum ScenarioFolder {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let folder = root.appending(path: "scenarios")

    /// The paths of the scripts that must pass, relative to `scenarios/`, in byte order. The exercises of the
    /// course are proven apart, by the released program, which takes a tenth of the time.
    static let passing = paths(".dock").filter {
        !$0.hasPrefix("errors/") && !$0.hasPrefix("corpus/") && !$0.hasPrefix("course/")
    }

    /// The exercises of the course.
    static let exercises = paths(".dock").filter { $0.hasPrefix("course/") }

    /// The scripts whose exact output is kept beside them.
    static let errors = paths(".dock").filter { $0.hasPrefix("errors/") }

    /// Inputs of any kind that must not crash anything.
    static let corpus = paths("").filter { $0.hasPrefix("corpus/") && !$0.hasSuffix("README.md") }

    private static func paths(_ ending: String) -> [String] {
        let all =
            FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return all.filter { path in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(
                atPath: folder.appending(path: path).path, isDirectory: &isFolder)
            return exists && !isFolder.boolValue && path.hasSuffix(ending)
        }.sorted()
    }

    /// Invalid UTF-8 is replaced, as the program does it.
    static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: path)), as: UTF8.self)
    }

    /// What a run of a script printed, and how it ended.
    struct Run: Equatable {
        let output: String
        let exitCode: Int32
        /// The trace hash of each scenario.
        let traces: [UInt64]
    }

    /// Runs the script at `path`, a path below `scenarios/`, as `drydock run` does in its folder.
    static func run(_ path: String, limits: Limits = .standard) throws -> Run {
        let file = folder.appending(path: path)
        return runText(
            try text(path), name: file.lastPathComponent,
            folder: file.deletingLastPathComponent().path, limits: limits)
    }

    /// Runs a script that is no file.
    static func runText(
        _ text: String, name: String = "test.dock", folder: String = "/nonexistent",
        limits: Limits = .standard
    ) -> Run {
        var output = ""
        let report = HumanReport(ReportSettings { output += $0 }, hidesOutput: false)
        var options = RunOptions()
        options.limits = limits
        let result = ScriptRunner(options, listener: report).run(
            text: text, path: name, folder: folder)
        report.finish()
        return Run(
            output: output, exitCode: [result].exitCode, traces: result.scenarios.map(\.trace))
    }
}
