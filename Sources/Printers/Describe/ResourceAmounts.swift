import Support
import Value

/// What a pod asks of its node, per resource.
struct ResourceAmounts {
    private(set) var names: [Key] = []
    private var amounts: [Key: Quantity] = [:]

    /// The amount of a resource; zero where none is asked for.
    subscript(name: Key) -> Quantity { amounts[name] ?? Quantity.zero }

    /// No amounts.
    init() {}

    /// The amounts of a resource list.
    init(_ list: Value) {
        for field in list.fields {
            set(field.key, to: Quantity(field.value) ?? Quantity.zero)
        }
    }

    mutating func set(_ name: Key, to amount: Quantity) {
        if amounts.updateValue(amount, forKey: name) == nil { names.append(name) }
    }

    /// Adds every amount of `other`.
    mutating func add(_ other: ResourceAmounts) {
        for name in other.names { set(name, to: self[name] + other[name]) }
    }

    /// Raises every amount to that of `other`.
    mutating func raise(to other: ResourceAmounts) {
        for name in other.names where self[name] < other[name] || amounts[name] == nil {
            set(name, to: other[name])
        }
    }

    /// The requests or limits of a pod: those of its containers and sidecars together, or of the
    /// init container that asks for most beside the sidecars before it; pod-level amounts replace
    /// them, and the overhead of the runtime class comes on top.
    ///
    /// Example: containers of 100m and 200m after an init container of 500m ask for 500m.
    /// Source: component-helpers, resource.PodRequests and PodLimits.
    static func ofPod(_ pod: Value, _ kind: Key) -> ResourceAmounts {
        let spec = pod[.spec]
        var total = ResourceAmounts()
        for container in spec[.containers].elements {
            total.add(ResourceAmounts(container[.resources][kind]))
        }
        var sidecars = ResourceAmounts()
        var highest = ResourceAmounts()
        for container in spec[.initContainers].elements {
            var amounts = ResourceAmounts(container[.resources][kind])
            if container[.restartPolicy].string == "Always" {
                total.add(amounts)
                sidecars.add(amounts)
                amounts = sidecars
            } else {
                amounts.add(sidecars)
            }
            highest.raise(to: amounts)
        }
        total.raise(to: highest)
        let podLevel = ResourceAmounts(spec[.resources][kind])
        for name in podLevel.names { total.set(name, to: podLevel[name]) }
        let overhead = ResourceAmounts(spec[.overhead])
        for name in overhead.names where kind == .requests || !total[name].isZero {
            total.set(name, to: total[name] + overhead[name])
        }
        return total
    }
}

/// The value of a container's resource as an environment variable: the amount in units of the
/// divisor, rounded up. An unset limit of CPU or memory is what the node can give.
/// Source: kubectl, util/resource.ExtractContainerResourceValue.
func resourceFieldText(_ reference: Value, _ container: Value) -> String {
    let path = reference[.resource].cellText
    let parts = path.split(separator: ".", maxSplits: 1)
    guard parts.count == 2 else { return "" }
    let list = container[.resources][String(parts[0])]
    let amount = Quantity(list[String(parts[1])]) ?? Quantity.zero
    var divisor = Quantity(reference[.divisor]) ?? Quantity.zero
    if divisor.isZero { divisor = Quantity(1) }
    let (quotient, rest) = amount.nanos.quotientAndRemainder(dividingBy: divisor.nanos)
    let units = quotient + (rest > 0 ? 1 : 0)
    let isLimit = path == "limits.cpu" || path == "limits.memory"
    return units == 0 && isLimit ? "node allocatable" : String(units)
}
