import Model
import Support
import Value

// What a kubelet reports of its node.
extension Kubelet {
    /// What kubelets of 1.36 can do that older ones cannot (KEP-5328), as their gates are by default.
    static let declaredFeatures = [
        "ExtendWebSocketsToKubelet", "InPlacePodLevelResourcesVerticalScaling",
        "InPlacePodVerticalScalingInitContainers", "RestartAllContainersOnContainerExits",
    ]

    /// The conditions of a healthy node, in the order in which kubelets report them.
    static let healthyConditions:
        [(type: String, status: String, reason: String, message: String)] =
            [
                (
                    "MemoryPressure", "False", "KubeletHasSufficientMemory",
                    "kubelet has sufficient memory available"
                ),
                (
                    "DiskPressure", "False", "KubeletHasNoDiskPressure",
                    "kubelet has no disk pressure"
                ),
                (
                    "PIDPressure", "False", "KubeletHasSufficientPID",
                    "kubelet has sufficient PID available"
                ),
                ("Ready", "True", "KubeletReady", "kubelet is posting ready status"),
            ]

    /// Ready, while the runtime has no network.
    private static let networkNotReady = (
        type: "Ready", status: "False", reason: "KubeletNotReady",
        message: "container runtime network not ready: \(networkFault)"
    )
    static let networkFault =
        "NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: "
        + "cni plugin not initialized"

    /// As a controller of routes has it, while there is none to the node, and when there is.
    private static let noRoute = (
        type: "NetworkUnavailable", status: "True", reason: "NoRouteCreated",
        message: "Node created without a route"
    )
    private static let route = (
        type: "NetworkUnavailable", status: "False", reason: "RouteCreated",
        message: "RouteController created a route"
    )

    /// The conditions with which a node is registered: its network is not up yet.
    static func initialConditions(at time: Value, lacksRoute: Bool = false) -> Value {
        var rows = healthyConditions.map { $0.type == "Ready" ? networkNotReady : $0 }
        if lacksRoute { rows.append(noRoute) }
        return .array(
            rows.map { row in
                var condition = Condition(
                    type: row.type, status: row.status, reason: row.reason, message: row.message
                ).value
                condition[.lastHeartbeatTime] = time
                condition[.lastTransitionTime] = time
                return condition
            })
    }

    /// Has the node reported as healthy soon.
    func reportNode(_ node: Int) {
        schedule(
            after: profile.nodeReady, code: Code.nodeStatus, a: node, b: nodes[node].lives)
    }

    /// Writes that the node is healthy, whatever was written meanwhile.
    func writeNodeStatus(_ node: Int, life: Int) {
        guard nodes[node].isAlive, !nodes[node].isCutOff, nodes[node].lives == life,
            let object = api.find(.node, name: nodes[node].name)
        else { return }
        act(as: nodes[node].actor)
        let wasReady = NodeView(object.value).isReady
        let boot = newBoot(node, object)
        let time = api.timestamp
        let lacks = cluster.networkLacks[nodes[node].name]
        var rows = Self.healthyConditions
        if let lacks {
            if lacks.contains(.runtime) {
                rows = rows.map { $0.type == "Ready" ? Self.networkNotReady : $0 }
            }
            let isKnown = NodeView(object.value).conditions["NetworkUnavailable"] != nil
            if isKnown { rows.append(lacks.contains(.route) ? Self.noRoute : Self.route) }
        }
        let isReady = lacks?.contains(.runtime) != true
        _ = try? api.modifyStatus(object) { status in
            var conditions = status.conditions
            for row in rows {
                let pressed = pressedText(row.type, node)
                var condition = Condition(
                    type: row.type, status: pressed == nil ? row.status : "True",
                    reason: pressed?.reason ?? row.reason, message: pressed?.message ?? row.message)
                condition.value[.lastHeartbeatTime] = time
                conditions.set(condition, transition: time)
            }
            status.conditions = conditions
            if let boot { status[.nodeInfo][.bootID] = boot }
        }
        if let boot { tellReboot(object, boot.string ?? "") }
        if !wasReady, isReady { tellNode(object, "NodeReady") }
    }

    /// The machine's boot identity if it is another one than its node shows.
    private func newBoot(_ node: Int, _ object: StoredObject) -> Value? {
        guard nodes[node].boots > 0, !profile.runtime.forgetsContainers else { return .none }
        var stream = random("boot", "\(object.name)/\(nodes[node].boots)")
        let boot = Value(Identities.uuid(stream.next(), stream.next()))
        return object.value[.status][.nodeInfo][.bootID] == boot ? .none : boot
    }

    /// What a condition says of a node under pressure; nil where it is not.
    private func pressedText(_ type: String, _ node: Int) -> (reason: String, message: String)? {
        if type == "MemoryPressure", nodes[node].isPressed[Pressure.memory.rawValue] {
            return ("KubeletHasInsufficientMemory", "kubelet has insufficient memory available")
        }
        if type == "DiskPressure", nodes[node].isPressed[Pressure.disk.rawValue] {
            return ("KubeletHasDiskPressure", "kubelet has disk pressure")
        }
        return nil
    }

    // MARK: Events

    /// The events of a kubelet that starts.
    func tellStart(_ node: Int) {
        guard let object = api.find(.node, name: nodes[node].name) else { return }
        act(as: nodes[node].actor)
        tell(object, .normal, "Starting", "Starting kubelet.")
        for reason in [
            "NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID",
        ] {
            tellNode(object, reason)
        }
        tell(
            object, .normal, "NodeAllocatableEnforced",
            "Updated Node Allocatable limit across pods")
    }

    private func tellReboot(_ node: StoredObject, _ boot: String) {
        tell(
            node, .warning, "Rebooted", "Node \(node.name) has been rebooted, boot id: \(boot)")
    }

    /// A cordon is news to the kubelet when it next looks at its node, each 10 s.
    func noteSchedulability(_ node: Int, _ change: Change) {
        guard nodes[node].isAlive, profile.recordsKubeletEvents,
            NodeView(change.object.value).isUnschedulable != nodes[node].wasUnschedulable
        else { return }
        scheduleTick(every: Self.nodeStatusPeriod, code: Code.schedulability, node: node)
    }

    func tellSchedulability(_ node: Int) {
        guard nodes[node].isAlive, !nodes[node].isCutOff,
            let object = view.get(.node, name: nodes[node].name)
        else { return }
        let isUnschedulable = NodeView(object.value).isUnschedulable
        guard isUnschedulable != nodes[node].wasUnschedulable else { return }
        nodes[node].wasUnschedulable = isUnschedulable
        act(as: nodes[node].actor)
        tellNode(object, isUnschedulable ? "NodeNotSchedulable" : "NodeSchedulable")
    }

    private static let nodeStatusPeriod: Milliseconds = 10_000

    private func scheduleTick(every period: Milliseconds, code: Int32, node: Int) {
        schedule(after: period - now % period, code: code, a: node, weight: .tick)
    }

    func tellNode(_ node: StoredObject, _ reason: String) {
        tell(node, .normal, reason, "Node \(node.name) status is now: \(reason)")
    }

    func tell(
        _ node: StoredObject, _ type: EventType, _ reason: String, _ message: String
    ) {
        guard profile.recordsKubeletEvents else { return }
        record(
            node, type, reason: reason, message: message,
            source: EventSource(Self.name, host: node.name),
            series: nodes[number(of: node.name)].boots)
    }
}
