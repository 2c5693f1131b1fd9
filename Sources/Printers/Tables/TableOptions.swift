/// The flags of `kubectl get` that shape a table.
package struct TableOptions: Sendable {
    /// `-o wide`.
    package var isWide: Bool
    /// Leaves the header out (`--no-headers`).
    package var hidesHeaders: Bool
    /// `--show-labels`: a last column LABELS.
    package var showsLabels: Bool
    /// `-L a,b`: a column per label.
    package var labelColumns: [String]
    /// `-A`: a first column NAMESPACE, for kinds that live in namespaces.
    package var showsNamespace: Bool
    /// `--show-kind`, or several kinds were asked for: names as `kind.group/name`.
    package var showsKind: Bool
    /// `--output-watch-events`: a first column EVENT. For ``WatchPrinter`` only.
    package var showsWatchEvents: Bool

    /// The flags' values; without arguments, a plain `kubectl get`.
    package init(
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
