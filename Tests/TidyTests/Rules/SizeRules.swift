extension TidyRule {
    static let fileLength = TidyRule.perFile(
        "a file has at most 400 lines",
        check: { file in
            guard file.lineCount > 400 else { return [] }
            return [Finding(path: file.path, line: 0, message: "has \(file.lineCount) lines")]
        },
        counterexamples: [
            (
                "Sources/A/A.swift", String(repeating: "// a line\n", count: 401),
                [(0, "has 401 lines")]
            )
        ])

    static let functionLength = TidyRule.perFile(
        "a function has at most 70 lines",
        check: { file in
            Declarations.functions(in: file).filter { $0.lineCount > 70 }.map {
                Finding(
                    path: file.path, line: $0.line, message: "\($0.name) has \($0.lineCount) lines")
            }
        },
        counterexamples: [
            (
                "Sources/A/A.swift",
                "protocol P {\n    func long(\n        x: Int\n    )\n}\n\n"
                    + "func short() { print(\"{\") }\n\n"
                    + "private func long(\n    x: Int\n) -> Int where A == B\n{\n"
                    + String(repeating: "    if x { y() }\n", count: 66) + "}\n",
                [(9, "long has 71 lines")]
            )
        ])

    static let placeholders = TidyRule.perFile(
        "a file says something",
        check: { file in
            let name = file.path.split(separator: "/").last ?? ""
            let isNamed = name.hasPrefix("Placeholder") || name.hasPrefix("Empty.")
            let isEmpty = !file.code.contains { line in
                let text = line.drop { $0 == " " }
                return !text.isEmpty && !text.hasPrefix("import ")
            }
            return isNamed || isEmpty
                ? [Finding(path: file.path, line: 0, message: "is a placeholder")] : []
        },
        counterexamples: [
            ("Sources/A/Placeholder.swift", "let a = 1\n", [(0, "is a placeholder")]),
            ("Sources/A/A.swift", "import B\n\n// Later.\n", [(0, "is a placeholder")]),
        ])
}
