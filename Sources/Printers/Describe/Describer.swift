import Value

/// Writes what `kubectl describe` prints for an object. Source: kubectl 1.36, pkg/describe.
package enum Describer {
    /// What stands between the descriptions of several objects.
    package static let separator = "\n\n"

    /// The description of `object`, which must carry `apiVersion` and `kind`; kinds without a
    /// description of their own show all their fields.
    package static func describe(_ object: Value, context: DescribeContext) -> String {
        let description = context.printers[KindReference(of: object)].description
        var writer = DescriptionWriter()
        description.write(object, context, &writer)
        if description.hasEvents, context.showsEvents {
            writer.events(context.events(about: object), now: context.now)
        }
        return writer.finish()
    }
}

/// How one kind is described.
struct Description: Sendable {
    /// Whether the events about the object follow.
    let hasEvents: Bool
    /// Writes all but the events.
    let write: @Sendable (Value, DescribeContext, inout DescriptionWriter) -> Void

    init(
        hasEvents: Bool = true,
        _ write: @escaping @Sendable (Value, DescribeContext, inout DescriptionWriter) -> Void
    ) {
        self.hasEvents = hasEvents
        self.write = write
    }
}
