import Support
import Value

extension Table {
    /// The table of custom resources with the `additionalPrinterColumns` of the version in their
    /// CustomResourceDefinition: NAME, then these columns; without any, NAME and AGE.
    ///
    /// A column whose path cannot be read is always empty, as it is upstream.
    /// Source: apiextensions-apiserver, registry/customresource/tableconvertor.
    package static func custom(printerColumns: Value) -> Table {
        let columns = printerColumns.elements
        guard !columns.isEmpty else { return .custom }
        return Table(columns: [.name] + columns.map(customColumn))
    }

    private static func customColumn(_ definition: Value) -> TableColumn {
        let path = try? FieldPath(parsing: definition["jsonPath"].cellText)
        let isDate = definition[.type].string == "date"
        let cell: @Sendable (Value, TableContext) -> String = { object, context in
            guard let value = path.flatMap({ object.values(at: $0).first }), !value.isNull else {
                return ""
            }
            guard isDate else { return value.cellText }
            return Timestamp(value) == nil ? "<invalid>" : context.age(value)
        }
        let header = definition[.name].cellText.uppercased()
        return definition[.priority].cellInt > 0
            ? .wide(header, cell) : TableColumn(header, cell)
    }
}
