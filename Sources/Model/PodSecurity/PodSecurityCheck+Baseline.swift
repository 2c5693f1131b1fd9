import Support
import Value

// Source: k8s.io/pod-security-admission, policy/check_*.go.
extension PodSecurityCheck {
    private typealias Words = PodSecurityWords

    /// The rules of the baseline, by name.
    static let baseline: [PodSecurityCheck] = [
        PodSecurityCheck("appArmorProfile", appArmor),
        PodSecurityCheck("capabilities_baseline", addedCapabilities),
        PodSecurityCheck("hostNamespaces", hostNamespaces),
        PodSecurityCheck("hostPathVolumes", hostPaths),
        PodSecurityCheck("hostPorts", hostPorts),
        PodSecurityCheck("hostProbesAndHostLifecycle", since: 34, handlerHosts),
        PodSecurityCheck("privileged", privileged),
        PodSecurityCheck(
            "procMount", [(0, procMount), (35, { $0.hasOwnUsers ? nil : procMount($0) })]),
        PodSecurityCheck("seLinuxOptions", [(0, seLinuxUntil30), (31, seLinuxSince31)]),
        PodSecurityCheck(
            "seccompProfile_baseline", [(0, seccompAnnotations), (19, seccompBaseline)]),
        PodSecurityCheck(
            "sysctls",
            sysctls.indices.map { index in
                let safe = sysctls[...index].flatMap(\.safe)
                return (sysctls[index].since, { unsafeSysctls($0, safe) })
            }),
        PodSecurityCheck("windowsHostProcess", hostProcess),
    ]

