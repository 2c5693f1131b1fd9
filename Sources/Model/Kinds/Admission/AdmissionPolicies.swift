import Support
import Value

extension KindDescriptor {
    /// Expressions that may refuse objects.
    static func validatingAdmissionPolicy(_ kind: Kind) -> KindDescriptor {
        policy(
            kind, "ValidatingAdmissionPolicy", "validatingadmissionpolicies",
            subresources: ["status"], defaults: Defaults.admissionPolicy,
            { $0.validatingPolicy($1, ErrorPath("spec")) })
    }

    /// Which objects a policy of that kind is for, and what happens when it fails.
    static func validatingAdmissionPolicyBinding(_ kind: Kind) -> KindDescriptor {
        policy(
            kind, "ValidatingAdmissionPolicyBinding", "validatingadmissionpolicybindings",
            defaults: Defaults.policyBinding,
            { $0.policyBinding($1[.spec], isMutating: false, ErrorPath("spec")) })
    }

    /// Expressions that may change objects before they are stored.
    static func mutatingAdmissionPolicy(_ kind: Kind) -> KindDescriptor {
        policy(
            kind, "MutatingAdmissionPolicy", "mutatingadmissionpolicies",
            defaults: Defaults.admissionPolicy,
            { $0.mutatingPolicy($1[.spec], ErrorPath("spec")) })
    }

    /// Which objects a policy of that kind is for.
    static func mutatingAdmissionPolicyBinding(_ kind: Kind) -> KindDescriptor {
        policy(
            kind, "MutatingAdmissionPolicyBinding", "mutatingadmissionpolicybindings",
            defaults: Defaults.policyBinding,
            { $0.policyBinding($1[.spec], isMutating: true, ErrorPath("spec")) })
    }

    private static func policy(
        _ kind: Kind, _ name: String, _ plural: String, subresources: [String] = [],
        defaults: @escaping @Sendable (inout Value) -> Void,
        _ check: @escaping @Sendable (inout Validator, Value) -> Void
    ) -> KindDescriptor {
        KindDescriptor(
            kind, name, plural: plural, group: "admissionregistration.k8s.io",
            isNamespaced: false, categories: ["api-extensions"], subresources: subresources,
            hasGeneration: true, rules: KindRules(defaults: defaults, object: check))
    }
}

extension Defaults {
    /// SetDefaults_ValidatingAdmissionPolicySpec, SetDefaults_MutatingAdmissionPolicySpec.
    static func admissionPolicy(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill("failurePolicy", "Fail")
            matchResources(&spec, "matchConstraints")
        }
    }

    static func policyBinding(_ value: inout Value) {
        value.ifPresent(.spec) { matchResources(&$0, "matchResources") }
    }

    /// SetDefaults_MatchResources.
    private static func matchResources(_ spec: inout Value, _ field: Key) {
        spec.ifPresent(field) { match in
            match.fill("matchPolicy", "Equivalent")
            match.fill(.namespaceSelector, .emptyObject)
            match.fill("objectSelector", .emptyObject)
            for rules in [Key("resourceRules"), "excludeResourceRules"] {
                match.forEach(rules) { $0.fill("scope", "*") }
            }
        }
    }
}

// Origin: pkg/apis/admissionregistration/validation/validation.go. Whoever validates compiles.
extension Validator {
    /// validateValidatingAdmissionPolicySpec.
    mutating func validatingPolicy(_ policy: Value, _ path: ErrorPath) {
        let spec = policy[.spec]
        policyHead(spec, path)
        matchConditions(spec.list("matchConditions"), path.child("matchConditions"))
        policyVariables(spec.list("variables"), path.child("variables"))
        let (validations, annotations) = (spec.list("validations"), spec.list("auditAnnotations"))
        if validations.isEmpty, annotations.isEmpty {
            for field in ["validations", "auditAnnotations"] {
                add(
                    .required(
                        path.child(field),
                        "validations or auditAnnotations must contain at least one item"))
            }
        }
        for (index, validation) in validations.enumerated() {
            policyValidation(validation, path.child("validations")[index])
        }
        auditAnnotations(
            annotations, of: policy[.metadata].text(.name), path.child("auditAnnotations"))
    }

    /// validateMutatingAdmissionPolicySpec.
    mutating func mutatingPolicy(_ spec: Value, _ path: ErrorPath) {
        policyHead(spec, path)
        mutatingOperations(
            spec["matchConstraints"], path.child("matchConstraints"))
        matchConditions(spec.list("matchConditions"), path.child("matchConditions"))
        policyVariables(spec.list("variables"), path.child("variables"))
        let mutations = spec.list("mutations")
        if mutations.isEmpty {
            add(.required(path.child("mutations"), "mutations must contain at least one item"))
        }
        for (index, mutation) in mutations.enumerated() {
            policyMutation(mutation, path.child("mutations")[index])
        }
        oneOf(
            spec["reinvocationPolicy"], ["IfNeeded", "Never"], path.child("reinvocationPolicy"))
    }

