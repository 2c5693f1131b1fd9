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
        guard LearnWords.languages.contains(lang) else {
            throw ValidationError(
                "--lang is one of \(LearnWords.languages.joined(separator: ", "))")
        }
    }

    func run() throws {
        let list = try ExerciseList(exercises)
        let names = list.items.map { ExerciseList.name($0.path) }
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
            exercises: names, results: results, unknown: anonymous ? [] : folder.unknown)
        let output = OutputFile.standardOutput()
        output.write(book.table)
        output.flush()
        try output.checkWhole()
        for one in report { try write(book, try GradeFormat.read(one)) }
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
    /// Sorted.
    private(set) var students: [String] = []
    /// Files that answer no exercise.
    private(set) var unknown: [String] = []
    private var paths: [String: String] = [:]

    private static let endings = ["yaml", "yml", "sh", "txt", "dock"]

    /// - Parameter exercises: the names of those that are marked.
    init(_ folder: String, exercises: [String]) {
        for entry in DiskFile.entries(folder) where !entry.hasPrefix(".") {
            let path = "\(folder)/\(entry)"
            // A link could lead to what is no answer.
            if DiskFile.isLink(path) {
                unknown.append(entry)
                continue
            }
            if DiskFile.isFolder(path) {
                for file in DiskFile.entries(path) where !file.hasPrefix(".") {
                    let below = "\(path)/\(file)"
                    guard let name = Self.stem(file), exercises.contains(name),
                        !DiskFile.isLink(below), !DiskFile.isFolder(below)
                    else {
                        unknown.append("\(entry)/\(file)")
                        continue
                    }
                    add(entry, name, below)
                }
                // Whoever has a folder takes part.
                if !students.contains(entry) { students.append(entry) }
            } else if let stem = Self.stem(entry), let dot = stem.lastIndex(of: "."),
                exercises.contains(String(stem[stem.index(after: dot)...])), dot > stem.startIndex
            {
                add(String(stem[..<dot]), String(stem[stem.index(after: dot)...]), path)
            } else {
                unknown.append(entry)
            }
        }
        students.sort()
    }

    private mutating func add(_ student: String, _ exercise: String, _ path: String) {
        if !students.contains(student) { students.append(student) }
        // Of several the first by name is the answer.
        let key = "\(student)\u{0}\(exercise)"
        if paths[key] == nil { paths[key] = path } else { unknown.append(path) }
    }

    /// The file of an answer; nil where none was handed in.
    func path(_ student: String, _ exercise: String) -> String? {
        paths["\(student)\u{0}\(exercise)"]
    }

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