    private static func appArmor(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        func bad(_ context: Value) -> String? {
            guard !context[.appArmorProfile].isNull else { return nil }
            let type = context[.appArmorProfile].text(.type)
            return ["RuntimeDefault", "Localhost"].contains(type) ? nil : type
        }
        var setters: [String] = bad(pod.security) == nil ? [] : ["pod"]
        let names = pod.names { bad($0.security) != nil }
        if !names.isEmpty { setters.append(Words.containers(names)) }
        var values = Words.distinct(
            ([pod.security] + pod.containers.map(\.security)).compactMap(bad))
        let annotations = pod.annotations.sortedByName.compactMap { field -> String? in
            let text = field.value.string ?? ""
            let isAllowed =
                text.isEmpty || text == "runtime/default" || text.hasPrefix("localhost/")
            return field.key.name.hasPrefix("container.apparmor.security.beta.kubernetes.io/")
                && !isAllowed ? "\(field.key.name)=\(GoSyntax.quote(text))" : nil
        }
        if !annotations.isEmpty {
            values += annotations
            setters.append(Words.plural("annotation", annotations.count))
        }
        guard !setters.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: Words.plural("forbidden AppArmor profile", values.count),
            detail: "\(setters.joined(separator: " and ")) must not set AppArmor profile type to "
                + Words.quoted(values))
    }

    private static let defaultCapabilities: Set<String> = [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD",
        "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ]

    private static func addedCapabilities(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        let (names, added) = addedCapabilities(pod) { defaultCapabilities.contains($0) }
        guard !names.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "non-default capabilities",
            detail: "\(Words.containers(names)) must not include \(Words.quoted(added)) in "
                + "securityContext.capabilities.add")
    }

    /// Who adds capabilities beyond those allowed, and which.
    static func addedCapabilities(
        _ pod: PodSecuritySubject, beyond isAllowed: (String) -> Bool
    ) -> (names: [String], added: [String]) {
        func bad(_ container: PodSecuritySubject.Container) -> [String] {
            container.security[.capabilities].list(.add).compactMap(\.string).filter {
                !isAllowed($0)
            }
        }
        return (
            pod.names { !bad($0).isEmpty }, Words.distinct(pod.containers.flatMap(bad))
        )
    }

    private static func hostNamespaces(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        let shared = [Key.hostNetwork, .hostPID, .hostIPC].filter { pod.spec.flag($0) }
        guard !shared.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "host namespaces",
            detail: shared.map { "\($0.name)=true" }.joined(separator: ", "))
    }

    private static func hostPaths(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        let names = pod.spec.list(.volumes).filter { !$0[.hostPath].isNull }
            .map { $0.text(.name) }
        guard !names.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "hostPath volumes", detail: Words.some("volume", names))
    }

    private static func hostPorts(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        func ports(_ container: PodSecuritySubject.Container) -> [String] {
            container.value.list(.ports).map { $0.int(.hostPort) }.filter { $0 != 0 }
                .map(String.init)
        }
        let names = pod.names { !ports($0).isEmpty }
        guard !names.isEmpty else { return nil }
        let all = Words.distinct(pod.containers.flatMap(ports))
        return PodSecurityViolation(
            reason: "hostPort",
            detail: "\(Words.containers(names)) \(names.count == 1 ? "uses" : "use") "
                + "\(Words.plural("hostPort", all.count)) \(all.joined(separator: ", "))")
    }

    private static func handlerHosts(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        func hosts(_ container: PodSecuritySubject.Container) -> [String] {
            let handlers = [
                container.value[.livenessProbe], container.value[.readinessProbe],
                container.value[.startupProbe], container.value[.lifecycle][.postStart],
                container.value[.lifecycle][.preStop],
            ]
            return handlers.flatMap { handler in
                [Key.httpGet, .tcpSocket].map { handler[$0].text(.host) }.filter { !$0.isEmpty }
            }
        }
        let names = Words.distinct(pod.names { !hosts($0).isEmpty })
        guard !names.isEmpty else { return nil }
        let all = Words.distinct(pod.containers.flatMap(hosts))
        return PodSecurityViolation(
            reason: "probe or lifecycle host",
            detail: "\(Words.containers(names)) \(names.count == 1 ? "uses" : "use") "
                + Words.some("probe or lifecycle host", all))
    }

    private static func privileged(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        let names = pod.names { $0.security.flag(.privileged) }
        guard !names.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "privileged",
            detail: "\(Words.containers(names)) must not set securityContext.privileged=true")
    }

    @Sendable static func procMount(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        func bad(_ container: PodSecuritySubject.Container) -> String? {
            container.security[.procMount].string.flatMap { $0 == "Default" ? nil : $0 }
        }
        let names = pod.names { bad($0) != nil }
        guard !names.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "procMount",
            detail: "\(Words.containers(names)) must not set securityContext.procMount to "
                + Words.quoted(Words.distinct(pod.containers.compactMap(bad))))
    }

    private static let seLinuxTypes = [
        "", "container_t", "container_init_t", "container_kvm_t",
    ]

    @Sendable private static func seLinuxUntil30(
        _ pod: PodSecuritySubject
    ) -> PodSecurityViolation? { seLinux(pod, seLinuxTypes) }

    @Sendable private static func seLinuxSince31(
        _ pod: PodSecuritySubject
    ) -> PodSecurityViolation? { seLinux(pod, seLinuxTypes + ["container_engine_t"]) }

    private static func seLinux(
        _ pod: PodSecuritySubject, _ types: [String]
    ) -> PodSecurityViolation? {
        func isBad(_ context: Value) -> Bool {
            let options = context[.seLinuxOptions]
            return !types.contains(options.text(.type)) || !options.text(.user).isEmpty
                || !options.text("role").isEmpty
        }
        var setters: [String] = isBad(pod.security) ? ["pod"] : []
        let names = pod.names { isBad($0.security) }
        if !names.isEmpty { setters.append(Words.containers(names)) }
        guard !setters.isEmpty else { return nil }
        let all = ([pod.security] + pod.containers.map(\.security)).map { $0[.seLinuxOptions] }
        var data: [String] = []
        let bad = Words.distinct(all.map { $0.text(.type) }.filter { !types.contains($0) })
        if !bad.isEmpty { data.append(Words.some("type", bad)) }
        for key in [Key.user, "role"] where all.contains(where: { !$0.text(key).isEmpty }) {
            data.append("\(key.name) may not be set")
        }
        return PodSecurityViolation(
            reason: "seLinuxOptions",
            detail: "\(setters.joined(separator: " and ")) set forbidden "
                + "securityContext.seLinuxOptions: \(data.joined(separator: "; "))")
    }

    /// Until 1.18 profiles were annotations.
    @Sendable private static func seccompAnnotations(_ pod: PodSecuritySubject)
        -> PodSecurityViolation?
    {
        let names =
            ["seccomp.security.alpha.kubernetes.io/pod"]
            + pod.containers.map { "container.seccomp.security.alpha.kubernetes.io/\($0.name)" }
        let bad = Words.distinct(
            names.compactMap { name -> String? in
                guard let text = pod.annotations[name].string,
                    !["runtime/default", "docker/default"].contains(text),
                    !text.hasPrefix("localhost/")
                else { return nil }
                return "\(name)=\(GoSyntax.quote(text))"
            })
        guard !bad.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "seccompProfile",
            detail: "forbidden \(Words.plural("annotation", bad.count)) "
                + bad.joined(separator: ", "))
    }

    @Sendable static func seccompBaseline(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        func bad(_ context: Value) -> String? {
            guard !context[.seccompProfile].isNull else { return nil }
            let type = context[.seccompProfile].text(.type)
            return ["RuntimeDefault", "Localhost"].contains(type) ? nil : type
        }
        var setters: [String] = bad(pod.security) == nil ? [] : ["pod"]
        let names = pod.names { bad($0.security) != nil }
        if !names.isEmpty { setters.append(Words.containers(names)) }
        guard !setters.isEmpty else { return nil }
        let all = ([pod.security] + pod.containers.map(\.security)).compactMap(bad)
        return PodSecurityViolation(
            reason: "seccompProfile",
            detail: "\(setters.joined(separator: " and ")) must not set "
                + "securityContext.seccompProfile.type to \(Words.quoted(Words.distinct(all)))")
    }

    /// What may be set, by the version that let it.
    private static let sysctls: [(since: Int, safe: [String])] = [
        (
            0,
            [
                "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range",
                "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
                "net.ipv4.ip_unprivileged_port_start",
            ]
        ),
        (27, ["net.ipv4.ip_local_reserved_ports"]),
        (
            29,
            [
                "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
                "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
            ]
        ),
        (32, ["net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"]),
    ]

    private static func unsafeSysctls(
        _ pod: PodSecuritySubject, _ safe: [String]
    ) -> PodSecurityViolation? {
        let bad = pod.security.list(.sysctls).map { $0.text(.name) }.filter { !safe.contains($0) }
        guard !bad.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "forbidden sysctls", detail: bad.joined(separator: ", "))
    }

    private static func hostProcess(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        func isBad(_ context: Value) -> Bool { context[.windowsOptions].flag("hostProcess") }
        var setters: [String] = isBad(pod.security) ? ["pod"] : []
        let names = pod.names { isBad($0.security) }
        if !names.isEmpty { setters.append(Words.containers(names)) }
        guard !setters.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "hostProcess",
            detail: "\(setters.joined(separator: " and ")) must not set "
                + "securityContext.windowsOptions.hostProcess=true")
    }
}
