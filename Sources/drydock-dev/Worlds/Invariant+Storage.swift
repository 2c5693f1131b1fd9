import Model
import Value

/// Claims and volumes, budgets and quotas.
extension Invariant {
    static let claimsAreBound = Invariant(
        "claims are bound",
        because: "the standard class provisions for each claim, or once a pod of its is placed"
    ) { world in
        let waiting = Set(
            world.pods.filter { $0.nodeName.isEmpty }.flatMap { pod in
                pod.spec.volumes.map {
                    pod.namespace + "/" + $0[.persistentVolumeClaim].text(.claimName)
                }
            })
        let used = Set(
            world.pods.flatMap { pod in
                pod.spec.volumes.map {
                    pod.namespace + "/" + $0[.persistentVolumeClaim].text(.claimName)
                }
            })
        return world.objects(.persistentVolumeClaim).compactMap { object in
            let claim = PersistentVolumeClaimView(object.value)
            let name = claim.namespace + "/" + claim.name
            // A class that waits for a consumer waits for the pod to be placed.
            if claim.isDeleting || claim.phase == "Bound" { return nil }
            if waiting.contains(name) || !used.contains(name) { return nil }
            return world.violation("persistentvolumeclaim", claim, "is \(claim.phase)")
        }
    }

    static let volumesHaveTheirClaims = Invariant(
        "claims and volumes name each other",
        because:
            "syncClaim and syncVolume bind both sides, and a volume without its claim is released"
    ) { world in
        var findings: [Violation] = []
        for object in world.objects(.persistentVolumeClaim) {
            let claim = PersistentVolumeClaimView(object.value)
            guard claim.phase == "Bound" else { continue }
            let volume = world.find(.persistentVolume, "", claim.volumeName)
            if volume.map({ $0.value[.spec][.claimRef].text(.uid) }) != claim.uid {
                findings.append(
                    world.violation(
                        "persistentvolumeclaim", claim,
                        "is bound to \(claim.volumeName), which is another's or not there"))
            }
        }
        let claims = Set(world.objects(.persistentVolumeClaim).map(\.uid))
        for object in world.objects(.persistentVolume) {
            let volume = PersistentVolumeView(object.value)
            if volume.phase == "Bound", !claims.contains(volume.claimRef.text(.uid)) {
                findings.append(
                    world.violation("persistentvolume", volume, "is bound to a claim that is gone"))
            }
        }
        return findings
    }

    static let budgetsCount = Invariant(
        "budgets count healthy pods",
        because: "updatePdbStatus counts ready pods and allows what is beyond the desired number"
    ) { world in
        world.objects(.podDisruptionBudget).compactMap { object in
            let budget = PodDisruptionBudgetView(object.value)
            let selector = LabelSelector(budget.selector)
            let healthy = world.pods.filter {
                $0.namespace == budget.namespace && selector.matches($0.labels) && $0.isReady
                    && !$0.isDeleting
            }.count
            let allowed =
                budget.expectedPods > 0 ? max(healthy - budget.desiredHealthy, 0) : 0
            // With an error in counting (a pod without controller) nothing is allowed.
            if budget.currentHealthy == healthy, budget.disruptionsAllowed == allowed { return nil }
            if !budget.conditions.isTrue("DisruptionAllowed"), budget.disruptionsAllowed == 0,
                budget.conditions["DisruptionAllowed"]?.value.text(.reason) == "SyncFailed"
            {
                return nil
            }
            return world.violation(
                "poddisruptionbudget", budget,
                "\(healthy) are healthy, \(allowed) may go; its status says "
                    + "\(budget.currentHealthy) and \(budget.disruptionsAllowed)")
        }
    }

    static let quotasCount = Invariant(
        "quotas count what is used",
        because: "the quota controller counts again every five minutes and after each deletion"
    ) { world in
        world.objects(.resourceQuota).compactMap { quota in
            let pods = world.pods.filter { $0.namespace == quota.namespace && !$0.isTerminal }
            // One whose grace is over is not counted any more.
            if pods.contains(where: \.isDeleting) { return nil }
            var used = ResourceList()
            for pod in pods { used.add(pod.spec.requests) }
            let status = ResourceList(quota.value[.status].map(.used))
            let count = Int(status[.pods].value)
            let cpu = status["requests.cpu"]
            if count == pods.count, !status.contains("requests.cpu") || cpu == used[.cpu] {
                return nil
            }
            return world.violation(
                "resourcequota", quota,
                "\(pods.count) pods use \(used[.cpu].text) of cpu; its status says \(count) and "
                    + cpu.text)
        }
    }
}
