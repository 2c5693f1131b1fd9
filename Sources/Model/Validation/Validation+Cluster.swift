import Support
import Value

extension Validator {
    /// The largest ConfigMap or Secret, in bytes of its data.
    private static let dataBytes = 1024 * 1024

    /// ValidateConfigMap.
    mutating func configMap(_ object: Value) {
        var bytes = 0
        for key in [Key.data, .binaryData] {
            for field in object[key].fields.sortedByName {
                let name = field.key.name
                messages(NameRules.configMapKey(name), name, ErrorPath(key.name).key(name))
                if key == .data, object[.binaryData].fields.contains(field.key) {
                    add(
                        .invalid(
                            ErrorPath("data").key(name), Value(name),
                            "duplicate of key present in binaryData"))
                }
                bytes += (field.value.string ?? "").utf8.count
            }
        }
        if bytes > Self.dataBytes { add(.tooLong(ErrorPath(""), Self.dataBytes)) }
    }

    /// ValidateSecret.
    mutating func secret(_ object: Value) {
        var bytes = 0
        for field in object[.data].fields.sortedByName {
            let name = field.key.name
            messages(NameRules.configMapKey(name), name, ErrorPath("data").key(name))
            bytes += (field.value.string ?? "").utf8.count * 3 / 4
        }
        if bytes > Self.dataBytes { add(.tooLong(ErrorPath("data"), Self.dataBytes)) }
        let required: [String]
        switch object.text(.type) {
        case "kubernetes.io/dockercfg": required = [".dockercfg"]
        case "kubernetes.io/dockerconfigjson": required = [".dockerconfigjson"]
        case "kubernetes.io/tls": required = ["tls.crt", "tls.key"]
        case "kubernetes.io/ssh-auth": required = ["ssh-privatekey"]
        default: required = []
        }
        for name in required where !object[.data].fields.contains(Key(name)) {
            add(.required(ErrorPath("data").key(name)))
        }
    }

    /// ValidateConfigMapUpdate and ValidateSecretUpdate.
    mutating func immutableData(_ object: Value, _ old: Value, isSecret: Bool) {
        if isSecret { immutable(object[.type], old[.type], ErrorPath("type")) }
        guard old.flag(.immutable) else { return }
        let words = "field is immutable when `immutable` is set"
        if !object.flag(.immutable) { add(.forbidden(ErrorPath("immutable"), words)) }
        for key in [Key.data, .binaryData] where object[key] != old[key] {
            add(.forbidden(ErrorPath(key.name), words))
        }
    }

    /// ValidateNode: taints, and the amounts of resources.
    mutating func node(_ object: Value) {
        var seen: Set<String> = []
        for (index, taint) in object[.spec].list(.taints).enumerated() {
            let place = ErrorPath("spec").child("taints")[index]
            let key = taint.text(.key)
            messages(NameRules.qualifiedName(key), key, place.child("key"))
            let text = taint.text(.value)
            let problems = NameRules.labelValue(text)
            if !problems.isEmpty {
                add(
                    .invalid(
                        place.child("value"), Value(text), problems.joined(separator: ";")))
            }
            taintEffect(taint[.effect], place.child("effect"))
            if !seen.insert("\(key):\(taint.text(.effect))").inserted {
                add(
                    FieldError(
                        path: place.text, reason: .duplicate,
                        shown: GoSyntax.short(taint),
                        detail: "taints must be unique by key and effect pair"))
            }
        }
        for list in [Key.capacity, .allocatable] {
            for field in object[.status][list].fields.sortedByName {
                nonnegativeQuantity(
                    field.value, ErrorPath("status").child(list).key(field.key.name))
            }
        }
    }

