import Support
import Value

extension Validator {
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
        if type == "LoadBalancer" && isHeadless {
            add(
                .invalid(
                    path.child("clusterIPs")[0], "None",
                    "may not be set to 'None' for LoadBalancer services"))
        } else if type == "NodePort" && isHeadless {
            add(
                .invalid(
                    path.child("clusterIPs")[0], "None",
                    "may not be set to 'None' for NodePort services"))
        }
        externalName(spec, path)
        servicePorts(spec, ports, path.child("ports"))
        labels(spec[.selector], path.child("selector"))
        oneOf(
            spec[.sessionAffinity], ["ClientIP", "None"], path.child("sessionAffinity"))
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
    }

    private mutating func externalName(_ spec: Value, _ path: ErrorPath) {
        guard spec[.type] == "ExternalName" else { return }
        if !spec.list(.clusterIPs).isEmpty {
            add(
                .forbidden(
                    path.child("clusterIPs"), "may not be set for ExternalName services"))
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
    private mutating func servicePorts(_ spec: Value, _ ports: [Value], _ path: ErrorPath) {
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
        }
    }

    private mutating func duplicatePorts(_ ports: [Value], _ path: ErrorPath) {
        var seen: Set<String> = []
        for (index, port) in ports.enumerated() {
            let key = "\(port.text(.protocol))/\(port.int(.port))"
            if !seen.insert(key).inserted {
                let shown = Value.object(
                    Object(fields: [(.port, port[.port]), (.protocol, port[.protocol])]))
                add(.duplicate(path[index], shown))
            }
        }
    }

    /// ValidateServiceUpdate: an address once given stays, unless the service loses its kind of it.
    mutating func serviceUpdate(_ spec: Value, _ old: Value, _ path: ErrorPath) {
        guard spec[.type] != "ExternalName", old[.type] != "ExternalName" else { return }
        let before = old.text(.clusterIP)
        guard !before.isEmpty, spec.text(.clusterIP) != before else { return }
        let list = spec.list(.clusterIPs).compactMap(\.string)
        let shown = list.isEmpty ? [spec.text(.clusterIP)] : list
        add(
            .invalid(
                path.child("clusterIPs")[0], go: GoSyntax.strings(shown),
                "may not change once set"))
    }

    /// ValidateIngressSpec.
    mutating func ingressSpec(_ spec: Value, _ path: ErrorPath) {
        let rules = spec.list(.rules)
        if rules.isEmpty && spec["defaultBackend"].isNull {
            add(
                .invalid(
                    path, .array([]), "either `defaultBackend` or `rules` must be specified"))
        }
        if !spec["defaultBackend"].isNull {
            ingressBackend(spec["defaultBackend"], path.child("defaultBackend"))
        }
        for (index, rule) in rules.enumerated() {
            let place = path.child("rules")[index]
            let host = rule.text(.host)
            if !host.isEmpty {
                let plain = host.hasPrefix("*.") ? String(host.dropFirst(2)) : host
                messages(NameRules.dns1123Subdomain(plain), host, place.child("host"))
            }
            guard case .object(let http) = rule["http"] else { continue }
            let paths = http["paths"].elements
            let list = place.child("http").child("paths")
            if paths.isEmpty { add(.required(list)) }
            for (number, entry) in paths.enumerated() { ingressPath(entry, list[number]) }
        }
    }

    private mutating func ingressPath(_ entry: Value, _ path: ErrorPath) {
        let types = ["Exact", "ImplementationSpecific", "Prefix"]
        switch entry["pathType"].string {
        case nil: add(.required(path.child("pathType"), "pathType must be specified"))
        case "Exact", "Prefix":
            let text = entry.text(.path)
            if !text.hasPrefix("/") {
                add(.invalid(path.child("path"), Value(text), "must be an absolute path"))
            }
        case "ImplementationSpecific": break
        case let other?: add(.notSupported(path.child("pathType"), Value(other), types))
        }
        ingressBackend(entry["backend"], path.child("backend"))
    }

    private mutating func ingressBackend(_ backend: Value, _ path: ErrorPath) {
        let service = backend[.service]
        if service.isNull && backend[.resource].isNull {
            add(.required(path, "resource or service backend is required"))
            return
        }
        guard !service.isNull else { return }
        let place = path.child("service")
        let name = service.text(.name)
        if name.isEmpty {
            add(.required(place.child("name")))
        } else {
            messages(NameRules.dns1035Label(name), name, place.child("name"))
        }
        let port = service[.port]
        if port.text(.name).isEmpty && port.int("number") == 0 {
            add(.required(place, "port name or number is required"))
        } else if !port.text(.name).isEmpty && port.int("number") != 0 {
            add(.invalid(place, service, "cannot set both port name & port number"))
        }
    }

    /// ValidateNetworkPolicySpec.
    mutating func networkPolicy(_ spec: Value, _ path: ErrorPath) {
        labelSelector(spec["podSelector"], path.child("podSelector"))
        let types = spec.list("policyTypes")
        if types.count > 2 {
            add(
                .invalid(
                    path.child("policyTypes"), .array(types),
                    "may not specify more than two policyTypes"))
        }
        for (index, type) in types.enumerated() {
            oneOf(type, ["Ingress", "Egress"], path.child("policyTypes")[index])
        }
    }
}
