/// How the containers of an image, a pod or an ordinal act: what a script says with `behavior`.
///
/// Where a property is nil the simulator's own idea holds: containers start when the kubelet starts
/// them, are ready at once, pass their probes and stay up, unless their command plainly ends.
public struct ContainerBehavior: Sendable, Equatable {
    /// Time between the kubelet's start and the running container, on top of the profile's.
    public var startDelay: Milliseconds?
    /// Time from running to ready, for containers without a readiness probe that says otherwise.
    public var readyAfter: Milliseconds?
    /// Whether the container ever passes its readiness probe.
    public var isReady: Bool?
    /// Time from running to the end of the process.
    public var exitAfter: Milliseconds?
    /// The exit code at ``exitAfter``; 0 where unset.
    public var exitCode: Int?
    /// Whether the process is killed for its memory at ``exitAfter`` (exit code 137, OOMKilled).
    public var isOutOfMemory = false
    /// Whether the image cannot be pulled, with the registry's words.
    public var pullFailure: String?
    /// Answers of probes over time since the container runs; the last entry that has begun holds.
    public var probes: [ProbeAnswer] = []
    /// Time the process takes to end after being asked to; longer than the grace period: killed.
    public var stopAfter: Milliseconds?
    /// Bytes of memory in use, for eviction under node pressure.
    public var memoryUse: Int64?

    public init() {}

    /// Takes over what `other` says.
    public mutating func overlay(_ other: ContainerBehavior) {
        startDelay = other.startDelay ?? startDelay
        readyAfter = other.readyAfter ?? readyAfter
        isReady = other.isReady ?? isReady
        exitAfter = other.exitAfter ?? exitAfter
        exitCode = other.exitCode ?? exitCode
        isOutOfMemory = other.isOutOfMemory || isOutOfMemory
        pullFailure = other.pullFailure ?? pullFailure
        stopAfter = other.stopAfter ?? stopAfter
        memoryUse = other.memoryUse ?? memoryUse
        if !other.probes.isEmpty { probes = other.probes }
    }
}

/// What a probe answers from an instant on.
public struct ProbeAnswer: Sendable, Equatable {
    public enum Kind: String, Sendable { case liveness, readiness, startup }

    public let kind: Kind
    /// Since the container runs.
    public let from: Milliseconds
    public let succeeds: Bool

    public init(kind: Kind, from: Milliseconds, succeeds: Bool) {
        self.kind = kind
        self.from = from
        self.succeeds = succeeds
    }
}

/// Which containers a behavior is for. Every part that is set must match; `*` stands for any text.
public struct BehaviorPattern: Sendable, Equatable {
    /// "nginx:1.25", "nginx:*", "registry/app*".
    public var image: String?
    /// "web-*"; a StatefulSet's ordinal is matched by "web-2".
    public var pod: String?
    public var container: String?
    public var namespace: String?

    public init(
        image: String? = nil, pod: String? = nil, container: String? = nil,
        namespace: String? = nil
    ) {
        self.image = image
        self.pod = pod
        self.container = container
        self.namespace = namespace
    }

    func matches(namespace: String, pod: String, container: String, image: String) -> Bool {
        Self.glob(self.namespace, namespace) && Self.glob(self.pod, pod)
            && Self.glob(self.container, container) && Self.glob(self.image, image)
    }

    /// Whether `text` is matched by `pattern`, in which `*` stands for any run of characters.
    static func glob(_ pattern: String?, _ text: String) -> Bool {
        guard let given = pattern else { return true }
        let pattern = Array(given.utf8)
        let text = Array(text.utf8)
        var place = 0
        var index = 0
        var star = -1
        var retry = 0
        while index < text.count {
            if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
                star = place
                retry = index
                place += 1
            } else if place < pattern.count, pattern[place] == text[index] {
                place += 1
                index += 1
            } else if star >= 0 {
                place = star + 1
                retry += 1
                index = retry
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}

/// The behaviors that hold in a world; later ones win over earlier ones, property by property.
public struct BehaviorTable: Sendable {
    private var rules: [(pattern: BehaviorPattern, behavior: ContainerBehavior)] = []

    public init() {}

    /// Adds a rule; a rule of equal pattern is replaced.
    public mutating func add(_ pattern: BehaviorPattern, _ behavior: ContainerBehavior) {
        rules.removeAll { $0.pattern == pattern }
        rules.append((pattern, behavior))
    }

    func behavior(
        namespace: String, pod: String, container: String, image: String
    ) -> ContainerBehavior {
        var result = ContainerBehavior()
        for rule in rules
        where rule.pattern.matches(
            namespace: namespace, pod: pod, container: container, image: image)
        {
            result.overlay(rule.behavior)
        }
        return result
    }
}
