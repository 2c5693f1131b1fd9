import ArgumentParser
import Learn
import Session
import Support

/// `drydock learn grade DIR --answers DIR`: marks the answers of a class.
struct GradeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade",
        abstract: "Mark the answers of a class, goal by goal.",
        discussion: """
            Answers are files STUDENT/EXERCISE.yaml or STUDENT.EXERCISE.yaml: .yaml and .yml are applied, .sh, \
            .txt and .dock are commands. A mark is the share of the goals that hold; 0 where something that \
            always has to hold broke, or something forbidden was tried. An answer reads no file and reaches \
            no network, and what it may take is counted: the same answer has the same mark everywhere.
            """)

    @Argument(help: "A course, a folder with exercises, or exercises (*.dock).")
    var exercises: [String]

    @Option(help: "The folder with the answers.")
    var answers: String

    @Option(
        help: ArgumentHelp(
            "Write the marks as json, csv or html into a file; may be repeated.",
            valueName: "format=file"))
    var report: [String] = []

    @Flag(help: "Numbers in place of the names of students.")
    var anonymous = false

    @Option(help: "The language of what is said: en or zh.")
    var lang = LocalText.standard

    @Option(help: "The seed under which answers are checked.")
    var seed: UInt64 = SessionOptions.standardSeed

    @Option(
        name: [.customShort("j", allowingJoined: true), .long],
        help: "How many answers to mark at a time (default: as many as there are cores).")
    var jobs: Int?

    func validate() throws {
        for one in report { _ = try GradeFormat.read(one) }
        try LearnPool.check(jobs: jobs)
        guard LearnWords.languages.contains(lang) else {
            throw ValidationError(
                "--lang is one of \(LearnWords.languages.joined(separator: ", "))")
        }
    }

    func run() throws {
        let list = try ExerciseList(exercises)
        for path in list.missing {
            OutputFile.tell("\(path): the course names it, and it is not there")
        }
        let names = try Self.names(list)
        guard DiskFile.isFolder(answers) else { throw Refusal("\(answers) is no folder") }
        let folder = AnswerFolder(answers, exercises: names)
        guard !folder.students.isEmpty else {
            throw Refusal("\(answers) holds no STUDENT/EXERCISE.yaml, .sh, .txt or .dock")
        }
        let aliases = anonymous ? Self.numbers(folder.students) : [:]
        let students = folder.students.sorted { (aliases[$0] ?? $0) < (aliases[$1] ?? $1) }
        let tasks = students.flatMap { student in
            zip(list.items, names).map { item, name in
                GradeJob(
                    student: aliases[student] ?? student, exercise: name, exercisePath: item.path,
                    answer: folder.path(student, name), language: lang, seed: seed)
            }
        }
        let pool = LearnPool(width: min(jobs ?? LearnPool.cores, max(1, tasks.count)))
        let found = try pool.run(tasks.map { .grade($0) }, GradeResult.self)
        let results = zip(tasks, found).map { task, result in
            result.result
                ?? GradeResult(
                    student: task.student, exercise: task.exercise,
                    notes: ["the process that marked it \(result.loss ?? "ended")"])
        }
        let book = GradeBook(
            exercises: names, results: results, leftOut: anonymous ? [] : folder.leftOut)
        let output = OutputFile.standardOutput()
        output.write(book.table)
        output.flush()
        try output.checkWhole()
        for one in report { try write(book, try GradeFormat.read(one)) }
    }

    /// The names of the exercises, by which answers are found.
    private static func names(_ list: ExerciseList) throws -> [String] {
        guard !list.items.isEmpty else { throw Refusal("there is no exercise to be marked") }
        var paths: [String: String] = [:]
        return try list.items.map { item in
            let name = ExerciseList.name(item.path)
            if let other = paths.updateValue(item.path, forKey: name) {
                throw Refusal(
                    "\(other) and \(item.path) are both called \(name): whose answers would be meant?"
                )
            }
            return name
        }
    }

    private func write(_ book: GradeBook, _ target: (format: GradeFormat, path: String)) throws {
        guard let file = OutputFile(creating: target.path) else {
            throw Refusal("cannot write \(target.path): \(systemError())")
        }
        file.write(book.text(target.format))
        file.flush()
        try file.checkWhole()
    }

    /// A number for each student, in an order that says nothing about their names.
    private static func numbers(_ students: [String]) -> [String: String] {
        let order = students.sorted { one, other in
            let (left, right) = (Self.mixed(one), Self.mixed(other))
            return (left, one) < (right, other)
        }
        let digits = String(order.count).count
        var numbers: [String: String] = [:]
        for (index, student) in order.enumerated() {
            let number = String(index + 1)
            numbers[student] =
                "student-" + String(repeating: "0", count: digits - number.count) + number
        }
        return numbers
    }

    private static func mixed(_ name: String) -> UInt64 {
        var hash = StableHash()
        hash.combine("student")
        hash.combine(name)
        return hash.value
    }
}

