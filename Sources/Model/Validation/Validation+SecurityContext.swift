import Support
import Value

extension Validator {
    /// IsValidUserID and IsValidGroupID.
    private mutating func identity(_ value: Value, _ path: ErrorPath) {
        guard let number = value.int, !(0...Int(Int32.max)).contains(number) else { return }
        add(.invalid(path, value, NameRules.inclusiveRange(0, Int(Int32.max))))
    }

    /// ValidateSecurityContext of a container.
    mutating func securityContext(_ context: Value, _ path: ErrorPath, hasHostUsers: Bool) {
        guard !context.isNull else { return }
        identity(context[.runAsUser], path.child("runAsUser"))
        identity(context[.runAsGroup], path.child("runAsGroup"))
        let mount = context[.procMount]
        if !mount.isNull {
            let place = path.child("procMount")
            optionalOneOf(mount, ["Default", "Unmasked"], place)
            if hasHostUsers, mount == "Unmasked" {
                add(.invalid(place, mount, "`hostUsers` must be false to use `Unmasked`"))
            }
        }
        seccomp(context[.seccompProfile], path.child("seccompProfile"))
        if context[.allowPrivilegeEscalation].bool == false {
            if context.flag(.privileged) {
                add(
                    .invalid(
                        path, json: Self.internalContext(context),
                        "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"))
            }
            for entry in context[.capabilities].list(.add) where entry == "CAP_SYS_ADMIN" {
                add(
                    .invalid(
                        path, json: Self.internalContext(context),
                        "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` "
                            + "CAP_SYS_ADMIN"))
            }
        }
        appArmor(context[.appArmorProfile], path.child("appArmorProfile"))
    }

    /// A security context as the server shows it: JSON of the internal type, whose fields have no
    /// names of their own, in their order.
    private static func internalContext(_ context: Value) -> String {
        let fields: [(String, Key)] = [
            ("Capabilities", .capabilities), ("Privileged", .privileged),
            ("SELinuxOptions", .seLinuxOptions), ("WindowsOptions", .windowsOptions),
            ("RunAsUser", .runAsUser), ("RunAsGroup", .runAsGroup),
            ("RunAsNonRoot", .runAsNonRoot), ("ReadOnlyRootFilesystem", .readOnlyRootFilesystem),
            ("AllowPrivilegeEscalation", .allowPrivilegeEscalation), ("ProcMount", .procMount),
            ("SeccompProfile", .seccompProfile), ("AppArmorProfile", .appArmorProfile),
        ]
        let parts = fields.map { name, key in
            "\"\(name)\":" + JSON.text(capitalized(context[key]), style: .go)
        }
        return "{" + parts.joined(separator: ",") + "}"
    }

    /// The fields of an object by the names of Go's fields.
    private static func capitalized(_ value: Value) -> Value {
        guard case .object(let object) = value else { return value }
        var result = Object()
        for field in object {
            let name = field.key.name
            result.append(Key(name.prefix(1).uppercased() + name.dropFirst()), field.value)
        }
        return .object(result)
    }

    /// validatePodSpecSecurityContext.
    mutating func podSecurityContext(_ spec: Value, _ path: ErrorPath) {
        let context = spec[.securityContext]
        identity(context[.fsGroup], path.child("fsGroup"))
        identity(context[.runAsUser], path.child("runAsUser"))
        identity(context[.runAsGroup], path.child("runAsGroup"))
        for (index, group) in context.list(.supplementalGroups).enumerated() {
            identity(group, path.child("supplementalGroups")[index])
        }
        if spec.flag(.shareProcessNamespace), spec.flag(.hostPID) {
            add(
                .invalid(
                    path.child("shareProcessNamespace"), true,
                    "ShareProcessNamespace and HostPID cannot both be enabled"))
        }
        sysctls(context, spec, path.child("sysctls"))
        optionalOneOf(
            context[.fsGroupChangePolicy], ["Always", "OnRootMismatch"],
            path.child("fsGroupChangePolicy"))
        seccomp(context[.seccompProfile], path.child("seccompProfile"))
        appArmor(context[.appArmorProfile], path.child("appArmorProfile"))
        optionalOneOf(
            context[.supplementalGroupsPolicy], ["Merge", "Strict"],
            path.child("supplementalGroupsPolicy"))
        optionalOneOf(
            context["seLinuxChangePolicy"], ["MountOption", "Recursive"],
            path.child("seLinuxChangePolicy"))
    }

