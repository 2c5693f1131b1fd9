import Support
import Value

extension KindDescriptor {
    /// Which requests to the API server belong together, and to which level.
    static func flowSchema(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "FlowSchema", plural: "flowschemas", group: "flowcontrol.apiserver.k8s.io",
            isNamespaced: false, subresources: ["status"], hasGeneration: true,
            rules: KindRules(
                defaults: { object in
                    if object[.spec].int("matchingPrecedence") == 0 {
                        object[.spec]["matchingPrecedence"] = 1_000
                    }
                },
                object: { $0.flowSchema($1, ErrorPath("spec")) }))
    }

    /// How many requests of a level the API server answers at once, and what others wait for.
    static func priorityLevelConfiguration(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PriorityLevelConfiguration", plural: "prioritylevelconfigurations",
            group: "flowcontrol.apiserver.k8s.io", isNamespaced: false,
            subresources: ["status"], hasGeneration: true,
            rules: KindRules(
                defaults: Defaults.priorityLevel,
                object: { $0.priorityLevel($1, ErrorPath("spec")) }))
    }
}

extension Defaults {
    /// SetDefaults_ExemptPriorityLevelConfiguration, SetDefaults_LimitedPriorityLevelConfiguration and
    /// SetDefaults_QueuingConfiguration.
    static func priorityLevel(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            for (field, shares) in [(Key("exempt"), 0), ("limited", 30)] {
                spec.ifPresent(field) { level in
                    level.fill("nominalConcurrencyShares", Value(shares))
                    level.fill("lendablePercent", 0)
                }
            }
            spec.ifPresent("limited") { level in
                level.ifPresent("limitResponse") { response in
                    response.ifPresent("queuing") { queuing in
                        for (field, number) in [
                            (Key("handSize"), 8), ("queues", 64), ("queueLengthLimit", 50),
                        ] where queuing.int(field) == 0 { queuing[field] = Value(number) }
                    }
                }
            }
        }
    }
}

// Origin: pkg/apis/flowcontrol/validation/validation.go.
extension Validator {
    /// ValidateFlowSchema.
    mutating func flowSchema(_ object: Value, _ path: ErrorPath) {
        let spec = object[.spec]
        let name = object[.metadata].text(.name)
        let precedence = spec.int("matchingPrecedence")
        let place = path.child("matchingPrecedence")
        if precedence <= 0 {
            add(.invalid(place, Value(precedence), "must be a positive value"))
        }
        if precedence > 10_000 {
            add(.invalid(place, Value(precedence), "must not be greater than 10000"))
        }
        if precedence == 1, name != "exempt" {
            add(
                .invalid(
                    place, Value(precedence),
                    "only the schema named 'exempt' may have matchingPrecedence 1"))
        }
        let method = spec["distinguisherMethod"]
        let methods = ["ByNamespace", "ByUser"]
        if !method.isNull, !methods.contains(method.text(.type)) {
            add(
                .notSupported(
                    path.child("distinguisherMethod").child("type"), method[.type], methods))
        }
        let level = spec["priorityLevelConfiguration"].text(.name)
        let levelPath = path.child("priorityLevelConfiguration").child("name")
        if level.isEmpty {
            add(.required(levelPath, "must reference a priority level"))
        } else {
            messages(NameRules.dns1123Subdomain(level), level, levelPath)
        }
        for (index, rule) in spec.list(.rules).enumerated() {
            flowRule(rule, path.child("rules")[index])
        }
        fixedSpec(of: "FlowSchema", name, spec, path)
    }

    /// The objects that the API server cannot do without are as they are.
    private mutating func fixedSpec(
        of kind: String, _ name: String, _ spec: Value, _ path: ErrorPath
    ) {
        guard let fixed = FlowControlObjects.mandatorySpec(kind, name), spec != fixed else {
            return
        }
        add(.invalid(path, spec, "spec of '\(name)' must equal the fixed value"))
    }

