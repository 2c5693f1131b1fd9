import Glibc
import Reports
import Runner
import Session
import Support
import Value

/// What failed when the suites below a folder ran last, for `--failed`.
///
/// It is kept in the XDG state folder, as the history of the prompt is, and not beside the scripts: a
/// repository may be read-only or shared, and what failed on one desk is nobody else's business.
struct FailedScenarios {
    /// A scenario that failed, or a script that did not run at all.
    private struct Entry: Hashable {
        /// With links resolved.
        let path: String
        /// Nil for the whole script.
        let scenario: ScenarioIdentity?
    }

    private var entries: [Entry] = []
    /// Nil where there is no home.
    private let file: String?

    /// - Parameter root: the folder of the configuration, or where the user stands.
    init(root: String) {
        file = Self.folder.map { "\($0)/\(Self.name(of: DiskFile.resolved(root) ?? root)).json" }
        guard let file, let text = try? DiskFile.text(file, atMost: 64 << 20),
            let known = try? JSON.parse(text)
        else { return }
        for item in known["failed"].elements {
            guard let path = item["path"].string else { continue }
            let scenario = item["title"].string.map {
                ScenarioIdentity(title: $0, ordinal: item["ordinal"].int ?? 0, path: path)
            }
            entries.append(Entry(path: path, scenario: scenario))
        }
    }

    /// A name for a file that no other folder has.
    private static func name(of path: String) -> String {
        var hash = StableHash()
        hash.combine(path)
        return String(hash.value, radix: 16)
    }

    private static var folder: String? {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        return (variable("XDG_STATE_HOME") ?? variable("HOME").map { "\($0)/.local/state" })
            .map { "\($0)/drydock/failed" }
    }

    /// The jobs for what failed among some files: of each only what failed.
    func jobs(among paths: [String]) -> [FileJob] {
        paths.compactMap { path in
            let real = DiskFile.resolved(path) ?? path
            let own = entries.filter { $0.path == real }
            if own.isEmpty { return nil }
            let isWhole = own.contains { $0.scenario == nil }
            return FileJob(path: path, only: isWhole ? nil : own.compactMap(\.scenario))
        }
    }

    /// Takes in how scripts ended: what passed is forgotten, what failed is kept, and what did not run
    /// stays as it was.
    mutating func update(_ results: [ScriptResult]) {
        let before = entries
        var failed: Set<Entry> = []
        var passed: Set<Entry> = []
        for result in results {
            let path = DiskFile.resolved(result.path) ?? result.path
            let whole = Entry(path: path, scenario: nil)
            if result.isRefused { failed.insert(whole) } else { passed.insert(whole) }
            for scenario in result.scenarios {
                let entry = Entry(
                    path: path,
                    scenario: ScenarioIdentity(
                        title: scenario.title, ordinal: scenario.ordinal, path: path))
                if scenario.isPassed || scenario.isSkipped {
                    passed.insert(entry)
                } else {
                    failed.insert(entry)
                }
            }
        }
        // One that failed under one seed and passed under another has failed.
        entries = before.filter { !passed.contains($0) && !failed.contains($0) } + failed
        entries.sort { ($0.path, $0.scenario?.title ?? "") < ($1.path, $1.scenario?.title ?? "") }
        if entries != before { write() }
    }

    /// That it cannot be written is no reason for a run to fail.
    private func write() {
        guard let file else { return }
        var made = ""
        for part in file.split(separator: "/").dropLast() {
            made += "/\(part)"
            mkdir(made, 0o700)
        }
        let items = entries.map { entry -> Value in
            var fields: [(Key, Value)] = [("path", Value(entry.path))]
            if let scenario = entry.scenario {
                fields.append(("title", Value(scenario.title)))
                fields.append(("ordinal", Value(scenario.ordinal)))
            }
            return .object(Object(fields: fields))
        }
        guard let output = OutputFile(creating: file + ".new") else { return }
        output.write(JSON.text(.object(Object(fields: [("failed", .array(items))]))) + "\n")
        output.flush()
        if output.problem == nil { rename(file + ".new", file) } else { unlink(file + ".new") }
    }
}