/// The answers below a folder.
struct AnswerFolder {
    /// A file that is not marked.
    struct LeftOut {
        let file: String
        let why: String
    }

    /// Sorted.
    private(set) var students: [String] = []
    private(set) var leftOut: [LeftOut] = []
    private let exercises: Set<String>
    /// The answers of each student, by exercise.
    private var paths: [String: [String: String]] = [:]

    private static let endings = ["yaml", "yml", "sh", "txt", "dock"]

    /// - Parameter exercises: the names of those that are marked.
    init(_ folder: String, exercises: [String]) {
        self.exercises = Set(exercises)
        for entry in DiskFile.entries(folder) where !entry.hasPrefix(".") {
            let path = "\(folder)/\(entry)"
            // A link could lead to what is no answer.
            if DiskFile.isLink(path) {
                leaveOut(entry, Self.isLink)
            } else if DiskFile.isFolder(path) {
                add(files: path, of: entry)
            } else if let stem = Self.stem(entry), let dot = stem.lastIndex(of: "."),
                dot > stem.startIndex
            {
                let exercise = String(stem[stem.index(after: dot)...])
                add(path, as: entry, of: String(stem[..<dot]), exercise)
            } else {
                leaveOut(entry, Self.isNone)
            }
        }
        students = paths.keys.sorted()
    }

    /// The answers in a student's own folder.
    private mutating func add(files folder: String, of student: String) {
        // Whoever has a folder takes part.
        if paths[student] == nil { paths[student] = [:] }
        for file in DiskFile.entries(folder) where !file.hasPrefix(".") {
            let path = "\(folder)/\(file)"
            let shown = "\(student)/\(file)"
            if DiskFile.isLink(path) {
                leaveOut(shown, Self.isLink)
            } else if let exercise = Self.stem(file), !DiskFile.isFolder(path) {
                add(path, as: shown, of: student, exercise)
            } else {
                leaveOut(shown, Self.isNone)
            }
        }
    }

    private mutating func add(
        _ path: String, as shown: String, of student: String, _ exercise: String
    ) {
        guard exercises.contains(exercise) else { return leaveOut(shown, Self.isNone) }
        // Of several the first by name is the answer.
        if let first = paths[student]?[exercise] {
            return leaveOut(shown, "\(first) is the answer already")
        }
        paths[student, default: [:]][exercise] = path
    }

    private mutating func leaveOut(_ file: String, _ why: String) {
        leftOut.append(LeftOut(file: file, why: why))
    }

    private static let isNone = "answers none of the exercises"
    private static let isLink = "is a link, which is not followed"

    /// The file of an answer; nil where none was handed in.
    func path(_ student: String, _ exercise: String) -> String? { paths[student]?[exercise] }

    private static func stem(_ file: String) -> String? {
        guard let dot = file.lastIndex(of: "."),
            endings.contains(String(file[file.index(after: dot)...]))
        else { return nil }
        return String(file[..<dot])
    }
}

extension ExerciseList {
    /// The name of the exercise in a file.
    static func name(_ path: String) -> String {
        let file = path.split(separator: "/").last.map(String.init) ?? path
        return file.hasSuffix(".dock") ? String(file.dropLast(5)) : file
    }
}
