import Model
import Support
import Value

/// Prints objects one after the other in one format.
///
/// `get` prints several objects as one list (see ``list(of:)``); other commands print each by
/// itself.
package struct OutputPrinter {
    private let format: OutputFormat
    private let operation: String
    private let showsManagedFields: Bool
    private let holdsGoTypes: Bool
    private var count = 0
    /// What the last columns belonged to; a header is repeated where that changes.
    private var columnsKind: Bool?
    private var columns = TabWriter(.table)

    /// - Parameters:
    ///   - operation: what happened to the objects ("created"); `-o name` leaves it out.
    ///   - showsManagedFields: `--show-managed-fields`.
    ///   - holdsGoTypes: whether the command holds objects in Go's types, so that JSON shows their fields
    ///     in Go's order, and not by name.
    package init(
        _ format: OutputFormat, operation: String = "", showsManagedFields: Bool = false,
        holdsGoTypes: Bool = false
    ) {
        self.format = format
        self.operation = operation
        self.showsManagedFields = showsManagedFields
        self.holdsGoTypes = holdsGoTypes
    }

    /// The text for one object or list.
    package mutating func print(_ object: Value) throws(FormatError) -> String {
        let object = showsOwners ? object : Self.withoutManagedFields(object)
        count += 1
        switch format {
        case .json:
            return holdsGoTypes
                ? JSON.text(GoFieldOrder.ordered(object), style: .kubectlUnsorted) + "\n"
                : JSON.text(object, style: .kubectl) + "\n"
        case .kyaml:
            return holdsGoTypes
                ? KYAMLPrinter.text(GoFieldOrder.ordered(object))
                : KYAMLPrinter.text(object, sortsKeys: true)
        case .yaml: return (count > 1 ? "---\n" : "") + YAMLPrinter.text(object)
        case .name:
            return Self.items(of: object).map { ResourceName.line($0, operation: operation) }
                .joined()
        case .jsonPath(let template, let asJSON):
            return try template.output(for: object, asJSON: asJSON)
        case .goTemplate(let template): return try template.output(for: object)
        case .customColumns(let columns): return try print(object, columns)
        }
    }

    /// JSON and YAML leave out who owns fields unless that was asked for, templates never do. Source:
    /// cli-runtime, JSONYamlPrintFlags.
    private var showsOwners: Bool {
        switch format {
        case .json, .yaml, .kyaml: showsManagedFields
        case .name, .jsonPath, .goTemplate, .customColumns: true
        }
    }

    private mutating func print(
        _ object: Value, _ spec: CustomColumns
    ) throws(FormatError) -> String {
        let isList = Self.isList(object)
        if !spec.omitsHeaders, columnsKind != isList {
            columns.write(spec.header + "\n")
            columnsKind = isList
        }
        for item in Self.items(of: object) {
            do throws(JSONPathError) {
                columns.write(try spec.row(for: item) + "\n")
            } catch {
                throw FormatError(error.message, output: columns.flush())
            }
        }
        return columns.flush()
    }

    /// The objects as `get` wraps them: one List.
    package static func list(of objects: [Value]) -> Value {
        [
            .apiVersion: "v1", .items: .array(objects), .kind: "List",
            .metadata: [.resourceVersion: ""],
        ]
    }

    private static func isList(_ object: Value) -> Bool {
        object[.kind].string?.hasSuffix("List") == true && object[.items].array != nil
    }

    /// The objects of a list; an object by itself.
    private static func items(of object: Value) -> [Value] {
        isList(object) ? object[.items].elements : [object]
    }

    /// The object, or each of the list's, without `metadata.managedFields`.
    package static func withoutManagedFields(_ object: Value) -> Value {
        var object = object
        if isList(object) {
            let items = object[.items].elements
            if items.contains(where: { !$0[.metadata]["managedFields"].isNull }) {
                object[.items] = .array(items.map(withoutManagedFields))
            }
        } else if !object[.metadata]["managedFields"].isNull {
            object[.metadata]["managedFields"] = .null
        }
        return object
    }
}
