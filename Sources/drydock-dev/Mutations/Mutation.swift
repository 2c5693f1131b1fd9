/// A rule broken on purpose, and the tests that must notice.
///
/// A table of them is text: paragraphs of five parts, apart by blank lines; `#` begins a comment line.
///
///     rule: scale down removes the not-ready pod first
///     file: Sources/Cluster/Controllers/ReplicaSet/ScaleDownOrder.swift
///     - if left.isReady != right.isReady { return !left.isReady }
///     + if left.isReady != right.isReady { return left.isReady }
///     test: ScaleDownOrderTests
///
/// One line after `-` is a piece of code, which may be a part of a line; several lines are whole
/// lines. Either must stand in the file exactly once.
struct Mutation {
    var rule = ""
    var file = ""
    var old: [String] = []
    var new: [String] = []
    /// What `swift test --filter` is given.
    var test = ""
    /// Where the paragraph begins, counted from 1.
    var line = 0

    /// A table that cannot be read, or that no longer fits the sources.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    /// The mutations of a table.
    static func table(_ text: String, path: String) throws(Problem) -> [Mutation] {
        var result: [Mutation] = []
        var current: Mutation?
        let lines: [Substring] =
            text.split(separator: "\n", omittingEmptySubsequences: false) + [""]
        for (index, line) in lines.enumerated() where !line.hasPrefix("#") {
            if line.allSatisfy(\.isWhitespace) {
                if let current { result.append(try current.checked(path)) }
                current = nil
                continue
            }
            var mutation = current ?? Mutation(line: index + 1)
            try mutation.take(line, "\(path):\(index + 1)")
            current = mutation
        }
        return result
    }

    private mutating func take(_ line: Substring, _ place: String) throws(Problem) {
        func rest(_ mark: String) -> String? {
            line.hasPrefix(mark) ? String(line.dropFirst(mark.count)) : nil
        }
        if let text = rest("rule: ") {
            rule = text
        } else if let text = rest("file: ") {
            file = text
        } else if let text = rest("test: ") {
            test = text
        } else if let text = rest("- ") ?? rest("-") {
            old.append(text)
        } else if let text = rest("+ ") ?? rest("+") {
            new.append(text)
        } else {
            throw Problem(
                description: "\(place): expected 'rule: ', 'file: ', '- ', '+ ' or 'test: ', "
                    + "found '\(line)'")
        }
    }

    private func checked(_ path: String) throws(Problem) -> Mutation {
        let missing = [
            ("rule: ", rule.isEmpty), ("file: ", file.isEmpty), ("- ", old.isEmpty),
            ("test: ", test.isEmpty),
        ].filter(\.1).map { "'\($0.0)'" }
        guard missing.isEmpty else {
            throw Problem(
                description: "\(path):\(line): the paragraph lacks "
                    + missing.joined(separator: " and "))
        }
        return self
    }

    /// The text of the file with the rule broken.
    ///
    /// Indentation is the file's: lines are compared and put in without the blanks before them.
    func applied(to text: String) throws(Problem) -> String {
        if old.count == 1, new.count <= 1 { return try replaced(old[0], new.first ?? "", in: text) }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let wanted = old.map(Self.trimmed)
        let places = lines.indices.filter { start in
            start + wanted.count <= lines.count
                && wanted.indices.allSatisfy { Self.trimmed(lines[start + $0]) == wanted[$0] }
        }
        guard places.count == 1, let place = places.first else { throw misfit(places.count) }
        let indent = String(lines[place].prefix { $0 == " " })
        lines.replaceSubrange(
            place..<place + wanted.count, with: new.map { indent + Self.trimmed($0) })
        return lines.joined(separator: "\n")
    }

    private func replaced(
        _ piece: String, _ other: String, in text: String
    ) throws(Problem) -> String {
        let parts = text.split(separator: piece, omittingEmptySubsequences: false)
        guard parts.count == 2 else { throw misfit(parts.count - 1) }
        return parts[0] + other + parts[1]
    }

    private func misfit(_ count: Int) -> Problem {
        Problem(
            description: "\(file): the code of rule '\(rule)' stands there \(count) times, "
                + "expected once: \(old.joined(separator: "\n"))")
    }

    private static func trimmed(_ line: String) -> String {
        var text = Substring(line)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
