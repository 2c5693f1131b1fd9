import Model
import Value

/// A label selector as Go prints a pointer to one with `%v`, the way it gets into upstream's messages:
/// `&LabelSelector{MatchLabels:map[string]string{app: web,},MatchExpressions:[]LabelSelectorRequirement{},}`;
/// `nil` without one.
///
/// Origin: the generated String() methods of apimachinery.
func goText(ofSelector selector: Value) -> String {
    if selector.isNull { return "nil" }
    let labels = selector[.matchLabels].fields.sortedByName.map {
        "\($0.key.name): \($0.value.string ?? ""),"
    }
    let expressions = selector[.matchExpressions].elements.map { entry in
        "LabelSelectorRequirement{Key:\(entry.text(.key)),Operator:\(entry.text(.operator)),"
            + "Values:[\(entry[.values].elements.compactMap(\.string).joined(separator: " "))],},"
    }
    return "&LabelSelector{MatchLabels:map[string]string{\(labels.joined())},"
        + "MatchExpressions:[]LabelSelectorRequirement{\(expressions.joined())},}"
}