    private mutating func policyHead(_ spec: Value, _ path: ErrorPath) {
        oneOf(spec["failurePolicy"], ["Fail", "Ignore"], path.child("failurePolicy"))
        let parameter = spec["paramKind"]
        if !parameter.isNull { paramKind(parameter, path.child("paramKind")) }
        let match = spec["matchConstraints"]
        let place = path.child("matchConstraints")
        if match.isNull { return add(.required(place)) }
        matchResources(match, place)
        if match.list("resourceRules").isEmpty { add(.required(place.child("resourceRules"))) }
    }

    private mutating func mutatingOperations(_ match: Value, _ path: ErrorPath) {
        let allowed = ["*", "CONNECT", "CREATE", "UPDATE"]
        for rule in match.list("resourceRules") {
            for operation in rule.list("operations")
            where !allowed.contains(operation.string ?? "") {
                add(
                    .notSupported(
                        path.child("resourceRules").child("operations"), operation, allowed))
            }
        }
    }

    /// validateParamKind.
    private mutating func paramKind(_ kind: Value, _ path: ErrorPath) {
        let version = kind.text(.apiVersion)
        let place = path.child("apiVersion")
        let parts = version.split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        if version.isEmpty {
            add(.required(place))
        } else if parts.count > 2 {
            add(.invalid(place, Value(version), "unexpected GroupVersion string: \(version)"))
        } else {
            if parts.count == 2, !parts[0].isEmpty {
                let problems = NameRules.dns1123Subdomain(parts[0])
                if !problems.isEmpty {
                    add(.invalid(place, Value(parts[0]), problems.joined(separator: ",")))
                }
            }
            let last = parts.last ?? ""
            let problems = NameRules.dns1035Label(last)
            if last.isEmpty {
                add(.invalid(place, Value(version), "version must be specified"))
            } else if !problems.isEmpty {
                add(.invalid(place, Value(last), problems.joined(separator: ",")))
            }
        }
        let name = kind.text(.kind)
        let problems = NameRules.dns1035Label(name.lowercased())
        if name.isEmpty {
            add(.required(path.child("kind")))
        } else if !problems.isEmpty {
            add(
                .invalid(
                    path.child("kind"), Value(name),
                    "may have mixed case, but should otherwise match: "
                        + problems.joined(separator: ",")))
        }
    }

    /// validateVariable.
    private mutating func policyVariables(_ variables: [Value], _ path: ErrorPath) {
        for (index, variable) in variables.enumerated() {
            let name = variable.text(.name)
            if isBlank(name) {
                add(.required(path[index].child("name"), "name is not specified"))
            } else if !Self.isIdentifier(name) {
                add(
                    .invalid(
                        path[index].child("name"), Value(name), "must be a valid CEL identifier"))
            }
            if isBlank(variable.text("expression")) {
                add(.required(path[index].child("expression"), "expression is not specified"))
            } else {
                expression(
                    variable.text("expression"), .variable(name), path[index].child("expression"))
            }
        }
    }

    private static let reservedWords: Set<String> = [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for",
        "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void",
        "while",
    ]

    private static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, !NameRules.isDigit(first) else { return false }
        if reservedWords.contains(name) { return false }
        return name.utf8.allSatisfy { NameRules.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
    }

    /// validateValidation.
    private mutating func policyValidation(_ validation: Value, _ path: ErrorPath) {
        if isBlank(validation.text("expression")) {
            add(.required(path.child("expression"), "expression is not specified"))
        } else {
            expression(validation.text("expression"), .validation, path.child("expression"))
        }
        for field in ["messageExpression", "message"] {
            let text = validation.text(Key(field))
            if !text.isEmpty, isBlank(text) {
                add(.invalid(path.child(field), Value(text), "must be non-empty if specified"))
            } else if field == "messageExpression" {
                if !text.isEmpty { expression(text, .messageExpression, path.child(field)) }
            } else if field == "message", Self.trimmed(text).contains(where: \.isNewline) {
                add(.invalid(path.child(field), Value(text), "must not contain line breaks"))
            }
        }
        let reason = validation[.reason]
        let reasons = ["Forbidden", "Invalid", "RequestEntityTooLarge"]
        if !reason.isNull, !reasons.contains(reason.string ?? "") {
            add(.notSupported(path.child("reason"), reason, reasons))
        }
    }

    private static let mostAnnotations = 20
    /// The bytes of the expression of one.
    private static let longestAnnotation = 5 * 1024

