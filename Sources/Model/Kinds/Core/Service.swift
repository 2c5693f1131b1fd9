import Support
import Value

extension KindDescriptor {
    /// An address in front of pods.
    static func service(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Service", plural: "services", shortNames: ["svc"], group: "",
            categories: ["all"], subresources: ["proxy", "status"],
            podSelector: PodSelector(.labels), isExposable: true,
            rules: KindRules(
                defaults: Defaults.service, name: NameRules.dns1123Label,
                object: { $0.service($1) },
                change: { $0.serviceUpdate($1[.spec], $2[.spec], ErrorPath("spec")) },
                status: { validator, new, _, _ in validator.serviceStatus(new) },
                warnings: { warner, service, _ in warner.service(service) },
                selectableFields: SelectableFields(["spec.clusterIP", "spec.type"])),
            texts: .service)
    }
}

extension Defaults {
    /// SetDefaults_Service. Addresses and node ports are allocated on creation, not here.
    static func service(_ value: inout Value) {
        guard !value[.spec].isNull else { return }
        var spec = value[.spec]
        spec.fill(.sessionAffinity, "None")
        if spec[.sessionAffinity] == "None" { spec[.sessionAffinityConfig] = nil }
        if spec[.sessionAffinity] == "ClientIP" {
            spec[.sessionAffinityConfig]["clientIP"].fill(.timeoutSeconds, 10800)
        }
        spec.fill(.type, "ClusterIP")
        spec.forEach(.ports) { port in
            port.fill(.protocol, "TCP")
            if port[.targetPort].isZero { port[.targetPort] = port[.port] }
        }
        let type = spec.text(.type)
        let isExposed = type == "NodePort" || type == "LoadBalancer"
        if isExposed || (type == "ClusterIP" && !spec.list(.externalIPs).isEmpty) {
            spec.fill(.externalTrafficPolicy, "Cluster")
        }
        if isExposed || type == "ClusterIP" { spec.fill(.internalTrafficPolicy, "Cluster") }
        if type == "LoadBalancer" { spec.fill(.allocateLoadBalancerNodePorts, true) }
        value[.spec] = spec
    }
}

extension Validation {
    /// What is wrong with the addresses and IP families of a Service's `spec`: the API server looks at
    /// them before it allocates, and does not go on with an error (ValidateServiceClusterIPsRelatedFields).
    package static func serviceAddresses(_ spec: Value) -> [FieldError] {
        var validator = Validator()
        validator.serviceAddresses(spec, ErrorPath("spec"))
        return validator.errors
    }
}

extension Validator {
    private static let balancerOnly = "may only be used when `type` is 'LoadBalancer'"

    /// ValidateService.
    mutating func service(_ object: Value) {
        let spec = object[.spec]
        let path = ErrorPath("spec")
        let ports = spec.list(.ports)
        let type = spec.text(.type)
        let isHeadless = spec[.clusterIP] == "None"
        if ports.isEmpty && !isHeadless && type != "ExternalName" {
            add(.required(path.child("ports")))
        }
        if isHeadless, type == "LoadBalancer" || type == "NodePort" {
            add(
                .invalid(
                    path.child("clusterIPs")[0], "None",
                    "may not be set to 'None' for \(type) services"))
        }
        externalName(spec, path)
        servicePorts(ports, path.child("ports"))
        labels(spec[.selector], path.child("selector"))
        sessionAffinity(spec, path)
        for (index, address) in spec.list(.externalIPs).enumerated() {
            ordinaryAddress(address.string ?? "", path.child("externalIPs")[index])
        }
        oneOf(
            spec[.type], ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"],
            path.child("type"))
        if type == "ClusterIP" {
            for (index, port) in ports.enumerated() where port.int(.nodePort) != 0 {
                add(
                    .forbidden(
                        path.child("ports")[index].child("nodePort"),
                        "may not be used when `type` is 'ClusterIP'"))
            }
        }
        duplicatePorts(ports, path.child("ports"))
        loadBalancer(spec, path)
        trafficPolicies(spec, path)
    }

    private mutating func externalName(_ spec: Value, _ path: ErrorPath) {
        guard spec[.type] == "ExternalName" else { return }
        for key in [Key.clusterIPs, .ipFamilies, .ipFamilyPolicy]
        where !spec[key].isNull && spec[key] != .array([]) {
            add(.forbidden(path.child(key), "may not be set for ExternalName services"))
        }
        var name = spec.text(.externalName)
        if name.hasSuffix(".") { name.removeLast() }
        if name.isEmpty {
            add(.required(path.child("externalName")))
        } else {
            messages(NameRules.dns1123Subdomain(name), name, path.child("externalName"))
        }
    }

