import Testing

@testable import CEL

/// Rows of a table: an expression, `=>`, and what must come of it: an expression for the same value,
/// `error` with the words of the fault, or `refused` with the first issue of the checker.
struct CELRow: CustomStringConvertible, Sendable {
    let expression: String
    let expected: String

    var description: String { expression }

    /// The rows of a text, one in a line; lines that begin with `#` are headings.
    static func rows(_ text: String) -> [CELRow] {
        text.split(separator: "\n").compactMap { line in
            guard !line.hasPrefix("#"), let mark = line.ranges(of: " => ").last else { return nil }
            return CELRow(
                expression: String(line[..<mark.lowerBound]),
                expected: String(line[mark.upperBound...]))
        }
    }

    /// Holds the row to what Kubernetes offers.
    func check() {
        let environment = CELEnvironment(formats: [
            "dns1123Label": CELFormat(name: "DNS1123Label", patternSize: 30) {
                $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } ? [] : ["wrong"]
            }
        ])
        let program: CELProgram
        do {
            program = try CELProgram(expression, environment)
        } catch {
            let issue = error.issues[0]
            let text = "refused \(issue.line):\(issue.column + 1): \(issue.message)"
            #expect(text == expected)
            return
        }
        let value = program.evaluate().value
        if let fault = value.fault {
            #expect("error \(fault.message)" == expected)
            return
        }
        guard let wanted = try? CELProgram(expected, environment).evaluate().value else {
            Issue.record("\(expected) cannot be read; got \(value)")
            return
        }
        #expect(
            value.typeName == wanted.typeName && CELValue.equal(value, wanted),
            "got \(value.text)")
    }
}
