import ArgumentParser
import Glibc
import Reports
import Runner
import Session
import Support
import Value

/// The files of a suite and how they are run.
final class Suite {
    private let command: TestCommand
    private let configuration: Configuration
    private let setup: SuiteSetup
    private var failed: FailedScenarios
    /// The files that each script read when it ran last, by the script's path.
    private var reads: [String: Set<String>] = [:]
    /// Watches from before the first run on, so that what is saved during one is not missed.
    private var watcher: FileWatcher?

    init(_ command: TestCommand, _ configuration: Configuration) throws {
        self.command = command
        self.configuration = configuration
        var setup = command.scripts.setup(configuration)
        if setup.choice.tags.isEmpty { setup.choice.tags = configuration.tags }
        setup.choice.shard = command.shard.flatMap { Shard(parsing: $0) }
        setup.choice.line = command.fromStep
        setup.stopsAtFailure = command.failFast
        setup.isTest = true
        setup.lists = command.list
        setup.wantsReads = command.watch
        let formats = try Self.reports(command, configuration).map(\.format)
        setup.wantsOutput = command.fromStep != nil || formats.contains { $0.tellsOutput }
        setup.drawsPictures = formats.contains(where: \.drawsPictures)
        self.setup = setup
        let cut = configuration.path.lastIndex(of: "/")
        failed = FailedScenarios(root: cut.map { String(configuration.path[...$0]) } ?? ".")
    }

    // MARK: Files

    private var roots: [String] { command.paths.isEmpty ? ["."] : command.paths }

    /// Every file of the suite. Where no path was named, none begins with one.
    private var found: [FileSearch.Found] {
        let found = FileSearch.below(roots, ending: ".dock")
        guard command.paths.isEmpty else { return found }
        return found.map { item in
            guard let path = item.path, path.hasPrefix("./") else { return item }
            return .file(String(path.dropFirst(2)))
        }
    }

    /// What is to run, in order; what cannot be read is done already.
    private func records(_ only: Set<String>? = nil) throws -> [FileRecord] {
        let found = found
        let files = found.compactMap(\.path)
        try command.scripts.checkParameters(configuration, files: files)
        if command.fromStep != nil, files.count != 1 {
            throw Refusal(
                "--from-step names a line of one script, and there are \(files.count)")
        }
        if command.failed {
            let jobs = failed.jobs(among: files)
            if jobs.isEmpty { throw Refusal("nothing of this failed last time") }
            return jobs.flatMap(repeated)
        }
        return found.flatMap { item -> [FileRecord] in
            switch item {
            case .file(let path):
                if let only, !only.contains(path) { return [] }
                return repeated(FileJob(path: path))
            case .problem(let path, let problem):
                return [FileRecord(path, problem: problem.message)]
            }
        }
    }

    private func repeated(_ job: FileJob) -> [FileRecord] {
        (0..<command.repetitions).map { repetition in
            var job = job
            job.repetition = repetition
            return FileRecord(job)
        }
    }

    private func makePool(_ records: [FileRecord]) -> WorkerPool {
        let cores = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        let jobs = command.jobs ?? configuration.jobs ?? cores
        return WorkerPool(setup, records, width: min(jobs, max(records.count, 1)))
    }

    // MARK: Running

    /// Runs the files and answers the exit code.
    ///
    /// - Parameter only: the scripts that are wanted; nil for all.
    func run(_ only: Set<String>? = nil) throws -> Int32 {
        try beginToWatch()
        let start = WallClock.microseconds()
        let records = try records(only)
        let outputs = try Outputs(Self.reports(command, configuration)) { file in
            var settings = command.scripts.settings(for: file, command: "test")
            settings.wallMicroseconds = { WallClock.microseconds() - start }
            settings.showsOutput = command.fromStep != nil
            settings.showsSeeds = command.repetitions > 1
            return settings
        }
        let pool = makePool(records)
        var totals = SuiteTotals(fileCount: records.count, start: start)
        let progress = ProgressLine()
        var results: [ScriptResult] = []
        var selection = ScenarioSelection(setup.choice)
        pool.finished = { record in
            selection.add(record.account)
            self.reads[record.job.path, default: []].formUnion(record.account.reads)
            progress.erase()
            guard let result = record.tell(outputs.report) else { return }
            outputs.flush()
            results.append(result)
            if self.command.failFast, [result].exitCode != 0 { pool.isOver = true }
            if outputs.hasProblem { pool.isOver = true }
        }
        pool.changed = {
            guard progress.isDue else { return }
            totals.look(at: pool)
            progress.draw(totals.line)
        }
        try pool.run()
        let unfinished = pool.records.count - pool.doneCount
        if Interrupts.isPending { pool.handOverRest() }
        progress.erase()
        outputs.report.finish()
        try outputs.close()
        failed.update(results)
        if Interrupts.isPending {
            OutputFile.tell("interrupted; \(unfinished) of \(records.count) files did not end")
            return 130
        }
        return exitCode(results, selection, count: results.reduce(0) { $0 + $1.scenarios.count })
    }

