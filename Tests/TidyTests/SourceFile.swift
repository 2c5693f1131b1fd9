/// A Swift source as the rules see it.
struct SourceFile {
    /// From the repository's root: `Sources/Cluster/Clock/Clock.swift`.
    let path: String
    let lines: [Substring]
    /// The same lines with blanks for comments and the text of literals, so that what a rule finds
    /// there is code.
    let code: [Substring]
    /// The words and braces of the code.
    let scanner: Scanner

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let blanked = CodeText(text).blanked
        code = blanked.split(separator: "\n", omittingEmptySubsequences: false)
        scanner = Scanner(blanked)
    }

    /// `Cluster` of `Sources/Cluster/…`, `ClusterTests` of `Tests/ClusterTests/…`.
    var target: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    var isTest: Bool { path.hasPrefix("Tests/") }

    /// Without the empty piece behind the last line feed.
    var lineCount: Int { lines.last?.isEmpty == true ? lines.count - 1 : lines.count }

    /// The modules that the file imports, each with its line, from 1.
    var imports: [(module: String, line: Int)] {
        code.enumerated().compactMap { index, line in
            var words = line.split(separator: " ")[...]
            while let first = words.first, first.hasPrefix("@") || Self.accessLevels.contains(first)
            {
                words = words.dropFirst()
            }
            guard words.popFirst() == "import" else { return nil }
            // `import struct Verbs.FileProblem`
            if words.count > 1 { words = words.dropFirst() }
            return words.first.map { (String($0.prefix { $0 != "." }), index + 1) }
        }
    }

    private static let accessLevels: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private",
    ]

    /// Whether a comment stands on the line (from 1) or in the lines right above it, past attributes.
    func hasComment(besides line: Int) -> Bool {
        if lines[line - 1].contains("//") { return true }
        return hasComment(above: line, mark: "//")
    }

    /// Whether a documentation comment stands above the line (from 1), past attributes.
    func isDocumented(_ line: Int) -> Bool { hasComment(above: line, mark: "///") }

    private func hasComment(above line: Int, mark: String) -> Bool {
        var index = line - 2
        while index >= 0 {
            let text = lines[index].drop { $0 == " " }
            if text.hasPrefix(mark) { return true }
            guard text.hasPrefix("@") || text.hasPrefix("#if") else { return false }
            index -= 1
        }
        return false
    }
}

/// Something that is not as it should be.
struct Finding: Equatable, CustomStringConvertible {
    let path: String
    /// From 1; 0 for the file as a whole.
    let line: Int
    let message: String

    var description: String { line == 0 ? "\(path): \(message)" : "\(path):\(line): \(message)" }
}