    /// validateServicePort.
    private mutating func servicePorts(_ ports: [Value], _ path: ErrorPath) {
        var names: Set<String> = []
        for (index, port) in ports.enumerated() {
            let place = path[index]
            let name = port.text(.name)
            if name.isEmpty {
                if ports.count > 1 { add(.required(place.child("name"))) }
            } else {
                messages(NameRules.dns1123Label(name), name, place.child("name"))
                if !names.insert(name).inserted {
                    add(.duplicate(place.child("name"), Value(name)))
                }
            }
            portNumber(Value(port.int(.port)), place.child("port"))
            oneOf(port[.protocol], ["SCTP", "TCP", "UDP"], place.child("protocol"))
            portNumberOrName(port[.targetPort], place.child("targetPort"))
            if let name = port[.appProtocol].string {
                messages(NameRules.qualifiedName(name), name, place.child("appProtocol"))
            }
        }
    }

    /// validateClientIPAffinityConfig.
    private mutating func sessionAffinity(_ spec: Value, _ path: ErrorPath) {
        oneOf(spec[.sessionAffinity], ["ClientIP", "None"], path.child("sessionAffinity"))
        guard spec[.sessionAffinity] == "ClientIP" else { return }
        let place = path.child("sessionAffinityConfig").child("clientIP").child("timeoutSeconds")
        let seconds = spec[.sessionAffinityConfig]["clientIP"].int(.timeoutSeconds)
        if seconds <= 0 || seconds > 86_400 {
            add(.invalid(place, Value(seconds), "must be greater than 0 and less than 86400"))
        }
    }

    /// By protocol and number: node ports, then ports.
    private mutating func duplicatePorts(_ ports: [Value], _ path: ErrorPath) {
        var seen: Set<String> = []
        for (index, port) in ports.enumerated() where port.int(.nodePort) != 0 {
            let key = "\(port.text(.protocol))/\(port.int(.nodePort))"
            if !seen.insert(key).inserted {
                add(.duplicate(path[index].child("nodePort"), port[.nodePort]))
            }
        }
        seen = []
        for (index, port) in ports.enumerated() {
            let key = "\(port.text(.protocol))/\(port.int(.port))"
            if !seen.insert(key).inserted {
                let shown: Value = [.port: port[.port], .protocol: port[.protocol]]
                add(.duplicate(path[index], json: InternalForm.json(shown, as: "ServicePort")))
            }
        }
    }

    private mutating func loadBalancer(_ spec: Value, _ path: ErrorPath) {
        let isBalancer = spec[.type] == "LoadBalancer"
        let ranges = spec.list(.loadBalancerSourceRanges).compactMap(\.string)
        if !ranges.isEmpty {
            // The capital is upstream's.
            let place = path.child("LoadBalancerSourceRanges")
            if !isBalancer { add(.forbidden(place, Self.balancerOnly)) }
            for (index, range) in ranges.enumerated() {
                _ = legacyRange(range.trimmed { $0 == " " }, place[index])
            }
        }
        if !isBalancer {
            for key in [Key.allocateLoadBalancerNodePorts, .loadBalancerClass]
            where !spec[key].isNull {
                add(.forbidden(path.child(key), Self.balancerOnly))
            }
        } else if let name = spec[.loadBalancerClass].string {
            messages(NameRules.qualifiedName(name), name, path.child("loadBalancerClass"))
        }
    }

    /// validateServiceExternalTrafficPolicy, validateServiceInternalTrafficFieldsValue and
    /// validateServiceTrafficDistribution.
    private mutating func trafficPolicies(_ spec: Value, _ path: ErrorPath) {
        let type = spec.text(.type)
        let isAccessible =
            type == "LoadBalancer" || type == "NodePort"
            || type == "ClusterIP" && !spec.list(.externalIPs).isEmpty
        let place = path.child("externalTrafficPolicy")
        if isAccessible {
            oneOf(spec[.externalTrafficPolicy], ["Cluster", "Local"], place)
        } else if !spec.text(.externalTrafficPolicy).isEmpty {
            add(
                .invalid(
                    place, spec[.externalTrafficPolicy],
                    "may only be set for externally-accessible services"))
        }
        let health = spec.int(.healthCheckNodePort)
        if type != "LoadBalancer" || spec[.externalTrafficPolicy] != "Local", health != 0 {
            add(
                .invalid(
                    path.child("healthCheckNodePort"), Value(health),
                    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is "
                        + "'Local'"))
        }
        if type != "ExternalName" || !spec[.internalTrafficPolicy].isNull,
            ["ClusterIP", "NodePort", "LoadBalancer", "ExternalName"].contains(type)
        {
            oneOf(
                spec[.internalTrafficPolicy], ["Cluster", "Local"],
                path.child("internalTrafficPolicy"))
        }
        let known = ["PreferClose", "PreferSameZone", "PreferSameNode"]
        if let distribution = spec[.trafficDistribution].string, !known.contains(distribution) {
            add(
                .notSupported(path.child("trafficDistribution"), Value(distribution), known))
        }
    }

    // MARK: Addresses

