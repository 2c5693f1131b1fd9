import API
import Model
import Value

extension KindStrategy {
    /// Source: pkg/registry/core/pod/strategy.go.
    static let pod = with { strategy in
        strategy.initialStatus = [.phase: "Pending"]
        strategy.completeNew = { pod, server, _, _ in server.completePod(&pod) }
        strategy.graceSeconds = { pod, options in
            // CheckGracefulDelete.
            let phase = pod.value[.status][.phase].string
            if pod.nodeName ?? "" == "" || phase == "Failed" || phase == "Succeeded" { return 0 }
            let seconds =
                options.gracePeriodSeconds ?? pod.value[.spec][.terminationGracePeriodSeconds].int
                ?? 30
            return seconds < 0 ? 1 : seconds
        }
        // The quality of service is decided with the pod; a writer may leave it out.
        strategy.carryOverStatus = { status, old, _ in
            if status[.qosClass].isNull, !old[.qosClass].isNull {
                status[.qosClass] = old[.qosClass]
            }
        }
        strategy.quota = .pods
    }
}
