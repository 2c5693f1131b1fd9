import Support
import Value

/// The value of a container's resource as an environment variable: the amount in units of the
/// divisor, rounded up. An unset limit of CPU or memory is what the node can give.
/// Source: kubectl, util/resource.ExtractContainerResourceValue.
func resourceFieldText(_ reference: Value, _ container: Value) -> String {
    let path = reference[.resource].cellText
    let amount = resourceFieldAmount(reference, container)
    let isLimit = path == "limits.cpu" || path == "limits.memory"
    return amount == "0" && isLimit ? "node allocatable" : amount
}

/// The amount alone: 0 where it is not set.
package func resourceFieldAmount(_ reference: Value, _ container: Value) -> String {
    let path = reference[.resource].cellText
    let parts = path.split(separator: ".", maxSplits: 1)
    guard parts.count == 2 else { return "" }
    let list = container[.resources][String(parts[0])]
    let amount = Quantity(list[String(parts[1])]) ?? Quantity.zero
    var divisor = Quantity(reference[.divisor]) ?? Quantity.zero
    if divisor.isZero { divisor = Quantity(1) }
    let (quotient, rest) = amount.nanos.quotientAndRemainder(dividingBy: divisor.nanos)
    return String(quotient + (rest > 0 ? 1 : 0))
}