    /// ValidateFlowSchemaPolicyRulesWithSubjects.
    private mutating func flowRule(_ rule: Value, _ path: ErrorPath) {
        let subjects = rule.list("subjects")
        for (index, subject) in subjects.enumerated() {
            flowSubject(subject, path.child("subjects")[index])
        }
        if subjects.isEmpty {
            add(.required(path.child("subjects"), "subjects must contain at least one value"))
        }
        let (resources, others) = (rule.list("resourceRules"), rule.list("nonResourceRules"))
        if resources.isEmpty, others.isEmpty {
            add(
                .required(
                    path,
                    "at least one of resourceRules and nonResourceRules has to be non-empty"))
        }
        for (index, part) in resources.enumerated() {
            resourceRule(part, path.child("resourceRules")[index])
        }
        for (index, part) in others.enumerated() {
            let place = path.child("nonResourceRules")[index]
            flowVerbs(part.list("verbs"), place.child("verbs"))
            let addresses = part.list("nonResourceURLs")
            if addresses.isEmpty {
                add(
                    .required(
                        place.child("nonResourceURLs"),
                        "nonResourceURLs must contain at least one value"))
            }
            onlyWildcard(addresses, place.child("nonResourceURLs"), "other non-resource URLs")
        }
    }

    /// ValidateFlowSchemaSubject.
    private mutating func flowSubject(_ subject: Value, _ path: ErrorPath) {
        let kinds = [("ServiceAccount", "serviceAccount"), ("User", "user"), ("Group", "group")]
        let kind = subject.text(.kind)
        guard let own = kinds.first(where: { $0.0 == kind }) else {
            return add(
                .notSupported(
                    path.child("kind"), Value(kind), ["Group", "ServiceAccount", "User"]))
        }
        let part = subject[Key(own.1)]
        let place = path.child(own.1)
        if part.isNull {
            add(.required(place, "\(own.1) is required when subject kind is '\(kind)'"))
        } else {
            if part.text(.name).isEmpty { add(.required(place.child("name"))) }
            if kind == "ServiceAccount", part.text(.namespace).isEmpty {
                add(
                    .required(
                        place.child("namespace"), "must specify namespace for service account"))
            }
        }
        for (name, field) in kinds where name != kind && !subject[Key(field)].isNull {
            add(
                .forbidden(
                    path.child(field), "\(field) is forbidden when subject kind is not '\(name)'"))
        }
    }

    private mutating func flowVerbs(_ verbs: [Value], _ path: ErrorPath) {
        let known = [
            "create", "delete", "deletecollection", "get", "list", "patch", "proxy", "update",
            "watch",
        ]
        if verbs.isEmpty {
            add(.required(path, "verbs must contain at least one value"))
        } else if verbs.contains("*") {
            onlyWildcard(verbs, path, "other verbs")
        } else if !verbs.allSatisfy({ known.contains($0.string ?? "") }) {
            let shown = JSON.text(.array(verbs), style: .canonical)
            let list = known.map { GoSyntax.quote($0) }.joined(separator: ", ")
            add(
                FieldError(
                    path: path.text, reason: .notSupported, shown: shown,
                    detail: "supported values: \(list)"))
        }
    }

    private mutating func onlyWildcard(_ list: [Value], _ path: ErrorPath, _ others: String) {
        guard list.count > 1, list.contains("*") else { return }
        add(
            .invalid(
                path, json: JSON.text(.array(list), style: .canonical),
                "if '*' is present, must not specify \(others)"))
    }

    /// ValidateFlowSchemaResourcePolicyRule.
    private mutating func resourceRule(_ rule: Value, _ path: ErrorPath) {
        flowVerbs(rule.list("verbs"), path.child("verbs"))
        for (field, what, others) in [
            ("apiGroups", "api group", "other api groups"),
            ("resources", "resource", "other resources"),
        ] {
            let list = rule.list(Key(field))
            if list.isEmpty {
                add(
                    .required(
                        path.child(field), "resource rules must supply at least one \(what)"))
            }
            onlyWildcard(list, path.child(field), others)
        }
        let namespaces = rule.list("namespaces")
        let place = path.child("namespaces")
        if namespaces.isEmpty, rule["clusterScope"].bool != true {
            add(
                .required(
                    place,
                    "resource rules that are not cluster scoped must supply at least one namespace")
            )
        } else if namespaces.contains("*") {
            onlyWildcard(namespaces, place, "other namespaces")
        } else {
            for (index, name) in namespaces.enumerated() {
                for problem in NameRules.dns1123Label(name.string ?? "") {
                    add(
                        .invalid(
                            place[index], name,
                            "each member of this list must be '*' or a DNS-1123 label; \(problem)"))
                }
            }
        }
    }

