import Patterns
import Support

/// A general difference between what servers of 1.20 and of 1.32 print, as a rewriting of text.
///
/// The recordings were made with a 1.20 server, Drydock prints what 1.32 prints. A rule stands for
/// one change of Kubernetes between the two; it knows messages and tables, never a certain case. It
/// is tried only where the texts as they are do not match, and the report says which matches needed
/// which rules.
package struct TextRule: Sendable {
    /// Which of the two texts a rule rewrites.
    package enum Side: String, Sendable {
        /// The recorded text is brought to what 1.32 prints.
        case recorded
        /// Our text is brought to what 1.20 printed. For changes that add something which a
        /// recording cannot know, such as the number a scaling started from: the rule checks that
        /// the addition is consistent with the rest of the line, and leaves the line alone if it is
        /// not.
        case ours
    }

    /// What a rule may look at beside the text.
    package struct Context: Sendable {
        /// The command line.
        package var command: String
        /// The files of the working directory.
        package var files: [TranscriptFile]

        package init(command: String = "", files: [TranscriptFile] = []) {
            self.command = command
            self.files = files
        }
    }

    /// A short name for reports.
    package let name: String
    package let side: Side
    /// The change of Kubernetes that the rule stands for.
    package let change: String
    /// Text without which the rule never applies; spares most outputs the closer look.
    private let marker: [UInt8]
    private let rewrite: @Sendable ([ExpectedLine], Context) -> [ExpectedLine]

    init(
        _ name: String, _ side: Side, marker: String, change: String,
        rewrite: @escaping @Sendable ([ExpectedLine], Context) -> [ExpectedLine]
    ) {
        self.name = name
        self.side = side
        self.change = change
        self.marker = Array(marker.utf8)
        self.rewrite = rewrite
    }

    /// The text after the rule; the same text where the rule does not apply.
    package func apply(to lines: [ExpectedLine], _ context: Context) -> [ExpectedLine] {
        lines.contains { $0.text.holds(marker) } ? rewrite(lines, context) : lines
    }
}

// MARK: Forms of rules

extension TextRule {
    /// A rule on single lines: `line` answers the new line, or nil to leave it.
    static func lines(
        _ name: String, _ side: Side, marker: String, change: String,
        _ line: @escaping @Sendable (String, Context) -> String?
    ) -> TextRule {
        TextRule(name, side, marker: marker, change: change) { lines, context in
            lines.map { ExpectedLine(line($0.text, context) ?? $0.text, isOptional: $0.isOptional) }
        }
    }

    /// A message: every match of an extended regular expression is replaced; `\1` stands for a
    /// group.
    static func message(
        _ name: String, _ side: Side, marker: String, _ pattern: String, _ template: String,
        change: String
    ) -> TextRule {
        let replacement = TextReplacement(pattern, template)
        return lines(name, side, marker: marker, change: change) { line, _ in
            replacement.apply(to: line)
        }
    }

    /// A table that gained a column.
    ///
    /// - Parameters:
    ///   - column: the new column's header.
    ///   - cell: what all its cells hold.
    ///   - neighbours: the header's columns on both sides of the new one.
    ///   - nonEmpty: which column, at or right of the new one, is the first that never has an empty
    ///     cell: cells are counted from the right, because empty ones leave no trace. Columns
    ///     between stay empty.
    static func column(
        _ name: String, _ column: String, cell: String, between neighbours: (String, String),
        countingFrom nonEmpty: String? = nil, change: String
    ) -> TextRule {
        let joint = "  \(neighbours.0)  \(neighbours.1)"
        return TextRule(name, .recorded, marker: joint, change: change) { lines, _ in
            var cellsToTheRight: Int?
            return lines.map { line in
                var text = line.text
                if let hit = text.range(of: joint) {
                    let columns = TextCells.split(text)
                    let anchor = columns.lastIndex(of: nonEmpty ?? neighbours.1)
                    cellsToTheRight = anchor.map { columns.count - $0 }
                    text.replaceSubrange(hit, with: "  \(neighbours.0)  \(column)  \(neighbours.1)")
                } else if text.isEmpty {
                    cellsToTheRight = nil
                } else if let count = cellsToTheRight {
                    var cells = TextCells.split(text)
                    guard cells.count > count else { return line }
                    cells.insert(cell, at: cells.count - count)
                    text = cells.joined(separator: "  ")
                }
                return ExpectedLine(text, isOptional: line.isOptional)
            }
        }
    }

    /// Our table has a column that 1.20 lacked, with cells that a recording cannot know.
    ///
    /// - Parameters:
    ///   - after: the column to the left of the new one.
    ///   - values: what its cells may hold; a row with anything else is left alone.
    ///   - fromRight: how many cells stand to the right of the new one in every row.
    static func ownColumn(
        _ name: String, _ column: String, after neighbour: String, values: [String],
        fromRight: Int, change: String
    ) -> TextRule {
        TextRule(name, .ours, marker: column, change: change) { lines, _ in
            var isInside = false
            return lines.map { line in
                var cells = TextCells.split(line.text)
                if let index = cells.firstIndex(of: column), index > 0,
                    cells[index - 1] == neighbour
                {
                    isInside = true
                    cells.remove(at: index)
                } else if line.text.isEmpty {
                    isInside = false
                    return line
                } else {
                    let index = cells.count - 1 - fromRight
                    guard isInside, index > 0, values.contains(cells[index]) else { return line }
                    cells.remove(at: index)
                }
                return ExpectedLine(cells.joined(separator: "  "), isOptional: line.isOptional)
            }
        }
    }

