import Support
import Value

/// What the API server knows of the names of resources: `cpu`, `hugepages-2Mi`, `example.com/gpu`.
///
/// Source: pkg/apis/core/helper/helpers.go.
enum ResourceNames {
    private static let computing: Set<String> = ["cpu", "memory", "ephemeral-storage"]
    private static let counted: Set<String> = [
        "pods", "resourcequotas", "services", "replicationcontrollers", "secrets", "configmaps",
        "persistentvolumeclaims", "services.nodeports", "services.loadbalancers",
    ]
    private static let quota: Set<String> = computing.union(counted).union([
        "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage",
        "limits.cpu", "limits.memory", "limits.ephemeral-storage",
    ])

    /// What may be said for a pod as a whole.
    static let ofPods = ["cpu", "hugepages-", "memory"]

    /// IsSupportedPodLevelResource.
    static func isForPods(_ name: String) -> Bool {
        name == "cpu" || name == "memory" || isHugePages(name)
    }

    static func isHugePages(_ name: String) -> Bool { name.hasPrefix("hugepages-") }

    private static func isQuotaOfHugePages(_ name: String) -> Bool {
        isHugePages(name) || name.hasPrefix("requests.hugepages-")
    }

    /// IsNativeResource.
    static func isNative(_ name: String) -> Bool {
        !name.contains("/") || name.contains("kubernetes.io/")
    }

    /// IsExtendedResourceName.
    static func isExtended(_ name: String) -> Bool {
        !isNative(name) && !name.hasPrefix("requests.")
            && NameRules.qualifiedName("requests.\(name)").isEmpty
    }

    /// IsOvercommitAllowed: whether a request may be less than its limit.
    static func allowsOvercommit(_ name: String) -> Bool { isNative(name) && !isHugePages(name) }

    /// IsIntegerResourceName.
    static func isWhole(_ name: String) -> Bool { counted.contains(name) || isExtended(name) }

    /// IsStandardResourceName.
    static func isStandard(_ name: String) -> Bool {
        quota.contains(name) || name == "storage" || isQuotaOfHugePages(name)
    }

    /// IsStandardQuotaResourceName.
    static func isStandardForQuota(_ name: String) -> Bool {
        quota.contains(name) || isQuotaOfHugePages(name)
    }

    /// IsStandardContainerResourceName.
    static func isStandardForContainers(_ name: String) -> Bool {
        computing.contains(name) || isHugePages(name)
    }
}

extension Validator {
    /// validateResourceName.
    mutating func resourceName(_ name: String, _ path: ErrorPath) {
        let problems = NameRules.qualifiedName(name)
        messages(problems, name, path)
        if problems.isEmpty, !name.contains("/"), !ResourceNames.isStandard(name) {
            add(
                .invalid(
                    path, Value(name), "must be a standard resource type or fully qualified"))
        }
    }

    /// validateContainerResourceName.
    mutating func containerResourceName(_ name: String, _ path: ErrorPath) {
        resourceName(name, path)
        if !name.contains("/") {
            if !ResourceNames.isStandardForContainers(name) {
                add(.invalid(path, Value(name), "must be a standard resource for containers"))
            }
        } else if !ResourceNames.isNative(name), !ResourceNames.isExtended(name) {
            add(.invalid(path, Value(name), "doesn't follow extended resource name standard"))
        }
    }

    /// ValidateResourceQuotaResourceName.
    mutating func quotaResourceName(_ name: String, _ path: ErrorPath) {
        resourceName(name, path)
        if !name.contains("/"), !ResourceNames.isStandardForQuota(name) {
            add(.invalid(path, Value(name), "must be a standard resource for quota"))
        }
    }

    /// ValidateResourceQuantityValue.
    mutating func resourceAmount(_ value: Value, _ name: String, _ path: ErrorPath) {
        nonnegativeQuantity(value, path)
        if ResourceNames.isWhole(name), let amount = Quantity(value), !amount.isInteger {
            add(.invalid(path, Value(amount.text), "must be an integer"))
        }
    }

    /// ValidateContainerResourceRequirements.
    mutating func resources(_ resources: Value, _ path: ErrorPath) {
        self.resources(resources, path) { $0.containerResourceName($1, $2) }
    }

