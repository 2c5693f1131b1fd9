import ArgumentParser
import Reports
import Support
import Value

/// In what marks can be written.
enum GradeFormat: String, CaseIterable {
    case json, csv, html

    /// `csv=FILE`.
    static func read(_ text: String) throws -> (format: GradeFormat, path: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let format = GradeFormat(rawValue: parts[0]) else {
            throw ValidationError(
                "--report is json=FILE, csv=FILE or html=FILE, found `\(text)`")
        }
        return (format, parts[1])
    }
}

/// The marks of a class.
struct GradeBook {
    private let exercises: [String]
    private let results: [GradeResult]
    /// The results of each student.
    private let students: [(name: String, results: [GradeResult])]
    private let leftOut: [AnswerFolder.LeftOut]

    /// - Parameters:
    ///   - results: by student, then in the order of the exercises.
    ///   - leftOut: files that were not marked.
    init(exercises: [String], results: [GradeResult], leftOut: [AnswerFolder.LeftOut]) {
        self.exercises = exercises
        self.results = results
        self.leftOut = leftOut
        var places: [String: Int] = [:]
        var students: [(name: String, results: [GradeResult])] = []
        for result in results {
            if let place = places[result.student] {
                students[place].results.append(result)
            } else {
                places[result.student] = students.count
                students.append((result.student, [result]))
            }
        }
        self.students = students
    }

    func text(_ format: GradeFormat) -> String {
        switch format {
        case .json: JSON.text(json, style: JSONStyle(indent: 2)) + "\n"
        case .csv: csv
        case .html: html
        }
    }

    /// Hundredths of a mark, rounded.
    private static func percent(_ score: Double) -> Int { Int((score * 100).rounded()) }

    private static func percent(of results: [GradeResult]) -> Int {
        guard !results.isEmpty else { return 0 }
        return percent(results.map(\.score).reduce(0, +) / Double(results.count))
    }

    // MARK: The terminal

    /// Students with their marks in all.
    var table: String {
        // Names come from whoever handed in: a terminal would obey what is in them.
        let names = students.map(\.name.onOneLine)
        let width = max(7, names.map { TextWidth.columns($0) }.max() ?? 0)
        func right(_ text: String) -> String {
            String(repeating: " ", count: max(0, 9 - text.count)) + text
        }
        var text = TextWidth.padded("student", to: width) + right("solved") + right("mark") + "\n"
        for (name, student) in zip(names, students) {
            let own = student.results
            text +=
                TextWidth.padded(name, to: width)
                + right("\(own.count(where: \.isPassed))/\(own.count)")
                + right("\(Self.percent(of: own)) %") + "\n"
        }
        for one in leftOut { text += "\(one.file.onOneLine): \(one.why)\n" }
        return text
    }

    // MARK: JSON

    private var json: Value {
        let rows = students.map { student -> Value in
            [
                "student": Value(student.name), "mark": Value(Self.percent(of: student.results)),
                "exercises": .array(student.results.map(Self.json)),
            ]
        }
        return [
            "exercises": .array(exercises.map { Value($0) }), "students": .array(rows),
            "unknownFiles": .array(leftOut.map { Value($0.file) }),
        ]
    }

    private static func json(_ result: GradeResult) -> Value {
        [
            "exercise": Value(result.exercise), "passed": .bool(result.isPassed),
            "mark": Value(percent(result.score)),
            "goals": .array(
                result.goals.map {
                    [
                        "goal": Value($0.text), "held": .bool($0.isHeld),
                        "missing": .array($0.missing.map { Value($0) }),
                    ]
                }),
            "notes": .array(result.notes.map { Value($0) }),
        ]
    }

    // MARK: CSV

    /// A line for each answer, quoted as RFC 4180 says; what a spreadsheet would take for a formula is not
    /// one.
    private var csv: String {
        var text = "student,exercise,passed,mark,goals held,goals,missing\r\n"
        for result in results {
            let held = result.goals.count(where: \.isHeld)
            let fields = [
                result.student, result.exercise, result.isPassed ? "yes" : "no",
                "\(Self.percent(result.score))", "\(held)", "\(result.goals.count)",
                Self.missing(result).joined(separator: "; "),
            ]
            text += fields.map(Self.quoted).joined(separator: ",") + "\r\n"
        }
        return text
    }

    private static func missing(_ result: GradeResult) -> [String] {
        result.notes
            + result.goals.filter { !$0.isHeld }.map { goal in
                goal.missing.isEmpty
                    ? goal.text : "\(goal.text) (\(goal.missing.joined(separator: "; ")))"
            }
    }

    private static func quoted(_ field: String) -> String {
        // Scalars, not characters: a mark that sits on a sign does not hide it from a spreadsheet.
        let isFormula = field.unicodeScalars.first.map { formulaSigns.contains($0) } ?? false
        let plain = (isFormula ? "'" : "") + field
        guard plain.unicodeScalars.contains(where: { quotedSigns.contains($0) }) else {
            return plain
        }
        var scalars = String.UnicodeScalarView()
        for scalar in plain.unicodeScalars {
            if scalar == "\"" { scalars.append(scalar) }
            scalars.append(scalar)
        }
        return "\"" + String(scalars) + "\""
    }

    /// What a formula begins with, and what is taken off before one; the wide forms are those of East Asia.
    private static let formulaSigns = Set("=+-@\t\r\n＝＋－＠".unicodeScalars)
    private static let quotedSigns = Set(",\"\n\r".unicodeScalars)

    // MARK: HTML

    private var html: String {
        var text = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Marks</title>
            <style>
            body { font: 15px/1.4 sans-serif; margin: 2em; }
            table { border-collapse: collapse; }
            th, td { border: 1px solid #ccc; padding: .3em .6em; text-align: left; vertical-align: top; }
            td.mark { text-align: right; }
            .held { color: #060; } .missing { color: #900; }
            ul { margin: 0; padding-left: 1.2em; }
            </style></head><body>
            <h1>Marks</h1>
            <table><thead><tr><th>Student</th><th>Exercise</th><th>Mark</th><th>Goals</th></tr></thead><tbody>

            """
        for result in results {
            let goals = result.goals.map { goal in
                let mark = goal.isHeld ? "✓" : "✗"
                let words = goal.missing.map(HTMLReport.escaped).joined(separator: "<br>")
                return "<li class=\"\(goal.isHeld ? "held" : "missing")\">\(mark) "
                    + HTMLReport.escaped(goal.text)
                    + (words.isEmpty ? "" : "<br><small>\(words)</small>")
                    + "</li>"
            }.joined()
            let notes = result.notes.map {
                "<p class=\"missing\">\(HTMLReport.escaped($0))</p>"
            }.joined()
            text +=
                "<tr><td>\(HTMLReport.escaped(result.student))</td>"
                + "<td>\(HTMLReport.escaped(result.exercise))</td>"
                + "<td class=\"mark\">\(Self.percent(result.score)) %</td>"
                + "<td>\(notes)<ul>\(goals)</ul></td></tr>\n"
        }
        return text + "</tbody></table></body></html>\n"
    }
}
