/// The flags of `kubectl get` that shape a table.
public struct TableOptions: Sendable {
    /// `-o wide`.
    public var isWide: Bool
    /// Leaves the header out (`--no-headers`).
    public var hidesHeaders: Bool
    /// `--show-labels`: a last column LABELS.
    public var showsLabels: Bool
    /// `-L a,b`: a column per label.
    public var labelColumns: [String]
    /// `-A`: a first column NAMESPACE, for kinds that live in namespaces.
    public var showsNamespace: Bool
    /// `--show-kind`, or several kinds were asked for: names as `kind.group/name`.
    public var showsKind: Bool
    /// `--output-watch-events`: a first column EVENT. For ``WatchPrinter`` only.
    public var showsWatchEvents: Bool

    /// The flags' values; without arguments, a plain `kubectl get`.
    public init(
        isWide: Bool = false, hidesHeaders: Bool = false, showsLabels: Bool = false,
        labelColumns: [String] = [], showsNamespace: Bool = false, showsKind: Bool = false,
        showsWatchEvents: Bool = false
    ) {
        self.isWide = isWide
        self.hidesHeaders = hidesHeaders
        self.showsLabels = showsLabels
        self.labelColumns = labelColumns
        self.showsNamespace = showsNamespace
        self.showsKind = showsKind
        self.showsWatchEvents = showsWatchEvents
    }
}
