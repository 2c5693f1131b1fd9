extension Tool {
    static let column = Tool(
        "column", summary: "aligns the cells of lines as a table",
        usage: "-t [OPTION]... [FILE]...",
        examples: ["get pods -o custom-columns=A:.metadata.name,B:.status.phase | column -t"],
        options: [
            ToolOption("N|table-columns", .required("NAMES"), "a header of these names"),
            ToolOption("o|output-separator", .required("TEXT"), "this between columns"),
            ToolOption("R|table-right", .required("COLUMNS"), "align these columns right"),
            ToolOption("s|separator", .required("CHARACTERS"), "these part the cells"),
            ToolOption("t|table", "print a table"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        guard options.has("t") else {
            throw .usage("only tables can be printed here: option -t is missing")
        }
        var rows: [[String]] = []
        if let names = options.value("N") {
            rows.append(names.split(separator: ",").map(String.init))
        }
        let separators = options.value("s")
        let isWhole = try call.eachLine(
            options.operands, complaint: { "\($0): \($1)" }
        ) { line throws(ToolStop) in
            let text = line.text
            if text.utf8.allSatisfy(\.isSpace) { return }
            if let separators {
                rows.append(
                    text.split(
                        omittingEmptySubsequences: false, whereSeparator: separators.contains
                    ).map(String.init))
            } else {
                rows.append(text.split { $0 == " " || $0 == "\t" }.map(String.init))
            }
        }
        let right = try rightColumns(options.value("R"), rows.first ?? [])
        printTable(rows, right, options.value("o") ?? "  ", call)
        return isWhole ? 0 : 1
    }

    /// The numbers of columns from 0 that are named or numbered.
    private static func rightColumns(
        _ list: String?, _ names: [String]
    ) throws(ToolStop) -> Set<Int> {
        var columns: Set<Int> = []
        for name in list?.split(separator: ",").map(String.init) ?? [] {
            if let number = Int(name), number > 0 {
                columns.insert(number - 1)
            } else if let place = names.firstIndex(of: name) {
                columns.insert(place)
            } else {
                throw .failure("undefined column name '\(name)'")
            }
        }
        return columns
    }

    private static func printTable(
        _ rows: [[String]], _ right: Set<Int>, _ separator: String, _ call: ToolCall
    ) {
        var widths: [Int] = []
        for row in rows {
            for (index, cell) in row.enumerated() {
                if index == widths.count { widths.append(0) }
                widths[index] = max(widths[index], cell.unicodeScalars.count)
            }
        }
        for row in rows {
            // Cells that a row lacks are empty; nothing pads the last column.
            let cells = widths.indices.map { index in
                let cell = index < row.count ? row[index] : ""
                let padding = String(
                    repeating: " ", count: widths[index] - cell.unicodeScalars.count)
                if right.contains(index) { return padding + cell }
                return index == widths.count - 1 ? cell : cell + padding
            }
            call.output.write(cells.joined(separator: separator) + "\n")
        }
    }
}
