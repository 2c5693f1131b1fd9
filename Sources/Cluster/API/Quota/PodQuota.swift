import Model
import Support
import Value

extension QuotaEvaluator {
    /// Pods count until they have finished. Source: podEvaluator.
    static let pods: QuotaEvaluator = {
        var evaluator = QuotaEvaluator { pod, usage in addPod(PodSpecView(pod[.spec]), to: &usage) }
        evaluator.counts = { !PodView($0).isTerminal }
        evaluator.isInScope = { scope, pod in isPod(pod[.spec], in: scope) }
        evaluator.missing = { hard, pod in missing(hard, PodSpecView(pod[.spec])) }
        return evaluator
    }()

    private static func addPod(_ spec: PodSpecView, to usage: inout ResourceList) {
        usage[.pods] = Quantity(Int64(1))
        for entry in spec.requests.entries {
            usage[Key("requests.\(entry.name)")] = entry.amount
            if entry.name == .cpu || entry.name == .memory || entry.name == "ephemeral-storage" {
                usage[entry.name] = entry.amount
            }
        }
        for entry in spec.limits.entries { usage[Key("limits.\(entry.name)")] = entry.amount }
    }

    private static func isPod(_ spec: Value, in scope: QuotaScope) -> Bool {
        switch scope.name {
        case "Terminating": return spec.int(.activeDeadlineSeconds) > 0
        case "NotTerminating": return spec.int(.activeDeadlineSeconds) == 0
        case "BestEffort": return PodSpecView(spec).qosClass == "BestEffort"
        case "NotBestEffort": return PodSpecView(spec).qosClass != "BestEffort"
        case "PriorityClass":
            let name = spec.text(.priorityClassName)
            switch scope.operator {
            case "In": return scope.values.contains(name)
            case "NotIn": return !scope.values.contains(name)
            case "DoesNotExist": return name.isEmpty
            default: return !name.isEmpty
            }
        default: return false
        }
    }

    /// A quota on computing resources demands that every container names them.
    private static func missing(_ hard: [String], _ spec: PodSpecView) -> [String] {
        var missing: [String] = []
        for name in hard.sorted() {
            guard let (part, resource) = demand(name) else { continue }
            let containers = (spec.containers + spec.initContainers).filter {
                $0.value[.resources][part][resource].isNull
            }
            if !containers.isEmpty {
                let names = containers.map(\.name).sorted().joined(separator: ",")
                missing.append("\(name) for: \(names)")
            }
        }
        return missing
    }

    private static func demand(_ name: String) -> (Key, Key)? {
        switch name {
        case "cpu", "requests.cpu": (.requests, .cpu)
        case "memory", "requests.memory": (.requests, .memory)
        case "limits.cpu": (.limits, .cpu)
        case "limits.memory": (.limits, .memory)
        default: nil
        }
    }
}
