import Support
import Value

extension Table {
    /// The table of custom resources with the `additionalPrinterColumns` of the version in their
    /// CustomResourceDefinition: NAME, then these columns; without any, NAME and AGE.
    ///
    /// A column whose path does not parse ends the table, as it does upstream.
    /// Source: apiextensions-apiserver, registry/customresource/tableconvertor.
    package static func custom(printerColumns: Value) -> Table {
        if printerColumns.elements.isEmpty { return .custom }
        var columns = [TableColumn.name]
        for definition in printerColumns.elements {
            let text = "{\(definition["jsonPath"].cellText)}"
            guard let path = try? JSONPathTemplate(text) else { break }
            columns.append(customColumn(definition, path))
        }
        return Table(columns: columns)
    }

    private static func customColumn(
        _ definition: Value, _ path: JSONPathTemplate
    ) -> TableColumn {
        let type = definition[.type].cellText
        let cell: @Sendable (Value, TableContext) -> String = { object, context in
            customCell(path.firstValue(in: object) ?? .null, type, context)
        }
        let header = definition[.name].cellText.uppercased()
        return definition[.priority].cellInt > 0
            ? .wide(header, cell) : TableColumn(header, cell)
    }

    /// A value that is not of the type of its column is not shown; a text column shows anything.
    private static func customCell(
        _ value: Value, _ type: String, _ context: TableContext
    ) -> String {
        switch (type, value) {
        case (_, .null): ""
        case ("string", .array), ("string", .object): JSON.text(value, style: .go)
        case ("string", _), ("integer", .int), ("number", .int), ("number", .double),
            ("boolean", .bool):
            value.cellText
        case ("integer", .double(let number)):
            number.magnitude < 9e18 ? String(Int64(number)) : ""
        case ("date", .text): Timestamp(value) == nil ? "<invalid>" : context.age(value)
        default: ""
        }
    }
}
