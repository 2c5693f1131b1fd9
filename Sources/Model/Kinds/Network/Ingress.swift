import Support
import Value

extension KindDescriptor {
    /// Ways from outside to services.
    static func ingress(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Ingress", plural: "ingresses", shortNames: ["ing"], group: "networking.k8s.io",
            subresources: ["status"], hasGeneration: true,
            rules: KindRules(
                object: { $0.ingressSpec($1[.spec], ErrorPath("spec")) },
                creation: { $0.newIngress($1) },
                warnings: { if $2 == nil { $0.ingress($1) } }),
            texts: .ingress)
    }

    /// Which controller serves an ingress.
    static func ingressClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "IngressClass", plural: "ingressclasses", group: "networking.k8s.io",
            isNamespaced: false, hasGeneration: true,
            rules: KindRules(
                defaults: Defaults.ingressClass,
                object: { $0.ingressClass($1[.spec], ErrorPath("spec")) },
                change: {
                    $0.immutable(
                        $1[.spec][.controller], $2[.spec][.controller],
                        ErrorPath("spec").child("controller"))
                }))
    }
}

extension Defaults {
    /// SetDefaults_IngressClass.
    static func ingressClass(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.ifPresent(.parameters) { $0.fill("scope", "Cluster") }
        }
    }
}

extension Validator {
    /// ValidateIngressCreate: the old way to name a class says the same as the new one.
    mutating func newIngress(_ object: Value) {
        let key = "kubernetes.io/ingress.class"
        let old = object[.metadata][.annotations][Key(key)]
        let name = object[.spec]["ingressClassName"]
        guard !old.isNull, !name.isNull, old != name else { return }
        add(
            .invalid(
                ErrorPath("annotations").child(key), old,
                "must match `ingressClassName` when both are specified"))
    }

    /// validateIngressClassSpec.
    mutating func ingressClass(_ spec: Value, _ path: ErrorPath) {
        let controller = spec.text(.controller)
        if controller.utf8.count > 250 { add(.tooLong(path.child("controller"), 250)) }
        domainPath(controller, path.child("controller"))
        let parameters = spec[.parameters]
        guard !parameters.isNull else { return }
        let place = path.child("parameters")
        ingressResource(parameters, place)
        let (scope, namespace) = (parameters.text("scope"), parameters.text(.namespace))
        if scope != "Cluster", scope != "Namespace" {
            add(.notSupported(place.child("scope"), Value(scope), ["Cluster", "Namespace"]))
        } else if scope == "Namespace", namespace.isEmpty {
            add(
                .required(
                    place.child("namespace"),
                    "`parameters.scope` is set to 'Namespace'"))
        } else if scope == "Cluster", !parameters[.namespace].isNull {
            add(
                .forbidden(
                    place.child("namespace"), "`parameters.scope` is set to 'Cluster'"))
        }
    }

    /// ValidateIngressSpec.
    mutating func ingressSpec(_ spec: Value, _ path: ErrorPath) {
        let rules = spec.list(.rules)
        if rules.isEmpty && spec["defaultBackend"].isNull {
            add(
                .invalid(
                    path, .null, "either `defaultBackend` or `rules` must be specified"))
        }
        if !spec["defaultBackend"].isNull {
            ingressBackend(spec["defaultBackend"], path.child("defaultBackend"))
        }
        for (index, rule) in rules.enumerated() {
            ingressRule(rule, path.child("rules")[index])
        }
        for (index, entry) in spec.list("tls").enumerated() {
            let place = path.child("tls")[index]
            for (number, host) in entry.list("hosts").enumerated() {
                ingressHost(host.string ?? "", place.child("hosts")[number])
            }
            let secret = entry.text(.secretName)
            if !secret.isEmpty {
                messages(NameRules.dns1123Subdomain(secret), secret, place.child("secretName"))
            }
        }
        if let name = spec["ingressClassName"].string {
            messages(NameRules.dns1123Subdomain(name), name, path.child("ingressClassName"))
        }
    }

