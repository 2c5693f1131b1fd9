import Support
import Value

extension KindPrinter {
    /// The part `scale` of objects that have replicas, which `get --subresource=scale` shows.
    static let scale = KindPrinter(
        table: Table(
            .name, .int("DESIRED") { $0[.spec][.replicas] },
            .int("AVAILABLE") { $0[.status][.replicas] }, .age))
}
