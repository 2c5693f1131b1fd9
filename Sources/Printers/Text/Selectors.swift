import Model
import Support
import Value

/// `a=1,b=2` in the order of the names; `<none>` for an empty map.
/// Source: apimachinery, labels.FormatLabels.
func labelsText(_ labels: Value) -> String {
    let text = labels.fields.sortedByName.map { "\($0.key.name)=\($0.value.cellText)" }
    return text.isEmpty ? "<none>" : text.joined(separator: ",")
}

/// The text of a label selector (`matchLabels` and `matchExpressions`), ordered by key; "" when it
/// selects everything or is absent: `app=web,tier notin (a,b)`.
func selectorText(_ selector: Value) -> String { LabelSelector(selector).text }

/// ``selectorText(_:)`` with `<none>` for "". Source: apimachinery, metav1.FormatLabelSelector.
func selectorTextOrNone(_ selector: Value) -> String {
    let text = selectorText(selector)
    return text.isEmpty ? "<none>" : text
}
