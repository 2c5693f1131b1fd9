import Support
import Value

/// What `kubectl get pods` condenses a pod into: ready containers, one word, restarts.
///
/// Source: Kubernetes 1.36, pkg/printers/internalversion, printPod. Example: of two init containers
/// the second one runs, so the pod shows `0/1  Init:1/2  0`.
struct PodStatusSummary {
    private(set) var readyContainers = 0
    private(set) var totalContainers: Int
    private(set) var reason: String
    private(set) var restarts = 0
    /// When a container last ended before it was started again; null when none was.
    private(set) var lastRestart = Value.null

    init(_ pod: Value) {
        let status = pod[.status]
        totalContainers = pod[.spec][.containers].count
        reason = status[.reason].cellText(or: status[.phase].cellText)
        for condition in status[.conditions].elements
        where condition[.type].string == "PodScheduled"
            && condition[.reason].string == "SchedulingGated"
        {
            reason = "SchedulingGated"
        }
        let sidecars = Self.restartableInitContainers(pod)
        totalContainers += sidecars.count
        let waitsForInit = summarizeInitContainers(pod, sidecars: sidecars)
        if !waitsForInit || status[.conditions].isConditionTrue("Initialized") {
            summarizeContainers(pod, sidecars: sidecars)
        }
        let isTerminal = ["Succeeded", "Failed"].contains(status[.phase].cellText)
        if !pod[.metadata][.deletionTimestamp].isNull {
            if status[.reason].string == "NodeLost" {
                reason = "Unknown"
            } else if !isTerminal {
                reason = "Terminating"
            }
        }
    }

    /// The names of the sidecars: init containers that are restarted for ever.
    private static func restartableInitContainers(_ pod: Value) -> [String] {
        pod[.spec][.initContainers].elements
            .filter { $0[.restartPolicy].string == "Always" }.map { $0[.name].cellText }
    }

    /// Takes in the init containers up to the first that is not done; answers whether there is one.
    private mutating func summarizeInitContainers(_ pod: Value, sidecars: [String]) -> Bool {
        let total = pod[.spec][.initContainers].count
        for (index, container) in pod[.status][.initContainerStatuses].elements.enumerated() {
            count(restartsOf: container)
            let terminated = container[.state][.terminated]
            if !terminated.isNull, terminated[.exitCode].cellInt == 0 { continue }
            if sidecars.contains(container[.name].cellText), container[.started].bool == true {
                if container[.ready].bool == true { readyContainers += 1 }
                continue
            }
            let waiting = container[.state][.waiting][.reason].cellText
            if !terminated.isNull {
                reason = "Init:" + Self.endReason(terminated)
            } else if !waiting.isEmpty, waiting != "PodInitializing" {
                reason = "Init:" + waiting
            } else {
                reason = "Init:\(index)/\(total)"
            }
            return true
        }
        return false
    }

    private mutating func summarizeContainers(_ pod: Value, sidecars: [String]) {
        restarts = 0
        lastRestart = .null
        for container in pod[.status][.initContainerStatuses].elements
        where sidecars.contains(container[.name].cellText) {
            count(restartsOf: container)
        }
        var hasRunning = false
        var failure: String?
        for container in pod[.status][.containerStatuses].elements.reversed() {
            count(restartsOf: container)
            let state = container[.state]
            let waiting = state[.waiting][.reason].cellText
            if !waiting.isEmpty {
                reason = waiting
            } else if !state[.terminated].isNull {
                reason = Self.endReason(state[.terminated])
                if state[.terminated][.exitCode].cellInt != 0 { failure = reason }
            } else if container[.ready].bool == true, !state[.running].isNull {
                hasRunning = true
                readyContainers += 1
            }
        }
        // A container that still runs outweighs one that is done, and so does one that failed.
        guard reason == "Completed" else { return }
        if hasRunning, pod[.status][.conditions].isConditionTrue("Ready") {
            reason = "Running"
        } else if let failure {
            reason = failure
        } else if hasRunning {
            reason = "NotReady"
        }
    }

    private mutating func count(restartsOf container: Value) {
        restarts += container[.restartCount].cellInt
        let finished = container[.lastState][.terminated][.finishedAt]
        // Timestamps of one format compare as texts.
        if finished.cellText > lastRestart.cellText { lastRestart = finished }
    }

    private static func endReason(_ terminated: Value) -> String {
        let reason = terminated[.reason].cellText
        if !reason.isEmpty { return reason }
        let signal = terminated[.signal].cellInt
        return signal != 0 ? "Signal:\(signal)" : "ExitCode:\(terminated[.exitCode].cellInt)"
    }
}
