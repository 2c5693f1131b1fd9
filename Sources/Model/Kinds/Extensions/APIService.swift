import Support
import Value

extension KindDescriptor {
    /// A version of an API group, and who serves it.
    static func apiService(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "APIService", plural: "apiservices", group: "apiregistration.k8s.io",
            isNamespaced: false, categories: ["api-extensions"], subresources: ["status"],
            rules: KindRules(
                defaults: { object in
                    object.ifPresent(.spec) { spec in
                        spec.ifPresent(.service) { $0.fill(.port, 443) }
                    }
                },
                name: NameRules.pathSegment, object: { $0.apiService($1) }))
    }
}

extension Validator {
    /// ValidateAPIService.
    mutating func apiService(_ object: Value) {
        let (spec, path) = (object[.spec], ErrorPath("spec"))
        let (group, version) = (spec.text(.group), spec.text("version"))
        let name = "\(version).\(group)"
        if object[.metadata].text(.name) != name {
            add(
                .invalid(
                    ErrorPath("metadata").child("name"), object[.metadata][.name],
                    "must be `spec.version+\".\"+spec.group`: \(GoSyntax.quote(name))"))
        }
        if group.isEmpty, version != "v1" {
            add(
                .required(
                    path.child("group"),
                    "only v1 may have an empty group and it better be legacy kube"))
        }
        if !group.isEmpty {
            messages(NameRules.dns1123Subdomain(group), group, path.child("group"))
        }
        messages(NameRules.dns1035Label(version), version, path.child("version"))
        for (field, limit) in [("groupPriorityMinimum", 20_000), ("versionPriority", 1_000)] {
            let number = spec.int(Key(field))
            guard number <= 0 || number > limit else { continue }
            add(
                .invalid(
                    path.child(field), Value(number), "must be positive and less than \(limit)"))
        }
        let (bundle, skips) = (spec.text("caBundle"), spec["insecureSkipTLSVerify"].bool == true)
        let service = spec[.service]
        guard !service.isNull else {
            if !bundle.isEmpty {
                add(
                    .invalid(
                        path.child("caBundle"),
                        Value("\(Base64.decode(bundle)?.count ?? 0) bytes"),
                        "local APIServices may not have a caBundle"))
            }
            if skips {
                add(
                    .invalid(
                        path.child("insecureSkipTLSVerify"), true,
                        "local APIServices may not have insecureSkipTLSVerify"))
            }
            return
        }
        for key in [Key.namespace, .name] where service.text(key).isEmpty {
            add(.required(path.child("service").child(key)))
        }
        let port = service[.port].int ?? 443
        let problems = NameRules.portNumber(port)
        if !problems.isEmpty {
            add(
                .invalid(
                    path.child("service").child("port"), Value(port),
                    "port is not valid: \(problems.joined(separator: ", "))"))
        }
        if skips, !bundle.isEmpty {
            add(
                .invalid(
                    path.child("insecureSkipTLSVerify"), true,
                    "may not be true if caBundle is present"))
        }
    }
}
