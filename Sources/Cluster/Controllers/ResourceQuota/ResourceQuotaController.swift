import Model
import Support
import Value

/// Counts what quotas limit, and reports it in their status.
///
/// Source: the resourcequota controller: a quota is counted again when its spec changes, when an
/// object of its namespace goes and when one changes so that it may use less (DefaultUpdateFilter).
/// Additions are counted by admission.
final class ResourceQuotaController: Controller {
    init() { super.init(name: "resourcequota-controller", workers: 5) }

    override func start() {
        watch(.resourceQuota)
        for info in api.kinds.all { added(info) }
    }

    override func added(_ kind: KindDescriptor) {
        if kind.kind != .resourceQuota, evaluator(kind.kind) != nil { watch(kind.kind) }
    }

    private func evaluator(_ kind: Kind) -> QuotaEvaluator? { api.strategy(kind).quota }

    override func observe(_ change: Change) {
        let object = change.object
        if change.kind == .resourceQuota {
            let isNews =
                change.old?.value[.spec] != object.value[.spec]
                || object.value[.status][.hard] != object.value[.spec][.hard]
            if change.type != .deleted, isNews { enqueue(object) }
            return
        }
        guard view.state.count(.resourceQuota) > 0 else { return }
        guard change.type == .deleted || isFreed(change) else { return }
        for quota in view.list(.resourceQuota, namespace: object.namespace) { enqueue(quota) }
    }

    private func isFreed(_ change: Change) -> Bool {
        guard let evaluator = evaluator(change.kind), let old = change.old?.value else {
            return false
        }
        let new = change.object.value
        return evaluator.counts(old) && !evaluator.counts(new) || evaluator.frees(old, new)
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let quota = view.get(.resourceQuota, key) else { return }
        let hard = quota.value[.spec][.hard]
        var used = ResourceList()
        for field in hard.fields { used[field.key] = .zero }
        for info in api.kinds.all {
            guard let evaluator = evaluator(info.kind) else { continue }
            for object in view.objects(info.kind, inNamespace: key.namespace)
            where evaluator.isCounted(object.value, by: quota.value) {
                for entry in evaluator.usage(of: object.value, info).entries
                where used.contains(entry.name) {
                    used[entry.name] += entry.amount
                }
            }
        }
        do throws(APIError) {
            try api.updateStatus(quota, to: [.hard: hard, .used: used.value])
        } catch  where error.isNotFound {
            return
        }
    }
}