    /// validateSysctls.
    private mutating func sysctls(_ context: Value, _ spec: Value, _ path: ErrorPath) {
        var names: Set<String> = []
        for (index, entry) in context.list(.sysctls).enumerated() {
            let place = path[index].child("name")
            let name = entry.text(.name)
            if name.isEmpty {
                add(.required(place))
            } else if name.utf8.count > 253 || !Self.isSysctl(name) {
                add(
                    .invalid(
                        place, Value(name),
                        "must have at most 253 characters and match regex "
                            + "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"
                    ))
            } else if !names.insert(name).inserted {
                add(.duplicate(place, Value(name)))
            }
            hostSysctl(name, spec, place)
        }
    }

    /// ValidateHostSysctl: a pod that shares a namespace of the host may not change it.
    private mutating func hostSysctl(_ name: String, _ spec: Value, _ path: ErrorPath) {
        let plain = name.replacing("/", with: ".")
        let interprocess =
            ["kernel.shm", "kernel.msg", "fs.mqueue."].contains { plain.hasPrefix($0) }
            || plain == "kernel.sem"
        if spec.flag(.hostNetwork), plain.hasPrefix("net.") {
            add(.invalid(path, Value(name), "may not be specified when 'hostNetwork' is true"))
        } else if spec.flag(.hostIPC), interprocess {
            add(.invalid(path, Value(name), "may not be specified when 'hostIPC' is true"))
        }
    }

    private static func isSysctl(_ name: String) -> Bool {
        name.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "." || $0 == "/" })
            .allSatisfy { part in
                guard let first = part.utf8.first, let last = part.utf8.last else { return false }
                return NameRules.isLowerOrDigit(first) && NameRules.isLowerOrDigit(last)
                    && part.utf8.allSatisfy {
                        NameRules.isLowerOrDigit($0) || $0 == NameRules.hyphen
                            || $0 == UInt8(ascii: "_")
                    }
            }
    }

    /// validateSeccompProfileField.
    private mutating func seccomp(_ profile: Value, _ path: ErrorPath) {
        guard !profile.isNull else { return }
        let types = ["Localhost", "RuntimeDefault", "Unconfined"]
        let place = path.child("localhostProfile")
        let type = profile.text(.type)
        if type.isEmpty {
            add(.required(path.child("type"), "type is required when seccompProfile is set"))
        } else {
            oneOf(profile[.type], types, path.child("type"))
        }
        let file = profile["localhostProfile"]
        if type == "Localhost" {
            if file.isNull {
                add(.required(place, "must be set when seccomp type is Localhost"))
            } else {
                localPath(file.string ?? "", place)
            }
        } else if !file.isNull {
            add(
                .invalid(
                    place, Self.capitalized(profile),
                    "can only be set when seccomp type is Localhost"))
        }
    }

    /// ValidateAppArmorProfileField.
    private mutating func appArmor(_ profile: Value, _ path: ErrorPath) {
        guard !profile.isNull else { return }
        let place = path.child("localhostProfile")
        let file = profile["localhostProfile"]
        switch profile.text(.type) {
        case "Localhost":
            let text = file.string ?? ""
            if file.isNull || text.isEmpty {
                add(.required(place, "must be set when AppArmor type is Localhost"))
            } else if text.first?.isWhitespace == true || text.last?.isWhitespace == true {
                add(.invalid(place, file, "must not be padded with whitespace"))
            }
        case "RuntimeDefault", "Unconfined":
            if !file.isNull {
                add(.invalid(place, file, "can only be set when AppArmor type is Localhost"))
            }
        case "":
            add(.required(path.child("type"), "type is required when appArmorProfile is set"))
        case let other:
            add(
                .notSupported(
                    path.child("type"), Value(other),
                    ["Localhost", "RuntimeDefault", "Unconfined"]))
        }
    }
}
