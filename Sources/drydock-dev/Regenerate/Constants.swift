import Foundation

/// The constants of ``Key``, from the list in KnownKeys.swift.
enum KeyConstants {
    static let list = "Sources/Support/KnownKeys.swift"

    static func files() throws -> [GeneratedFile] {
        let names = try SourceList.entries(in: list, after: "static let names", quoted: true)
        for (name, next) in zip(names, names.dropFirst()) where name >= next {
            throw RegenerateProblem("\(list): \"\(next)\" must stand before \"\(name)\"")
        }
        let all = names.enumerated().map { (id: $0.offset, name: $0.element) }
        return [("AtoL", "a"..."l"), ("MtoZ", "m"..."z")].map { (part: String, letters) in
            let constants = all.filter { letters.contains($0.name.prefix(1).lowercased()) }
            return GeneratedFile(
                path: "Sources/Support/KnownKeys+\(part).swift", note: " from KnownKeys.names.",
                body: Constants.extension(of: "Key", constants))
        }
    }
}

/// The constants of ``Kind``, from the rows of ``KindDescriptor``.
enum KindConstants {
    static let list = "Sources/Model/Kinds/KindDescriptor+BuiltIn.swift"

    static func files() throws -> [GeneratedFile] {
        let names = try SourceList.entries(in: list, after: "static let rows", quoted: false)
        let constants = names.enumerated().map { (id: $0.offset, name: $0.element) }
        return [
            GeneratedFile(
                path: "Sources/Model/Kinds/Kind+Constants.swift",
                note: " from KindDescriptor.rows.",
                body: Constants.extension(of: "Kind", constants))
        ]
    }
}

/// Reads the elements of a list literal in a source file.
enum SourceList {
    /// The elements of the list that follows `declaration`, texts without their quotes. Comments
    /// between them do not count.
    static func entries(
        in path: String, after declaration: String, quoted: Bool
    ) throws -> [String] {
        let source = try String(contentsOfFile: path, encoding: .utf8)
        guard let start = source.firstRange(of: declaration),
            let open = source[start.upperBound...].firstRange(of: "= [\n"),
            let close = source[open.upperBound...].firstRange(of: "\n    ]")
        else { throw RegenerateProblem("\(path): there is no list after `\(declaration)`") }
        let lines = source[open.upperBound..<close.lowerBound].split(separator: "\n").map { line in
            line.firstRange(of: "//").map { line[..<$0.lowerBound] } ?? line
        }
        let words = lines.flatMap { $0.split(whereSeparator: { $0 == "," || $0 == " " }) }
        return words.map { String(quoted ? $0.dropFirst().dropLast() : $0) }
    }
}

/// Writes extensions of constants by number.
enum Constants {
    static func `extension`(of type: String, _ constants: [(id: Int, name: String)]) -> String {
        let lines = constants.map { constant in
            let head = "    @inlinable public static var \(escaped(constant.name)): \(type) {"
            let value = "\(type)(id: \(constant.id))"
            let line = "\(head) \(value) }"
            return line.utf8.count <= 100 ? line : "\(head)\n        \(value)\n    }"
        }
        return "extension \(type) {\n\(lines.joined(separator: "\n"))\n}\n"
    }

    private static func escaped(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }

    /// Swift's reserved words, as far as fields may bear them.
    private static let keywords: Set<String> = [
        "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else",
        "enum", "extension", "false", "for", "func", "guard", "if", "import", "in", "init", "inout",
        "internal", "is", "let", "nil", "operator", "private", "protocol", "public", "repeat",
        "return", "self", "static", "struct", "subscript", "switch", "throw", "throws", "true",
        "try", "var", "where", "while",
    ]
}
