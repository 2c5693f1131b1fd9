import ArgumentParser
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
    let exercises: [String]
    /// By student, then in the order of the exercises.
    let results: [GradeResult]
    /// Files that answer nothing.
    let unknown: [String]

    private var students: [String] {
        var seen: Set<String> = []
        return results.map(\.student).filter { seen.insert($0).inserted }
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
        let width = max(7, students.map(\.count).max() ?? 0)
        func padded(_ text: String) -> String {
            text + String(repeating: " ", count: width - text.count)
        }
        func right(_ text: String) -> String {
            String(repeating: " ", count: max(0, 9 - text.count)) + text
        }
        var text = padded("student") + right("solved") + right("mark") + "\n"
        for student in students {
            let own = results.filter { $0.student == student }
            text +=
                padded(student) + right("\(own.count(where: \.isPassed))/\(own.count)")
                + right("\(Self.percent(of: own)) %") + "\n"
        }
        for file in unknown { text += "\(file): answers none of the exercises\n" }
        return text
    }

    // MARK: JSON

    private var json: Value {
        let rows = students.map { student -> Value in
            let own = results.filter { $0.student == student }
            return [
                "student": Value(student), "mark": Value(Self.percent(of: own)),
                "exercises": .array(own.map(Self.json)),
            ]
        }
        return [
            "exercises": .array(exercises.map { Value($0) }), "students": .array(rows),
            "unknownFiles": .array(unknown.map { Value($0) }),
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
        let isFormula = field.first.map { "=+-@\t".contains($0) } ?? false
        let plain = (isFormula ? "'" : "") + field
        guard plain.contains(where: { ",\"\n\r".contains($0) || $0 == "\r\n" }) else {
            return plain
        }
        return "\"" + plain.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }

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
                let words = goal.missing.map(Self.escaped).joined(separator: "<br>")
                return "<li class=\"\(goal.isHeld ? "held" : "missing")\">\(mark) "
                    + Self.escaped(goal.text) + (words.isEmpty ? "" : "<br><small>\(words)</small>")
                    + "</li>"
            }.joined()
            let notes = result.notes.map { "<p class=\"missing\">\(Self.escaped($0))</p>" }.joined()
            text +=
                "<tr><td>\(Self.escaped(result.student))</td><td>\(Self.escaped(result.exercise))</td>"
                + "<td class=\"mark\">\(Self.percent(result.score)) %</td>"
                + "<td>\(notes)<ul>\(goals)</ul></td></tr>\n"
        }
        return text + "</tbody></table></body></html>\n"
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            case "\"": "&quot;"
            default: String(character)
            }
        }.joined()
    }
}
