import Support
import Value

/// Prints lists of objects as `kubectl get` does.
///
/// Objects come as the server lists them: kinds one after the other, each by namespace and name.
/// Where the kind changes, a new table begins after an empty line.
package struct TablePrinter: Sendable {
    private let options: TableOptions
    private let printers: PrinterRegistry

    /// A printer with the flags of one command and the tables of the cluster's kinds.
    package init(options: TableOptions = TableOptions(), printers: PrinterRegistry = .builtIn) {
        self.options = options
        self.printers = printers
    }

    /// The whole output for `objects` at the instant `now`; "" for none. What kubectl then says on
    /// standard error ("No resources found …") is the caller's.
    package func print(_ objects: [Value], now: Timestamp) -> String {
        var output = ""
        var rest = objects[...]
        var hasNamespaces = false
        while let first = rest.first {
            let kind = KindReference(of: first)
            let group = rest.prefix { KindReference(of: $0) == kind }
            rest = rest.dropFirst(group.count)
            if !output.isEmpty, !options.hidesHeaders { output += "\n" }
            let rows = TableRows(
                printers[kind].table, sample: first, now: now, options: options,
                followsNamespaces: hasNamespaces)
            hasNamespaces = rows.showsNamespace
            var writer = TabWriter(.table)
            if !options.hidesHeaders { writer.write(rows.header()) }
            for object in group where !StopRequest.isMade { writer.write(rows.row(object)) }
            output += writer.flush()
        }
        return output
    }
}

/// What happened to an object that a watch reports.
package enum WatchEventType: Sendable {
    case added
    case modified
    case deleted

    /// Padded to one width, as cli-runtime prints them.
    var cell: String {
        switch self {
        case .added: "ADDED   "
        case .modified: "MODIFIED"
        case .deleted: "DELETED "
        }
    }
}

/// Prints the rows of `kubectl get --watch` as they come.
///
/// Every row is laid out at once with the widths known so far, so a later, wider cell pushes only
/// its own row and those behind it. The header appears with the first object.
package struct WatchPrinter: Sendable {
    private let options: TableOptions
    private let printers: PrinterRegistry
    private var writer = TabWriter(.table)
    private var printedKind: KindReference?

    /// A printer with the flags of one command and the tables of the cluster's kinds.
    package init(options: TableOptions = TableOptions(), printers: PrinterRegistry = .builtIn) {
        self.options = options
        self.printers = printers
    }

    /// The table of what exists when the watch begins; "" for nothing.
    package mutating func begin(_ objects: [Value], now: Timestamp) -> String {
        for object in objects { write(object, event: .added, now: now) }
        return writer.flush()
    }

    /// The row of one change, with the header above it when it is the first.
    package mutating func row(_ object: Value, event: WatchEventType, now: Timestamp) -> String {
        write(object, event: event, now: now)
        return writer.flush()
    }

    private mutating func write(_ object: Value, event: WatchEventType, now: Timestamp) {
        let kind = KindReference(of: object)
        let rows = TableRows(printers[kind].table, sample: object, now: now, options: options)
        if kind != printedKind, !options.hidesHeaders { writer.write(rows.header()) }
        printedKind = kind
        writer.write(rows.row(object, event: event))
    }
}