    mutating func serviceAddresses(_ spec: Value, _ path: ErrorPath) {
        guard spec[.type] != "ExternalName" else { return }
        let field = path.child("clusterIPs")
        let list = spec.list(.clusterIPs).compactMap(\.string)
        let first = spec.text(.clusterIP)
        let shown = list.isEmpty ? "null" : GoSyntax.json(Value(strings: list))
        if first.isEmpty, !list.isEmpty {
            add(.invalid(field, json: shown, "must be empty when `clusterIP` is not specified"))
        } else if let own = list.first, own != first {
            add(.invalid(field, json: shown, "first value must match `clusterIP`"))
        }
        var families: Set<String> = []
        for (index, family) in spec.list(.ipFamilies).enumerated() {
            oneOf(family, ["IPv4", "IPv6"], path.child("ipFamilies")[index])
            if !families.insert(family.string ?? "").inserted {
                add(.duplicate(path.child("ipFamilies")[index], family))
            }
        }
        optionalOneOf(
            spec[.ipFamilyPolicy], ["PreferDualStack", "RequireDualStack", "SingleStack"],
            path.child("ipFamilyPolicy"))
        let count = errors.count
        for (index, text) in list.enumerated() {
            if index > 0 || text != "None" {
                legacyAddress(text, field[index])
            } else if list.count > 1 {
                add(.invalid(field, json: shown, "'None' must be the first and only value"))
            }
        }
        if list.count > 2 { add(.invalid(field, json: shown, "may only hold up to 2 values")) }
        if list.count == 2, errors.count == count, IPText.isIPv4(list[0]) == IPText.isIPv4(list[1])
        {
            add(.invalid(field, json: shown, "may specify no more than one IP for each IP family"))
        }
    }

    /// ValidateServiceUpdate: an address once given stays, unless the service gets or loses its need
    /// of one.
    mutating func serviceUpdate(_ spec: Value, _ old: Value, _ path: ErrorPath) {
        if spec[.type] != "ExternalName", old[.type] != "ExternalName" {
            addressUpdate(spec, old, path)
        }
        if old[.type] == "LoadBalancer", spec[.type] == "LoadBalancer" {
            if spec[.loadBalancerClass] != old[.loadBalancerClass] {
                add(
                    .invalid(
                        path.child("loadBalancerClass"), spec[.loadBalancerClass],
                        "may not change once set"))
            }
            let (before, after) = (
                old.int(.healthCheckNodePort), spec.int(.healthCheckNodePort)
            )
            if before != 0, after != 0, before != after {
                add(.forbidden(path.child("healthCheckNodePort"), "field is immutable"))
            }
        }
    }

    /// validateUpgradeDowngradeClusterIPs, for clusters of one IP family.
    private mutating func addressUpdate(_ spec: Value, _ old: Value, _ path: ErrorPath) {
        let before = Self.addresses(old)
        let after = Self.addresses(spec)
        guard let first = before.first, before != after else { return }
        let shown = after.isEmpty ? "null" : GoSyntax.json(Value(strings: after))
        if after.isEmpty {
            add(
                .invalid(
                    path.child("clusterIPs")[0], json: shown, "primary clusterIP can not be unset"))
        } else if after[0] != first {
            add(.invalid(path.child("clusterIPs")[0], json: shown, "may not change once set"))
        }
    }

    private static func addresses(_ spec: Value) -> [String] {
        let list = spec.list(.clusterIPs).compactMap(\.string)
        let first = spec.text(.clusterIP)
        return list.isEmpty && !first.isEmpty ? [first] : list
    }
}

extension KindTexts {
    static let service = KindTexts(
        summaries: #"""
            ServiceSpec.allocateLoadBalancerNodePorts Whether a load balancer's ports get node
             ports, too; true where none is given.
            ServiceSpec.clusterIP The address within the cluster; None for a headless Service.
            ServiceSpec.clusterIPs The addresses of all IP families.
            ServiceSpec.externalIPs Further addresses at which nodes accept its traffic.
            ServiceSpec.externalName The DNS name that an ExternalName Service stands for.
            ServiceSpec.externalTrafficPolicy Whether traffic from outside goes to pods of other
             nodes; Cluster where none is given.
            ServiceSpec.internalTrafficPolicy Whether traffic from inside goes to pods of other
             nodes; Cluster where none is given.
            ServiceSpec.ports The ports it offers.
            ServiceSpec.publishNotReadyAddresses Whether pods count that are not ready; false where
             none is given.
            ServiceSpec.selector Labels of the pods behind it; without one, endpoints are made by
             hand.
            ServiceSpec.sessionAffinity Whether one client keeps to one pod; None where none is
             given.
            ServiceSpec.type From where it can be reached; ClusterIP where none is given.
            ServicePort.name The port's name; needed when there are several.
            ServicePort.nodePort The port on every node, for NodePort and LoadBalancer.
            ServicePort.port The port of the Service.
            ServicePort.protocol UDP, TCP or SCTP; TCP where none is given.
            ServicePort.targetPort The port of the pods by number or name; the Service's own where
             none.
            """#,
        values: #"""
            ServicePort.protocol SCTP TCP UDP
            ServiceSpec.externalTrafficPolicy Cluster Local
            ServiceSpec.internalTrafficPolicy Cluster Local
            ServiceSpec.ipFamilyPolicy PreferDualStack RequireDualStack SingleStack
            ServiceSpec.sessionAffinity ClientIP None
            ServiceSpec.type ClusterIP ExternalName LoadBalancer NodePort
            """#)
}
