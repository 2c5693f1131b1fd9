import Support
import Value

extension Defaults {
    /// `spec.template` of a workload, or `template` of a PodTemplate.
    static func template(_ value: inout Value) {
        value.ifPresent(.template) { template in
            template.ifPresent(.spec) { podSpec(&$0) }
        }
    }

    /// SetDefaults_PodSpec, with the defaults of everything inside.
    static func podSpec(_ spec: inout Value) {
        spec.fill(.dnsPolicy, "ClusterFirst")
        spec.fill(.restartPolicy, "Always")
        spec.fill(.securityContext, .emptyObject)
        spec.fill(.terminationGracePeriodSeconds, 30)
        spec.fill(.schedulerName, "default-scheduler")
        // Conversion keeps the old name of the field equal to the new one.
        if spec[.serviceAccountName].isNull {
            spec[.serviceAccountName] = spec[.serviceAccount]
        }
        spec[.serviceAccount] = spec[.serviceAccountName]
        for list in [Key.containers, .initContainers, .ephemeralContainers] {
            spec.forEach(list) { container(&$0) }
        }
        spec.forEach(.volumes) { volume(&$0) }
        if !spec[.overhead].isNull { amounts(&spec[.overhead]) }
        if !spec[.securityContext].list("sysctls").isEmpty {
            spec[.securityContext].forEach("sysctls") { $0.fill(.value, "") }
        }
    }

    /// SetDefaults_Container and the defaults of its probes, hooks, ports and variables.
    static func container(_ container: inout Value) {
        container.fill(
            .imagePullPolicy,
            Value(pullPolicy(image: container.text(.image))))
        container.fill(.terminationMessagePath, "/dev/termination-log")
        container.fill(.terminationMessagePolicy, "File")
        for key in [Key.livenessProbe, .readinessProbe, .startupProbe] {
            container.ifPresent(key) { probe(&$0) }
        }
        container.ifPresent(.lifecycle) { lifecycle in
            for key in [Key.postStart, .preStop] {
                lifecycle.ifPresent(key) { handler in handler.ifPresent(.httpGet) { http(&$0) } }
            }
        }
        resources(&container)
        container.forEach(.ports) { $0.fill(.protocol, "TCP") }
        container.forEach(.env) { entry in
            entry.ifPresent(.valueFrom) { source in
                source.ifPresent(.fieldRef) { $0.fill(.apiVersion, "v1") }
                source.ifPresent(.resourceFieldRef) { $0.fill(.divisor, "0") }
            }
        }
    }

    /// SetDefaults_Container: a moving tag is pulled always.
    ///
    /// `nginx` and `nginx:latest` give Always; `nginx:1.25` and `nginx@sha256:…` IfNotPresent.
    static func pullPolicy(image: String) -> String {
        let parts = image.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts.first ?? ""
        let last = name.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let tag = last.firstIndex(of: ":").map { last[last.index(after: $0)...] }
        if let tag { return tag == "latest" ? "Always" : "IfNotPresent" }
        return parts.count == 2 ? "IfNotPresent" : "Always"
    }

    /// SetDefaults_Probe.
    static func probe(_ probe: inout Value) {
        probe.fill(.timeoutSeconds, 1)
        probe.fill(.periodSeconds, 10)
        probe.fill(.successThreshold, 1)
        probe.fill(.failureThreshold, 3)
        probe.ifPresent(.httpGet) { http(&$0) }
        probe.ifPresent(.grpc) { $0.fill(.service, "") }
    }

    /// SetDefaults_HTTPGetAction.
    static func http(_ action: inout Value) {
        action.fill(.path, "/")
        action.fill(.scheme, "HTTP")
        // Go cannot omit it.
        action.forEach("httpHeaders") { $0.fill(.value, "") }
    }
}
