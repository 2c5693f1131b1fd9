import Support
import Value

/// A view of a Pod.
public struct PodView: ResourceView {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// What is asked for.
    @inlinable public var spec: PodSpecView {
        get { PodSpecView(value[.spec]) }
        set { value[.spec] = newValue.value }
    }
    /// What the kubelet reports.
    @inlinable public var status: PodStatusView {
        get { PodStatusView(value[.status]) }
        set { value[.status] = newValue.value }
    }

    /// The node the pod is bound to; empty before.
    @inlinable public var nodeName: String { value[.spec][.nodeName].string ?? "" }
    /// "Pending", "Running", "Succeeded", "Failed" or "Unknown".
    @inlinable public var phase: String { value[.status][.phase].string ?? "" }
    /// Whether the pod has finished for good (Succeeded or Failed).
    @inlinable public var isTerminal: Bool {
        let phase = self.phase
        return phase == "Succeeded" || phase == "Failed"
    }
}

/// A view of a pod's `spec`, also of that in a template.
public struct PodSpecView: Sendable {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// Without init containers.
    @inlinable public var nodeName: String { value.text(.nodeName) }
    @inlinable public var containers: [ContainerView] {
        value.list(.containers).map { ContainerView($0) }
    }
    /// In the order in which they run, sidecars among them.
    @inlinable public var initContainers: [ContainerView] {
        value.list(.initContainers).map { ContainerView($0) }
    }
    /// As the spec lists them.
    @inlinable public var volumes: [Value] { value.list(.volumes) }
    @inlinable public var nodeSelector: Object { value.map(.nodeSelector) }
    @inlinable public var affinity: Value { value[.affinity] }
    @inlinable public var tolerations: [Value] { value.list(.tolerations) }
    @inlinable public var topologySpreadConstraints: [Value] {
        value.list(.topologySpreadConstraints)
    }
    /// "Always", "OnFailure" or "Never".
    @inlinable public var restartPolicy: String { value.text(.restartPolicy) }
    @inlinable public var schedulerName: String { value.text(.schedulerName) }
    @inlinable public var hostname: String { value.text(.hostname) }
    @inlinable public var subdomain: String { value.text(.subdomain) }
    @inlinable public var serviceAccountName: String { value.text(.serviceAccountName) }
    @inlinable public var isHostNetwork: Bool { value.flag(.hostNetwork) }
    /// Seconds between the request to stop and the kill; 30 where unset.
    @inlinable public var terminationGracePeriodSeconds: Int {
        value[.terminationGracePeriodSeconds].int ?? 30
    }
    @inlinable public var activeDeadlineSeconds: Int? { value[.activeDeadlineSeconds].int }
    @inlinable public var priority: Int { value.int(.priority) }
    @inlinable public var priorityClassName: String { value.text(.priorityClassName) }
    /// "PreemptLowerPriority" (also where unset) or "Never".
    @inlinable public var preemptionPolicy: String {
        value[.preemptionPolicy].string ?? "PreemptLowerPriority"
    }
    /// The types of conditions that must be true beside the kubelet's own.
    @inlinable public var schedulingGates: [Value] { value.list(.schedulingGates) }
    @inlinable public var readinessGates: [String] {
        value.list(.readinessGates).map { $0.text(.conditionType) }
    }
    @inlinable public var overhead: Object { value.map(.overhead) }
}

/// A view of a container, init container or ephemeral container in a spec.
public struct ContainerView: Sendable {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    @inlinable public var name: String { value.text(.name) }
    @inlinable public var image: String { value.text(.image) }
    /// "Always", "IfNotPresent" or "Never".
    @inlinable public var imagePullPolicy: String { value.text(.imagePullPolicy) }
    @inlinable public var ports: [Value] { value.list(.ports) }
    @inlinable public var env: [Value] { value.list(.env) }
    @inlinable public var requests: Object { value[.resources][.requests].fields }
    @inlinable public var limits: Object { value[.resources][.limits].fields }
    @inlinable public var livenessProbe: Value { value[.livenessProbe] }
    @inlinable public var readinessProbe: Value { value[.readinessProbe] }
    @inlinable public var startupProbe: Value { value[.startupProbe] }
    @inlinable public var lifecycle: Value { value[.lifecycle] }
    /// Whether an init container is a sidecar: it keeps running beside the containers (KEP-753).
    @inlinable public var isRestartableInit: Bool { value.text(.restartPolicy) == "Always" }
}

/// A view of a pod's `status`.
public struct PodStatusView: Sendable {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// "Pending" where the status names none.
    @inlinable public var phase: String {
        get { value.text(.phase) }
        set { value[.phase] = Value(newValue) }
    }
    @inlinable public var reason: String { value.text(.reason) }
    @inlinable public var message: String { value.text(.message) }
    @inlinable public var podIP: String { value.text(.podIP) }
    @inlinable public var hostIP: String { value.text(.hostIP) }
    /// RFC 3339 text of the instant the kubelet saw the pod, or nil.
    @inlinable public var startTime: String? { value[.startTime].string }
    @inlinable public var nominatedNodeName: String { value.text(.nominatedNodeName) }
    @inlinable public var qosClass: String { value.text(.qosClass) }
    @inlinable public var conditions: Conditions {
        get { Conditions(value[.conditions]) }
        set { value[.conditions] = newValue.value }
    }
    /// Those of its containers without init containers.
    @inlinable public var containerStatuses: [ContainerStatusView] {
        value.list(.containerStatuses).map { ContainerStatusView($0) }
    }
    /// Those of its init containers and sidecars.
    @inlinable public var initContainerStatuses: [ContainerStatusView] {
        value.list(.initContainerStatuses).map { ContainerStatusView($0) }
    }
}

/// A view of an entry of `containerStatuses` or `initContainerStatuses`.
public struct ContainerStatusView: Sendable {
    public var value: Value
    @inlinable public init(_ value: Value) { self.value = value }

    /// Whether its readiness probe holds.
    @inlinable public var name: String { value.text(.name) }
    @inlinable public var image: String { value.text(.image) }
    @inlinable public var isReady: Bool { value.flag(.ready) }
    @inlinable public var isStarted: Bool { value.flag(.started) }
    @inlinable public var restartCount: Int { value.int(.restartCount) }
    /// The details of the state that is in force, or null.
    @inlinable public var waiting: Value { value[.state][.waiting] }
    @inlinable public var running: Value { value[.state][.running] }
    @inlinable public var terminated: Value { value[.state][.terminated] }
    /// The details of the termination before the present state, or null.
    @inlinable public var lastTerminated: Value { value[.lastState][.terminated] }
}
