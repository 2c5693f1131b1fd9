import Syntax
import Value

extension LanguageServer {
    /// `textDocument/formatting`
    func formatting(_ parameters: Value) throws(RPCError) -> Value {
        .array(try formattingChanges(documentURI(parameters)).map(\.edit))
    }

    /// `textDocument/rangeFormatting`: of what formatting would change, the parts that touch the range.
    func rangeFormatting(_ parameters: Value) throws(RPCError) -> Value {
        let start = try Position(parameters["range"]["start"])
        let end = try Position(parameters["range"]["end"])
        let changes = try formattingChanges(documentURI(parameters))
        return .array(
            changes.filter { $0.lines.lowerBound <= end.line && start.line <= $0.lines.upperBound }
                .map(\.edit))
    }

    /// What formatting would change, from top to bottom.
    private func formattingChanges(_ uri: String) throws(RPCError) -> [LineChange] {
        let document = try workspace.document(uri)
        if document.isTooLarge { throw .failed("the script is too large to be formatted") }
        switch SourceFormatter.format(Source(name: uri, bytes: document.bytes)) {
        case .formatted(let text):
            return LineChange.all(from: document.lines, to: text, workspace.encoding)
        case .refused(let reasons):
            let reason = reasons.first.map { "line \($0.location.line): \($0.message)" } ?? ""
            throw .failed("the script stays as it is; \(reason)")
        }
    }
}

/// Lines that others take the place of.
struct LineChange {
    /// Those that go; empty where lines only come in.
    let lines: Range<Int>
    let edit: Value

    /// The changes that make one text of another, line by line.
    static func all(
        from table: LineTable, to text: String, _ encoding: PositionEncoding
    ) -> [LineChange] {
        let before = table.starts.indices.map { table.text(ofLine: $0) }
        let after = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        var isRemoved = [Bool](repeating: false, count: before.count + 1)
        var isInserted = [Bool](repeating: false, count: after.count + 1)
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, _, _): isRemoved[offset] = true
            case .insert(let offset, _, _): isInserted[offset] = true
            }
        }
        var changes: [LineChange] = []
        var (old, new) = (0, 0)
        while old < before.count || new < after.count {
            let (firstOld, firstNew) = (old, new)
            while isRemoved[old] { old += 1 }
            while isInserted[new] { new += 1 }
            if old > firstOld || new > firstNew {
                let lines = after[firstNew..<new]
                changes.append(change(of: firstOld..<old, into: lines, in: table, encoding))
            } else {
                old += 1
                new += 1
            }
        }
        return changes
    }

    private static func change(
        of lines: Range<Int>, into new: ArraySlice<String>, in table: LineTable,
        _ encoding: PositionEncoding
    ) -> LineChange {
        let count = table.starts.count
        func end(ofLine line: Int) -> Position {
            table.position(of: table.range(ofLine: line).upperBound, encoding)
        }
        var start = Position(line: lines.lowerBound, character: 0)
        var stop = Position(line: lines.upperBound, character: 0)
        var text = new.map { $0 + "\n" }.joined()
        if lines.upperBound == count {
            // The last line has no end of its own: that of the line before it goes or comes along.
            stop = end(ofLine: count - 1)
            text = new.joined(separator: "\n")
            if lines.isEmpty || new.isEmpty, lines.lowerBound > 0 {
                start = end(ofLine: lines.lowerBound - 1)
                text = new.map { "\n" + $0 }.joined()
            }
        }
        return LineChange(
            lines: lines,
            edit: ["range": ["start": start.value, "end": stop.value], "newText": Value(text)])
    }
}
