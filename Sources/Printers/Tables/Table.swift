import Support
import Value

/// What a cell may know beside its object.
package struct TableContext: Sendable {
    /// The instant of printing, for ages.
    package let now: Timestamp
    /// `-o wide`: some cells are then not shortened.
    package let isWide: Bool

    /// A context for printing at `now`.
    package init(now: Timestamp, isWide: Bool = false) {
        self.now = now
        self.isWide = isWide
    }

    /// The age of a timestamp field: `5m`, `<unknown>` where it is absent.
    func age(_ timestamp: Value) -> String { ageText(timestamp, now: now) }
}

/// One column: header, when it shows, and how a cell comes from an object.
package struct TableColumn: Sendable {
    /// As printed: upper case.
    package let header: String
    /// Shown with `-o wide` only.
    package let isWide: Bool
    /// Whether this is the name, to which several kinds in one output add their kind.
    package let isName: Bool
    /// The text of the cell.
    package let cell: @Sendable (Value, TableContext) -> String

    /// A column that is always shown.
    package init(
        _ header: String, isName: Bool = false,
        _ cell: @escaping @Sendable (Value, TableContext) -> String
    ) {
        self.init(header: header, isWide: false, isName: isName, cell: cell)
    }

    /// A column of `-o wide`.
    package static func wide(
        _ header: String, isName: Bool = false,
        _ cell: @escaping @Sendable (Value, TableContext) -> String
    ) -> TableColumn {
        TableColumn(header: header, isWide: true, isName: isName, cell: cell)
    }

    private init(
        header: String, isWide: Bool, isName: Bool,
        cell: @escaping @Sendable (Value, TableContext) -> String
    ) {
        self.header = header
        self.isWide = isWide
        self.isName = isName
        self.cell = cell
    }

    /// NAME.
    package static let name = TableColumn("NAME", isName: true) { object, _ in object.objectName }

    /// AGE.
    package static let age = TableColumn("AGE") { object, context in
        context.age(object[.metadata][.creationTimestamp])
    }
}

/// The columns of one kind, as the API server prints it.
/// Source: Kubernetes 1.36, pkg/printers/internalversion.
package struct Table: Sendable {
    /// In the order of printing.
    package let columns: [TableColumn]

    /// A table of these columns.
    package init(_ columns: TableColumn...) { self.columns = columns }

    /// A table of these columns.
    package init(columns: [TableColumn]) { self.columns = columns }

    /// Custom resources without printer columns.
    package static let custom = Table(.name, .age)

    /// Built-in kinds for which the server has no printer.
    package static let plain = Table(
        .name,
        TableColumn("CREATED AT") { object, _ in
            object[.metadata][.creationTimestamp].cellText
        })
}
