import Support
import Value

extension KindDescriptor {
    /// Webhooks that may change objects before they are stored.
    static func mutatingWebhookConfiguration(_ kind: Kind) -> KindDescriptor {
        webhooks(kind, "MutatingWebhookConfiguration", "mutatingwebhookconfigurations")
    }

    /// Webhooks that may refuse objects.
    static func validatingWebhookConfiguration(_ kind: Kind) -> KindDescriptor {
        webhooks(kind, "ValidatingWebhookConfiguration", "validatingwebhookconfigurations")
    }

    private static func webhooks(
        _ kind: Kind, _ name: String, _ plural: String
    ) -> KindDescriptor {
        let isMutating = name.hasPrefix("Mutating")
        return KindDescriptor(
            kind, name, plural: plural, group: "admissionregistration.k8s.io",
            isNamespaced: false, categories: ["api-extensions"], hasGeneration: true,
            rules: KindRules(
                defaults: { Defaults.webhooks(&$0, isMutating: isMutating) },
                object: { $0.webhooks($1, isMutating: isMutating) }))
    }
}

extension Defaults {
    /// SetDefaults_ValidatingWebhook and SetDefaults_MutatingWebhook.
    static func webhooks(_ value: inout Value, isMutating: Bool) {
        value.forEach("webhooks") { webhook in
            webhook.fill("failurePolicy", "Fail")
            webhook.fill("matchPolicy", "Equivalent")
            webhook.fill(.namespaceSelector, .emptyObject)
            webhook.fill("objectSelector", .emptyObject)
            webhook.fill(.timeoutSeconds, 10)
            if isMutating { webhook.fill("reinvocationPolicy", "Never") }
            webhook.forEach(.rules) { $0.fill("scope", "*") }
            webhook.ifPresent("clientConfig") { client in
                client.ifPresent(.service) { $0.fill(.port, 443) }
            }
        }
    }
}

// Origin: pkg/apis/admissionregistration/validation/validation.go.
extension Validator {
    /// ValidateValidatingWebhookConfiguration and ValidateMutatingWebhookConfiguration.
    mutating func webhooks(_ object: Value, isMutating: Bool) {
        var names: Set<String> = []
        for (index, webhook) in object.list("webhooks").enumerated() {
            let path = ErrorPath("webhooks")[index]
            self.webhook(webhook, isMutating: isMutating, path)
            reviewVersions(
                webhook.list("admissionReviewVersions"), path.child("admissionReviewVersions"))
            let name = webhook.text(.name)
            if !name.isEmpty, !names.insert(name).inserted {
                add(.duplicate(path.child("name"), Value(name)))
            }
        }
    }

    private mutating func webhook(_ webhook: Value, isMutating: Bool, _ path: ErrorPath) {
        fullyQualifiedName(webhook.text(.name), path.child("name"))
        for (index, rule) in webhook.list(.rules).enumerated() {
            operationRule(rule, path.child("rules")[index])
        }
        optionalOneOf(
            webhook["failurePolicy"], ["Fail", "Ignore"], path.child("failurePolicy"))
        optionalOneOf(
            webhook["matchPolicy"], ["Equivalent", "Exact"], path.child("matchPolicy"))
        let effects = ["None", "NoneOnDryRun"]
        let sideEffects = webhook["sideEffects"]
        if sideEffects.isNull || sideEffects == "" {
            add(
                .required(
                    path.child("sideEffects"),
                    "must specify one of \(effects.joined(separator: ", "))"))
        } else if !effects.contains(sideEffects.string ?? "") {
            add(.notSupported(path.child("sideEffects"), sideEffects, effects))
        }
        if let seconds = webhook[.timeoutSeconds].int, !(1...30).contains(seconds) {
            add(
                .invalid(
                    path.child("timeoutSeconds"), Value(seconds),
                    "the timeout value must be between 1 and 30 seconds"))
        }
        for key in [Key.namespaceSelector, "objectSelector"] where !webhook[key].isNull {
            labelSelector(webhook[key], path.child(key))
        }
        if isMutating {
            optionalOneOf(
                webhook["reinvocationPolicy"], ["IfNeeded", "Never"],
                path.child("reinvocationPolicy"))
        }
        webhookClient(webhook["clientConfig"], path.child("clientConfig"))
        matchConditions(webhook.list("matchConditions"), path.child("matchConditions"))
    }

