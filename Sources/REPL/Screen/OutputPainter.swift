/// Shows the output of commands on a terminal: states in colours, tables no wider than the window.
///
/// It is given whole lines. What a table is shows its header; rows that come later, as those of a watch,
/// are read by the last one.
struct OutputPainter {
    let usesColor: Bool
    /// How wide the window is; nil where nothing has to fit.
    let width: Int?
    private var layout: TableLayout?
    /// The columns of the table at hand that are shown.
    private var shown: Int?

    init(usesColor: Bool, width: Int?) {
        self.usesColor = usesColor
        self.width = width
    }

    /// What is shown of some lines, each with its newline.
    mutating func show(_ text: String, as form: OutputForm) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        switch form {
        case .table, .filteredTable: return table(lines, fits: form == .table)
        case .description: return each(lines, description)
        case .changes: return each(lines, change)
        case .difference: return each(lines, Self.difference)
        case .picture: return lines.map { $0 + "\n" }.joined()
        case .plain: return each(lines, problem)
        }
    }

    private func each(
        _ lines: some Sequence<Substring>, _ painted: (Substring) -> String
    ) -> String {
        lines.map { (usesColor ? painted($0) : String($0)) + "\n" }.joined()
    }

    // MARK: Tables

    private mutating func table(_ lines: ArraySlice<Substring>, fits: Bool) -> String {
        var text = ""
        var index = lines.startIndex
        while index < lines.endIndex {
            let line = lines[index]
            if let header = TableLayout(header: line) {
                var end = index + 1
                while end < lines.endIndex, !lines[end].isEmpty,
                    TableLayout(header: lines[end]) == nil
                {
                    end += 1
                }
                layout = header
                let widest = lines[index..<end].map(\.count).max() ?? 0
                shown = fits ? width.flatMap { header.columns(within: $0, widest: widest) } : nil
                for line in lines[index..<end] { text += row(line, isHeader: line == lines[index]) }
                text += remark(header)
                index = end
            } else {
                text += row(line, isHeader: false)
                index += 1
            }
        }
        return text
    }

    private func remark(_ header: TableLayout) -> String {
        guard let shown else { return "" }
        let names = header.titles[shown...].joined(separator: ", ")
        let remark = "(too narrow for \(names); `| cat` shows all)"
        return (usesColor ? Paint.dim(remark) : remark) + "\n"
    }

    private func row(_ line: Substring, isHeader: Bool) -> String {
        guard let layout, !line.isEmpty else {
            return (usesColor ? problem(line) : String(line)) + "\n"
        }
        var characters = Array(line)
        guard layout.fits(characters) else {
            return (usesColor ? problem(line) : String(line)) + "\n"
        }
        if let shown, shown < layout.starts.count {
            characters = Array(characters.prefix(layout.starts[shown]))
            while characters.last == " " { characters.removeLast() }
        }
        guard usesColor else { return String(characters) + "\n" }
        if isHeader { return Paint.bold(String(characters)) + "\n" }
        var text = ""
        var done = 0
        for (column, title) in layout.titles.enumerated() {
            guard let cell = layout.cell(column, of: characters),
                let paint = paint(
                    Substring(String(characters[cell])), title, in: layout, of: characters)
            else { continue }
            text += String(characters[done..<cell.lowerBound])
            text += paint(String(characters[cell]))
            done = cell.upperBound
        }
        return text + String(characters[done...]) + "\n"
    }

    private func paint(
        _ cell: Substring, _ title: Substring, in layout: TableLayout, of characters: [Character]
    ) -> Paint? {
        switch title {
        case "STATUS", "PHASE", "STATE", "CONDITION": return StateMeaning.paint(of: cell)
        case "TYPE", "REASON": return cell == "Warning" ? .yellow : nil
        case "READY":
            let numbers = cell.split(separator: "/")
            guard numbers.count == 2, numbers[0] != numbers[1] else { return nil }
            // A pod that has done its work is not ready, and nothing is wrong with it.
            if let place = layout.titles.firstIndex(of: "STATUS"),
                let state = layout.cell(place, of: characters),
                ["Completed", "Succeeded"].contains(String(characters[state]))
            {
                return nil
            }
            return .yellow
        default: return nil
        }
    }

    // MARK: Lines

    private static let stateKeys: Set<Substring> = [
        "Status", "State", "Last State", "Reason", "Phase",
    ]

    private func description(_ line: Substring) -> String {
        let content = line.drop { $0 == " " }
        if content.hasPrefix("Warning ") {
            let indent = line.prefix { $0 == " " }
            return indent + Paint.yellow("Warning") + content.dropFirst(7)
        }
        guard let colon = content.firstIndex(of: ":"), Self.stateKeys.contains(content[..<colon])
        else { return problem(line) }
        let value = content[content.index(after: colon)...].drop { $0 == " " }
        let word = value.prefix { $0 != " " }
        guard let paint = StateMeaning.paint(of: word) else { return String(line) }
        return line[..<value.startIndex] + paint(word) + line[word.endIndex...]
    }

    private func change(_ line: Substring) -> String {
        guard let blank = line.lastIndex(of: " "), line[..<blank].contains("/") else {
            return problem(line)
        }
        let word = line[line.index(after: blank)...]
        let paint: Paint
        switch word {
        case "created": paint = .green
        case "configured", "deleted": paint = .yellow
        case "unchanged": paint = .dim
        default: return problem(line)
        }
        return line[...blank] + paint(word)
    }

    private static func difference(_ line: Substring) -> String {
        switch line.first {
        case "+": Paint.green(line)
        case "-": Paint.red(line)
        case "@": Paint.cyan(line)
        default: String(line)
        }
    }

    /// What went wrong is red, and what is warned of yellow, in what any command says.
    private func problem(_ line: Substring) -> String {
        for start in ["error:", "Error from server", "error["] where line.hasPrefix(start) {
            let end = line.firstIndex(of: ":") ?? line.endIndex
            return Paint.red(line[..<end]) + line[end...]
        }
        if line.hasPrefix("Warning:") { return Paint.yellow("Warning:") + line.dropFirst(8) }
        return String(line)
    }
}
