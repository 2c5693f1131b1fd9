/// Finds declarations in blanked code, well enough for counting.
enum Declarations {
    struct Function: Equatable {
        let name: String
        /// Where it begins, from 1.
        let line: Int
        /// From the first line of its signature to its closing brace.
        let lineCount: Int
    }

    /// An enumeration with the names of its cases.
    struct Enumeration {
        let name: String
        var cases: Set<String>
    }

    /// A switch with what its cases name.
    struct Switch {
        /// Where its `default:` stands, from 1; nil without one.
        let defaultLine: Int?
        /// The names of `case .name`, without those inside tuples and payloads.
        let names: Set<String>
    }

    // MARK: Functions

    /// Every function, initializer and subscript with a body.
    static func functions(in file: SourceFile) -> [Function] {
        let scanner = file.scanner
        var result: [Function] = []
        for (index, word) in scanner.words.enumerated() {
            guard ["func", "init", "subscript"].contains(word.text), scanner.isDeclaration(word),
                let open = scanner.bodyStart(after: word.end),
                let close = scanner.close(of: open)
            else { continue }
            let name =
                word.text == "func" && index + 1 < scanner.words.count
                ? scanner.words[index + 1].text : word.text
            let line = scanner.line(at: word.start)
            result.append(
                Function(name: name, line: line, lineCount: scanner.line(at: close) - line + 1))
        }
        return result
    }

    // MARK: Enumerations

    /// Every enumeration of the file that has cases.
    static func enumerations(in file: SourceFile) -> [Enumeration] {
        let scanner = file.scanner
        var result: [Enumeration] = []
        for (index, word) in scanner.words.enumerated()
        where word.text == "enum" && index + 1 < scanner.words.count {
            guard let open = scanner.bodyStart(after: word.end), let close = scanner.close(of: open)
            else { continue }
            var cases: Set<String> = []
            let depth = scanner.depth(at: open) + 1
            for inner in scanner.words(from: open, to: close)
            where inner.text == "case" && scanner.depth(at: inner.start) == depth {
                cases.formUnion(scanner.caseNames(after: inner.end))
            }
            if !cases.isEmpty {
                result.append(Enumeration(name: scanner.words[index + 1].text, cases: cases))
            }
        }
        return result
    }

    // MARK: Switches

    /// Every `switch` of the file.
    static func switches(in file: SourceFile) -> [Switch] {
        let scanner = file.scanner
        var result: [Switch] = []
        for word in scanner.words where word.text == "switch" {
            guard let open = scanner.bodyStart(after: word.end), let close = scanner.close(of: open)
            else { continue }
            let depth = scanner.depth(at: open) + 1
            var names: Set<String> = []
            var defaultLine: Int?
            for inner in scanner.words(from: open, to: close)
            where scanner.depth(at: inner.start) == depth {
                if inner.text == "case", !scanner.isCondition(inner) {
                    names.formUnion(scanner.patternNames(after: inner.end))
                }
                if inner.text == "default", scanner.byte(after: inner.end) == UInt8(ascii: ":") {
                    defaultLine = scanner.line(at: inner.start)
                }
            }
            result.append(Switch(defaultLine: defaultLine, names: names))
        }
        return result
    }
}