    private mutating func ingressRule(_ rule: Value, _ path: ErrorPath) {
        let host = rule.text(.host)
        if !host.isEmpty {
            if IPAddress(host) != nil {
                add(
                    .invalid(
                        path.child("host"), Value(host), "must be a DNS name, not an IP address"))
            }
            ingressHost(host, path.child("host"))
        }
        guard case .object(let http) = rule["http"] else { return }
        let paths = http["paths"].elements
        let list = path.child("http").child("paths")
        if paths.isEmpty { add(.required(list)) }
        for (number, entry) in paths.enumerated() { ingressPath(entry, list[number]) }
    }

    private mutating func ingressHost(_ host: String, _ path: ErrorPath) {
        messages(
            host.contains("*")
                ? NameRules.wildcardSubdomain(host) : NameRules.dns1123Subdomain(host), host, path)
    }

    private mutating func ingressPath(_ entry: Value, _ path: ErrorPath) {
        let types = ["Exact", "ImplementationSpecific", "Prefix"]
        let text = entry.text(.path)
        let place = path.child("path")
        guard let type = entry["pathType"].string else {
            add(.required(path.child("pathType"), "pathType must be specified"))
            return
        }
        if !types.contains(type) {
            add(.notSupported(path.child("pathType"), Value(type), types))
        } else if !text.hasPrefix("/"), type != "ImplementationSpecific" || !text.isEmpty {
            add(.invalid(place, Value(text), "must be an absolute path"))
        }
        if type == "Exact" || type == "Prefix" {
            for part in ["//", "/./", "/../", "%2f", "%2F"] where text.contains(part) {
                add(.invalid(place, Value(text), "must not contain '\(part)'"))
            }
            for end in ["/..", "/."] where text.hasSuffix(end) {
                add(.invalid(place, Value(text), "cannot end with '\(end)'"))
            }
        }
        ingressBackend(entry["backend"], path.child("backend"))
    }

    private mutating func ingressBackend(_ backend: Value, _ path: ErrorPath) {
        let (service, resource) = (backend[.service], backend[.resource])
        if service.isNull, resource.isNull {
            return add(.invalid(path, "", "resource or service backend is required"))
        }
        if !service.isNull, !resource.isNull {
            return add(.invalid(path, "", "cannot set both resource and service backends"))
        }
        if !resource.isNull { return ingressResource(resource, path.child("resource")) }
        let place = path.child("service")
        let name = service.text(.name)
        if name.isEmpty {
            add(.required(place.child("name")))
        } else {
            messages(NameRules.dns1123Label(name), name, place.child("name"))
        }
        let (portName, number) = (service[.port].text(.name), service[.port].int("number"))
        if portName.isEmpty, number == 0 {
            add(.required(path, "port name or number is required"))
        } else if !portName.isEmpty, number != 0 {
            add(.invalid(path, "", "cannot set both port name & port number"))
        } else if number != 0 {
            portNumber(service[.port]["number"], place.child("port").child("number"))
        } else {
            messages(NameRules.portName(portName), portName, place.child("port").child("name"))
        }
    }

    /// validateIngressTypedLocalObjectReference.
    private mutating func ingressResource(_ reference: Value, _ path: ErrorPath) {
        if let group = reference[.apiGroup].string {
            messages(NameRules.dns1123Subdomain(group), group, path.child("apiGroup"))
        }
        for key in [Key.kind, .name] {
            let text = reference.text(key)
            if text.isEmpty { add(.required(path.child(key))) }
            messages(text.isEmpty ? [] : NameRules.pathSegment(text), text, path.child(key))
        }
    }
}

extension KindTexts {
    static let ingress = KindTexts(
        summaries: #"""
            networking.v1.IngressSpec.defaultBackend Where requests go that no rule matches.
            networking.v1.IngressSpec.ingressClassName The IngressClass, and by it the controller;
             the default class where none is given.
            networking.v1.IngressSpec.rules Hosts and paths with their backends.
            networking.v1.IngressSpec.tls Certificates by host.
            networking.v1.HTTPIngressPath.path The path that requests begin with.
            networking.v1.HTTPIngressPath.pathType How the path is compared.
            """#,
        values: #"""
            networking.v1.HTTPIngressPath.pathType Exact ImplementationSpecific Prefix
            """#)
}
