import Model
import Support
import Value

/// What an object counts for in a ResourceQuota.
///
/// Source: the evaluators of pkg/quota/v1/evaluator/core. Of pods, those that have not finished.
enum QuotaUsage {
    /// The kinds that a quota counts by special names, besides `count/…`.
    static let kinds: [Kind] = [
        .pod, .service, .persistentVolumeClaim, .configMap, .secret, .replicationController,
        .resourceQuota, .deployment, .replicaSet, .statefulSet, .daemonSet, .job, .cronJob,
        .serviceAccount, .ingress,
    ]

    /// The usage of `object`, whose kind is `info`.
    static func of(_ object: Value, _ info: KindDescriptor) -> ResourceList {
        if info.kind == .pod, PodView(object).isTerminal { return ResourceList() }
        var usage = ResourceList()
        let one = Quantity(Int64(1))
        usage[Key("count/\(info.qualifiedPlural)")] = one
        switch info.kind {
        case .pod: addPod(PodSpecView(object[.spec]), to: &usage)
        case .service: addService(object[.spec], to: &usage)
        case .persistentVolumeClaim:
            usage["persistentvolumeclaims"] = one
            let request = Quantity(object[.spec][.resources][.requests][.storage]) ?? .zero
            usage["requests.storage"] = request
            if let name = object[.spec][.storageClassName].string {
                let prefix = "\(name).storageclass.storage.k8s.io"
                usage[Key("\(prefix)/requests.storage")] = request
                usage[Key("\(prefix)/persistentvolumeclaims")] = one
            }
        case .configMap, .secret, .replicationController, .resourceQuota:
            usage[Key(info.plural)] = one
        default: break
        }
        return usage
    }

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

    private static func addService(_ spec: Value, to usage: inout ResourceList) {
        usage["services"] = Quantity(Int64(1))
        let type = spec.text(.type)
        let ports = spec[.ports].elements.count
        if type == "NodePort" { usage["services.nodeports"] = Quantity(Int64(ports)) }
        if type == "LoadBalancer" {
            usage["services.loadbalancers"] = Quantity(Int64(1))
            usage["services.nodeports"] = Quantity(Int64(ports))
        }
    }

    /// Whether `quota` counts `object`: a quota with scopes counts only pods that are in all of them.
    static func counts(_ quota: Value, _ object: Value, _ kind: Kind) -> Bool {
        let spec = quota[.spec]
        var scopes = spec[.scopes].elements.map { ($0.string ?? "", "Exists", [String]()) }
        for expression in spec[.scopeSelector]["matchExpressions"].elements {
            scopes.append(
                (
                    expression.text(.scopeName), expression.text(.operator),
                    expression[.values].elements.compactMap(\.string)
                ))
        }
        if scopes.isEmpty { return true }
        guard kind == .pod else { return false }
        return scopes.allSatisfy { isInScope($0, object[.spec]) }
    }

    private static func isInScope(
        _ scope: (name: String, operator: String, values: [String]), _ spec: Value
    ) -> Bool {
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
}