    /// IsFullyQualifiedName.
    private mutating func fullyQualifiedName(_ name: String, _ path: ErrorPath) {
        if name.isEmpty { return add(.required(path)) }
        let problems = NameRules.dns1123Subdomain(name)
        if !problems.isEmpty {
            add(.invalid(path, Value(name), problems.joined(separator: ",")))
        } else if name.split(separator: ".").count < 3 {
            add(
                .invalid(
                    path, Value(name),
                    "should be a domain with at least three segments separated by dots"))
        }
    }

    /// Where a webhook is: exactly one of an address and a Service.
    mutating func webhookClient(_ client: Value, _ path: ErrorPath) {
        let (address, service) = (client["url"], client[.service])
        if address.isNull == service.isNull {
            add(.required(path, "exactly one of url or service is required"))
        } else if let text = address.string {
            webhookAddress(text, path.child("url"))
        } else {
            webhookService(service, path.child("service"))
        }
    }

    /// ValidateWebhookURL.
    private mutating func webhookAddress(_ text: String, _ path: ErrorPath) {
        let form = "; desired format: https://host[/path]"
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let scheme = parts.count == 2 ? String(parts[0]) : ""
        if scheme != "https" {
            add(
                .invalid(path, Value(scheme), "'https' is the only allowed URL scheme" + form))
        }
        var rest = parts.count == 2 ? parts[1] : parts[0]
        rest = rest.hasPrefix("//") ? rest.dropFirst(2) : ""
        let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        if host.isEmpty { add(.invalid(path, "", "host must be specified" + form)) }
        if authority.contains("@") {
            let user = authority.dropLast(host.count + 1)
            add(
                .invalid(
                    path, Value(String(user)), "user information is not permitted in the URL"))
        }
        let tail = rest.dropFirst(authority.count)
        let pieces = tail.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        if pieces.count == 2, !pieces[1].isEmpty {
            add(
                .invalid(
                    path, Value(String(pieces[1])), "fragments are not permitted in the URL"))
        }
        let query = pieces.first?.split(
            separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        if let query, query.count == 2, !query[1].isEmpty {
            add(
                .invalid(
                    path, Value(String(query[1])), "query parameters are not permitted in the URL"))
        }
    }

    /// ValidateWebhookService.
    private mutating func webhookService(_ service: Value, _ path: ErrorPath) {
        // Upstream hands over name and namespace in the wrong order.
        if service.text(.namespace).isEmpty { add(.required(path.child("name"))) }
        if service.text(.name).isEmpty { add(.required(path.child("namespace"))) }
        let port = service[.port].int ?? 443
        let problems = NameRules.portNumber(port)
        if !problems.isEmpty {
            add(
                .invalid(
                    path.child("port"), Value(port),
                    "port is not valid: \(problems.joined(separator: ", "))"))
        }
        guard let text = service[.path].string, text != "/", !text.isEmpty else { return }
        let place = path.child("path")
        if text == "//" {
            return add(.invalid(place, Value(text), "segment[0] may not be empty"))
        }
        if !text.hasPrefix("/") { add(.invalid(place, Value(text), "must start with a '/'")) }
        var inner = text.dropFirst()
        if inner.hasSuffix("/") { inner = inner.dropLast() }
        let steps = inner.split(separator: "/", omittingEmptySubsequences: false)
        for (index, step) in steps.enumerated() {
            if step.isEmpty {
                add(.invalid(place, Value(text), "segment[\(index)] may not be empty"))
                continue
            }
            for problem in NameRules.dns1123Subdomain(String(step)) {
                add(.invalid(place, Value(text), "segment[\(index)]: \(problem)"))
            }
        }
    }

    /// validateAdmissionReviewVersions.
    private mutating func reviewVersions(_ versions: [Value], _ path: ErrorPath) {
        let known = ["v1", "v1beta1"]
        let list = known.joined(separator: ", ")
        if versions.isEmpty { return add(.required(path, "must specify one of \(list)")) }
        var seen: [Value] = []
        for (index, version) in versions.enumerated() {
            if seen.contains(version) {
                add(.invalid(path[index], version, "duplicate version"))
                continue
            }
            seen.append(version)
            messages(
                NameRules.dns1035Label(version.string ?? ""), version.string ?? "", path[index])
        }
        if !seen.contains(where: { known.contains($0.string ?? "") }) {
            add(
                .invalid(
                    path, json: JSON.text(.array(versions), style: .canonical),
                    "must include at least one of \(list)"))
        }
    }
}
