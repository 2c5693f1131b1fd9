import Value

/// One container of a pod as its kubelet knows it.
struct ContainerRun {
    enum Role { case main, initial, sidecar }

    enum State: Equatable {
        /// Not started; the reason is what `kubectl get` shows ("ContainerCreating").
        case waiting(reason: String, message: String)
        /// Since an instant.
        case running(since: Milliseconds)
        case ended(Ending)
    }

    struct Ending: Equatable {
        let exitCode: Int
        /// "Completed", "Error" or "OOMKilled".
        let reason: String
        let started: Milliseconds
        let finished: Milliseconds
    }

    let name: String
    let image: String
    let role: Role
    let spec: Value
    var state = State.waiting(reason: "ContainerCreating", message: "")
    var last: Ending?
    var restarts = 0
    var isReady = false
    var hasStarted = false
    /// Distinguishes this run from earlier ones: events of an earlier run are stale.
    var generation = 0
    /// When the back-off of a restart or of an image pull was last raised, and how far.
    var backOff: Milliseconds = 0
    var hasPulled = false
    /// Whether it ended with its machine and starts again in a new sandbox.
    var awaitsSandbox = false
    var probes = ProbeCounters()

    init(spec: Value, role: Role) {
        name = spec.text(.name)
        image = spec.text(.image)
        self.spec = spec
        self.role = role
    }

    var isRunning: Bool {
        if case .running = state { return true }
        return false
    }

    var ending: Ending? {
        if case .ended(let ending) = state { return ending }
        return nil
    }

    /// Whether an init container lets the next one begin: it succeeded, or is a started sidecar.
    var isPassed: Bool {
        switch role {
        case .main: false
        case .initial: ending?.exitCode == 0
        case .sidecar: hasStarted
        }
    }
}
