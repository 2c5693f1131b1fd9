import Model
import Support
import Value

/// What a kubelet takes from a pod's spec, worked out once: pods of one template share it.
final class PodPlan {
    private let sources: [Value]
    /// Init containers and sidecars in order, then the containers, then ephemeral ones.
    let containers: [ContainerPlan]
    let hasInitContainers: Bool
    let restartPolicy: String
    let isHostNetwork: Bool
    /// Grace of the pod where a deletion says nothing else, in seconds.
    let graceSeconds: Int
    /// The types of the conditions that the pod waits for (KEP-580).
    let readinessGates: [String]
    /// What the pod as a whole has: requests and limits, as its status tells them.
    let resources: Value
    /// What its spec says of the pod as a whole.
    let podResources: Value
    /// What its status says once the kubelet has cleaned up: what the spec says of the whole pod, and the
    /// memory that its containers ask for. Nothing is left to be read of the rest, and what was told
    /// before is not kept (convertToAPIPodLevelResourcesStatus).
    let leftResources: Value
    /// The config maps and secrets that its volumes show.
    let volumes: [ConfigReference]

    private static let keys: [Key] = [
        .containers, .initContainers, .ephemeralContainers, .volumes, .readinessGates,
        .restartPolicy,
        .hostNetwork, .terminationGracePeriodSeconds, .resources, .overhead,
    ]

    init(spec: Value) {
        sources = Self.keys.map { spec[$0] }
        let initial = spec[.initContainers].elements.map {
            ContainerPlan($0, role: $0.text(.restartPolicy) == "Always" ? .sidecar : .initial)
        }
        hasInitContainers = !initial.isEmpty
        containers =
            initial + spec[.containers].elements.map { ContainerPlan($0, role: .main) }
            + spec[.ephemeralContainers].elements.map { ContainerPlan($0, role: .ephemeral) }
        restartPolicy = spec[.restartPolicy].string ?? "Always"
        isHostNetwork = spec.flag(.hostNetwork)
        graceSeconds = spec[.terminationGracePeriodSeconds].int ?? 30
        readinessGates = spec[.readinessGates].elements.map { $0.text(.conditionType) }
        volumes = ConfigReference.volumes(of: spec)
        podResources = spec[.resources]
        restartsAll = containers.contains { container in
            container.restartRules.contains { $0.text(.action) == ContainerPlan.restartAll }
        }
        let view = PodSpecView(spec)
        var resources = Value.emptyObject
        let (requests, limits) = (view.requests, view.limits)
        if !limits.isEmpty { resources[.limits] = limits.value }
        if !requests.isEmpty { resources[.requests] = requests.value }
        self.resources = resources
        var left = Value.emptyObject
        for part in [Key.limits, .requests] where podResources[part].count > 0 {
            left[part] = podResources[part]
        }
        let memory = resources[.requests][.memory]
        if left[.requests][.memory].isNull, !memory.isNull { left[.requests][.memory] = memory }
        leftResources = left
    }

    /// Whether the end of some container can have all of them started again.
    let restartsAll: Bool

    /// What the pod and each of its containers ask for, apart from ephemeral ones.
    var amounts: [Value] {
        [podResources] + containers.filter { $0.role != .ephemeral }.map { $0.spec[.resources] }
    }

    /// The spec with what `plan` says the pod and its containers have.
    func spec(_ spec: Value, withAmountsOf plan: PodPlan) -> Value {
        var spec = spec
        spec[.resources] = plan.podResources
        for list in [Key.containers, .initContainers] {
            spec.forEach(list) { container in
                let name = container.text(.name)
                if let known = plan.containers.first(where: { $0.name == name }) {
                    container[.resources] = known.spec[.resources]
                }
            }
        }
        return spec
    }

    /// Whether the plan is that of `spec`. Equal storage makes this a few comparisons of addresses.
    func isPlan(of spec: Value) -> Bool {
        for (place, key) in Self.keys.enumerated() where sources[place] != spec[key] {
            return false
        }
        return true
    }
}

/// The plans of the most recent templates.
struct PodPlanCache {
    private static let capacity = 16
    private var plans: [PodPlan] = []
    private var next = 0
    private var latest = 0

