import Model
import Value

// Origin: pkg/controller/deployment/recreate.go.
extension DeploymentController {
    /// Stops all old pods, waits until they are gone, and only then starts new ones.
    func rolloutRecreate(
        _ deployment: inout WorkingDeployment, _ sets: [ReplicaSetRow]
    ) throws(APIError) {
        // The new set is not created before the old ones are at zero.
        var sorted = try replicaSets(&deployment, sets, creating: false)
        var scaledDown = false
        for set in sorted.oldAtWork.activeSets {
            if try scaleAndRecord(set, to: 0, deployment).scaled { scaledDown = true }
        }
        if scaledDown || oldPodsRun(sorted, deployment) {
            return try syncRolloutStatus(deployment, sorted)
        }
        if sorted.new == nil {
            sorted = try replicaSets(&deployment, sets, creating: true)
        }
        if let new = sorted.new {
            _ = try scaleAndRecord(new, to: deployment.view.replicas, deployment)
        }
        if isComplete(deployment, deployment.value[.status]) {
            try cleanup(deployment, sorted.old)
        }
        try syncRolloutStatus(deployment, sorted)
    }

    /// Whether an old set still has a pod that has not finished (`oldPodsRunning`). Only pods that the
    /// deployment's selector matches count: one that was relabelled is no longer the deployment's.
    private func oldPodsRun(_ sets: ReplicaSets, _ deployment: WorkingDeployment) -> Bool {
        if sets.oldAtWork.actualReplicas > 0 { return true }
        let selector = LabelSelector(deployment.view.selector)
        return sets.old.contains { set in
            view.controlled(.pod, by: set.uid).contains {
                !PodFacts($0).phase.isTerminal
                    && selector.matches($0.value[.metadata][.labels].fields)
            }
        }
    }
}
