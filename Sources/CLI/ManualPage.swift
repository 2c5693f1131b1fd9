import Value

/// The manual page, made of what the argument parser tells of all commands (`--experimental-dump-help`).
struct ManualPage {
    private var lines: [String] = []

    var text: String { lines.joined(separator: "\n") + "\n" }

    /// - Parameter help: JSON in the argument parser's form.
    /// - Throws: `JSONError` for other text.
    init(_ help: String, version: String) throws {
        let command = try JSON.parse(help)["command"]
        let name = command["commandName"].string ?? ""
        let subcommands = command["subcommands"].elements.filter { Self.isShown($0) }
        lines = [
            ".TH \(name.uppercased()) 1 \"\" \"\(name) \(version)\" \"User Commands\"", ".SH NAME",
            "\(name) \\- \(Self.escaped(Self.text(command, "abstract").uncapitalized))",
            ".SH SYNOPSIS",
        ]
        for (path, command) in Self.tree(subcommands, below: name) {
            lines += [".B \(path)", Self.synopsis(of: command["arguments"].elements), ".br"]
        }
        lines.append(".SH DESCRIPTION")
        add(paragraphs: Self.text(command, "discussion"))
        lines.append(".SH COMMANDS")
        for (path, command) in Self.tree(subcommands, below: name) { add(command, path) }
        lines.append(".SH OPTIONS")
        add(command["arguments"].elements)
        lines += [
            ".SH FILES", ".TP", ".I *.dock", "Scripts.", ".TP", ".I .drydockignore",
            "Names, one glob a line, of what is left out where a folder is run.", ".TP",
            ".I $XDG_STATE_HOME/drydock/history", "What was typed at the prompt.", ".TP",
            ".I $XDG_STATE_HOME/drydock/learn.json", "What was done of courses.", ".SH SEE ALSO",
            ".BR kubectl (1)",
        ]
    }

    private static func isShown(_ value: Value) -> Bool { value["shouldDisplay"].bool ?? true }

    private static func text(_ value: Value, _ field: String) -> String {
        value[field].string ?? ""
    }

    // MARK: Commands

    /// All commands with their whole names, those of a group behind it.
    private static func tree(
        _ commands: [Value], below name: String
    ) -> [(path: String, command: Value)] {
        commands.flatMap { command -> [(path: String, command: Value)] in
            let own = text(command, "commandName")
            guard isShown(command), own != "help" else { return [] }
            let path = "\(name) \(own)"
            return [(path, command)] + tree(command["subcommands"].elements, below: path)
        }
    }

    private mutating func add(_ command: Value, _ path: String) {
        lines.append(".SS \(path)")
        add(paragraphs: Self.text(command, "abstract"))
        let discussion = Self.text(command, "discussion")
        if !discussion.isEmpty {
            lines.append(".PP")
            add(paragraphs: discussion)
        }
        // What every command has stands once, at the end.
        add(
            command["arguments"].elements.filter {
                !["help", "version"].contains(Self.text($0, "valueName"))
            })
    }

    private mutating func add(_ arguments: [Value]) {
        for argument in arguments where Self.isShown(argument) {
            lines += [".TP", Self.head(of: argument)]
            var words = Self.text(argument, "abstract")
            let standard = Self.text(argument, "defaultValue")
            if !standard.isEmpty, Self.text(argument, "kind") != "flag" {
                words += " (default: \(standard))"
            }
            add(paragraphs: words)
        }
    }

    // MARK: Arguments

    /// `--seed <seed>` as the page shows it.
    private static func head(of argument: Value) -> String {
        let value = "\\fI\(escaped(text(argument, "valueName")))\\fR"
        guard text(argument, "kind") != "positional" else { return value }
        let names = spellings(of: argument).map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ")
        return text(argument, "kind") == "option" ? "\(names) \(value)" : names
    }

    private static func spellings(of argument: Value) -> [String] {
        argument["names"].elements.map { name in
            let word = text(name, "name")
            return text(name, "kind") == "long" ? "--\(word)" : "-\(word)"
        }
    }

    private static func synopsis(of arguments: [Value]) -> String {
        let words = arguments.filter { isShown($0) }.compactMap { argument -> String? in
            let name = text(argument, "valueName")
            if name == "help" || name == "version" { return nil }
            let repeats = argument["isRepeating"].bool == true ? " ..." : ""
            var word = "\\fI\(escaped(name))\\fR"
            if text(argument, "kind") != "positional" {
                let spelling = spellings(of: argument).last ?? ""
                word =
                    "\\fB\(escaped(spelling))\\fR"
                    + (text(argument, "kind") == "option" ? " \(word)" : "")
            }
            return argument["isOptional"].bool == true ? "[\(word)]\(repeats)" : word + repeats
        }
        return words.joined(separator: " ")
    }

    // MARK: Text

    private mutating func add(paragraphs text: String) {
        for (index, paragraph) in text.split(separator: "\n").enumerated() {
            if index > 0 { lines.append(".br") }
            lines.append(Self.escaped(String(paragraph)))
        }
    }

    /// Text as roff takes it literally: dashes stay dashes, and no line begins a request.
    private static func escaped(_ text: String) -> String {
        let marked = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        // Whatever the machine's language is: `\[u2026]` is the character of that number.
        let plain = marked.unicodeScalars.map { scalar in
            scalar.isASCII
                ? String(scalar) : "\\[u\(String(scalar.value, radix: 16, uppercase: true))]"
        }.joined()
        return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
    }
}

extension String {
    /// A sentence as what follows a dash: without capital and full stop.
    fileprivate var uncapitalized: String {
        let words = hasSuffix(".") ? String(dropLast()) : self
        return (words.first?.lowercased() ?? "") + words.dropFirst()
    }
}
