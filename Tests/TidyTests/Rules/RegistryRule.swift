extension TidyRule {
    /// A registry declares in its own file what belongs into it:
    ///
    ///     // tidy: lists static let (\w+) = Verb\( of Sources/Verbs
    ///
    /// Each file below the folder (or the one file) is searched line by line for the regular expression;
    /// what its group takes must be named in the registry's file. With `, or another row does` behind
    /// the folder, a row that another one names is listed too: a verb's subverb.
    static let registries = TidyRule(
        name: "what belongs into a registry is listed there",
        check: { tree in
            tree.files.filter { !$0.isTest }.flatMap { registry in
                registry.lines.enumerated().flatMap { index, line in
                    guard let mark = RegistryMark(line) else { return [Finding]() }
                    return mark.findings(in: tree, registry: registry, line: index + 1)
                }
            }
        },
        counterexamples: [
            (
                {
                    SourceTree([
                        (
                            "Sources/A/Registry.swift",
                            """
                            // tidy: lists static let (\\w+) = Row of Sources/A/Rows
                            // tidy: lists class (\\w+): Old of Sources/A
                            // tidy: lists of Sources/A
                            // tidy: lists static let (\\w+) = Sub of Sources/A, or another row does
                            let all: [Row] = [.first]
                            """
                        ),
                        ("Sources/A/Rows/First.swift", "static let first = Row()\n"),
                        ("Sources/A/Rows/Second.swift", "\n    static let second = Row()\n"),
                        ("Sources/A/Elsewhere.swift", "static let third = Row()\n"),
                        ("Sources/A/Subs.swift", "static let x = Sub()\nstatic let y = Sub(.x)\n"),
                    ])
                },
                [
                    Finding(
                        path: "Sources/A/Rows/Second.swift", line: 2,
                        message: "second is not listed in Sources/A/Registry.swift"),
                    Finding(
                        path: "Sources/A/Registry.swift", line: 2,
                        message: "nothing in Sources/A matches class (\\w+): Old"),
                    Finding(
                        path: "Sources/A/Registry.swift", line: 3,
                        message: "not of the form: tidy: lists REGEX of FOLDER"),
                    Finding(
                        path: "Sources/A/Subs.swift", line: 2,
                        message: "y is not listed in Sources/A/Registry.swift"),
                ]
            )
        ])
}

/// What a registry says it lists.
private struct RegistryMark {
    let pattern: String
    let folder: String
    /// Whether it is enough that another row names one.
    let isNested: Bool

    /// Nil for lines that are no mark.
    init?(_ line: Substring) {
        guard let mark = line.firstRange(of: "// tidy: lists ") else { return nil }
        let text = line[mark.upperBound...]
        let cut = text.ranges(of: " of ").last
        pattern = cut.map { String(text[..<$0.lowerBound]) } ?? ""
        let place = cut.map { text[$0.upperBound...] } ?? ""
        let nested = ", or another row does"
        isNested = place.hasSuffix(nested)
        folder = String(isNested ? place.dropLast(nested.count) : place)
    }

    func findings(in tree: SourceTree, registry: SourceFile, line: Int) -> [Finding] {
        guard !pattern.isEmpty, !folder.isEmpty,
            let regex = try? Regex(pattern, as: (Substring, Substring).self)
        else {
            return [
                Finding(
                    path: registry.path, line: line,
                    message: "not of the form: tidy: lists REGEX of FOLDER")
            ]
        }
        let files = tree.files.filter {
            $0.path.hasPrefix(folder) && $0.path != registry.path
        }
        var listed = Set(registry.scanner.words.map(\.text))
        if isNested {
            // A word that stands twice is declared once and named once.
            var seen: Set<String> = []
            for word in files.flatMap(\.scanner.words) where !seen.insert(word.text).inserted {
                listed.insert(word.text)
            }
        }
        var isEmpty = true
        var findings: [Finding] = []
        for file in files {
            for (index, text) in file.code.enumerated() {
                guard let match = text.firstMatch(of: regex) else { continue }
                isEmpty = false
                if listed.contains(String(match.output.1)) { continue }
                findings.append(
                    Finding(
                        path: file.path, line: index + 1,
                        message: "\(match.output.1) is not listed in \(registry.path)"))
            }
        }
        if isEmpty {
            findings.append(
                Finding(
                    path: registry.path, line: line,
                    message: "nothing in \(folder) matches \(pattern)"))
        }
        return findings
    }
}
