import Support

/// The part of TOML that a course needs: keys with texts or lists of texts, and tables of a list
/// (`[[chapter]]`). Everything else is an error with its line, not passed over.
struct CourseFile {
    /// Keys with their values, in order.
    struct Table {
        let name: String
        let line: Int
        var values: [(key: String, value: Value, line: Int)] = []
        var children: [Table] = []
        fileprivate(set) var kind = ""
    }

    enum Value {
        case text(String)
        case list([String])
    }

    private let name: String
    private var bytes: ArraySlice<Character>
    private var line = 1

    static func read(_ text: String, name: String) throws(CourseProblem) -> Table {
        var reader = CourseFile(name: name, bytes: Array(text)[...])
        return try reader.readAll()
    }

    private func problem(_ message: String) -> CourseProblem {
        CourseProblem("\(name):\(line): \(message)")
    }

    // MARK: Lines

    private mutating func readAll() throws(CourseProblem) -> Table {
        var root = Table(name: name, line: 1)
        while true {
            skipEmptyLines()
            guard let first = bytes.first else { return root }
            if first == "[" {
                var child = Table(name: name, line: line)
                child.kind = try readHead()
                root.children.append(child)
            } else {
                let start = line
                let key = try readKey()
                skipBlanks()
                guard take("=") else { throw problem("expected `=` behind `\(key)`") }
                skipBlanks()
                let value = try readValue()
                let place = root.children.count - 1
                let known = place < 0 ? root.values : root.children[place].values
                if known.contains(where: { $0.key == key }) {
                    throw problem("`\(key)` stands here twice")
                }
                if let other = known.first(where: { Self.disagree(key, $0.key) }) {
                    let dotted = key.contains(".") ? key : other.key
                    let better = dotted.split(separator: ".").joined(separator: "-")
                    throw problem(
                        "`\(dotted)` cannot stand beside `\(dotted.prefix { $0 != "." })`: "
                            + "write `\(better)`")
                }
                if place < 0 {
                    root.values.append((key, value, start))
                } else {
                    root.children[place].values.append((key, value, start))
                }
            }
            try endLine()
        }
    }

    /// Whether one of two keys is a value and the other one makes a table of it (TOML 1.0, "Keys").
    private static func disagree(_ one: String, _ other: String) -> Bool {
        one.hasPrefix("\(other).") || other.hasPrefix("\(one).")
    }

    private mutating func readHead() throws(CourseProblem) -> String {
        guard take("["), take("[") else { throw problem("expected `[[chapter]]`") }
        skipBlanks()
        let key = try readKey()
        skipBlanks()
        guard key == "chapter", take("]"), take("]") else {
            throw problem("expected `[[chapter]]`; a course has no other tables")
        }
        return key
    }

    private mutating func readKey() throws(CourseProblem) -> String {
        var key = ""
        while let next = bytes.first, next.isASCII,
            next.isLetter || next.isNumber || "._-".contains(next)
        {
            key.append(next)
            bytes.removeFirst()
        }
        let known = ["title", "languages", "folder", "exercises", "chapter"]
        let plain = key.split { $0 == "." || $0 == "-" }.first.map(String.init) ?? ""
        guard known.contains(plain) else {
            let nearest =
                nearestName(to: plain, among: known).map { "; did you mean `\($0)`?" } ?? ""
            throw problem("there is no key `\(key)`\(nearest)")
        }
        return key
    }

    // MARK: Values

    private mutating func readValue() throws(CourseProblem) -> Value {
        guard take("[") else { return .text(try readText()) }
        var items: [String] = []
        while true {
            skipEmptyLines()
            if take("]") { return .list(items) }
            items.append(try readText())
            skipEmptyLines()
            if take(",") { continue }
            skipEmptyLines()
            guard take("]") else { throw problem("expected `,` or `]` in the list") }
            return .list(items)
        }
    }

    private mutating func readText() throws(CourseProblem) -> String {
        guard take("\"") else { throw problem("expected a text in double quotes") }
        var text = ""
        while let next = bytes.first, next != "\n" {
            bytes.removeFirst()
            switch next {
            case "\"": return text
            case "\\":
                guard let escaped = bytes.first, "\"\\".contains(escaped) else {
                    throw problem("only \\\" and \\\\ are known in a text")
                }
                text.append(escaped)
                bytes.removeFirst()
            default: text.append(next)
            }
        }
        throw problem("the text has no closing `\"`")
    }

    // MARK: Blanks

    private mutating func take(_ character: Character) -> Bool {
        guard bytes.first == character else { return false }
        bytes.removeFirst()
        return true
    }

    private mutating func skipBlanks() {
        while let next = bytes.first, next == " " || next == "\t" { bytes.removeFirst() }
        guard bytes.first == "#" else { return }
        while let next = bytes.first, !next.isNewline { bytes.removeFirst() }
    }

    private mutating func skipEmptyLines() {
        skipBlanks()
        while let next = bytes.first, next.isNewline {
            bytes.removeFirst()
            line += 1
            skipBlanks()
        }
    }

    private mutating func endLine() throws(CourseProblem) {
        skipBlanks()
        guard let next = bytes.first else { return }
        guard next.isNewline else { throw problem("expected the end of the line") }
    }
}

extension CourseFile.Table {
    func problem(_ message: String) -> CourseProblem {
        CourseProblem("\(name):\(line): \(message)")
    }

    private func value(_ key: String) -> (value: CourseFile.Value, line: Int)? {
        values.first { $0.key == key }.map { ($0.value, $0.line) }
    }

    func string(_ key: String) throws(CourseProblem) -> String? {
        guard let found = value(key) else { return nil }
        guard case .text(let text) = found.value else {
            throw CourseProblem("\(name):\(found.line): `\(key)` is a text")
        }
        return text
    }

    func list(_ key: String) throws(CourseProblem) -> [String]? {
        guard let found = value(key) else { return nil }
        guard case .list(let items) = found.value else {
            throw CourseProblem("\(name):\(found.line): `\(key)` is a list: [\"a\", \"b\"]")
        }
        return items
    }

    /// `title` and `title-zh`, or `title.en` and `title.zh`: one for each language of the course.
    func text(_ key: String, _ languages: [String]) throws(CourseProblem) -> Course.Text {
        var entries: [(language: String, text: String)] = []
        for language in languages {
            let own = language == LocalText.standard ? key : "\(key)-\(language)"
            let (plain, dotted) = (try string(own), try string("\(key).\(language)"))
            guard let text = plain ?? dotted else {
                throw problem("there is no `\(own) = \"…\"`")
            }
            entries.append((language, text))
        }
        return Course.Text(entries: entries)
    }

    func tables(_ kind: String) -> [CourseFile.Table] { children.filter { $0.kind == kind } }
}
