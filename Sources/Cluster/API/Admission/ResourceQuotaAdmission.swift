import Model
import Support
import Value

/// Refuses what exceeds a quota of the namespace, and counts what does not.
/// Source: the ResourceQuota plugin (its controller's checkRequest).
struct ResourceQuotaAdmission: AdmissionPlugin {
    var reads: [Kind] { [.resourceQuota] }

    func looks(at kind: Kind, _ strategy: ResourceStrategy) -> Bool { strategy.quota != nil }

    func validate(_ request: AdmissionRequest) throws(APIError) {
        let server = request.server
        guard server.store.state.count(.resourceQuota) > 0 else { return }
        var charges: [(quota: StoredObject, used: ResourceList)] = []
        for quota in server.objects(.resourceQuota, inNamespace: request.key.namespace) {
            if let used = try charge(quota, request) { charges.append((quota, used)) }
        }
        guard !request.isDryRun else { return }
        server.ownership.isOwn = true
        defer { server.ownership.isOwn = false }
        for (quota, used) in charges {
            try server.modifyStatus(quota) { $0[.used] = used.value }
        }
    }

    /// The quota's usage with the request; nil where the request does not change it.
    private func charge(
        _ quota: StoredObject, _ request: AdmissionRequest
    ) throws(APIError) -> ResourceList? {
        guard let evaluator = request.server.strategy(request.kind).quota,
            evaluator.isCounted(request.object, by: quota.value)
        else { return nil }
        let hard = ResourceList(quota.value[.status][.hard].fields)
        var used = ResourceList(quota.value[.status][.used].fields)
        var delta = evaluator.usage(of: request.object, request.info)
        // What the quota did not count before, it counts whole; what shrinks is counted again later.
        if let old = request.old, evaluator.isCounted(old.value, by: quota.value) {
            delta.subtract(evaluator.usage(of: old.value, request.info))
        }
        try checkRequired(quota, hard, request, evaluator)
        var requested: [(String, Quantity)] = []
        var exceeded: [(name: String, asked: String, used: String, limit: String)] = []
        for entry in hard.entries where delta[entry.name] > .zero {
            let (asked, before) = (delta[entry.name], used[entry.name])
            requested.append((entry.name.name, asked))
            used[entry.name] = before + asked
            if before + asked > entry.amount {
                exceeded.append((entry.name.name, asked.text, before.text, entry.amount.text))
            }
        }
        if !exceeded.isEmpty {
            exceeded.sort { $0.name < $1.name }
            func join(_ part: (Int) -> String) -> String {
                exceeded.indices.map { "\(exceeded[$0].name)=\(part($0))" }.joined(separator: ",")
            }
            throw .forbidden(
                request.info, request.key.name,
                "exceeded quota: \(quota.name), requested: \(join { exceeded[$0].asked }), "
                    + "used: \(join { exceeded[$0].used }), "
                    + "limited: \(join { exceeded[$0].limit })")
        }
        return requested.isEmpty ? nil : used
    }

    private func checkRequired(
        _ quota: StoredObject, _ hard: ResourceList, _ request: AdmissionRequest,
        _ evaluator: QuotaEvaluator
    ) throws(APIError) {
        guard request.operation == .create else { return }
        let missing = evaluator.missing(hard.entries.map(\.name.name), request.object)
        guard !missing.isEmpty else { return }
        throw .forbidden(
            request.info, request.key.name,
            "failed quota: \(quota.name): must specify \(missing.joined(separator: "; "))")
    }
}
