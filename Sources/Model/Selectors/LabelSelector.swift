import Support
import Value

/// A compiled label selector: requirements that must all hold.
///
/// Made from a selector object (`matchLabels`, `matchExpressions`), a plain map of labels, or
/// kubectl's string form; printed in the string form.
package struct LabelSelector: Hashable, Sendable {
    /// How a requirement relates key and values. The raw value is the string form's operator.
    package enum Operator: String, Hashable, Sendable {
        case equals = "="
        case doubleEquals = "=="
        case notEquals = "!="
        case isIn = "in"
        case notIn = "notin"
        case exists
        case doesNotExist = "!"
        case greaterThan = "gt"
        case lessThan = "lt"
    }

    /// One condition on the label `key`.
    package struct Requirement: Hashable, Sendable {
        package let key: Key
        package let `operator`: Operator
        /// Sorted, without repetitions.
        package let values: [String]

        package init(key: Key, operator: Operator, values: [String]) {
            self.key = key
            self.operator = `operator`
            self.values = values.count < 2 ? values : Array(Set(values)).sorted()
        }
    }

    /// Ordered by key, as apimachinery prints them.
    package let requirements: [Requirement]
    /// Whether the selector selects nothing at all (an absent selector).
    package let isNothing: Bool

    /// Selects every object.
    package static let everything = LabelSelector([])
    /// Selects no object.
    package static let nothing = LabelSelector(requirements: [], isNothing: true)

    /// A selector of these requirements.
    package init(_ requirements: [Requirement]) {
        self.init(
            requirements: requirements.count < 2
                ? requirements : requirements.sorted { $0.key.name < $1.key.name },
            isNothing: false)
    }

    private init(requirements: [Requirement], isNothing: Bool) {
        self.requirements = requirements
        self.isNothing = isNothing
    }

    /// The selector of a `LabelSelector` object; null selects nothing, `{}` everything
    /// (metav1.LabelSelectorAsSelector). An unknown operator makes the requirement unfulfillable;
    /// validation refuses it before it can be stored.
    package init(_ value: Value) {
        guard case .object = value else {
            self = .nothing
            return
        }
        var requirements = Self.exact(value.map(.matchLabels))
        for entry in value.list(.matchExpressions) {
            let values = entry.list(.values).compactMap(\.string)
            let `operator`: Operator
            switch entry.text(.operator) {
            case "In": `operator` = .isIn
            case "NotIn": `operator` = .notIn
            case "Exists": `operator` = .exists
            case "DoesNotExist": `operator` = .doesNotExist
            default:
                self = .nothing
                return
            }
            requirements.append(
                Requirement(key: Key(entry.text(.key)), operator: `operator`, values: values))
        }
        self.init(requirements)
    }

    /// The selector of a plain map, as Services and ReplicationControllers have it; an empty map
    /// selects everything (the caller decides what an empty map means to it).
    package init(labels: Object) { self.init(Self.exact(labels)) }

    private static func exact(_ labels: Object) -> [Requirement] {
        labels.map {
            Requirement(key: $0.key, operator: .equals, values: [$0.value.string ?? ""])
        }
    }

    /// Whether the selector restricts nothing.
    package var isEverything: Bool { requirements.isEmpty && !isNothing }

    /// Whether `labels` fulfil every requirement.
    package func matches(_ labels: Object) -> Bool {
        if isNothing { return false }
        for requirement in requirements where !requirement.matches(labels[requirement.key].string) {
            return false
        }
        return true
    }

    /// The value that a label must have, where the selector demands one (for indexes).
    package func exactValue(of key: Key) -> String? {
        for requirement in requirements where requirement.key == key {
            switch requirement.operator {
            case .equals, .doubleEquals, .isIn:
                if requirement.values.count == 1 { return requirement.values[0] }
            default: continue
            }
        }
        return nil
    }

    /// The string form: `app=web,env in (dev,prod),!tier`. Nothing and everything print empty.
    package var text: String { requirements.map(\.text).joined(separator: ",") }
}

extension LabelSelector.Requirement {
    /// Whether a label with this text (nil: absent) fulfils the requirement.
    package func matches(_ text: String?) -> Bool {
        switch self.operator {
        case .equals, .doubleEquals, .isIn:
            guard let text else { return false }
            return values.contains(text)
        case .notEquals, .notIn:
            guard let text else { return true }
            return !values.contains(text)
        case .exists: return text != nil
        case .doesNotExist: return text == nil
        case .greaterThan, .lessThan:
            guard let number = text.flatMap({ Int64($0) }),
                let bound = values.first.flatMap({ Int64($0) })
            else { return false }
            return self.operator == .greaterThan ? number > bound : number < bound
        }
    }

    /// The requirement in the string form.
    package var text: String {
        let name = key.name
        switch self.operator {
        case .exists: return name
        case .doesNotExist: return "!" + name
        case .isIn, .notIn:
            return "\(name) \(self.operator.rawValue) (\(values.joined(separator: ",")))"
        case .greaterThan: return "\(name)>\(values.first ?? "")"
        case .lessThan: return "\(name)<\(values.first ?? "")"
        case .equals, .doubleEquals, .notEquals:
            return name + self.operator.rawValue + (values.first ?? "")
        }
    }
}
