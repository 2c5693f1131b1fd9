import Support
import Value

/// A table made ready for printing: its visible columns with what the options add around them.
struct TableRows {
    private let columns: [TableColumn]
    private let prefix: String?
    private let context: TableContext
    private let options: TableOptions
    /// Whether there is a column NAMESPACE.
    let showsNamespace: Bool

    /// Rows of objects of the kind of `sample`; `followsNamespaces` tells that a table before this
    /// one has a column NAMESPACE.
    init(
        _ table: Table, sample: Value, now: Timestamp, options: TableOptions,
        followsNamespaces: Bool = false
    ) {
        columns = table.columns.filter { options.isWide || !$0.isWide }
        prefix = options.showsKind ? KindReference(of: sample).qualifiedName : nil
        context = TableContext(now: now, isWide: options.isWide)
        self.options = options
        // Objects outside namespaces have no such column, even with -A; but once kubectl has printed
        // it, it does so for every later kind.
        showsNamespace =
            options.showsNamespace && (followsNamespaces || !sample.objectNamespace.isEmpty)
    }

    /// The header line, with tabs between the cells.
    func header() -> String {
        var cells = columns.map(\.header)
        if showsNamespace { cells.insert("NAMESPACE", at: 0) }
        if options.showsWatchEvents { cells.insert("EVENT", at: 0) }
        for label in options.labelColumns {
            let name = label.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
            cells.append(name.uppercased())
        }
        if options.showsLabels { cells.append("LABELS") }
        return cells.joined(separator: "\t") + "\n"
    }

    /// The line of one object, with tabs between the cells.
    func row(_ object: Value, event: WatchEventType? = nil) -> String {
        var cells = columns.map { column in
            let text = column.cell(object, context)
            return column.isName ? prefix.map { "\($0)/\(text)" } ?? text : text
        }
        if showsNamespace { cells.insert(object.objectNamespace, at: 0) }
        if let event, options.showsWatchEvents { cells.insert(event.cell, at: 0) }
        let labels = object[.metadata][.labels]
        for label in options.labelColumns { cells.append(labels[label].cellText) }
        if options.showsLabels { cells.append(labelsText(labels)) }
        return cells.map(singleLine).joined(separator: "\t") + "\n"
    }
}

/// The part of a cell before its first line break, marked as shortened; control characters that a
/// terminal would obey are made visible. Source: cli-runtime, printTable and WriteEscaped.
private func singleLine(_ text: String) -> String {
    let breaks: [Unicode.Scalar] = ["\n", "\r", "\u{0C}"]
    var result = ""
    for scalar in text.unicodeScalars {
        if breaks.contains(scalar) { return result + "..." }
        if scalar == "\u{1B}" {
            result += "^["
        } else {
            result.unicodeScalars.append(scalar)
        }
    }
    return result
}
