import Model
import Support
import Value

extension QuotaEvaluator {
    /// Pods count until they have finished; as objects, they count on. Source: podEvaluator.
    static let pods: QuotaEvaluator = {
        var evaluator = QuotaEvaluator { pod, usage in addPod(PodSpecView(pod[.spec]), to: &usage) }
        evaluator.counts = { !PodView($0).isTerminal }
        evaluator.isInScope = { scope, pod in isPod(pod[.spec], in: scope) }
        evaluator.missing = { hard, pod in missing(hard, PodSpecView(pod[.spec])) }
        evaluator.frees = { old, new in
            isTerminating(old[.spec]) != isTerminating(new[.spec])
                || resources(of: old) != resources(of: new)
        }
        return evaluator
    }()

    /// podComputeUsageHelper.
    private static func addPod(_ spec: PodSpecView, to usage: inout ResourceList) {
        usage[.pods] = Quantity(Int64(1))
        for entry in spec.requests.entries {
            let name = entry.name.name
            if isComputing(entry.name) || name.hasPrefix("hugepages-") {
                usage[entry.name] = entry.amount
                usage[Key("requests.\(name)")] = entry.amount
            } else if name.contains("/"), !name.contains("kubernetes.io/") {
                usage[Key("requests.\(name)")] = entry.amount
            }
        }
        for entry in spec.limits.entries where isComputing(entry.name) {
            usage[Key("limits.\(entry.name)")] = entry.amount
        }
    }

    private static func isComputing(_ name: Key) -> Bool {
        name == .cpu || name == .memory || name == "ephemeral-storage"
    }

    /// podMatchesScopeFunc.
    private static func isPod(_ spec: Value, in scope: QuotaScope) -> Bool {
        switch scope.name {
        case "Terminating": isTerminating(spec)
        case "NotTerminating": !isTerminating(spec)
        case "BestEffort": PodSpecView(spec).qosClass == "BestEffort"
        case "NotBestEffort": PodSpecView(spec).qosClass != "BestEffort"
        case "PriorityClass":
            scope.admits([spec.text(.priorityClassName)].filter { !$0.isEmpty })
        case "CrossNamespacePodAffinity": looksBeyondNamespace(spec[.affinity])
        default: false
        }
    }

    private static func isTerminating(_ spec: Value) -> Bool {
        !spec[.activeDeadlineSeconds].isNull
    }

    /// What the kubelet gave each container.
    private static func resources(of pod: Value) -> [Value] {
        [Key.containerStatuses, .initContainerStatuses].flatMap { list in
            pod[.status].list(list).map { $0[.resources] }
        }
    }

    /// usesCrossNamespacePodAffinity.
    private static func looksBeyondNamespace(_ affinity: Value) -> Bool {
        ["podAffinity", "podAntiAffinity"].contains { (side: Key) in
            let required = affinity[side].list("requiredDuringSchedulingIgnoredDuringExecution")
            let preferred = affinity[side].list("preferredDuringSchedulingIgnoredDuringExecution")
            return (required + preferred.map { $0["podAffinityTerm"] }).contains { term in
                term["namespaces"].count > 0 || !term[.namespaceSelector].isNull
            }
        }
    }

    /// A quota on computing resources demands that every container names them, unless the pod as a
    /// whole names any.
    private static func missing(_ hard: [String], _ spec: PodSpecView) -> [String] {
        guard !hasOwnResources(spec.value[.resources]) else { return [] }
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

    /// IsPodLevelResourcesSet.
    private static func hasOwnResources(_ resources: Value) -> Bool {
        [Key.requests, .limits].contains { part in
            resources[part].fields.contains { field in
                field.key == .cpu || field.key == .memory
                    || field.key.name.hasPrefix("hugepages-")
            }
        }
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
