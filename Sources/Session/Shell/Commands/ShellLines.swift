/// Commands that pick or count whole lines: `head`, `tail`, `wc`, `tac`, `rev`, `nl`, `paste`,
/// `column`.
enum ShellLines {
    static let all: [ShellBuiltin] = [
        ShellBuiltin("head", headTail),
        ShellBuiltin("tail", headTail),
        ShellBuiltin("wc", count),
        ShellBuiltin("tac") { call in
            let (lines, failed) = call.lines(call.arguments)
            for line in lines.reversed() { call.print(line + "\n") }
            return failed ? 1 : 0
        },
        ShellBuiltin("rev") { call in
            let (lines, failed) = call.lines(call.arguments)
            for line in lines { call.print(String(line.reversed()) + "\n") }
            return failed ? 1 : 0
        },
        ShellBuiltin("nl") { call in
            let (lines, failed) = call.lines(call.arguments.filter { !$0.hasPrefix("-") })
            var number = 0
            for line in lines {
                if !line.isEmpty { number += 1 }
                let text = line.isEmpty ? "" : String(number)
                let padding = String(repeating: " ", count: max(0, 6 - text.count))
                call.print(line.isEmpty ? "       \n" : "\(padding)\(text)\t\(line)\n")
            }
            return failed ? 1 : 0
        },
        ShellBuiltin("paste", paste),
        ShellBuiltin("column", column),
    ]

    private static func headTail(_ call: ShellCall) -> Int32 {
        let options: ShellOptions
        do {
            options = try ShellOptions(
                call.arguments, flags: "q", valued: "nc",
                long: ["lines": "n", "bytes": "c", "quiet": "q"], number: "n")
        } catch {
            return call.fail(error.message)
        }
        let isHead = call.name == "head"
        let (texts, failed) = call.texts(options.operands)
        if let bytes = options.value("c").flatMap({ Int($0) }) {
            for (_, text) in texts {
                let part =
                    isHead ? text.utf8.prefix(max(0, bytes)) : text.utf8.suffix(max(0, bytes))
                call.print(String(decoding: Array(part), as: UTF8.self))
            }
            return failed ? 1 : 0
        }
        let word = options.value("n") ?? "10"
        guard let number = Int(word.hasPrefix("+") ? String(word.dropFirst()) : word) else {
            return call.fail("invalid number of lines: '\(word)'")
        }
        for (index, entry) in texts.enumerated() {
            if texts.count > 1, !options.has("q") {
                call.print("\(index > 0 ? "\n" : "")==> \(entry.name) <==\n")
            }
            let lines = ShellCall.lines(of: entry.text)
            let isClosed = entry.text.hasSuffix("\n")
            let picked =
                isHead ? head(lines, number) : tail(lines, number, from: word.hasPrefix("+"))
            for (offset, line) in picked.enumerated() {
                let isUnclosedEnd =
                    !isClosed && offset == picked.count - 1 && picked.endIndex == lines.count
                call.print(isUnclosedEnd ? line : line + "\n")
            }
        }
        return failed ? 1 : 0
    }

    private static func head(_ lines: [String], _ number: Int) -> ArraySlice<String> {
        number >= 0 ? lines.prefix(number) : lines.dropLast(-number)
    }

    /// `-n 3` is the last three, `-n +3` all from the third on.
    private static func tail(_ lines: [String], _ number: Int, from: Bool) -> ArraySlice<String> {
        from ? lines.dropFirst(max(0, number - 1)) : lines.suffix(abs(number))
    }

    private static func count(_ call: ShellCall) -> Int32 {
        let options: ShellOptions
        do {
            options = try ShellOptions(
                call.arguments, flags: "lwcm",
                long: ["lines": "l", "words": "w", "bytes": "c", "chars": "m"])
        } catch {
            return call.fail(error.message)
        }
        let (texts, failed) = call.texts(options.operands)
        let wanted = ["l", "w", "m", "c"].filter { options.has(Character($0)) }
        let shown = wanted.isEmpty ? ["l", "w", "c"] : wanted
        func row(_ text: String) -> [Int] {
            shown.map { which in
                switch which {
                case "l": text.utf8.count { $0 == UInt8(ascii: "\n") }
                case "w": text.split(whereSeparator: \.isWhitespace).count
                case "m": text.unicodeScalars.count
                default: text.utf8.count
                }
            }
        }
        var rows = texts.map {
            (name: options.operands.isEmpty ? "" : $0.name, counts: row($0.text))
        }
        if rows.count > 1 {
            let totals = shown.indices.map { column in rows.reduce(0) { $0 + $1.counts[column] } }
            rows.append(("total", totals))
        }
        // One number stands alone; several are aligned, at least seven wide when read from a pipe.
        let widest = rows.flatMap(\.counts).map { String($0).count }.max() ?? 1
        let isSingle = shown.count == 1 && rows.count == 1
        let width = isSingle ? 1 : (options.operands.isEmpty ? max(7, widest) : widest)
        for entry in rows {
            let cells = entry.counts.map { value in
                let text = String(value)
                return String(repeating: " ", count: max(0, width - text.count)) + text
            }
            call.print(
                cells.joined(separator: " ") + (entry.name.isEmpty ? "" : " \(entry.name)") + "\n")
        }
        return failed ? 1 : 0
    }

    /// `paste -s -d , -`: lines joined, or files side by side.
    private static func paste(_ call: ShellCall) -> Int32 {
        let options: ShellOptions
        do {
            options = try ShellOptions(call.arguments, flags: "s", valued: "d")
        } catch {
            return call.fail(error.message)
        }
        let delimiters = Array(options.value("d") ?? "\t")
        let (texts, failed) = call.texts(options.operands)
        let columns = texts.map { ShellCall.lines(of: $0.text) }
        func joined(_ cells: [String]) -> String {
            var text = ""
            for (index, cell) in cells.enumerated() {
                if index > 0, !delimiters.isEmpty {
                    text.append(delimiters[(index - 1) % delimiters.count])
                }
                text += cell
            }
            return text + "\n"
        }
        if options.has("s") {
            for lines in columns { call.print(joined(lines)) }
        } else {
            for row in 0..<(columns.map(\.count).max() ?? 0) {
                call.print(joined(columns.map { row < $0.count ? $0[row] : "" }))
            }
        }
        return failed ? 1 : 0
    }

    /// `column -t`: cells at blanks, aligned two blanks apart.
    private static func column(_ call: ShellCall) -> Int32 {
        let options: ShellOptions
        do {
            options = try ShellOptions(call.arguments, flags: "t", valued: "s")
        } catch {
            return call.fail(error.message)
        }
        guard options.has("t") else { return call.fail("only -t is supported") }
        let separators = options.value("s") ?? " \t"
        let (lines, failed) = call.lines(options.operands)
        let rows = lines.map { line in line.split { separators.contains($0) }.map(String.init) }
        var widths: [Int] = []
        for row in rows {
            for (index, cell) in row.enumerated() {
                if index == widths.count { widths.append(0) }
                widths[index] = max(widths[index], cell.count)
            }
        }
        for row in rows where !row.isEmpty {
            let cells = row.enumerated().map { index, cell in
                index == row.count - 1
                    ? cell : cell + String(repeating: " ", count: widths[index] - cell.count)
            }
            call.print(cells.joined(separator: "  ") + "\n")
        }
        return failed ? 1 : 0
    }
}
