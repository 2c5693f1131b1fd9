import Support
import Value

/// Which fields the objects of a kind can be selected by.
///
/// Source: AddFieldLabelConversionFunc of each API group and SelectableFields of each registry.
package struct SelectableFields: Sendable {
    /// In the order of messages and completion.
    package let names: [String]
    /// The API server's words for a field that is none of them.
    private let refusal: @Sendable (String) -> String

    /// Name and namespace, as with most kinds.
    package static let common = SelectableFields(only: commonNames) {
        "\"\($0)\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\""
    }

    private static let commonNames = ["metadata.name", "metadata.namespace"]

    /// `names` beside name and namespace.
    package init(
        _ names: [String],
        refusal: @escaping @Sendable (String) -> String = { "field label not supported: \($0)" }
    ) {
        self.init(only: Self.commonNames + names, refusal: refusal)
    }

    /// `names` and nothing else.
    package init(
        only names: [String],
        refusal: @escaping @Sendable (String) -> String = { "field label not supported: \($0)" }
    ) {
        self.names = names
        self.refusal = refusal
    }

    /// Checks that every field of `selector` can be selected by; answers the API server's words for
    /// the first that cannot.
    package func check(_ selector: FieldSelector) -> SelectorError? {
        for requirement in selector.requirements where !names.contains(requirement.field) {
            return SelectorError(refusal(requirement.field))
        }
        return nil
    }
}

extension FieldSelector {
    /// Whether `object` fulfils the selector, which must have passed ``SelectableFields/check(_:)``
    /// of its kind.
    package func matches(_ object: Value) -> Bool {
        for requirement in requirements {
            let text = Self.text(of: requirement.field, in: object)
            if (text == requirement.value) != requirement.isEqual { return false }
        }
        return true
    }

    private static func text(of field: String, in object: Value) -> String {
        switch field {
        case "spec.hostNetwork", "spec.unschedulable":
            return walk(field, object).bool == true ? "true" : "false"
        case "status.successful": return String(object[.status].int(.succeeded))
        case "status.replicas": return String(object[.status].int(.replicas))
        case "status.podIPs": return object[.status].text(.podIP)
        case "source":
            let component = object[.source].text(.component)
            return component.isEmpty ? object.text(.reportingComponent) : component
        default: return walk(field, object).string ?? ""
        }
    }

    private static func walk(_ path: String, _ object: Value) -> Value {
        path.split(separator: ".").reduce(object) { $0[Key(String($1))] }
    }
}
