import Model
import Support
import Value

extension Stage {
    /// The stage of a pod.
    ///
    /// - Parameter isPulling: whether a kubelet pulls an image for it, which its status does not tell.
    package init(pod: Value, isPulling: Bool) {
        let status = pod[.status]
        if pod[.metadata][.deletionTimestamp].string != nil {
            self = .terminating
        } else if status[.phase].string == "Succeeded" {
            self = .succeeded
        } else if status[.phase].string == "Failed" {
            self = .failed
        } else if pod[.spec][.nodeName].string == nil {
            self = .pending
        } else if Self.isFailing(status) {
            self = .failing
        } else if Self.isTrue("Ready", of: status) {
            self = .ready
        } else {
            self = isPulling ? .pulling : .starting
        }
    }

    /// The stage of a node.
    package init(node: Value) {
        if !Self.isTrue("Ready", of: node[.status]) {
            self = .nodeNotReady
        } else {
            self = node[.spec].flag(.unschedulable) ? .nodeCordoned : .nodeReady
        }
    }

    /// What a kubelet says of a container that only has not begun.
    private static let beginnings: Set<String> = ["ContainerCreating", "PodInitializing"]

    /// Whether a container waits for something that went wrong, or has just ended badly.
    private static func isFailing(_ status: Value) -> Bool {
        [Key.initContainerStatuses, .containerStatuses].contains { list in
            status.list(list).contains { container in
                let state = container[.state]
                if let reason = state[.waiting][.reason].string {
                    return !beginnings.contains(reason)
                }
                return state[.terminated].int(.exitCode) != 0
            }
        }
    }

    private static func isTrue(_ condition: String, of status: Value) -> Bool {
        status.list(.conditions).contains {
            $0.text(.type) == condition && $0.text(.status) == "True"
        }
    }
}
