import Model
import Support
import Value

/// `status.phase` as a number.
enum PodPhase: UInt8 {
    /// Not yet stored by the API server.
    case unset
    case pending, running, succeeded, failed, unknown

    init(_ text: String?) {
        switch text {
        case "Pending": self = .pending
        case "Running": self = .running
        case "Succeeded": self = .succeeded
        case "Failed": self = .failed
        case "Unknown": self = .unknown
        default: self = .unset
        }
    }

    /// Whether the pod has finished for good.
    var isTerminal: Bool { self == .succeeded || self == .failed }
}

/// What the controllers look at in a pod, read out of it once.
struct PodFacts {
    var phase: PodPhase
    /// Whether the condition Ready is True (`IsPodReady`).
    var isReady: Bool
    /// The text of the Ready condition's last transition, or null.
    private var readyTransition = Value.null
    /// Whether deletion was asked for.
    var isDeleting: Bool

    init(_ pod: StoredObject) { self.init(pod.value) }

    init(_ pod: Value) {
        let status = pod[.status]
        phase = PodPhase(status[.phase].string)
        isDeleting = !pod[.metadata][.deletionTimestamp].isNull
        isReady = false
        guard case .array(let conditions) = status[.conditions] else { return }
        for condition in conditions where condition[.type].string == "Ready" {
            isReady = condition[.status].string == "True"
            readyTransition = condition[.lastTransitionTime]
            return
        }
    }

    /// The Ready condition's last transition in virtual time; nil when it has none.
    var readyTime: Milliseconds? { readyTransition.worldTime }

    /// Whether the pod counts for its set: not finished and not about to go (`IsPodActive`).
    var isActive: Bool { !phase.isTerminal && !isDeleting }

    /// Whether the pod has been ready for more than `minReadySeconds` at `now`
    /// (`IsPodAvailable`; the instant itself is not enough: ready since 10 s, 5 s wanted, it is
    /// available after 15 s, not at 15 s).
    func isAvailable(minReadySeconds: Int, now: Milliseconds) -> Bool {
        guard isReady else { return false }
        if minReadySeconds == 0 { return true }
        guard let readyTime else { return false }
        return readyTime + Milliseconds(seconds: minReadySeconds) < now
    }
}

extension Value {
    /// The point in virtual time of an RFC 3339 text; nil for anything else.
    var worldTime: Milliseconds? { string.flatMap { Timestamp(parsing: $0)?.worldTime } }
}
