import Value

/// One pod as its kubelet handles it, from admission to removal.
final class PodWork {
    /// Distinguishes this work from earlier ones in the same slot: events carry it.
    let number: Int
    let key: ObjectKey
    let slot: Slot
    let uid: String
    let node: Int
    /// The pod's spec as bound.
    let spec: Value
    /// Init containers and sidecars in order, then the containers.
    var runs: [ContainerRun]
    /// When the kubelet first saw the pod.
    let seen: Milliseconds
    var address = ""
    /// Whether the sandbox is up: containers may start.
    var hasSandbox = false
    /// When deletion was asked for; nil before.
    var stopping: Milliseconds?
    /// Whether dead containers of a deleted pod end its phase (DECISIONS 26).
    let endsPhase: Bool
    /// Whether all containers are dead after a deletion.
    var isDead = false
    /// Whether the pod was running when its machine died, and its sandbox has to be made again.
    var isRestored = false
    /// Whether the kubelet finds a pod that is being deleted, but none of its containers.
    var isForgotten = false
    /// Set when the kubelet refuses or evicts the pod: phase Failed with this reason.
    var refusal: (reason: String, message: String)?
    /// Whether a status write is on its way.
    var isWriting = false
    /// The condition list last written, to keep its transition times.
    var conditions: Value = .null

    init(number: Int, pod: StoredObject, node: Int, seen: Milliseconds, endsPhase: Bool) {
        self.endsPhase = endsPhase
        self.number = number
        key = pod.key
        slot = pod.slot
        uid = pod.uid
        spec = pod.value[.spec]
        self.node = node
        self.seen = seen
        conditions = pod.value[.status][.conditions]
        runs =
            spec[.initContainers].elements.map {
                ContainerRun(
                    spec: $0, role: $0.text(.restartPolicy) == "Always" ? .sidecar : .initial)
            } + spec[.containers].elements.map { ContainerRun(spec: $0, role: .main) }
        if runs.contains(where: { $0.role != .main }) {
            for index in runs.indices {
                runs[index].state = .waiting(reason: "PodInitializing", message: "")
            }
        }
    }

    var restartPolicy: String { spec[.restartPolicy].string ?? "Always" }

    var isHostNetwork: Bool { spec.flag(.hostNetwork) }

    /// Whether every init container and sidecar lets the containers start.
    var isInitialized: Bool {
        runs.allSatisfy { $0.role == .main || $0.isPassed }
    }

    /// Whether the pod has come so far that its containers were started: it does not fall back, even
    /// if a sidecar or the whole machine starts again.
    var wasInitialized: Bool {
        isInitialized || runs.contains { $0.role == .main && $0.generation > 0 }
    }

    /// Whether a container will be started again after it ended with `code`.
    func restarts(_ role: ContainerRun.Role, after code: Int) -> Bool {
        switch role {
        case .sidecar: true
        case .initial: code != 0 && restartPolicy != "Never"
        case .main: restartPolicy == "Always" || restartPolicy == "OnFailure" && code != 0
        }
    }

    /// Whether nothing of the pod will run any more.
    var isFinished: Bool {
        if refusal != nil || isDead && endsPhase { return true }
        let failedInit = runs.contains {
            $0.role == .initial && $0.ending.map { $0.exitCode != 0 } ?? false
                && restartPolicy == "Never"
        }
        if failedInit { return true }
        return runs.allSatisfy { run in
            guard run.role == .main else { return true }
            return run.ending.map { !restarts(.main, after: $0.exitCode) } ?? false
        }
    }

    /// The phase that the containers amount to (upstream: kubelet's getPhase).
    var phase: String {
        if refusal != nil { return "Failed" }
        let mains = runs.filter { $0.role == .main }
        if isFinished {
            let failed =
                runs.contains { $0.role != .sidecar && ($0.ending?.exitCode ?? 0) != 0 }
                || mains.contains { $0.ending == nil }
            return failed ? "Failed" : "Succeeded"
        }
        if isForgotten { return "Running" }
        if !wasInitialized { return "Pending" }
        let isFresh = mains.contains { run in
            if case .waiting = run.state { return run.last == nil }
            return false
        }
        return isFresh ? "Pending" : "Running"
    }
}
