import Support
import Value

extension KindDescriptor {
    /// Containers that run together on one node.
    static func pod(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Pod", plural: "pods", shortNames: ["po"], group: "", categories: ["all"],
            subresources: [
                "attach", "binding", "ephemeralcontainers", "eviction", "exec", "log",
                "portforward", "proxy", "resize", "status",
            ], hasGeneration: true,
            podTemplate: .inert(at: []), isExposable: true,
            rules: KindRules(
                defaults: Defaults.pod,
                object: { $0.pod($1) },
                creation: { $0.newPod($1) },
                change: { $0.podUpdate($1, $2) },
                status: { validator, new, old, _ in validator.podStatus(new, old) },
                warnings: { $0.newPod($1, $2) },
                selectableFields: SelectableFields([
                    "spec.nodeName", "spec.restartPolicy", "spec.schedulerName",
                    "spec.serviceAccountName", "spec.hostNetwork", "status.phase", "status.podIP",
                    "status.podIPs", "status.nominatedNodeName",
                ])))
    }

    /// A template of pods by itself; no controller makes anything of it.
    static func podTemplate(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PodTemplate", plural: "podtemplates", group: "", hasGeneration: true,
            podTemplate: .inert(at: [.template]),
            rules: KindRules(
                defaults: Defaults.template,
                object: { $0.podTemplate($1[.template], ErrorPath("template")) },
                warnings: { $0.podTemplate($1, $2, at: [.template]) }))
    }

    /// An assignment of a pod to a node: written, never read.
    static func binding(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Binding", plural: "bindings", group: "", verbs: ["create"])
    }
}

extension Validator {
    /// ValidatePod.
    mutating func pod(_ object: Value) {
        podAnnotations(
            object[.metadata][.annotations], of: object[.spec], Self.podAnnotationsPath)
        let path = ErrorPath("spec")
        podSpec(
            object[.spec], path, isTemplate: false, pod: object[.metadata].text(.name))
        tokens(object[.spec], path)
        for list in [Key.containers, .initContainers] {
            for (index, container) in object[.spec].list(list).enumerated() {
                image(container, path.child(list)[index])
            }
        }
    }

    /// A token is of an account.
    private mutating func tokens(_ spec: Value, _ path: ErrorPath) {
        guard spec.text(.serviceAccountName).isEmpty else { return }
        for (index, volume) in spec.list(.volumes).enumerated() {
            let sources = volume[.projected].list(.sources)
            for (number, source) in sources.enumerated()
            where !source[.serviceAccountToken].isNull {
                add(
                    .forbidden(
                        path.child("volumes")[index].child("projected").child("sources")[number]
                            .child("serviceAccountToken"),
                        "must not be specified when serviceAccountName is not set"))
            }
        }
    }

    /// ValidatePodCreate.
    mutating func newPod(_ object: Value) {
        let spec = object[.spec]
        let path = ErrorPath("spec")
        if !spec.list(.ephemeralContainers).isEmpty {
            add(.forbidden(path.child("ephemeralContainers"), "cannot be set on create"))
        }
        if !spec.list(.schedulingGates).isEmpty, !spec.text(.nodeName).isEmpty {
            add(
                .forbidden(
                    path.child("nodeName"),
                    "cannot be set until all schedulingGates have been cleared"))
        }
    }

    /// ValidatePodUpdate.
    mutating func podUpdate(_ object: Value, _ old: Value) {
        podAnnotationUpdates(
            object[.metadata][.annotations], old[.metadata][.annotations],
            Self.podAnnotationsPath)
        podUpdate(object[.spec], old[.spec], ErrorPath("spec"))
    }

    private static let podAnnotationsPath = ErrorPath("metadata").child("annotations")
}

extension Defaults {
    /// SetDefaults_Pod: requests from limits, service links, and SetDefaults_PodSpec.
    static func pod(_ value: inout Value) {
        guard !value[.spec].isNull else { return }
        podSpec(&value[.spec])
        // Convert_v1_Pod_To_core_Pod; templates keep what they have.
        if value[.spec].int(.terminationGracePeriodSeconds) < 0 {
            value[.spec][.terminationGracePeriodSeconds] = 1
        }
        for list in [Key.containers, .initContainers] {
            value[.spec].forEach(list) { container in requestsFromLimits(&container) }
        }
        podAmounts(&value[.spec])
        value[.spec].fill(.enableServiceLinks, true)
        if value[.spec].flag(.hostNetwork) { hostPorts(&value[.spec]) }
    }

    /// What is not said for the pod as a whole, where something is: huge pages as the containers' limits,
    /// requests as the containers' or else as the pod's limits (defaultHugePagePodLimits and
    /// defaultPodRequests).
    private static func podAmounts(_ spec: inout Value) {
        let given = spec[.resources]
        guard !given.map(.limits).isEmpty || !given.map(.requests).isEmpty else { return }
        amounts(&spec[.resources][.limits])
        amounts(&spec[.resources][.requests])
        let view = PodSpecView(spec)
        for entry in view.containerLimits.entries
        where ResourceNames.isHugePages(entry.name.name)
            && given[.requests][entry.name].isNull && given[.limits][entry.name].isNull
        {
            spec[.resources][.limits][entry.name] = Value(entry.amount.text)
        }
        for entry in view.containerRequests.entries
        where ResourceNames.isForPods(entry.name.name)
            && ResourceNames.allowsOvercommit(entry.name.name)
            && given[.requests][entry.name].isNull
        {
            spec[.resources][.requests][entry.name] = Value(entry.amount.text)
        }
        for field in spec[.resources].map(.limits)
        where ResourceNames.isForPods(field.key.name)
            && spec[.resources][.requests][field.key].isNull
        {
            spec[.resources][.requests][field.key] = field.value
        }
    }

    /// SetDefaults_Pod: a request that is not given equals its limit.
    private static func requestsFromLimits(_ container: inout Value) {
        let limits = container[.resources].map(.limits)
        guard !limits.isEmpty else { return }
        var requests = container[.resources].map(.requests)
        for limit in limits where !requests.contains(limit.key) {
            requests.append(limit.key, limit.value)
        }
        container[.resources][.requests] = .object(requests)
    }

    /// SetDefaults_Pod (defaultHostNetworkPorts): on the host's network, ports are the host's.
    private static func hostPorts(_ spec: inout Value) {
        for list in [Key.containers, .initContainers] {
            spec.forEach(list) { container in
                container.forEach(.ports) { port in
                    port.fill(.hostPort, port[.containerPort])
                }
            }
        }
    }
}