    /// ValidatePriorityClass.
    mutating func priorityClass(_ object: Value) {
        let name = object[.metadata].text(.name)
        let system = [
            "system-node-critical": 2_000_001_000, "system-cluster-critical": 2_000_000_000,
        ]
        if name.hasPrefix("system-") {
            if system[name] != object[.value].int {
                add(
                    .forbidden(
                        ErrorPath("metadata").child("name"),
                        "priority class names with 'system-' prefix are reserved for system use "
                            + "only. error: \(name) is not a known system priority class"))
            }
        } else if object.int(.value) > 1_000_000_000 {
            add(
                .forbidden(
                    ErrorPath("value"),
                    "maximum allowed value of a user defined priority is 1000000000"))
        }
        optionalOneOf(
            object[.preemptionPolicy], ["PreemptLowerPriority", "Never"],
            ErrorPath("preemptionPolicy"))
    }

    /// ValidatePriorityClassUpdate.
    mutating func priorityClassUpdate(_ object: Value, _ old: Value) {
        if object[.value] != old[.value] {
            add(.forbidden(ErrorPath("value"), "may not be changed in an update."))
        }
        immutable(
            object[.preemptionPolicy], old[.preemptionPolicy], ErrorPath("preemptionPolicy"))
    }

    /// ValidateLimitRange.
    mutating func limitRange(_ spec: Value, _ path: ErrorPath) {
        var types: Set<String> = []
        for (index, item) in spec.list(.limits).enumerated() {
            let place = path.child("limits")[index]
            let type = item.text(.type)
            if !types.insert(type).inserted {
                add(.duplicate(place.child("type"), Value(type)))
            }
            if type == "Pod" {
                for key in [Key.default, .defaultRequest] where !item[key].isNull {
                    add(
                        .forbidden(
                            place.child(key), "may not be specified when `type` is 'Pod'"))
                }
            }
            for field in item[.min].fields.sortedByName {
                limits(item, field.key, place)
            }
        }
    }

    private mutating func limits(_ item: Value, _ name: Key, _ path: ErrorPath) {
        guard let least = Quantity(item[.min][name]) else { return }
        for (key, word) in [
            (Key.max, "max value"), (.default, "default value"),
            (.defaultRequest, "default request value"),
        ] {
            guard let amount = Quantity(item[key][name]), least > amount else { continue }
            add(
                .invalid(
                    path.child("min").key(name.name), Value(least.text),
                    "min value \(least.text) is greater than \(word) \(amount.text)"))
        }
    }

    /// ValidateResourceQuotaSpec.
    mutating func resourceQuota(_ spec: Value, _ path: ErrorPath) {
        for field in spec[.hard].fields.sortedByName {
            let name = field.key.name
            let place = path.child("hard").key(name)
            messages(NameRules.qualifiedName(name), name, place)
            nonnegativeQuantity(field.value, place)
        }
    }

    /// ValidatePolicyRule.
    mutating func role(_ object: Value) {
        for (index, rule) in object.list(.rules).enumerated() {
            let place = ErrorPath("rules")[index]
            if rule.list("verbs").isEmpty {
                add(.required(place.child("verbs"), "verbs must contain at least one value"))
            }
            guard rule.list("nonResourceURLs").isEmpty else { continue }
            if rule.list("apiGroups").isEmpty {
                add(
                    .required(
                        place.child("apiGroups"),
                        "resource rules must supply at least one api group"))
            }
            if rule.list(.resources).isEmpty {
                add(
                    .required(
                        place.child("resources"),
                        "resource rules must supply at least one resource"))
            }
        }
    }

    /// ValidateRoleBinding.
    mutating func roleBinding(_ object: Value) {
        let reference = object["roleRef"]
        let path = ErrorPath("roleRef")
        if reference[.apiGroup] != "rbac.authorization.k8s.io" {
            add(
                .notSupported(
                    path.child("apiGroup"), Value(reference.text(.apiGroup)),
                    ["rbac.authorization.k8s.io"]))
        }
        if !["Role", "ClusterRole"].contains(reference.text(.kind)) {
            add(
                .notSupported(
                    path.child("kind"), Value(reference.text(.kind)), ["Role", "ClusterRole"]))
        }
        if reference.text(.name).isEmpty { add(.required(path.child("name"))) }
    }
}
