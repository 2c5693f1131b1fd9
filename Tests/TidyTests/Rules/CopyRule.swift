extension TidyRule {
    /// A world can be copied (`SimulatedCluster.copy()`). What is forgotten there would be another world's, or
    /// anew: so each class of the target Cluster that has variables says how it is copied, by
    /// `take(_ other:)`, `init(copying other:)` or `copy()`, and names there each of them as `other.NAME` or
    /// `copy.NAME`. What another world has of its own is listed inside of the class:
    ///
    ///     // tidy: not copied: cluster, view
    ///
    /// A class that no copy meets says so above itself:
    ///
    ///     // tidy: no copy: lives as long as a request
    static let copies = TidyRule(
        name: "what a world is made of is copied whole",
        check: { tree in
            tree.files.filter { $0.path.hasPrefix("Sources/Cluster/") }.flatMap(
                CopiedClass.findings)
        },
        counterexamples: [
            (
                {
                    SourceTree([
                        (
                            "Sources/Cluster/Parts.swift",
                            """
                            final class Whole: Component {
                                // tidy: not copied: cluster
                                unowned var cluster: World
                                private var count = 0
                                private lazy var words = count
                                static var all = 1
                                var isEmpty: Bool { count == 0 }
                                var names = [1] {
                                    didSet { count = 2 }
                                }

                                override func take(_ other: Component) {
                                    count = other.count
                                    names = other.names
                                }
                            }
                            final class Halved {
                                private(set) var one = 1
                                var two: Int

                                func copy() -> Halved {
                                    let copy = Halved()
                                    copy.one = one
                                    return copy
                                }
                            }
                            """
                        ),
                        (
                            "Sources/Cluster/Others.swift",
                            """
                            // tidy: no copy: lives as long as a request
                            final class Request {
                                var isOver = false
                            }
                            final class Forgotten: Component {
                                let fixed = 1
                                var some: [Int] = []
                            }
                            struct Plain {
                                var some = 1
                            }
                            """
                        ),
                        ("Sources/Other/Free.swift", "final class Free {\n    var some = 1\n}\n"),
                    ])
                },
                [
                    Finding(
                        path: "Sources/Cluster/Parts.swift", line: 19,
                        message: "a copy of Halved does not take over `two`"),
                    Finding(
                        path: "Sources/Cluster/Others.swift", line: 5,
                        message: "Forgotten has variables and says nothing of copies"),
                ]
            )
        ])
}

/// A class that has variables.
private struct CopiedClass {
    let name: String
    let line: Int
    /// Its stored variables, each with its line.
    let variables: [(name: String, line: Int)]

    static func findings(in file: SourceFile) -> [Finding] {
        let code = file.code.joined(separator: "\n")
        let isCopied = ["func take(_ other", "copying other", "func copy("].contains {
            code.contains($0)
        }
        let own = Set(
            file.lines.flatMap { line in
                line.firstRange(of: "// tidy: not copied: ").map {
                    line[$0.upperBound...].split(whereSeparator: { $0 == "," || $0 == " " })
                } ?? []
            })
        return classes(in: file).flatMap { type -> [Finding] in
            if type.isExempt(in: file) { return [] }
            guard isCopied else {
                return [
                    Finding(
                        path: file.path, line: type.line,
                        message: "\(type.name) has variables and says nothing of copies")
                ]
            }
            return type.variables.filter { variable in
                !own.contains(variable.name[...])
                    && file.scanner.lines(of: "other.\(variable.name)").isEmpty
                    && file.scanner.lines(of: "copy.\(variable.name)").isEmpty
            }.map {
                Finding(
                    path: file.path, line: $0.line,
                    message: "a copy of \(type.name) does not take over `\($0.name)`")
            }
        }
    }

    /// Whether a line right above the class says that no copy meets it.
    private func isExempt(in file: SourceFile) -> Bool {
        var place = line - 2
        while place >= 0, file.lines[place].drop(while: { $0 == " " }).hasPrefix("//") {
            if file.lines[place].contains("// tidy: no copy: ") { return true }
            place -= 1
        }
        return false
    }

    private static func classes(in file: SourceFile) -> [CopiedClass] {
        let scanner = file.scanner
        var found: [CopiedClass] = []
        for (place, word) in scanner.words.enumerated()
        where word.text == "class" && place + 1 < scanner.words.count {
            guard scanner.isDeclaration(word), let open = scanner.bodyStart(after: word.end),
                let close = scanner.close(of: open)
            else { continue }
            let depth = scanner.depth(at: open) + 1
            let variables = scanner.words(from: open, to: close).filter {
                $0.text == "var" && scanner.depth(at: $0.start) == depth
            }.compactMap { stored(scanner.line(at: $0.start), in: file) }
            guard !variables.isEmpty else { continue }
            found.append(
                CopiedClass(
                    name: scanner.words[place + 1].text, line: scanner.line(at: word.start),
                    variables: variables))
        }
        return found
    }

    /// The stored variable that is declared on a line (from 1).
    private static func stored(_ line: Int, in file: SourceFile) -> (name: String, line: Int)? {
        let code = file.code[line - 1]
        guard let keyword = code.firstRange(of: "var ") else { return nil }
        let modifiers = code[..<keyword.lowerBound].split(separator: " ")
        if modifiers.contains("static") || modifiers.contains("lazy") { return nil }
        let rest = code[keyword.upperBound...]
        let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        if let brace = rest.firstIndex(of: "{"), !rest[..<brace].contains("=") { return nil }
        return (String(name), line)
    }
}