    /// ValidatePriorityLevelConfiguration.
    mutating func priorityLevel(_ object: Value, _ path: ErrorPath) {
        let spec = object[.spec]
        let (name, type) = (object[.metadata].text(.name), spec.text(.type))
        if (name == "exempt") != (type == "Exempt") {
            add(
                .invalid(
                    path.child("type"), Value(type),
                    "must be 'Exempt' if and only if `name` is 'exempt'"))
        }
        let (exempt, limited) = (spec["exempt"], spec["limited"])
        switch type {
        case "Exempt":
            if !limited.isNull {
                add(.forbidden(path.child("limited"), "must be nil if the type is not Limited"))
            }
            levelShares(exempt, path.child("exempt"))
            percentages(exempt, path.child("exempt"))
        case "Limited":
            if !exempt.isNull {
                add(.forbidden(path.child("exempt"), "must be nil if the type is Limited"))
            }
            if limited.isNull {
                add(.required(path.child("limited"), "must not be empty when type is Limited"))
            } else {
                limitedLevel(limited, path.child("limited"))
            }
        default: add(.notSupported(path.child("type"), Value(type), ["Exempt", "Limited"]))
        }
        if name == "exempt" {
            guard type != "Exempt" || !limited.isNull else { return }
            add(
                .invalid(
                    path, spec,
                    "spec of 'exempt' except the 'spec.exempt' field must equal the fixed value"))
        } else {
            fixedSpec(of: "PriorityLevelConfiguration", name, spec, path)
        }
    }

    private mutating func levelShares(_ level: Value, _ path: ErrorPath) {
        if let shares = level["nominalConcurrencyShares"].int, shares < 0 {
            add(
                .invalid(
                    path.child("nominalConcurrencyShares"), Value(shares),
                    "must be a non-negative integer"))
        }
    }

    private mutating func percentages(_ level: Value, _ path: ErrorPath) {
        if let percent = level["lendablePercent"].int, !(0...100).contains(percent) {
            add(
                .invalid(
                    path.child("lendablePercent"), Value(percent),
                    "must be between 0 and 100, inclusive"))
        }
        if let percent = level["borrowingLimitPercent"].int, percent < 0 {
            add(
                .invalid(
                    path.child("borrowingLimitPercent"), Value(percent),
                    "if specified, must be a non-negative integer"))
        }
    }

    /// ValidateLimitedPriorityLevelConfiguration, ValidateLimitResponse and
    /// ValidatePriorityLevelQueuingConfiguration.
    private mutating func limitedLevel(_ level: Value, _ path: ErrorPath) {
        levelShares(level, path)
        let response = level["limitResponse"]
        let place = path.child("limitResponse")
        let queuing = response["queuing"]
        switch response.text(.type) {
        case "Reject":
            if !queuing.isNull {
                add(
                    .forbidden(
                        place.child("queuing"),
                        "must be nil if limited.limitResponse.type is not Limited"))
            }
        case "Queue":
            if queuing.isNull {
                add(
                    .required(
                        place.child("queuing"),
                        "must not be empty if limited.limitResponse.type is Limited"))
            } else {
                queues(queuing, place.child("queuing"))
            }
        default:
            add(.notSupported(place.child("type"), response[.type], ["Queue", "Reject"]))
        }
        percentages(level, path)
    }

    private mutating func queues(_ queuing: Value, _ path: ErrorPath) {
        let (limit, queues) = (queuing.int("queueLengthLimit"), queuing.int("queues"))
        let hands = queuing.int("handSize")
        if limit <= 0 {
            add(.invalid(path.child("queueLengthLimit"), Value(limit), "must be positive"))
        }
        if queues <= 0 {
            add(.invalid(path.child("queues"), Value(queues), "must be positive"))
        } else if queues > 10_000_000 {
            add(
                .invalid(
                    path.child("queues"), Value(queues), "must not be greater than 10000000"))
        }
        if hands <= 0 {
            add(.invalid(path.child("handSize"), Value(hands), "must be positive"))
        } else if hands > queues {
            add(
                .invalid(
                    path.child("handSize"), Value(hands),
                    "should not be greater than queues (\(queues))"))
        }
    }
}
