import Support
import Value

extension KindDescriptor {
    /// What a container or claim in a namespace may ask for, and asks for by default.
    static func limitRange(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "LimitRange", plural: "limitranges", shortNames: ["limits"], group: "",
            rules: KindRules(
                defaults: Defaults.limitRange,
                object: { $0.limitRange($1[.spec], ErrorPath("spec")) }))
    }

    /// How much a namespace may hold.
    static func resourceQuota(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ResourceQuota", plural: "resourcequotas", shortNames: ["quota"], group: "",
            subresources: ["status"],
            rules: KindRules(
                object: { $0.resourceQuota($1[.spec], ErrorPath("spec")) },
                warnings: { if $2 == nil { $0.resourceQuota($1) } }))
    }
}

extension Defaults {
    /// SetDefaults_LimitRangeItem. A container's default limit is the maximum, its default request
    /// the default limit, or else the minimum.
    static func limitRange(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.forEach(.limits) { item in
                guard item[.type] == "Container" else { return }
                var limits = item.map(.default)
                add(item.map(.max), to: &limits)
                var requests = item.map(.defaultRequest)
                add(limits, to: &requests)
                add(item.map(.min), to: &requests)
                item[.default] = limits.isEmpty ? .null : .object(limits)
                item[.defaultRequest] = requests.isEmpty ? .null : .object(requests)
            }
        }
    }

    private static func add(_ amounts: Object, to target: inout Object) {
        for amount in amounts where !target.contains(amount.key) {
            target.append(amount.key, amount.value)
        }
    }
}

extension Validator {
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
}
