import Model
import Support
import Value

/// What a debugging container may do, and what of a pod a copy of it keeps.
/// Source: kubectl's debug command, profiles.go, 1.36.
enum DebugProfile: String, CaseIterable {
    case legacy, general, baseline, restricted, netadmin, sysadmin

    /// How a pod is debugged.
    enum Style { case ephemeral, copy, node }

    /// Makes `pod` and its debugging container what the profile wants.
    ///
    /// - Parameter kept: the parts of the original that a copy keeps: "labels", "liveness".
    func apply(to pod: inout Value, container name: String, style: Style, keeping kept: Set<String>)
    {
        if self == .legacy {
            if style == .node {
                Self.mountRoot(&pod, name)
                Self.useHostNamespaces(&pod)
            } else if style == .copy {
                pod[.metadata][.labels] = .null
            }
            return
        }
        Self.change(&pod, name) { setContext(&$0[.securityContext], style) }
        switch style {
        case .node:
            if self == .general || self == .sysadmin { Self.mountRoot(&pod, name) }
            if self == .general || self == .sysadmin || self == .netadmin {
                Self.useHostNamespaces(&pod)
            }
        case .copy:
            Self.strip(&pod, kept)
            if pod[.spec][Self.shareProcesses].isNull { pod[.spec][Self.shareProcesses] = true }
        case .ephemeral: break
        }
    }

    private static let shareProcesses: Key = "shareProcessNamespace"

    private func setContext(_ context: inout Value, _ style: Style) {
        switch self {
        case .legacy: break
        case .general:
            if style == .node {
                context = .null
            } else {
                Self.add("SYS_PTRACE", to: &context)
            }
        case .baseline: context = .null
        case .restricted:
            context = [
                "allowPrivilegeEscalation": false, "capabilities": ["drop": ["ALL"]],
                "runAsNonRoot": true, "seccompProfile": ["type": "RuntimeDefault"],
            ]
        case .netadmin:
            Self.add("NET_ADMIN", to: &context)
            Self.add("NET_RAW", to: &context)
        case .sysadmin: context["privileged"] = true
        }
    }

    private static func add(_ capability: Value, to context: inout Value) {
        context["capabilities"]["add"].append(capability)
    }

    /// Changes the first container of the name: init containers first, ephemeral ones last.
    private static func change(_ pod: inout Value, _ name: String, _ body: (inout Value) -> Void) {
        for list in [Key.initContainers, .containers, .ephemeralContainers] {
            var containers = pod[.spec].list(list)
            guard let index = containers.firstIndex(where: { $0.text(.name) == name }) else {
                continue
            }
            body(&containers[index])
            pod[.spec][list] = .array(containers)
            return
        }
    }

    /// Takes from a copy what it is not to keep.
    private static func strip(_ pod: inout Value, _ kept: Set<String>) {
        for key in [Key.labels, .annotations] where !kept.contains(key.name) {
            pod[.metadata][key] = .null
        }
        pod[.spec].forEach(.containers) { container in
            for (part, key) in [
                ("liveness", Key.livenessProbe), ("readiness", .readinessProbe),
                ("startup", .startupProbe),
            ] where !kept.contains(part) {
                container[key] = .null
            }
        }
        if !kept.contains("init-containers") { pod[.spec][.initContainers] = .null }
    }

    private static func mountRoot(_ pod: inout Value, _ name: String) {
        pod[.spec][.volumes].append([.hostPath: [.path: "/"], .name: "host-root"])
        change(&pod, name) { container in
            container[.volumeMounts].append([.mountPath: "/host", .name: "host-root"])
        }
    }

    private static func useHostNamespaces(_ pod: inout Value) {
        for key in [Key.hostNetwork, "hostPID", "hostIPC"] { pod[.spec][key] = true }
    }
}
