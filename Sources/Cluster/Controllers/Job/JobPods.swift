import Model
import Support
import Value

/// Annotations, labels and finalizers of a Job's pods.
enum JobKeys {
    static let finalizer = "batch.kubernetes.io/job-tracking"
    static let index = Key("batch.kubernetes.io/job-completion-index")
    static let failureCount = Key("batch.kubernetes.io/job-index-failure-count")
    static let ignoredFailureCount = Key("batch.kubernetes.io/job-index-ignored-failure-count")
}

/// What the Job controller reads in a pod.
struct JobPod {
    let object: StoredObject
    let phase: PodPhase
    let isDeleting: Bool
    /// The completion index; nil without one.
    let index: Int?

    init(_ object: StoredObject) {
        self.object = object
        phase = PodPhase(object.value[.status][.phase].string)
        isDeleting = object.isDeleting
        index = object.value[.metadata][.annotations][JobKeys.index].string.flatMap { Int($0) }
    }

    var uid: String { object.uid }

    /// Whether the pod is still to be counted: the finalizer keeps it from vanishing uncounted.
    var isTracked: Bool { Finalizers.contains(JobKeys.finalizer, in: object.value) }

    var isActive: Bool { !phase.isTerminal && !isDeleting }

    var isTerminating: Bool { isDeleting && !phase.isTerminal }

    var isReady: Bool { PodView(object.value).isReady }

    func count(_ annotation: Key) -> Int {
        object.value[.metadata][.annotations][annotation].string.flatMap { Int($0) } ?? 0
    }

    /// How often this pod's index had failed before it, ignored failures included.
    var failuresBefore: Int {
        count(JobKeys.failureCount) + count(JobKeys.ignoredFailureCount)
    }

    /// When the pod ended: its last container once all have ended, else the change of its readiness,
    /// else the beginning of its deletion, else its creation (`getFinishedTime`).
    var finishTime: Milliseconds {
        let statuses = object.value[.status][.containerStatuses].elements
        let ends = statuses.compactMap { $0[.state][.terminated][.finishedAt].worldTime }
        if let last = ends.max(), ends.count == statuses.count { return last }
        let ready = object.value[.status].conditions["Ready"]
        if ready?.status == "False", let time = ready?.value[.lastTransitionTime].worldTime {
            return time
        }
        if let time = object.value[.metadata][.deletionTimestamp].worldTime {
            let grace = object.value[.metadata].int(.deletionGracePeriodSeconds)
            return time - Milliseconds(seconds: grace)
        }
        return object.value[.metadata][.creationTimestamp].worldTime ?? 0
    }

    /// The highest restart count of a container.
    var mostRestarts: Int64 {
        Int64(
            object.value[.status][.containerStatuses].elements.map { $0.int(.restartCount) }.max()
                ?? 0)
    }

    /// The restarts of all containers together.
    var restarts: Int {
        let status = object.value[.status]
        return (status[.containerStatuses].elements + status[.initContainerStatuses].elements)
            .reduce(0) { $0 + $1.int(.restartCount) }
    }
}

/// What a Job's podFailurePolicy makes of a failed pod.
///
/// Origin: matchPodFailurePolicy; the first rule that matches decides, without any the failure counts.
enum PodFailureVerdict: Equatable {
    case counts
    case ignored
    case failsIndex
    /// The whole Job fails, with these words.
    case failsJob(String)

    init(_ pod: JobPod, policy: Value, limitsIndexes: Bool) {
        self = .counts
        guard pod.phase == .failed else { return }
        for (place, rule) in policy[.rules].elements.enumerated() {
            guard let cause = Self.cause(rule, pod, place) else { continue }
            switch rule.text(.action) {
            case "Ignore": self = .ignored
            case "FailIndex" where limitsIndexes: self = .failsIndex
            case "FailIndex": continue
            case "FailJob": self = .failsJob(cause)
            default: self = .counts
            }
            return
        }
    }

    /// Why the rule matches; nil when it does not.
    private static func cause(_ rule: Value, _ pod: JobPod, _ place: Int) -> String? {
        let end = "matching \(rule.text(.action)) rule at index \(place)"
        if !rule[.onExitCodes].isNull {
            guard let (container, code) = exit(rule[.onExitCodes], pod) else { return nil }
            return "Container \(container) for pod \(pod.object.key) failed with exit code \(code) "
                + end
        }
        for condition in pod.object.value[.status][.conditions].elements {
            let isWanted = rule[.onPodConditions].elements.contains { pattern in
                pattern[.type] == condition[.type]
                    && pattern[.status].string ?? "True" == condition[.status].string
            }
            if isWanted {
                return "Pod \(pod.object.key) has condition \(condition.text(.type)) " + end
            }
        }
        return nil
    }

    private static func exit(_ requirement: Value, _ pod: JobPod) -> (String, Int)? {
        let status = pod.object.value[.status]
        let values = requirement[.values].elements.compactMap(\.int)
        for entry in status[.containerStatuses].elements + status[.initContainerStatuses].elements {
            let name = entry.text(.name)
            if let wanted = requirement[.containerName].string, wanted != name { continue }
            guard let code = entry[.state][.terminated][.exitCode].int, code != 0 else { continue }
            let isListed = values.contains(code)
            if requirement.text(.operator) == "In" ? isListed : !isListed { return (name, code) }
        }
        return nil
    }
}

/// The pause before a Job replaces failed pods: 10 s after the first failure since the last success,
/// then 20 s, 40 s … up to ten minutes.
///
/// Origin: pkg/controller/job/backoff_utils.go.
struct JobBackoff {
    static let initial: Milliseconds = 10_000
    static let maximum: Milliseconds = 600_000

    private var failures = 0
    private var lastFailure: Milliseconds = 0

    /// Takes in pods that ended since the last call.
    mutating func note(succeeded: [JobPod], failed: [JobPod]) {
        let success = succeeded.map(\.finishTime).max()
        if success != nil { failures = 0 }
        for pod in failed where success.map({ pod.finishTime > $0 }) ?? true {
            failures += 1
            lastFailure = max(lastFailure, pod.finishTime)
        }
    }

    /// How long to wait yet.
    func remaining(now: Milliseconds) -> Milliseconds {
        Self.remaining(failures: failures, last: lastFailure, now: now)
    }

    static func remaining(failures: Int, last: Milliseconds, now: Milliseconds) -> Milliseconds {
        guard failures > 0 else { return 0 }
        var pause = initial
        for _ in 1..<failures where pause < maximum { pause *= 2 }
        return max(min(pause, maximum) - (now - last), 0)
    }
}
