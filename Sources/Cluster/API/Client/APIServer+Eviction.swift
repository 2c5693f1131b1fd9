import API
import Model
import Support
import Value

extension APIServer {
    /// Source: the pod registry's EvictionREST. Pods that are pending, finished or going are deleted
    /// without asking a budget. A pod under two budgets cannot be evicted at all.
    package func evict(
        pod name: String, namespace: String, options: DeleteOptions
    ) throws(APIError) {
        let pod = try require(.pod, ObjectKey(namespace: namespace, name: name))
        if canIgnoreBudgets(pod) {
            try markAndDelete(pod, options)
            return
        }
        let labels = pod.value[.metadata][.labels].fields
        let budgets = objects(.podDisruptionBudget, inNamespace: namespace).filter {
            LabelSelector($0.value[.spec][.selector]).matches(labels)
        }
        if budgets.count > 1 {
            throw APIError(
                .unstated,
                "This pod has more than one PodDisruptionBudget, which the eviction subresource "
                    + "does not support.")
        }
        if let budget = budgets.first { try take(pod, from: budget, options) }
        try markAndDelete(pod, options)
    }

    /// Says in a condition of the pod that it is evicted, and deletes it (addConditionAndDeletePod).
    private func markAndDelete(
        _ pod: StoredObject, _ options: DeleteOptions
    ) throws(APIError) {
        var pod = pod
        if !options.isDryRun {
            let time = timestamp
            // What the eviction itself writes is nobody's: it does not pass the field manager.
            ownership.isPaused = true
            defer { ownership.isPaused = false }
            pod = try modifyStatus(pod) { status in
                var conditions = Conditions(status[.conditions])
                var condition = Condition(
                    type: "DisruptionTarget", status: "True", reason: "EvictionByEvictionAPI",
                    message: "Eviction API: evicting")
                condition.value[.lastProbeTime] = .null
                conditions.set(condition, transition: time)
                status[.conditions] = conditions.value
            }
        }
        try delete(pod, options: options)
    }

    private func canIgnoreBudgets(_ pod: StoredObject) -> Bool {
        let phase = pod.value[.status].text(.phase)
        return pod.isDeleting || phase == "Pending" || phase == "Succeeded" || phase == "Failed"
    }

    /// Takes one disruption from the budget's status. Source: checkAndDecrement and EvictionREST's
    /// rule for pods that are not ready (unhealthyPodEvictionPolicy).
    private func take(
        _ pod: StoredObject, from budget: StoredObject, _ options: DeleteOptions
    ) throws(APIError) {
        let status = budget.value[.status]
        let policy = budget.value[.spec].text(.unhealthyPodEvictionPolicy)
        if !PodView(pod.value).isReady {
            let isHealthy =
                status.int(.currentHealthy) >= status.int(.desiredHealthy)
                && status.int(.desiredHealthy) > 0
            if policy == "AlwaysAllow" || isHealthy { return }
        }
        let allowed = status.int(.disruptionsAllowed)
        let isObserved =
            status.int(.observedGeneration) >= budget.value[.metadata].int(.generation)
        guard isObserved, allowed > 0 else {
            throw refusal(budget, status, isObserved: isObserved)
        }
        if options.isDryRun { return }
        let time = timestamp
        ownership.isPaused = true
        defer { ownership.isPaused = false }
        try modifyStatus(budget) { status in
            status[.disruptionsAllowed] = Value(allowed - 1)
            status[.disruptedPods][pod.name] = time
        }
    }

    /// What keeps a budget from letting a pod go.
    private func need(_ status: Value) -> String {
        let condition = Conditions(status[.conditions])["DisruptionAllowed"]
        let words = condition?.status == "False" ? condition?.message ?? "" : ""
        let reason = condition?.reason ?? ""
        if !words.isEmpty, reason == "SyncFailed" {
            return "does not allow evicting pods currently because it failed sync: \(words)"
        }
        let (current, desired) = (status.int(.currentHealthy), status.int(.desiredHealthy))
        if current <= desired {
            return "needs \(desired) healthy pods and has \(current) currently"
        }
        return "does not allow evicting pods currently"
            + (words.isEmpty ? "" : " (\(reason)): \(words)")
    }

    private func refusal(
        _ budget: StoredObject, _ status: Value, isObserved: Bool
    ) -> APIError {
        let text: String
        if !isObserved {
            text = "The disruption budget \(budget.name) is still being processed by the server."
        } else {
            text = "The disruption budget \(budget.name) " + need(status)
        }
        var error = APIError(
            .tooManyRequests,
            "Cannot evict pod as it would violate the pod's disruption budget.")
        error.causes = [
            APIError.Detail(reason: "DisruptionBudget", message: text, field: "")
        ]
        return error
    }
}
