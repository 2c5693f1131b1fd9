import Support
import Value

/// What a cell may know beside its object.
public struct TableContext: Sendable {
    /// The instant of printing, for ages.
    public let now: Timestamp
    /// `-o wide`: some cells are then not shortened.
    public let isWide: Bool

    /// A context for printing at `now`.
    public init(now: Timestamp, isWide: Bool = false) {
        self.now = now
        self.isWide = isWide
    }

    /// The age of a timestamp field: `5m`, `<unknown>` where it is absent.
    func age(_ timestamp: Value) -> String { ageText(timestamp, now: now) }
}

/// One column: header, when it shows, and how a cell comes from an object.
public struct TableColumn: Sendable {
    /// As printed: upper case.
    public let header: String
    /// Shown with `-o wide` only.
    public let isWide: Bool
    /// Whether this is the name, to which several kinds in one output add their kind.
    public let isName: Bool
    /// The text of the cell.
    public let cell: @Sendable (Value, TableContext) -> String

    /// A column that is always shown.
    public init(
        _ header: String, isName: Bool = false,
        _ cell: @escaping @Sendable (Value, TableContext) -> String
    ) {
        self.init(header: header, isWide: false, isName: isName, cell: cell)
    }

    /// A column of `-o wide`.
    public static func wide(
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
    public static let name = TableColumn("NAME", isName: true) { object, _ in object.objectName }

    /// AGE.
    public static let age = TableColumn("AGE") { object, context in
        context.age(object[.metadata][.creationTimestamp])
    }
}

/// The columns of one kind, as the API server prints it.
/// Source: Kubernetes 1.32, pkg/printers/internalversion.
public struct Table: Sendable {
    /// In the order of printing.
    public let columns: [TableColumn]

    /// A table of these columns.
    public init(_ columns: TableColumn...) { self.columns = columns }

    /// A table of these columns.
    public init(columns: [TableColumn]) { self.columns = columns }

    /// Custom resources without printer columns.
    public static let custom = Table(.name, .age)

    /// Built-in kinds for which the server has no printer.
    public static let plain = Table(
        .name,
        TableColumn("CREATED AT") { object, _ in
            object[.metadata][.creationTimestamp].cellText
        })
}
