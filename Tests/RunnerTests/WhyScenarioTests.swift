import Foundation
import Testing
import Value

@testable import Language
@testable import Runner

/// `scenarios/why/NAME.dock` leads into something stuck or surprising and asks `why`; `NAME.expected` holds the
/// answer. Hints are tried: when one was carried out, what it is given under must not be stuck any more.
@Suite("The scripts of scenarios/why/")
struct WhyScenarioTests {
    static let paths = ScenarioFolder.passing.filter { $0.hasPrefix("why/") }

    @Test("give the exact answer beside them", arguments: paths)
    func answer(path: String) throws {
        let actual = try Situation(path).answer()
        let golden = ScenarioFolder.folder.appending(
            path: path.replacingOccurrences(of: ".dock", with: ".expected"))
        guard FileManager.default.fileExists(atPath: golden.path) else {
            try actual.write(to: golden, atomically: true, encoding: .utf8)
            Issue.record("no \(golden.lastPathComponent): written now, to be read and committed")
            return
        }
        #expect(actual == (try String(contentsOf: golden, encoding: .utf8)))
    }

    @Test("give hints that mend it", arguments: paths)
    func hints(path: String) throws {
        let situation = try Situation(path)
        for hint in try situation.hints() {
            let state = try situation.state(of: hint.subject, after: hint.command)
            #expect(
                ["fine", "waiting", "gone"].contains(state),
                "`\(hint.command)` leaves \(hint.subject) \(state)")
        }
    }

    @Test("are more than eighty, and each has its answer")
    func count() throws {
        #expect(Self.paths.count > 80)
        let folder = ScenarioFolder.folder.appending(path: "why").path
        let expected = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".expected")
        }
        #expect(expected.count == Self.paths.count)
    }
}

/// A script that ends with questions.
private struct Situation {
    /// What comes before the questions.
    private let story: String
    private let questions: [String]

    init(_ path: String) throws {
        let lines = try ScenarioFolder.text(path).components(separatedBy: "\n")
        let first = lines.firstIndex { $0 == "why" || $0.hasPrefix("why ") } ?? lines.count
        story = lines[..<first].joined(separator: "\n") + "\n"
        questions = lines[first...].filter { !$0.isEmpty }
    }

    /// What `statements` print after the story.
    private func output(_ statements: [String]) -> String {
        let mark = "end of the story"
        let text = story + "print \"\(mark)\"\n" + statements.joined(separator: "\n") + "\n"
        let run = ScenarioFolder.runText(text, name: "why.dock")
        let parts = run.output.components(separatedBy: mark + "\n")
        guard parts.count == 2, run.exitCode == 0,
            let end = parts[1].range(of: "1 passed, 0 failed", options: .backwards)
        else {
            Issue.record("exit code \(run.exitCode):\n\(run.output)")
            return ""
        }
        return String(parts[1][..<end.lowerBound])
    }

    func answer() throws -> String { output(questions) }

    struct Hint {
        /// The object under which it stands, with the namespace: "configmap/settings -n shop".
        let subject: String
        let command: String
    }

    /// The commands that the answer to the last question gives.
    func hints() throws -> [Hint] {
        guard let question = questions.last else { return [] }
        let value = try JSON.parse(output([question + " -o json"]))
        var found: [Hint] = []
        for finding in value.isArray ? value.elements : [value] { collect(finding, "", &found) }
        return found
    }

    private func collect(_ finding: Value, _ outer: String, _ found: inout [Hint]) {
        let own = (finding["object"].string ?? "").replacingOccurrences(of: " in ", with: " -n ")
        let subject = own.isEmpty ? outer : own
        for hint in finding["hints"].elements {
            if let command = hint["command"].string {
                found.append(Hint(subject: subject, command: command))
            }
        }
        for cause in finding["because"].elements { collect(cause, subject, &found) }
    }

    /// How it stands with an object some time after `command`.
    func state(of subject: String, after command: String) throws -> String {
        let text = output([command, "advance 20m", "print \"=\"", "why \(subject) -o json"])
        let json = text.components(separatedBy: "=\n").last ?? ""
        return try JSON.parse(json)["state"].string ?? "unknown"
    }
}

extension Value {
    fileprivate var isArray: Bool {
        if case .array = self { return true }
        return false
    }
}
