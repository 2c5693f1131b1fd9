import Support
import Value

/// The names of a pod template's containers, with commas.
func containerNames(_ template: Value) -> String {
    template[.spec][.containers].elements.map { $0[.name].cellText }.joined(separator: ",")
}

/// The images of a pod template's containers, with commas.
func containerImages(_ template: Value) -> String {
    template[.spec][.containers].elements.map { $0[.image].cellText }.joined(separator: ",")
}

extension TableColumn {
    /// CONTAINERS of a workload.
    static let containers = TableColumn.wide("CONTAINERS") { object, _ in
        containerNames(object[.spec][.template])
    }

    /// IMAGES of a workload.
    static let images = TableColumn.wide("IMAGES") { object, _ in
        containerImages(object[.spec][.template])
    }

    /// SELECTOR of a workload with a label selector.
    static let selector = TableColumn.wide("SELECTOR") { object, _ in
        selectorTextOrNone(object[.spec][.selector])
    }

    /// A column of one integer field, which reads 0 where it is absent.
    static func int(
        _ header: String, _ field: @escaping @Sendable (Value) -> Value
    ) -> TableColumn {
        TableColumn(header) { object, _ in String(field(object).cellInt) }
    }

    /// A column of one text field.
    static func text(
        _ header: String, or placeholder: String = "",
        _ field: @escaping @Sendable (Value) -> Value
    ) -> TableColumn {
        TableColumn(header) { object, _ in field(object).cellText(or: placeholder) }
    }
}