    /// validateAuditAnnotation.
    private mutating func auditAnnotations(
        _ annotations: [Value], of name: String, _ path: ErrorPath
    ) {
        if annotations.count > Self.mostAnnotations {
            let shown = annotations.map { annotation -> Value in
                [
                    "Key": Value(annotation.text(.key)),
                    "ValueExpression": Value(annotation.text("valueExpression")),
                ]
            }
            add(
                .invalid(
                    path, json: JSON.text(.array(shown), style: .canonical),
                    "must not have more than \(Self.mostAnnotations) auditAnnotations"))
        }
        var keys: Set<String> = []
        for (index, annotation) in annotations.enumerated() {
            let key = annotation.text(.key)
            let text = annotation.text("valueExpression")
            let trimmed = Self.trimmed(text)
            let full = "\(name)/\(key)"
            messages(NameRules.qualifiedName(full), full, path[index].child("key"))
            let place = path[index].child("valueExpression")
            if trimmed.isEmpty {
                add(.required(place, "valueExpression is not specified"))
            } else if trimmed.utf8.count > Self.longestAnnotation {
                add(
                    .required(place, "must not exceed \(Self.longestAnnotation) bytes in length"))
            } else {
                expression(trimmed, .auditAnnotation, place, shown: text)
            }
            if !keys.insert(key).inserted {
                add(.duplicate(path[index].child("key"), Value(key)))
            }
        }
    }

    /// validateMutation.
    private mutating func policyMutation(_ mutation: Value, _ path: ErrorPath) {
        let type = mutation.text("patchType")
        let forms = [
            ("ApplyConfiguration", "applyConfiguration"), ("JSONPatch", "jsonPatch"),
        ]
        if type.isEmpty { return add(.required(path.child("patchType"))) }
        guard forms.contains(where: { $0.0 == type }) else {
            return add(
                .notSupported(path.child("patchType"), mutation["patchType"], forms.map(\.0)))
        }
        for (name, field) in forms {
            let part = mutation[Key(field)]
            if name == type, part.isNull {
                add(
                    .required(path.child(field), "must be specified when patchType is \(type)"))
            } else if name == type, isBlank(part.text("expression")) {
                add(
                    .required(
                        path.child(field).child("expression")))
            } else if name == type {
                let text = Self.trimmed(part.text("expression"))
                expression(
                    text, name == "JSONPatch" ? .jsonPatch : .applyConfiguration,
                    path.child(field).child("expression"))
            } else if name != type, !part.isNull {
                add(
                    .invalid(
                        path.child(field), Value("{\(field)}"),
                        "must not be specified when patchType is \(type)"))
            }
        }
    }

    /// validateValidatingAdmissionPolicyBindingSpec, validateMutatingAdmissionPolicyBindingSpec.
    mutating func policyBinding(_ spec: Value, isMutating: Bool, _ path: ErrorPath) {
        let name = spec.text("policyName")
        if name.isEmpty {
            add(.required(path.child("policyName")))
        } else {
            messages(NameRules.dns1123Subdomain(name), name, path.child("policyName"))
        }
        paramReference(spec["paramRef"], path.child("paramRef"))
        matchResources(spec["matchResources"], path.child("matchResources"))
        if isMutating {
            mutatingOperations(spec["matchResources"], path.child("matchResources"))
        } else {
            validationActions(spec.list("validationActions"), path.child("validationActions"))
        }
    }

    /// validateParamRef.
    private mutating func paramReference(_ reference: Value, _ path: ErrorPath) {
        if reference.isNull { return }
        let name = reference.text(.name)
        let selector = reference[.selector]
        let exclusive = "name and selector are mutually exclusive"
        if !name.isEmpty {
            messages(NameRules.pathSegment(name), name, path.child("name"))
            if !selector.isNull { add(.forbidden(path.child("name"), exclusive)) }
        }
        if !selector.isNull {
            labelSelector(selector, path.child("selector"))
            if !name.isEmpty { add(.forbidden(path.child("selector"), exclusive)) }
        }
        if name.isEmpty, selector.isNull {
            add(.required(path, "one of name or selector must be specified"))
        }
        oneOf(
            reference["parameterNotFoundAction"], ["Deny", "Allow"],
            path.child("parameterNotFoundAction"))
    }

    /// validateValidationActions.
    private mutating func validationActions(_ actions: [Value], _ path: ErrorPath) {
        let known = ["Audit", "Deny", "Warn"]
        var seen: [Value] = []
        for (index, action) in actions.enumerated() {
            if !known.contains(action.string ?? "") {
                add(.notSupported(path[index], action, known))
            }
            if seen.contains(action) { add(.duplicate(path[index], action)) }
            seen.append(action)
        }
        if seen.contains("Deny"), seen.contains("Warn") {
            add(
                .invalid(
                    path, json: JSON.text(.array(actions), style: .canonical),
                    "must not contain both Deny and Warn (repeating the same validation failure "
                        + "information in the API response and headers serves no purpose)"))
        }
        if seen.isEmpty { add(.required(path, "at least one validation action is required")) }
    }
}
