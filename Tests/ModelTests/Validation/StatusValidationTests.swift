import Support
import Testing
import Value

@testable import Model

@Suite struct StatusValidationTests {
    private func errors(_ kind: Kind, _ status: Value, from old: Value = .emptyObject) -> [String] {
        var (before, after): (Value, Value) = ([.spec: .emptyObject], [.spec: .emptyObject])
        before[.status] = old
        after[.status] = status
        return Validation.status(after, from: before, isApproval: false, kind: kind.info)
            .map(\.message)
    }

    @Test func `no part of the replicas is more than all`() {
        #expect(
            errors(.deployment, [.replicas: 1, .readyReplicas: 9, .availableReplicas: 1])
                == [
                    "status.readyReplicas: Invalid value: 9: cannot be greater than status.replicas"
                ])
        #expect(
            errors(.statefulSet, [.replicas: 2, .readyReplicas: 1, .availableReplicas: 2])
                == [
                    "status.availableReplicas: Invalid value: 2: cannot be greater than "
                        + "status.readyReplicas"
                ])
        #expect(
            errors(.replicaSet, [.replicas: -1])
                == ["status.replicas: Invalid value: -1: must be greater than or equal to 0"]
                + ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"].map {
                    "status.\($0): Invalid value: 0: cannot be greater than status.replicas"
                })
        #expect(
            errors(.daemonSet, [.collisionCount: 1], from: [.collisionCount: 2])
                == ["status.collisionCount: Invalid value: 1: cannot be decremented"])
    }

    @Test func `a job's end is final, and its counts only rise`() {
        let done: Value = [
            .conditions: [[.type: "Complete", .status: "True"]], .succeeded: 2,
            .completionTime: "2025-01-01T00:00:00Z", .startTime: "2025-01-01T00:00:00Z",
        ]
        #expect(errors(.job, done, from: done).isEmpty)
        var changed = done
        changed[.conditions] = .array([])
        changed[.succeeded] = 1
        #expect(
            errors(.job, changed, from: done) == [
                "status.completionTime: Invalid value: \"2025-01-01T00:00:00Z\": cannot set "
                    + "completionTime when there is no Complete=True condition",
                "status.conditions: Invalid value: cannot disable the terminal Complete=True condition",
                "status.succeeded: Invalid value: 1: cannot decrease the succeeded counter",
            ])
        #expect(
            errors(.job, [.ready: 2, .active: 1])
                == ["status.ready: Invalid value: 2: cannot set more ready pods than active"])
    }

    @Test func `the rules of single kinds`() {
        #expect(
            errors(.namespace, [.phase: "Terminating"]) == [
                "status.Phase: Invalid value: \"Terminating\": may only be 'Active' if "
                    + "`deletionTimestamp` is empty"
            ])
        #expect(
            errors(.service, [.loadBalancer: ["ingress": [[.ip: "1.2.3.4"]]]]) == [
                "status.loadBalancer.ingress: Forbidden: may only be used when `spec.type` is "
                    + "'LoadBalancer'"
            ])
        #expect(
            errors(.pod, [.qosClass: "BestEffort"], from: [.qosClass: "Burstable"])
                == ["status.qosClass: Invalid value: \"BestEffort\": field is immutable"])
        #expect(
            errors(.podDisruptionBudget, ["currentHealthy": -1])
                == ["status.currentHealthy: Invalid value: -1: must be greater than or equal to 0"])
    }
}
