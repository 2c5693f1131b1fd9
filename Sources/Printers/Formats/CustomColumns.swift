import Value

/// The columns of `-o custom-columns=NAME:.metadata.name,…`.
package struct CustomColumns: Sendable {
    private struct Column: Sendable {
        let header: String
        /// The parsed expression, or why it cannot be parsed: kubectl finds that out while
        /// printing.
        let template: Result<JSONPathTemplate, JSONPathParseFailure>
    }

    private struct JSONPathParseFailure: Error {
        let message: String
    }

    private let columns: [Column]
    /// Whether the first line is left out (`--no-headers`).
    package let omitsHeaders: Bool

    /// Reads a specification: pairs of header and path, with commas between them.
    package init(_ text: String, omitsHeaders: Bool = false) throws(FormatError) {
        var columns: [Column] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let colon = part.firstIndex(of: ":") else {
                throw FormatError(
                    "unexpected custom-columns spec: \(part), expected <header>:<json-path-expr>")
            }
            columns.append(
                try Self.column(String(part[..<colon]), String(part[part.index(after: colon)...])))
        }
        self.columns = columns
        self.omitsHeaders = omitsHeaders
    }

    /// Reads a file: a line of headers and a line of paths.
    package init(file text: String, omitsHeaders: Bool = false) throws(FormatError) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init) }
        let form =
            "Expected format is one line of space separated headers, "
            + "one line of space separated column specs."
        guard let headers = lines.first, !text.isEmpty else {
            throw FormatError("invalid template, missing header line. \(form)")
        }
        guard lines.count > 1, lines.count > 2 || !lines[1].isEmpty else {
            throw FormatError("invalid template, missing spec line. \(form)")
        }
        let paths = lines[1]
        guard headers.count == paths.count else {
            throw FormatError(
                "number of headers (\(headers.count)) and field specifications "
                    + "(\(paths.count)) don't match")
        }
        var columns: [Column] = []
        for (header, path) in zip(headers, paths) {
            columns.append(try Self.column(header, path))
        }
        self.columns = columns
        self.omitsHeaders = omitsHeaders
    }

    private static func column(
        _ header: String, _ expression: String
    ) throws(FormatError) -> Column {
        let path = try JSONPathTemplate.relaxed(expression)
        do throws(JSONPathError) {
            let nodes = try JSONPathParser.parse(path)
            return Column(header: header, template: .success(JSONPathTemplate(path, nodes: nodes)))
        } catch {
            return Column(
                header: header, template: .failure(JSONPathParseFailure(message: error.message)))
        }
    }

    /// The headers, with tabs between them.
    var header: String { columns.map(\.header).joined(separator: "\t") }

    /// The cells of one object, with tabs between them. Several values stand with commas, none as
    /// `<none>`.
    func row(for object: Value) throws(JSONPathError) -> String {
        var cells: [String] = []
        for column in columns {
            switch column.template {
            case .failure(let failure): throw JSONPathError(failure.message)
            case .success(let template):
                let results = try template.results(in: object)
                var texts = results.flatMap { $0 }.map { Self.escaped(GoSyntax.plain($0)) }
                if results.first?.isEmpty ?? true { texts.insert("<none>", at: 0) }
                cells.append(texts.joined(separator: ","))
            }
        }
        return cells.joined(separator: "\t")
    }

    /// Without the characters that would steer a terminal.
    private static func escaped(_ text: String) -> String {
        guard text.utf8.contains(0x1B) || text.utf8.contains(0x0D) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{1B}": result += "^["
            case "\r": result += "\\r"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
