import ArgumentParser
import Learn
import Session
import Value

/// `drydock learn prove DIR|FILE…`: tries exercises.
struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Try exercises: that they can be solved, and that wrong answers are refused.",
        discussion: """
            For each exercise: whoever does nothing fails, and no goal holds at the start (`goal kept` does); \
            each solution passes under 20 seeds; each wrong answer is refused by what it expects; hints are \
            there, and all texts in all languages of the course. Exit codes: 0 all proven, 4 not all, 1 a path \
            cannot be read.
            """)

    @Argument(help: "Exercises (*.dock), folders with them, or courses.")
    var paths: [String]

    @Option(
        name: [.customShort("j", allowingJoined: true), .long],
        help: "How many exercises to try at a time (default: as many as there are cores).")
    var jobs: Int?

    @Flag(help: "Say how long the checks took; one of more than a second fails.")
    var times = false

    @Option(help: "Languages that every text has to be in: en,zh (default: those of the course).")
    var languages: String?

    @Option(
        help: ArgumentHelp("Also write all of it as JSON into a file.", valueName: "json=file"))
    var report: String?

    func run() throws {
        let list = try ExerciseList(paths)
        let wanted = languages.map { $0.split(separator: ",").map(String.init) }
        let tasks = list.items.map { item in
            LearnJob.prove(
                ProveJob(
                    path: item.path, languages: wanted ?? item.course?.languages ?? [],
                    known: item.course?.chapters.flatMap(\.exercises)))
        }
        let pool = LearnPool(width: min(jobs ?? LearnPool.cores, max(1, tasks.count)))
        let results = try pool.run(tasks, ProveResult.self)
        let proven = zip(list.items, results).map { item, result in
            result.result
                ?? ProveResult(
                    name: item.path, path: item.path,
                    findings: [
                        ProveResult.Finding(
                            message: "the process that tried it \(result.loss ?? "ended")", seen: []
                        )
                    ])
        }
        let output = OutputFile.standardOutput()
        output.write(ProveTable(proven, list.missing, showsTimes: times).text)
        output.flush()
        try output.checkWhole()
        if let report { try write(report, proven) }
        let isSlow = times && proven.contains { ($0.times.max() ?? 0) > 1_000_000 }
        if proven.contains(where: { !$0.isProven }) || !list.missing.isEmpty || isSlow {
            throw ExitCode(ProgramExit.expectationFailed.rawValue)
        }
    }

    private func write(_ report: String, _ results: [ProveResult]) throws {
        guard report.hasPrefix("json=") else {
            throw ValidationError("--report is json=FILE")
        }
        let path = String(report.dropFirst(5))
        guard let file = OutputFile(creating: path) else {
            throw ValidationError("cannot write \(path): \(systemError())")
        }
        let rows = results.map { result -> Value in
            [
                "name": Value(result.name), "path": Value(result.path),
                "proven": .bool(result.isProven), "level": Value(result.level),
                "languages": .array(result.languages.map { Value($0) }),
                "solutions": Value(result.solutions), "wrongAnswers": Value(result.wrongs),
                "checks": Value(result.checks), "mostEvents": Value(result.events),
                "findings": .array(
                    result.findings.map {
                        [
                            "message": Value($0.message),
                            "seen": .array($0.seen.map { Value($0) }),
                        ]
                    }),
            ]
        }
        let value: Value = ["exercises": .array(rows)]
        file.write(JSON.text(value, style: JSONStyle(indent: 2)) + "\n")
        file.flush()
        try file.checkWhole()
    }
}

/// The exercises below the paths that somebody names, in the order of their courses.
struct ExerciseList {
    struct Item {
        let path: String
        let course: Course?
    }

    private(set) var items: [Item] = []
    /// Exercises that a course names and that are not there.
    private(set) var missing: [String] = []

    init(_ paths: [String]) throws {
        for path in paths {
            if DiskFile.isFolder(path), Course.isCourse(path) {
                let course = try Self.course(in: path)
                for file in course.paths {
                    if DiskFile.exists(file) {
                        items.append(Item(path: file, course: course))
                    } else {
                        missing.append(file)
                    }
                }
                continue
            }
            for found in FileSearch.below(path, ending: ".dock") {
                switch found {
                case .file(let file):
                    items.append(Item(path: file, course: try Self.course(above: file)))
                case .problem(let path, let problem):
                    throw Refusal("\(path): \(problem.message)")
                }
            }
        }
    }

    private static func course(in folder: String) throws -> Course {
        do throws(CourseProblem) {
            return try Course.read(folder: folder)
        } catch {
            throw Refusal(error.message)
        }
    }

    /// The course that a file belongs to: in its folder or the one above.
    private static func course(above file: String) throws -> Course? {
        var folder = file
        for _ in 0..<2 {
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            folder = String(folder[..<slash])
            if Course.isCourse(folder) { return try course(in: folder) }
        }
        return nil
    }
}

/// What `prove` prints.
struct ProveTable {
    private let results: [ProveResult]
    private let missing: [String]
    private let showsTimes: Bool

    init(_ results: [ProveResult], _ missing: [String], showsTimes: Bool) {
        self.showsTimes = showsTimes
        self.results = results
        self.missing = missing
    }

    var text: String {
        let width = max(8, results.map(\.name.count).max() ?? 0)
        func row(_ columns: [String]) -> String {
            let name = columns[1] + String(repeating: " ", count: width - columns[1].count)
            let rest = columns.dropFirst(2).map { column in
                String(repeating: " ", count: max(0, 10 - column.count)) + column
            }.joined()
            return "\(columns[0]) \(name)\(rest)\n"
        }
        var text = row([" ", "exercise", "level", "solutions", "wrong", "checks", "events"])
        for result in results {
            text += row([
                result.isProven ? "✓" : "✗", result.name, "\(result.level)",
                "\(result.solutions)", "\(result.wrongs)", "\(result.checks)", "\(result.events)",
            ])
            for finding in result.findings {
                text += "    \(finding.message)\n"
                text += finding.seen.map { "      \($0)\n" }.joined()
            }
        }
        for path in missing { text += "✗ \(path): the course names it, and it is not there\n" }
        let count = results.count(where: \.isProven)
        text += "\(count) of \(results.count + missing.count) proven"
        let times = results.flatMap(\.times).sorted()
        if showsTimes, let longest = times.last {
            text +=
                "; a check takes \(Self.milliseconds(times[times.count / 2])), "
                + "the longest \(Self.milliseconds(longest))"
        }
        return text + "\n"
    }

    private static func milliseconds(_ microseconds: Int64) -> String {
        "\((microseconds + 500) / 1000) ms"
    }
}