    mutating func plan(of spec: Value) -> PodPlan {
        if latest < plans.count, plans[latest].isPlan(of: spec) { return plans[latest] }
        if let place = plans.firstIndex(where: { $0.isPlan(of: spec) }) {
            latest = place
            return plans[place]
        }
        let plan = PodPlan(spec: spec)
        if plans.count < Self.capacity {
            plans.append(plan)
        } else {
            plans[next] = plan
        }
        latest = next
        next = (next + 1) % Self.capacity
        return plan
    }
}

/// What a kubelet takes from a container's spec.
final class ContainerPlan {
    let name: String
    let role: ContainerRun.Role
    let spec: Value
    let image: ImageName
    let pullPolicy: String
    let hasStartupProbe: Bool
    let hasReadinessProbe: Bool
    let hasProbes: Bool
    /// How its command ends by itself; nil: it runs on.
    let ending: CommandEnding?
    /// What its own command lets expect.
    let command: CommandFacts
    /// The fields of the probes whose commands are run: they ask for what is known of the files.
    let askingProbes: [Key]
    /// Whether its command says that it never ends.
    let isEndless: Bool
    /// The limit of memory in bytes.
    let memoryLimit: Int64?
    /// The config maps and secrets that its environment takes values from.
    let environment: [ConfigReference]
    let postStart: Value
    let preStop: Value
    /// The container's own restart policy, and what it says of single exit codes (KEP-5307).
    let restartPolicy: String?
    let restartRules: [Value]
    /// What the status says of its mounts (KEP-3857).
    let mounts: Value
    /// Where its process listens; worked out when somebody asks.
    private(set) lazy var listening = ListeningPorts(
        spec, image: image, ending: ending, isEndless: isEndless)

    init(_ spec: Value, role: ContainerRun.Role) {
        self.spec = spec
        self.role = role
        name = spec.text(.name)
        image = ImageName(spec.text(.image))
        pullPolicy = spec[.imagePullPolicy].string ?? "IfNotPresent"
        hasStartupProbe = !spec[.startupProbe].isNull
        hasReadinessProbe = !spec[.readinessProbe].isNull
        hasProbes = hasStartupProbe || hasReadinessProbe || !spec[.livenessProbe].isNull
        ending = CommandEnding(container: spec)
        command = CommandFacts(spec)
        let isKnown = command.isKnown
        askingProbes = [Key.livenessProbe, .readinessProbe, .startupProbe].filter { field in
            isKnown
                && CommandFacts.isKnownProbe(
                    spec[field][.exec][.command].elements.compactMap(\.string))
        }
        isEndless = CommandEnding.isEndless(container: spec)
        memoryLimit = Quantity(spec[.resources][.limits][.memory])?.value
        environment = ConfigReference.environment(of: spec)
        postStart = spec[.lifecycle][.postStart]
        preStop = spec[.lifecycle][.preStop]
        mounts = Self.mounts(spec[.volumeMounts])
        restartPolicy = spec[.restartPolicy].string
        restartRules = spec.list("restartPolicyRules")
    }

    /// The first rule that its end with `code` falls under.
    private func rule(for code: Int) -> Value? {
        restartRules.first { rule in
            let codes = rule["exitCodes"]
            return codes.list(.values).contains { $0.int == code }
                == (codes.text(.operator) == "In")
        }
    }

    /// Whether all containers of the pod start again after this one ended with `code`.
    func restartsAll(after code: Int) -> Bool {
        rule(for: code)?.text(.action) == ContainerPlan.restartAll
    }

    static let restartAll = "RestartAllContainers"

    /// Whether it is started again after it ended with `code`, as far as it says so itself.
    func restarts(after code: Int) -> Bool? {
        guard let restartPolicy else { return nil }
        // Both actions start it again.
        if rule(for: code) != nil { return true }
        return restartPolicy == "Always" || restartPolicy == "OnFailure" && code != 0
    }

    private static func mounts(_ mounts: Value) -> Value {
        guard !mounts.elements.isEmpty else { return .null }
        return .array(
            mounts.elements.map { mount in
                var status: Value = [.mountPath: mount[.mountPath], .name: mount[.name]]
                if mount.flag(.readOnly) {
                    status[.readOnly] = true
                    status[.recursiveReadOnly] =
                        mount[.recursiveReadOnly].string.map {
                            Value($0 == "Enabled" ? "Enabled" : "Disabled")
                        } ?? "Disabled"
                }
                return status
            })
    }
}