    /// YAML output of a kind gained a field.
    ///
    /// - Parameters:
    ///   - kind: the `kind:` under which the field stands.
    ///   - section: the top-level key, `spec` or `status`.
    ///   - path: the keys below it that lead to the map which holds the field.
    ///   - added: the field's lines, the first without indentation; given the fields beside it.
    static func yamlField(
        _ name: String, kind: String, section: String, path: [String] = [], change: String,
        _ added: @escaping @Sendable (_ siblings: [String]) -> [String]
    ) -> TextRule {
        TextRule(name, .recorded, marker: "kind: \(kind)", change: change) { lines, _ in
            TextYAML.inserting(added, kind: kind, path: [section] + path, into: lines)
        }
    }
}

/// A regular expression with what takes the place of its matches.
struct TextReplacement: Sendable {
    private let pattern: Pattern?
    private let template: [UInt8]

    /// A broken pattern never matches; a test compiles every rule's pattern.
    init(_ pattern: String, _ template: String) {
        self.pattern = try? Pattern(pattern, syntax: .extended)
        self.template = Array(template.utf8)
    }

    var isValid: Bool { pattern != nil }

    /// The text with all matches replaced, nil without a match.
    func apply(to text: String) -> String? {
        let bytes = Array(text.utf8)
        guard let matches = try? pattern?.matches(in: bytes.span), !matches.isEmpty else {
            return nil
        }
        var result: [UInt8] = []
        var position = 0
        for match in matches {
            result += bytes[position..<match.range.lowerBound]
            append(match, of: bytes, to: &result)
            position = match.range.upperBound
        }
        return String(decoding: result + bytes[position...], as: UTF8.self)
    }

    /// Adds the template, with `\1` as the text of a group.
    private func append(_ match: PatternMatch, of bytes: [UInt8], to result: inout [UInt8]) {
        var rest = template[...]
        while let next = rest.popFirst() {
            if next == UInt8(ascii: "\\"), let digit = rest.first, (48...57).contains(digit),
                Int(digit - 48) < match.groups.count
            {
                rest = rest.dropFirst()
                if let group = match.groups[Int(digit - 48)] { result += bytes[group] }
            } else {
                result.append(next)
            }
        }
    }

    /// The groups of the first match, the whole match first; a group that took no part is empty.
    func groups(in text: String) -> [String]? {
        let bytes = Array(text.utf8)
        guard let match = try? pattern?.firstMatch(in: bytes.span) else { return nil }
        return match.groups.map { $0.map { String(decoding: bytes[$0], as: UTF8.self) } ?? "" }
    }
}

/// Cells of a table row in stored form, which stand two blanks apart.
enum TextCells {
    static func split(_ line: String) -> [String] {
        var cells: [String] = []
        var rest = line[...]
        while let gap = String(rest).range(of: "  ") {
            let text = String(rest)
            cells.append(String(text[..<gap.lowerBound]))
            rest = text[gap.upperBound...]
        }
        cells.append(String(rest))
        return cells
    }
}

/// Fields in YAML output.
enum TextYAML {
    /// Puts a field into every object of a kind, in the order of keys.
    static func inserting(
        _ added: ([String]) -> [String], kind: String, path: [String], into lines: [ExpectedLine]
    ) -> [ExpectedLine] {
        var result = lines
        var index = 0
        while index < result.count {
            if let indent = objectIndent(result[index].text, kind: kind) {
                insert(added, path: path[...], indent: indent, from: index, &result)
            }
            index += 1
        }
        return result
    }

    /// The indentation of an object's keys, if the line is its `kind:`.
    private static func objectIndent(_ line: String, kind: String) -> Int? {
        let body = line.drop { $0 == " " }
        return body == "kind: \(kind)" ? line.count - body.count : nil
    }

    private static func insert(
        _ added: ([String]) -> [String], path: ArraySlice<String>, indent: Int, from start: Int,
        _ lines: inout [ExpectedLine]
    ) {
        guard let key = path.first else {
            place(added, indent: indent, from: start, &lines)
            return
        }
        var index = start
        while index < lines.count, width(lines[index].text) >= indent {
            if lines[index].text == String(repeating: " ", count: indent) + key + ":" {
                insert(added, path: path.dropFirst(), indent: indent + 2, from: index + 1, &lines)
                return
            }
            index += 1
        }
    }

    /// Puts the field's lines before the first sibling whose key comes after its own.
    private static func place(
        _ added: ([String]) -> [String], indent: Int, from start: Int, _ lines: inout [ExpectedLine]
    ) {
        var end = start
        var siblings: [String] = []
        while end < lines.count, width(lines[end].text) >= indent {
            if width(lines[end].text) == indent {
                siblings.append(String(lines[end].text.dropFirst(indent)))
            }
            end += 1
        }
        let field = added(siblings)
        guard let own = field.first.map(self.key), !siblings.contains(where: { key($0) == own })
        else { return }
        let position =
            (start..<end).first {
                width(lines[$0].text) == indent && !lines[$0].text.dropFirst(indent).hasPrefix("-")
                    && own < key(String(lines[$0].text.dropFirst(indent)))
            } ?? end
        let lead = String(repeating: " ", count: indent)
        lines.insert(contentsOf: field.map { ExpectedLine(lead + $0) }, at: position)
    }

    private static func key(_ line: String) -> String { String(line.prefix { $0 != ":" }) }

    static func width(_ line: String) -> Int { line.prefix { $0 == " " }.count }
}
