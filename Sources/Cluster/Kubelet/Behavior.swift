import Value

/// How the containers of an image, a pod or an ordinal act: what a script says with `behavior`.
///
/// Where a property is nil the simulator's own idea holds: containers start when the kubelet starts
/// them, are ready at once, pass their probes and stay up, unless their command plainly ends.
package struct ContainerBehavior: Sendable, Equatable {
    /// Time between the kubelet's start and the running container, on top of the profile's.
    package var startDelay: Milliseconds?
    /// Time from running to ready, for containers without a readiness probe that says otherwise.
    package var readyAfter: Milliseconds?
    /// Whether the container ever passes its readiness probe.
    package var isReady: Bool?
    /// Time from running to the end of the process.
    package var exitAfter: Milliseconds?
    /// The exit code at ``exitAfter``; 0 where unset.
    package var exitCode: Int?
    /// How many runs of a container end at ``exitAfter``; the ones after them stay up.
    package var exitTimes: Int?
    /// Whether the process is killed for its memory at ``exitAfter`` (exit code 137, OOMKilled).
    package var isOutOfMemory: Bool?
    /// What the process leaves in its termination message.
    package var terminationMessage: String?
    /// Whether the image cannot be pulled, with the registry's words; empty: it can.
    package var pullFailure: String?
    /// Time that a pull of the image takes.
    package var pullTime: Milliseconds?
    /// Whether the created container cannot be started, with the runtime's words; empty: it can.
    package var startFailure: String?
    /// Answers of probes over time since the container runs; the last entry that has begun holds.
    package var probes: [ProbeAnswer] = []
    /// Time the process takes to end after being asked to; longer than the grace period: killed.
    package var stopAfter: Milliseconds?
    /// How the hooks run that the container has.
    package var postStart: HookBehavior?
    package var preStop: HookBehavior?
    /// Bytes of memory in use, over time since the container runs: over the container's limit it is
    /// killed, over the node's pods are evicted.
    package var memory: [Usage] = []
    /// Bytes on the node's disk, over time since the container runs.
    package var disk: [Usage] = []
    /// The ports that it listens on; nil: those of its image and its declared ones.
    package var listens: [Int]?
    /// What it answers over HTTP, path by path.
    package var http: [HTTPBehavior] = []
    /// What it writes to its log; nil: what its image is known to write, or its command.
    package var logs: [LogBehavior]?

    package init() {}

    /// Takes over what `other` says.
    package mutating func overlay(_ other: ContainerBehavior) {
        startDelay = other.startDelay ?? startDelay
        readyAfter = other.readyAfter ?? readyAfter
        isReady = other.isReady ?? isReady
        exitAfter = other.exitAfter ?? exitAfter
        exitCode = other.exitCode ?? exitCode
        exitTimes = other.exitTimes ?? exitTimes
        isOutOfMemory = other.isOutOfMemory ?? isOutOfMemory
        terminationMessage = other.terminationMessage ?? terminationMessage
        pullFailure = other.pullFailure ?? pullFailure
        pullTime = other.pullTime ?? pullTime
        startFailure = other.startFailure ?? startFailure
        stopAfter = other.stopAfter ?? stopAfter
        postStart = other.postStart ?? postStart
        preStop = other.preStop ?? preStop
        if !other.memory.isEmpty { memory = other.memory }
        if !other.disk.isEmpty { disk = other.disk }
        listens = other.listens ?? listens
        logs = other.logs ?? logs
        if !other.http.isEmpty {
            let paths = other.http.map(\.path)
            http.removeAll { paths.contains($0.path) }
            http += other.http
        }
        let kinds = other.probes.map(\.kind)
        probes.removeAll { kinds.contains($0.kind) }
        probes += other.probes
    }
}

/// What a probe answers from an instant on.
package struct ProbeAnswer: Sendable, Equatable {
    package enum Kind: String, Sendable { case liveness, readiness, startup }

    package let kind: Kind
    /// Since the container runs.
    package let from: Milliseconds
    package let succeeds: Bool
    /// How long the answer takes: beyond the probe's timeout it counts as a failure.
    package let takes: Milliseconds
    /// What a failing command prints, or a failing request gets.
    package let message: String?

    package init(
        kind: Kind, from: Milliseconds, succeeds: Bool, takes: Milliseconds = 0,
        message: String? = nil
    ) {
        self.kind = kind
        self.from = from
        self.succeeds = succeeds
        self.takes = takes
        self.message = message
    }
}

/// How a lifecycle hook runs.
package struct HookBehavior: Sendable, Equatable {
    /// Time it takes; nil: what its command says, or none.
    package var takes: Milliseconds?
    package var succeeds: Bool

    package init(takes: Milliseconds? = nil, succeeds: Bool = true) {
        self.takes = takes
        self.succeeds = succeeds
    }
}

/// An amount of a resource in use from an instant on.
package struct Usage: Sendable, Equatable {
    /// Since the container runs.
    package let from: Milliseconds
    /// In bytes.
    package let amount: Int64

    package init(from: Milliseconds, amount: Int64) {
        self.from = from
        self.amount = amount
    }
}
