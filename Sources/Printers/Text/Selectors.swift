import Support
import Value

/// `a=1,b=2` in the order of the names; `<none>` for an empty map.
/// Source: apimachinery, labels.FormatLabels.
func labelsText(_ labels: Value) -> String {
    let text = labels.fields.sortedByName.map { "\($0.key.name)=\($0.value.cellText)" }
    return text.isEmpty ? "<none>" : text.joined(separator: ",")
}

/// The text of a label selector (`matchLabels` and `matchExpressions`), ordered by key; "" when it
/// selects everything or is absent.
///
/// Example: `{matchLabels: {app: web}, matchExpressions: [{key: tier, operator: NotIn, values:
/// [b, a]}]}` gives `app=web,tier notin (a,b)`. Source: apimachinery, labels.Requirement.String.
func selectorText(_ selector: Value) -> String {
    var requirements = selector[.matchLabels].fields.map { field in
        (key: field.key.name, text: "\(field.key.name)=\(field.value.cellText)")
    }
    for expression in selector[.matchExpressions].elements {
        let key = expression[.key].cellText
        let values = expression[.values].texts.sorted(by: goLess).joined(separator: ",")
        let text =
            switch expression[.operator].cellText {
            case "In": "\(key) in (\(values))"
            case "NotIn": "\(key) notin (\(values))"
            case "DoesNotExist": "!\(key)"
            default: key
            }
        requirements.append((key: key, text: text))
    }
    // The order of requirements on one key is that of the object: the sort must be stable.
    let ordered = requirements.enumerated().sorted {
        $0.element.key == $1.element.key
            ? $0.offset < $1.offset : goLess($0.element.key, $1.element.key)
    }
    return ordered.map(\.element.text).joined(separator: ",")
}

/// ``selectorText(_:)`` with `<none>` for "". Source: apimachinery, metav1.FormatLabelSelector.
func selectorTextOrNone(_ selector: Value) -> String {
    let text = selectorText(selector)
    return text.isEmpty ? "<none>" : text
}
