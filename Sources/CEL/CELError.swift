/// One thing that is wrong with an expression, and where.
public struct CELIssue: Hashable, Sendable {
    /// From 1; -1 where the whole expression is meant.
    public let line: Int
    /// In code points, from 0; -1 where the whole expression is meant.
    public let column: Int
    /// What is wrong, in the words of cel-go.
    public let message: String

    static func whole(_ message: String) -> CELIssue {
        CELIssue(line: -1, column: -1, message: message)
    }
}

/// An expression that cannot be compiled: every issue in the order of the text.
public struct CELError: Error, Hashable, Sendable {
    /// What is wrong, at most a hundred things.
    public let issues: [CELIssue]
    /// The issues with the lines they stand in, as Kubernetes prints them (cel-go
    /// `Errors.ToDisplayString`):
    ///
    ///     ERROR: <input>:1:3: undeclared reference to 'b' (in container '')
    ///      | a+b
    ///      | ..^
    public let text: String

    static let mostIssues = 100

    init(_ found: [CELIssue], in source: CELSource) {
        let kept = found.prefix(Self.mostIssues).enumerated().sorted { left, right in
            (left.element.line, left.element.column, left.offset)
                < (right.element.line, right.element.column, right.offset)
        }
        issues = kept.map(\.element)
        var texts = issues.map { Self.text(of: $0, in: source) }
        if found.count > Self.mostIssues {
            texts.append("\(found.count - Self.mostIssues) more errors were truncated")
        }
        text = texts.joined(separator: "\n")
    }

    private static func text(of issue: CELIssue, in source: CELSource) -> String {
        var text = "ERROR: <input>:\(issue.line):\(issue.column + 1): \(issue.message)"
        guard let line = source.line(issue.line) else { return text }
        var shown = ""
        var marks = ""
        for (column, scalar) in line.enumerated() {
            shown.unicodeScalars.append(scalar == "\t" ? " " : scalar)
            let isWide = scalar.value >= 0x80
            if column < issue.column {
                marks += isWide ? "\u{FF0E}" : "."
            } else if column == issue.column {
                marks += isWide ? "\u{FF3E}" : "^"
            }
        }
        if issue.column >= line.count { marks += "^" }
        text += "\n | \(shown)\n | \(marks)"
        return text
    }
}

/// Why an evaluation gave no value. Errors are values: `&&`, `||`, `all` and `exists` pass over one
/// where the other side decides.
public enum CELFault: Error, Hashable, Sendable {
    /// No function of that name takes these values.
    case noSuchOverload
    /// A map has no such key, or an object no such field.
    case noSuchKey(String)
    /// What went wrong, in the words of cel-go.
    case failed(String)
    /// The evaluation cost more than it may.
    case costExceeded

    /// The fault in words.
    public var message: String {
        switch self {
        case .noSuchOverload: "no such overload"
        case .noSuchKey(let key): "no such key: \(key)"
        case .failed(let message): message
        case .costExceeded: "operation cancelled: actual cost limit exceeded"
        }
    }
}
