import Support
import Value

/// Amounts of resources as the scheduler counts them: whole numbers, so that adding and comparing
/// cost nothing. Each is at most what 64 bits hold; sums of any number of them fit into 128 (upstream's
/// wrap around).
struct ResourceAmounts: Equatable, Sendable {
    /// Thousandths of a core.
    var milliCPU: Int128 = 0
    /// Bytes.
    var memory: Int128 = 0
    /// Bytes.
    var ephemeralStorage: Int128 = 0
    /// Extended resources by name ("example.com/gpu", "hugepages-2Mi").
    var scalars: [Scalar] = []

    struct Scalar: Equatable, Sendable {
        let name: Key
        var amount: Int128
    }

    init() {}

    /// The amounts in a map of quantities by resource name; `pods` is counted apart and left out.
    init(quantities: Object) {
        for field in quantities {
            guard let quantity = Quantity(field.value) else { continue }
            add(quantity, of: field.key)
        }
    }

    private mutating func add(_ quantity: Quantity, of name: Key) {
        switch name {
        case .cpu: milliCPU = Int128(quantity.milliValue)
        case .memory: memory = Int128(quantity.value)
        case Self.ephemeralStorageName: ephemeralStorage = Int128(quantity.value)
        case .pods: break
        default: scalars.append(Scalar(name: name, amount: Int128(quantity.value)))
        }
    }

    static let ephemeralStorageName = Key("ephemeral-storage")

    /// The amount of an extended resource; 0 where there is none.
    func scalar(_ name: Key) -> Int128 {
        for scalar in scalars where scalar.name == name { return scalar.amount }
        return 0
    }

    /// Whether there is more here than in `other` of something that `wanted` asks for.
    func exceeds(_ other: ResourceAmounts, in wanted: ResourceAmounts) -> Bool {
        if wanted.milliCPU > 0, milliCPU > other.milliCPU { return true }
        if wanted.memory > 0, memory > other.memory { return true }
        if wanted.ephemeralStorage > 0, ephemeralStorage > other.ephemeralStorage { return true }
        return wanted.scalars.contains {
            $0.amount > 0 && scalar($0.name) > other.scalar($0.name)
        }
    }

    static func += (left: inout ResourceAmounts, right: ResourceAmounts) {
        left.add(right, sign: 1)
    }

    static func -= (left: inout ResourceAmounts, right: ResourceAmounts) {
        left.add(right, sign: -1)
    }

    private mutating func add(_ other: ResourceAmounts, sign: Int128) {
        milliCPU += sign * other.milliCPU
        memory += sign * other.memory
        ephemeralStorage += sign * other.ephemeralStorage
        for scalar in other.scalars {
            if let index = scalars.firstIndex(where: { $0.name == scalar.name }) {
                scalars[index].amount += sign * scalar.amount
            } else {
                scalars.append(Scalar(name: scalar.name, amount: sign * scalar.amount))
            }
        }
    }

    /// Sets the amount of an extended resource.
    mutating func set(_ scalar: Scalar) {
        scalars.removeAll { $0.name == scalar.name }
        scalars.append(scalar)
    }

    /// Raises each amount to that of `other` where it is less.
    mutating func raise(to other: ResourceAmounts) {
        milliCPU = max(milliCPU, other.milliCPU)
        memory = max(memory, other.memory)
        ephemeralStorage = max(ephemeralStorage, other.ephemeralStorage)
        for scalar in other.scalars {
            if let index = scalars.firstIndex(where: { $0.name == scalar.name }) {
                scalars[index].amount = max(scalars[index].amount, scalar.amount)
            } else {
                scalars.append(scalar)
            }
        }
    }
}

/// What the containers of a pod ask for together.
///
/// Containers run side by side; plain init containers run one after another before them; sidecars
/// (init containers that restart) run beside everything that comes after them. Overhead comes on
/// top (upstream: `resourcehelper.PodRequests`, KEP-753). Worked example: containers of 100m and
/// 200m with an init container of 500m ask for max(300, 500) = 500m. Of cpu, memory and huge pages
/// counts what the pod itself requests, if it does (KEP-2837).
struct PodResourceRequest: Sendable {
    private(set) var amounts = ResourceAmounts()
    /// As ``amounts``, with 100m and 200 MiB for each container that does not say: what the scorers
    /// use, so that pods without requests still spread.
    private(set) var nonZeroMilliCPU: Int128 = 0
    private(set) var nonZeroMemory: Int128 = 0

    static let defaultMilliCPU: Int128 = 100
    static let defaultMemory: Int128 = 200 * 1024 * 1024

    init(spec: Value) {
        var sum = Running()
        for container in spec[.containers].elements {
            sum.add(Running(container: container))
        }
        var sidecars = Running()
        var peak = Running()
        for container in spec[.initContainers].elements {
            var step = Running(container: container)
            if container[.restartPolicy].string == "Always" {
                sidecars.add(step)
                sum.add(step)
                step = sidecars
            } else {
                step.add(sidecars)
            }
            peak.raise(to: step)
        }
        sum.raise(to: peak)
        sum.replace(by: spec[.resources][.requests].fields)
        let overhead = ResourceAmounts(quantities: spec[.overhead].fields)
        amounts = sum.amounts
        amounts += overhead
        nonZeroMilliCPU = sum.milliCPU + overhead.milliCPU
        nonZeroMemory = sum.memory + overhead.memory
    }

    private struct Running {
        var amounts = ResourceAmounts()
        var milliCPU: Int128 = 0
        var memory: Int128 = 0

        init() {}

        init(container: Value) {
            let requests = container[.resources][.requests].fields
            amounts = ResourceAmounts(quantities: requests)
            milliCPU = requests.contains(.cpu) ? amounts.milliCPU : defaultMilliCPU
            memory = requests.contains(.memory) ? amounts.memory : defaultMemory
        }

        mutating func add(_ other: Running) {
            amounts += other.amounts
            milliCPU += other.milliCPU
            memory += other.memory
        }

        /// Takes what the pod as a whole requests.
        mutating func replace(by requests: Object) {
            guard !requests.isEmpty else { return }
            let whole = ResourceAmounts(quantities: requests)
            if requests.contains(.cpu) {
                amounts.milliCPU = whole.milliCPU
                milliCPU = whole.milliCPU
            }
            if requests.contains(.memory) {
                amounts.memory = whole.memory
                memory = whole.memory
            }
            for scalar in whole.scalars where scalar.name.name.hasPrefix("hugepages-") {
                amounts.set(scalar)
            }
        }

        mutating func raise(to other: Running) {
            amounts.raise(to: other.amounts)
            milliCPU = max(milliCPU, other.milliCPU)
            memory = max(memory, other.memory)
        }
    }
}
