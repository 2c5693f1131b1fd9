import Support
import Value

// Source: k8s.io/pod-security-admission, policy/check_*.go.
extension PodSecurityCheck {
    private typealias Words = PodSecurityWords

    /// The further rules of the restricted level, by name. Pods for Windows are exempt from some since
    /// 1.25; pods with users of their own from others since 1.35.
    static let restricted: [PodSecurityCheck] = [
        PodSecurityCheck(
            "allowPrivilegeEscalation",
            [(8, escalation), (25, { $0.isForWindows ? nil : escalation($0) })]),
        PodSecurityCheck(
            "capabilities_restricted", overrides: "capabilities_baseline",
            [(22, droppedCapabilities), (25, { $0.isForWindows ? nil : droppedCapabilities($0) })]),
        PodSecurityCheck("procMount_restricted", since: 35, overrides: "procMount", procMount),
        PodSecurityCheck("restrictedVolumes", overrides: "hostPathVolumes", volumes),
        PodSecurityCheck(
            "runAsNonRoot", [(0, runAsNonRoot), (35, { $0.hasOwnUsers ? nil : runAsNonRoot($0) })]),
        PodSecurityCheck(
            "runAsUser", [(23, runAsUser), (35, { $0.hasOwnUsers ? nil : runAsUser($0) })]),
        PodSecurityCheck(
            "seccompProfile_restricted", overrides: "seccompProfile_baseline",
            [(19, seccomp), (25, { $0.isForWindows ? nil : seccomp($0) })]),
    ]

    @Sendable private static func escalation(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        let names = pod.names { $0.security[.allowPrivilegeEscalation].bool != false }
        guard !names.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "allowPrivilegeEscalation != false",
            detail: "\(Words.containers(names)) must set "
                + "securityContext.allowPrivilegeEscalation=false")
    }

    @Sendable private static func droppedCapabilities(
        _ pod: PodSecuritySubject
    ) -> PodSecurityViolation? {
        var details: [String] = []
        let keeping = pod.names {
            !$0.security[.capabilities].list(.drop).contains("ALL")
        }
        if !keeping.isEmpty {
            details.append(
                #"\#(Words.containers(keeping)) must set securityContext.capabilities.drop=["ALL"]"#
            )
        }
        let (adding, added) = addedCapabilities(pod) { $0 == "NET_BIND_SERVICE" }
        if !adding.isEmpty {
            details.append(
                "\(Words.containers(adding)) must not include \(Words.quoted(added)) in "
                    + "securityContext.capabilities.add")
        }
        guard !details.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "unrestricted capabilities", detail: details.joined(separator: "; "))
    }

    private static let allowedVolumes: [Key] = [
        .configMap, .csi, .downwardAPI, .emptyDir, .ephemeral, .image, .persistentVolumeClaim,
        .projected, .secret,
    ]

    private static func volumes(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        let bad = pod.spec.list(.volumes).filter { volume in
            allowedVolumes.allSatisfy { volume[$0].isNull }
        }
        guard !bad.isEmpty else { return nil }
        let types = Words.distinct(
            bad.map { volume in
                volume.fields.sortedByName.first { $0.key != .name }?.key.name ?? "unknown"
            })
        let names = bad.map { $0.text(.name) }
        return PodSecurityViolation(
            reason: "restricted volume types",
            detail: "\(Words.some("volume", names)) \(names.count == 1 ? "uses" : "use") "
                + Words.some("restricted volume type", types))
    }

    @Sendable private static func runAsNonRoot(
        _ pod: PodSecuritySubject
    ) -> PodSecurityViolation? {
        let wish = pod.security[.runAsNonRoot].bool
        var setters: [String] = wish == false ? ["pod"] : []
        let explicit = pod.names { $0.security[.runAsNonRoot].bool == false }
        if !explicit.isEmpty { setters.append(Words.containers(explicit)) }
        if !setters.isEmpty {
            return PodSecurityViolation(
                reason: "runAsNonRoot != true",
                detail: "\(setters.joined(separator: " and ")) must not set "
                    + "securityContext.runAsNonRoot=false")
        }
        guard wish != true else { return nil }
        let silent = pod.names { $0.security[.runAsNonRoot].bool == nil }
        guard !silent.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "runAsNonRoot != true",
            detail: "pod or \(Words.containers(silent)) must set "
                + "securityContext.runAsNonRoot=true")
    }

    @Sendable private static func runAsUser(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        var setters: [String] = pod.security[.runAsUser].int == 0 ? ["pod"] : []
        let names = pod.names { $0.security[.runAsUser].int == 0 }
        if !names.isEmpty { setters.append(Words.containers(names)) }
        guard !setters.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "runAsUser=0",
            detail: "\(setters.joined(separator: " and ")) must not set runAsUser=0")
    }

    @Sendable private static func seccomp(_ pod: PodSecuritySubject) -> PodSecurityViolation? {
        if let violation = seccompBaseline(pod) { return violation }
        guard pod.security[.seccompProfile].isNull else { return nil }
        let silent = pod.names { $0.security[.seccompProfile].isNull }
        guard !silent.isEmpty else { return nil }
        return PodSecurityViolation(
            reason: "seccompProfile",
            detail: "pod or \(Words.containers(silent)) must set "
                + #"securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost""#)
    }
}
