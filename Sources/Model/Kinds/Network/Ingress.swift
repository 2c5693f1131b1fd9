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
                warnings: { if $2 == nil { $0.ingress($1) } }))
    }

    /// Which controller serves an ingress.
    static func ingressClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "IngressClass", plural: "ingressclasses", group: "networking.k8s.io",
            isNamespaced: false, hasGeneration: true,
            rules: KindRules(defaults: Defaults.ingressClass))
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
}
