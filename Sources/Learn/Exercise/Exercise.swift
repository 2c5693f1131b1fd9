import Language
import Session
import Support
import Syntax
import Value
import struct Verbs.FileProblem

/// An exercise: what one file says.
package struct Exercise {
    /// What it is called in `needs`.
    package let name: String
    /// For messages.
    package let path: String
    /// Where its files are.
    package let folder: String
    package let title: LocalText
    package let story: LocalText
    package let task: LocalText
    package let debrief: LocalText
    /// 1 to 5.
    package let level: Int
    package let minutes: Int
    package let topics: [String]
    package let needs: [String]
    package let goals: [Goal]
    package let standings: [Standing]
    package let rules: [Rule]
    package let afters: [After]
    package let hints: [Hint]
    package let pitfalls: [Pitfall]
    package let solutions: [Sample]
    package let wrongs: [Sample]

    let program: Program
    let source: Source
    let setup: Int?
    private let choices: [(name: String, values: [Value])]

    /// The largest file that is read, in bytes.
    static let maximumSize = 1 << 20

    /// Reads an exercise from the disk.
    package static func read(_ path: String) throws(ExerciseProblem) -> Exercise {
        let text: String
        do throws(FileProblem) {
            text = try DiskFile.text(path, atMost: maximumSize)
        } catch {
            throw ExerciseProblem(message: "\(path): \(error.message)")
        }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        return try Exercise(text: text, path: path, folder: folder)
    }

    /// An exercise from its text.
    ///
    /// - Parameters:
    ///   - path: for messages.
    ///   - folder: where its statements look for files.
    package init(text: String, path: String, folder: String) throws(ExerciseProblem) {
        let source = Source(name: path, text: text)
        let parsed = Parser.parse(source)
        if parsed.hasErrors { throw ExerciseProblem(diagnostics: parsed.diagnostics) }
        let facts = ClusterFacts(files: ScriptFiles(folder: folder, name: path))
        let program = Program(checking: parsed.script, facts: facts)
        if program.hasErrors {
            throw ExerciseProblem(diagnostics: parsed.diagnostics + program.diagnostics)
        }
        guard let statement = program.exercise else {
            throw ExerciseProblem(message: "\(path): the file holds no exercise")
        }
        self.init(statement, program: program, source: source, path: path, folder: folder)
    }

    private init(
        _ statement: ExerciseStatement, program: Program, source: Source, path: String,
        folder: String
    ) {
        self.program = program
        self.source = source
        self.path = path
        self.folder = folder
        name = statement.name.literalText ?? ""
        let reader = PartReader(statement)
        title = reader.text(.title)
        story = reader.text(.story)
        task = reader.text(.task)
        debrief = reader.text(.debrief)
        level = reader.number(.level)
        minutes = reader.number(.time)
        topics = reader.topics
        needs = reader.needs
        goals = reader.goals
        standings = reader.standings
        rules = reader.rules
        afters = reader.afters
        hints = reader.hints
        pitfalls = reader.pitfalls
        solutions = reader.solutions
        wrongs = reader.wrongs
        setup = reader.setup
        choices = reader.choices
    }

    /// Where a sample stands.
    package func place(of sample: Sample) -> Place {
        Place(source: source, span: sample.block.span)
    }

    // MARK: Variants

    /// What is drawn for a seed: the first entries for the first practice, whose seed is 1.
    package func variant(_ seed: UInt64) -> Variant {
        Variant(
            seed: seed,
            values: choices.map { choice in
                guard seed != SessionOptions.standardSeed else {
                    return (choice.name, choice.values[0])
                }
                var stream = RandomStream(seed: seed, labels: ["vary", name, choice.name])
                let place = Int(stream.next() % UInt64(choice.values.count))
                return (choice.name, choice.values[place])
            })
    }

    /// The statements of a sample as a learner would type them.
    package func code(of sample: Sample, _ variant: Variant) -> String {
        let text = source.text(in: sample.block.span).dropFirst().dropLast()
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while let first = lines.first, first.allSatisfy(\.isWhitespace) { lines.removeFirst() }
        while let last = lines.last, last.allSatisfy(\.isWhitespace) { lines.removeLast() }
        let margin =
            lines.filter { !$0.allSatisfy(\.isWhitespace) }
            .map { $0.prefix { $0 == " " }.count }.min() ?? 0
        let code = lines.map { line in
            let rest = line.dropFirst(min(margin, line.prefix { $0 == " " }.count))
            return lines.count == 1
                ? String(rest).trimmingEnd : String(rest)
        }.joined(separator: "\n")
        return ExerciseTemplate([.text(code)]).text(variant.values)
    }
}

extension String {
    fileprivate var trimmingEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}

/// Why there is no exercise.
package struct ExerciseProblem: Error {
    /// What is wrong with the text; empty where it cannot be read.
    package var diagnostics: [Diagnostic] = []
    package var message: String?

    init(diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
    init(message: String) { self.message = message }

    /// One line.
    package var line: String {
        if let message { return message }
        let first = diagnostics.first { $0.severity == .error } ?? diagnostics.first
        guard let first else { return "the exercise cannot be read" }
        return "\(first.source.name):\(first.location.line): \(first.message)"
    }
}