    /// - Parameter count: of the scenarios that there were; none is no success.
    private func exitCode(
        _ results: [ScriptResult], _ selection: ScenarioSelection, count: Int
    ) -> Int32 {
        guard results.exitCode == 0 else { return results.exitCode }
        guard
            let problem = selection.problem
                ?? (count == 0 ? "there is no scenario here: all files only declare" : nil)
        else { return 0 }
        OutputFile.tell(problem)
        return ProgramExit.badUsage.rawValue
    }

    /// The reports asked for; one of them goes to standard output, the one for people unless another
    /// is named.
    private static func reports(
        _ command: TestCommand, _ configuration: Configuration
    ) throws -> [ReportOption] {
        var asked = command.scripts.report
        if asked.isEmpty { asked = try configuration.reports.map(ReportOption.init(parsing:)) }
        asked = ReportOption.withGitHub(asked)
        if asked.contains(where: { $0.file == nil && !$0.format.isBesides }) { return asked }
        return [ReportOption(.suite)] + asked
    }

    // MARK: Listing

    /// Prints a line for each scenario that would run.
    func list() throws {
        let output = OutputFile.standardOutput()
        let pool = makePool(try records())
        var refused: [ScriptResult] = []
        var count = 0
        var selection = ScenarioSelection(setup.choice)
        pool.finished = { record in
            selection.add(record.account)
            count += record.listed.count
            for item in record.listed {
                let place = item.place.map { ":\($0.lines.lowerBound)" } ?? ""
                let tags = item.tags.isEmpty ? "" : "  [\(item.tags.joined(separator: ", "))]"
                let skipped = item.isSkipped ? "  (skipped)" : ""
                let title = item.title.isEmpty ? "" : ": \(item.title)"
                output.write("\(record.job.path)\(place)\(title)\(tags)\(skipped)".showingControls)
                output.write("\n")
            }
            if let result = record.result, [result].exitCode != 0 { refused.append(result) }
        }
        try pool.run()
        if !refused.isEmpty {
            var settings = ReportSettings(write: output.write)
            settings.usesColor = command.scripts.color ?? output.showsColor
            let report = ReportFormat.suite.make(settings)
            for result in refused {
                report.began(script: result.path)
                report.ended(result)
            }
        }
        output.flush()
        try output.checkWhole()
        if let signal = Interrupts.signal { throw ExitCode(128 + signal) }
        let code = exitCode(refused, selection, count: count)
        if code != 0 { throw ExitCode(code) }
    }

    // MARK: Watching

    private func beginToWatch() throws {
        guard command.watch, watcher == nil else { return }
        guard let started = FileWatcher() else {
            throw Refusal("cannot watch files: \(systemError())")
        }
        watcher = started
        watchFolders()
    }

    /// Waits until a file is saved that scripts of the suite have read, and answers these scripts; nil
    /// when the user asked to stop.
    func waitForChange() -> Set<String>? {
        guard let watcher else { return nil }
        watchFolders()
        while let changed = watcher.wait(while: { !Interrupts.isPending }) {
            let concerned = scripts(readingAny: changed)
            if concerned.isEmpty { continue }
            let names = changed.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
            OutputFile.tell("saved \(names.sorted().joined(separator: ", "))")
            return concerned
        }
        return nil
    }

    /// Watches the folders of what was named and of what has been read.
    private func watchFolders() {
        var folders: Set<String> = []
        for path in found.compactMap(\.path) {
            folders.insert(Self.folder(of: DiskFile.resolved(path) ?? path))
        }
        for file in reads.values.joined() { folders.insert(Self.folder(of: file)) }
        for root in roots where DiskFile.isFolder(root) {
            folders.insert(DiskFile.resolved(root) ?? root)
        }
        for folder in folders.sorted() { watcher?.watch(folder) }
    }

    /// The scripts that read one of some files, or the names of a folder in which one is new; new scripts
    /// too.
    private func scripts(readingAny changed: Set<String>) -> Set<String> {
        let known = Set(reads.values.joined())
        let newFolders = Set(changed.filter { !known.contains($0) }.map(Self.folder))
        var concerned: Set<String> = []
        for path in found.compactMap(\.path) {
            let own = DiskFile.resolved(path) ?? path
            guard let files = reads[path] else {
                concerned.insert(path)
                continue
            }
            let isRead = !files.isDisjoint(with: changed) || changed.contains(own)
            let hasNew = newFolders.contains { files.contains($0 + "/") }
            if isRead || hasNew { concerned.insert(path) }
        }
        return concerned
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }
}

/// What a line of progress tells.
private struct SuiteTotals {
    let fileCount: Int
    let start: Int64
    private var done = 0
    private var scenarios = 0
    private var failures = 0
    private var virtual: Int64 = 0

    init(fileCount: Int, start: Int64) {
        self.fileCount = fileCount
        self.start = start
    }

    mutating func look(at pool: WorkerPool) {
        (done, scenarios, failures, virtual) = (0, 0, 0, 0)
        for record in pool.records {
            if let result = record.result {
                done += 1
                if result.isRefused { failures += 1 }
            }
            scenarios += record.count
            virtual += record.virtualMilliseconds
            failures += record.failures
        }
    }

    var line: String {
        let wall = (WallClock.microseconds() - start) / 1_000
        return "\(done)/\(fileCount) files, \(scenarios) scenarios, \(failures) failed, "
            + "\(Duration(milliseconds: virtual).shortText) of virtual time in "
            + "\(Duration(milliseconds: wall).shortText)"
    }
}
