import Model
import Support
import Value

/// Makes ranges of Service addresses ready, and keeps those that are still needed from going; makes the
/// default one anew after it went.
///
/// Source: kube-controller-manager's service-cidr-controller, and the API server's
/// kubernetes-service-cidr-controller, which looks every ten seconds.
final class ServiceCIDRController: Controller {
    static let finalizer = "networking.k8s.io/service-cidr-finalizer"
    private static let defaultKey = ObjectKey(namespace: "", name: "kubernetes")
    private static let period: Milliseconds = 10_000
    /// How long a deletion waits for allocators to learn of it.
    private static let grace: Milliseconds = 10_000

    init() { super.init(name: "service-cidr-controller", workers: 5) }

    override func start() {
        watch(.serviceCIDR)
        watch(.ipAddress)
        view.state.forEach(.serviceCIDR) { enqueue($0) }
    }

    override func observe(_ change: Change) {
        guard change.kind == .ipAddress else {
            if change.type == .deleted, change.object.key == Self.defaultKey {
                return enqueue(Self.defaultKey, after: Self.period - now % Self.period)
            }
            view.state.forEach(.serviceCIDR) { enqueue($0) }
            return
        }
        guard change.type != .modified else { return }
        view.state.forEach(.serviceCIDR) { range in
            if range.isDeleting, Self.contains(range, change.object.name) { enqueue(range) }
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let range = view.get(.serviceCIDR, key) else {
            guard key == Self.defaultKey, api.find(.serviceCIDR, key) == nil else { return }
            return try send { [unowned self] () throws(APIError) in
                try api.create(.serviceCIDR, Bootstrap.serviceRange(profile))
            }
        }
        if range.isDeleting { return try release(range) }
        if !Finalizers.contains(Self.finalizer, in: range.value) {
            try send { [unowned self] () throws(APIError) in
                try api.modify(range) { Finalizers.add(Self.finalizer, to: &$0) }
            }
        }
        try setReady(
            range,
            Condition(
                type: "Ready", status: "True", message: "Kubernetes Service CIDR is ready"))
    }

    private func setReady(_ range: StoredObject, _ condition: Condition) throws(APIError) {
        let known = range.value[.status].conditions["Ready"]
        if known?.status == condition.status, known?.reason == condition.reason,
            known?.message == condition.message
        {
            return
        }
        let time = api.timestamp
        try send { [unowned self] () throws(APIError) in
            try api.modifyStatus(range) { status in
                var condition = condition
                if condition.reason.isEmpty { condition.value[.reason] = "" }
                status.conditions.set(condition, transition: time)
            }
        }
    }

    private func release(_ range: StoredObject) throws(APIError) {
        guard isFree(range) else {
            return try setReady(
                range,
                Condition(
                    type: "Ready", status: "False", reason: "Terminating",
                    message:
                        "There are still IPAddresses referencing the ServiceCIDR, please remove "
                        + "them or create a new ServiceCIDR"))
        }
        let begin = Timestamp(range.value[.metadata][.deletionTimestamp])?.milliseconds ?? 0
        let rest = begin + Self.grace - Timestamp(worldTime: now).milliseconds
        if rest > 0 { return enqueue(range.key, after: rest) }
        try send { [unowned self] () throws(APIError) in
            try api.modify(range) { Finalizers.remove(Self.finalizer, from: &$0) }
        }
    }

    /// Whether no address would be left without a range: another range holds all of this one, or each
    /// address of it.
    private func isFree(_ range: StoredObject) -> Bool {
        var others: [StoredObject] = []
        view.state.forEach(.serviceCIDR) { if $0.key != range.key { others.append($0) } }
        let ranges = range.value[.spec]["cidrs"].elements.compactMap { AddressRange($0.string) }
        let isHeld = ranges.allSatisfy { part in
            others.contains { other in
                other.value[.spec]["cidrs"].elements.contains {
                    AddressRange($0.string)?.contains(part) == true
                }
            }
        }
        if isHeld, !ranges.isEmpty { return true }
        var isFree = true
        view.state.forEach(.ipAddress) { address in
            let labels = address.value[.metadata][.labels]
            guard labels.text(ServiceAddressLabels.manager) == ServiceAddressLabels.allocator,
                Self.contains(range, address.name),
                !others.contains(where: { Self.contains($0, address.name) })
            else { return }
            isFree = false
        }
        return isFree
    }

    private static func contains(_ range: StoredObject, _ address: String) -> Bool {
        range.value[.spec]["cidrs"].elements.contains {
            AddressRange($0.string)?.contains(address) == true
        }
    }
}