    /// validatePodResources: what is said for the pod as a whole, beside its containers.
    mutating func podResources(_ spec: Value, _ path: ErrorPath) {
        let resources = spec[.resources]
        let path = path.child("resources")
        guard !resources.isNull else { return }
        if !resources[.claims].isNull {
            add(
                .forbidden(
                    path.child("claims"), "claims may not be set for Resources at pod-level"))
        }
        self.resources(resources, path) { validator, name, path in
            validator.podResourceName(name, path)
        }
        let view = PodSpecView(spec)
        let (requests, limits) = (resources.map(.requests), resources.map(.limits))
        for entry in view.containerRequests.sortedByName {
            guard let own = Quantity(requests[entry.name]), entry.amount > own else { continue }
            add(
                .invalid(
                    path.child("requests").key(entry.name.name), Value(own.text),
                    "must be greater than or equal to aggregate container requests of "
                        + entry.amount.text))
        }
        for entry in view.containerLimits.sortedByName
        where ResourceNames.isHugePages(entry.name.name) {
            guard let own = Quantity(limits[entry.name]), entry.amount > own else { continue }
            add(
                .invalid(
                    path.child("limits").key(entry.name.name), Value(own.text),
                    "must be greater than or equal to aggregate container limits of "
                        + entry.amount.text))
        }
        for (index, container) in view.containers.enumerated() {
            for field in container.limits.sortedByName {
                guard let own = Quantity(limits[field.key]), let limit = Quantity(field.value),
                    limit > own
                else { continue }
                add(
                    .invalid(
                        path.child("containers")[index].key(field.key.name).child("limits"),
                        Value(limit.text),
                        "must be less than or equal to pod limits of \(own.text)"))
            }
        }
    }

    /// validatePodResourceName.
    private mutating func podResourceName(_ name: String, _ path: ErrorPath) {
        let before = errors.count
        resourceName(name, path)
        if errors.count == before, !ResourceNames.isForPods(name) {
            add(.notSupported(path, Value(name), ResourceNames.ofPods))
        }
    }

    private mutating func resources(
        _ resources: Value, _ path: ErrorPath,
        name check: (inout Validator, String, ErrorPath) -> Void
    ) {
        let limits = resources.map(.limits)
        let requests = resources.map(.requests)
        for field in limits.sortedByName {
            let place = path.child("limits").key(field.key.name)
            check(&self, field.key.name, place)
            resourceAmount(field.value, field.key.name, place)
            pages(field, place)
        }
        for field in requests.sortedByName {
            let name = field.key.name
            let place = path.child("requests").key(name)
            check(&self, name, place)
            resourceAmount(field.value, name, place)
            request(field, limits, path)
            pages(field, place)
        }
        let names = (limits.keys + requests.keys).map(\.name)
        if names.contains(where: ResourceNames.isHugePages), !names.contains("cpu"),
            !names.contains("memory")
        {
            add(.forbidden(path, "HugePages require cpu or memory"))
        }
    }

    /// A request is at most its limit; of what nodes do not hand out twice it is the same.
    private mutating func request(_ field: Field, _ limits: Object, _ path: ErrorPath) {
        let name = field.key.name
        guard let request = Quantity(field.value) else { return }
        guard let limit = Quantity(limits[field.key]) else {
            if !ResourceNames.allowsOvercommit(name) {
                add(
                    .required(
                        path.child("limits"), "Limit must be set for non overcommitable resources"))
            }
            return
        }
        let words: String? =
            if !ResourceNames.allowsOvercommit(name), request != limit {
                "must be equal to"
            } else if request > limit {
                "must be less than or equal to"
            } else {
                nil
            }
        guard let words else { return }
        add(
            .invalid(
                path.child("requests"), Value(request.text),
                "\(words) \(name) limit of \(limit.text)"))
    }

    /// IsHugePageResourceValueDivisible.
    private mutating func pages(_ field: Field, _ path: ErrorPath) {
        let name = field.key.name
        guard ResourceNames.isHugePages(name), let amount = Quantity(field.value) else { return }
        let size = Quantity(Value(String(name.dropFirst("hugepages-".count))))
        if let size, size > .zero, size.isInteger, amount.value % size.value == 0 { return }
        add(
            .invalid(
                path, Value(amount.text),
                "\(amount.text) is not positive integer multiple of \(name)"))
    }

    /// validateResizePolicy.
    mutating func resizePolicy(_ container: Value, _ podPolicy: String, _ path: ErrorPath) {
        var seen: Set<String> = []
        for (index, entry) in container.list(.resizePolicy).enumerated() {
            let name = entry.text(.resourceName)
            if !seen.insert(name).inserted { add(.duplicate(path[index], Value(name))) }
            oneOf(entry[.resourceName], ["cpu", "memory"], path)
            oneOf(entry[.restartPolicy], ["NotRequired", "RestartContainer"], path)
            if podPolicy == "Never", entry[.restartPolicy] != "NotRequired" {
                add(
                    .invalid(
                        path, Value(entry.text(.restartPolicy)),
                        "must be 'NotRequired' when pod `restartPolicy` is 'Never'"))
            }
        }
    }
}
