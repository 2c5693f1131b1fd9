import Support
import Value

// What clients may write to the status of built-in kinds. Controllers keep these rules by themselves.
extension Validator {
    private func statusPath(_ key: Key) -> ErrorPath { ErrorPath("status").child(key) }

    private mutating func counts(_ status: Value, _ keys: [Key]) {
        for key in keys { nonnegative(status[key], statusPath(key)) }
    }

    /// The status of what keeps replicas: no count is more than all.
    ///
    /// - Parameters:
    ///   - keys: the counts in the order in which they must not be negative.
    ///   - parts: those that are part of `replicas`, in the order in which this is asked.
    ///   - ready: what upstream calls the ready ones, of which the available ones are part.
    mutating func replicaStatus(
        _ object: Value, _ old: Value, counts keys: [Key], parts: [Key],
        ready: String = "readyReplicas"
    ) {
        let status = object[.status]
        counts(status, keys)
        for key in parts where status.int(key) > status.int(.replicas) {
            add(
                .invalid(
                    statusPath(key), Value(status.int(key)),
                    "cannot be greater than status.replicas"))
        }
        if status.int(.availableReplicas) > status.int(.readyReplicas) {
            add(
                .invalid(
                    statusPath(.availableReplicas), Value(status.int(.availableReplicas)),
                    "cannot be greater than \(ready)"))
        }
        collisions(status, old[.status])
    }

    private mutating func collisions(_ status: Value, _ old: Value) {
        guard status.int(.collisionCount) < old.int(.collisionCount) else { return }
        add(
            .invalid(
                statusPath(.collisionCount), Value(status.int(.collisionCount)),
                "cannot be decremented"))
    }

    /// ValidateDaemonSetStatusUpdate.
    mutating func daemonSetStatus(_ set: Value, _ old: Value) {
        counts(
            set[.status],
            [
                .currentNumberScheduled, .numberMisscheduled, .desiredNumberScheduled, .numberReady,
                .observedGeneration, .updatedNumberScheduled, .numberAvailable,
                .numberUnavailable, .collisionCount,
            ])
        collisions(set[.status], old[.status])
    }

    /// ValidateNamespaceStatusUpdate, with its path as it is.
    mutating func namespaceStatus(_ namespace: Value) {
        let isGoing = !namespace[.metadata][.deletionTimestamp].isNull
        let phase = isGoing ? "Terminating" : "Active"
        guard namespace[.status].text(.phase) != phase else { return }
        add(
            .invalid(
                statusPath("Phase"), Value(namespace[.status].text(.phase)),
                "may only be '\(phase)' if `deletionTimestamp` is \(isGoing ? "not " : "")empty"))
    }

    /// ValidatePodDisruptionBudgetStatusUpdate; conditions aside.
    mutating func budgetStatus(_ budget: Value) {
        counts(
            budget[.status],
            [.disruptionsAllowed, .currentHealthy, .desiredHealthy, .expectedPods])
    }

    /// ValidateHorizontalPodAutoscalerStatusUpdate.
    mutating func autoscalerStatus(_ autoscaler: Value) {
        counts(autoscaler[.status], [.currentReplicas, .desiredReplicas])
    }

    /// ValidateLoadBalancerStatus.
    mutating func serviceStatus(_ service: Value) {
        let ingress = service[.status][.loadBalancer].list("ingress")
        let path = statusPath(.loadBalancer).child("ingress")
        if service[.spec].text(.type) != "LoadBalancer", !ingress.isEmpty {
            return add(
                .forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'"))
        }
        for (index, entry) in ingress.enumerated() {
            let place = path[index]
            let (ip, mode) = (entry.text(.ip), entry["ipMode"])
            if !ip.isEmpty { legacyAddress(ip, place.child("ip")) }
            if mode.isNull {
                // Filled in where there is an address.
            } else if ip.isEmpty {
                add(
                    .forbidden(
                        place.child("ipMode"), "may not be specified when `ip` is not set"))
            } else {
                oneOf(mode, ["Proxy", "VIP"], place.child("ipMode"))
            }
            let host = entry.text(.hostname)
            guard !host.isEmpty else { continue }
            messages(NameRules.dns1123Subdomain(host), host, place.child("hostname"))
            if IPAddress(host) != nil {
                add(
                    .invalid(
                        place.child("hostname"), Value(host),
                        "must be a DNS name, not an IP address"))
            }
        }
    }

    /// ValidatePodStatusUpdate: conditions, the nominated node and the QoS class.
    mutating func podStatus(_ pod: Value, _ old: Value) {
        let status = pod[.status]
        for (index, condition) in status.list(.conditions).enumerated() {
            let type = condition.text(.type)
            switch type {
            // Upstream's own, and those of which all that is asked is known: each write has them.
            case "PodScheduled", "Ready", "Initialized", "ContainersReady",
                "PodReadyToStartContainers", "DisruptionTarget":
                continue
            default: break
            }
            let problems = NameRules.qualifiedName(type)
            if problems.isEmpty { continue }
            messages(problems, type, statusPath(.conditions)[index].child("Type"))
        }
        let nominated = status.text(.nominatedNodeName)
        if !nominated.isEmpty, nominated != old[.status].text(.nominatedNodeName) {
            messages(
                NameRules.dns1123Subdomain(nominated), nominated, statusPath(.nominatedNodeName))
            if !old[.spec].text(.nodeName).isEmpty {
                add(
                    .forbidden(
                        statusPath(.nominatedNodeName),
                        "may not be set on pods that are already bound to a node"))
            }
        }
        immutable(status[.qosClass], old[.status][.qosClass], statusPath(.qosClass))
    }
}
