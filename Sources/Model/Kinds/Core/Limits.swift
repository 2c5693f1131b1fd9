import Support
import Value

extension KindDescriptor {
    /// What a container or claim in a namespace may ask for, and asks for by default.
    static func limitRange(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "LimitRange", plural: "limitranges", shortNames: ["limits"], group: "",
            rules: KindRules(
                defaults: Defaults.limitRange,
                object: { $0.limitRange($1[.spec], ErrorPath("spec")) }),
            texts: .limitRange)
    }

    /// How much a namespace may hold.
    static func resourceQuota(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ResourceQuota", plural: "resourcequotas", shortNames: ["quota"], group: "",
            subresources: ["status"],
            rules: KindRules(
                defaults: { $0.ifPresent(.spec) { $0.ifPresent(.hard) { Defaults.amounts(&$0) } } },
                object: { $0.resourceQuota($1[.spec], ErrorPath("spec")) },
                warnings: { if $2 == nil { $0.resourceQuota($1) } }),
            texts: .resourceQuota)
    }
}

extension Defaults {
    /// SetDefaults_LimitRangeItem. A container's default limit is the maximum, its default request
    /// the default limit, or else the minimum.
    static func limitRange(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.forEach(.limits) { item in
                for key in [Key.max, .min, .default, .defaultRequest, "maxLimitRequestRatio"] {
                    item.ifPresent(key) { amounts(&$0) }
                }
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
            limitType(type, place.child("type"))
            if !types.insert(type).inserted {
                add(.duplicate(place.child("type"), Value(type)))
            }
            let defaults: [Key] = type == "Pod" ? [] : [.default, .defaultRequest]
            let lists = [Key.max, .min] + defaults
            for list in lists { limitNames(item, list, type, place) }
            for list in [Key.default, .defaultRequest]
            where type == "Pod" && item[list].count > 0 {
                add(.forbidden(place.child(list), "may not be specified when `type` is 'Pod'"))
            }
            if type == "PersistentVolumeClaim", item[.min][.storage].isNull,
                item[.max][.storage].isNull
            {
                add(
                    .required(
                        place.child("limits"),
                        "either minimum or maximum storage value is required, but neither was "
                            + "provided"))
            }
            limitNames(item, "maxLimitRequestRatio", type, place)
            let names = Set((lists + ["maxLimitRequestRatio"]).flatMap { item.map($0).keys })
            for name in names.sorted(by: { $0.name < $1.name }) { limits(item, name, place) }
        }
    }

    /// validateLimitRangeTypeName.
    private mutating func limitType(_ type: String, _ path: ErrorPath) {
        let problems = NameRules.qualifiedName(type)
        messages(problems, type, path)
        if problems.isEmpty, !type.contains("/"),
            !["Pod", "Container", "PersistentVolumeClaim"].contains(type)
        {
            add(.invalid(path, Value(type), "must be a standard limit type or fully qualified"))
        }
    }

    /// validateLimitRangeResourceName.
    private mutating func limitNames(
        _ item: Value, _ list: Key, _ type: String, _ path: ErrorPath
    ) {
        for field in item.map(list).sortedByName {
            let place = path.child(list).key(field.key.name)
            if type == "Pod" || type == "Container" {
                containerResourceName(field.key.name, place)
            } else {
                resourceName(field.key.name, place)
            }
        }
    }

    /// What the bounds of one resource say of each other.
    private mutating func limits(_ item: Value, _ name: Key, _ path: ErrorPath) {
        func amount(_ list: Key) -> Quantity? { Quantity(item[list][name]) }
        let isPod = item[.type] == "Pod"
        let (least, most) = (amount(.min), amount(.max))
        let request = isPod ? nil : amount(.defaultRequest)
        let limit = isPod ? nil : amount(.default)

        /// Upstream shows now the one, now the other amount.
        func check(
            _ low: Quantity?, _ lowWord: String, _ high: Quantity?, _ highWord: String,
            at list: Key, showing shown: Quantity?
        ) -> FieldError? {
            guard let low, let high, let shown, low > high else { return nil }
            return .invalid(
                path.child(list).key(name.name), Value(shown.text),
                "\(lowWord) value \(low.text) is greater than \(highWord) value \(high.text)")
        }
        let found = [
            check(least, "min", most, "max", at: .min, showing: least),
            check(
                least, "min", request, "default request", at: .defaultRequest, showing: request),
            check(
                request, "default request", most, "max", at: .defaultRequest, showing: request),
            check(
                request, "default request", limit, "default limit", at: .defaultRequest,
                showing: request),
            check(least, "min", limit, "default", at: .default, showing: least),
            check(limit, "default", most, "max", at: .default, showing: most),
        ]
        for error in found.compactMap(\.self) { add(error) }
        ratio(Quantity(item["maxLimitRequestRatio"][name]), least, most, path, name)
        if let request, let limit, request != limit, !ResourceNames.allowsOvercommit(name.name) {
            add(
                .invalid(
                    path.child("defaultRequest").key(name.name), Value(request.text),
                    "default value \(limit.text) must equal to defaultRequest value "
                        + "\(request.text) in \(name.name)"))
        }
    }

    private mutating func ratio(
        _ ratio: Quantity?, _ least: Quantity?, _ most: Quantity?, _ path: ErrorPath, _ name: Key
    ) {
        guard let ratio else { return }
        let place = path.child("maxLimitRequestRatio").key(name.name)
        if ratio < Quantity(Int64(1)) {
            add(.invalid(place, Value(ratio.text), "ratio \(ratio.text) is less than 1"))
        }
        guard let least, let most, !least.isZero else { return }
        let bound = most.double / least.double
        if ratio.double > bound {
            add(
                .invalid(
                    place, Value(ratio.text),
                    "ratio \(ratio.text) is greater than max/min = \(GoSyntax.fixed(bound))"))
        }
    }

    /// ValidateResourceQuotaSpec.
    mutating func resourceQuota(_ spec: Value, _ path: ErrorPath) {
        for field in spec[.hard].fields.sortedByName {
            let name = field.key.name
            let place = path.child("hard").key(name)
            quotaResourceName(name, place)
            resourceAmount(field.value, name, place)
        }
        let scopes = spec.list(.scopes)
        for scope in scopes {
            quotaScope(
                scope, of: spec, path.child("scopes"), path.child("scopes"), shown: .array(scopes))
        }
        conflictingScopes(scopes, path.child("scopes"), spec)
        let selector = path.child("scopeSelector").child("matchExpressions")
        let entries = spec[.scopeSelector].list(.matchExpressions)
        for entry in entries {
            quotaScope(
                entry[.scopeName], of: spec, selector.child("scopeName"), selector,
                shown: spec[.scopeSelector])
            scopeOperator(entry, selector)
        }
        conflictingScopes(entries.map { $0[.scopeName] }, selector, spec)
    }

    private static func json(_ value: Value) -> String { JSON.text(value, style: .go) }

    private static let podScopes: Set<String> = [
        "Terminating", "NotTerminating", "NotBestEffort", "PriorityClass",
        "CrossNamespacePodAffinity",
    ]
    private static let podResources: Set<String> = [
        "pods", "cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory",
    ]

    /// IsStandardResourceQuotaScope and IsResourceQuotaScopeValidForResource.
    private mutating func quotaScope(
        _ scope: Value, of spec: Value, _ namePath: ErrorPath, _ path: ErrorPath, shown: Value
    ) {
        let name = scope.string ?? ""
        let allowed: Set<String>? =
            if Self.podScopes.contains(name) {
                Self.podResources
            } else if name == "BestEffort" {
                ["pods"]
            } else if name == "VolumeAttributesClass" {
                ["persistentvolumeclaims", "requests.storage"]
            } else {
                nil
            }
        guard let allowed else {
            // Of plain scopes the list is shown, of a selector's the name.
            let isPlain = namePath.text == path.text
            add(
                .invalid(
                    namePath, json: isPlain ? Self.json(shown) : GoSyntax.quote(name),
                    "unsupported scope"))
            return
        }
        for field in spec[.hard].fields.sortedByName
        where ResourceNames.isStandardForQuota(field.key.name) && !allowed.contains(field.key.name)
        {
            add(.invalid(path, json: Self.json(shown), "unsupported scope applied to resource"))
        }
    }

    /// validateScopedResourceSelectorRequirement.
    private mutating func scopeOperator(_ entry: Value, _ path: ErrorPath) {
        let name = entry.text(.operator)
        let scope = entry.text(.scopeName)
        if scope != "PriorityClass", scope != "VolumeAttributesClass", name != "Exists",
            Self.podScopes.contains(scope) || scope == "BestEffort"
        {
            add(
                .invalid(
                    path.child("operator"), Value(name),
                    "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, "
                        + "ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, "
                        + "ResourceQuotaScopeNotBestEffort or "
                        + "ResourceQuotaScopeCrossNamespacePodAffinity"))
        }
        let values = entry.list(.values)
        switch name {
        case "In", "NotIn":
            if values.isEmpty {
                add(
                    .required(
                        path.child("values"),
                        "must be at least one value when `operator` is 'In' or 'NotIn' for scope "
                            + "selector"))
            }
        case "Exists", "DoesNotExist":
            if !values.isEmpty {
                add(
                    .invalid(
                        path.child("values"), json: Self.json(.array(values)),
                        "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope "
                            + "selector"))
            }
        case let other:
            add(.invalid(path.child("operator"), Value(other), "not a valid selector operator"))
        }
    }

    private mutating func conflictingScopes(_ scopes: [Value], _ path: ErrorPath, _ spec: Value) {
        for pair: [Value] in [["BestEffort", "NotBestEffort"], ["Terminating", "NotTerminating"]]
        where pair.allSatisfy(scopes.contains) {
            add(.invalid(path, json: Self.json(spec[.scopes]), "conflicting scopes"))
        }
    }
}

extension KindTexts {
    static let limitRange = KindTexts(
        summaries: #"""
            LimitRangeItem.default The limit that containers get which have none.
            LimitRangeItem.defaultRequest The request that containers get which have none.
            LimitRangeItem.max The most that is allowed.
            LimitRangeItem.min The least that is allowed.
            LimitRangeItem.type What is limited: containers, pods or claims.
            """#)

    static let resourceQuota = KindTexts(
        summaries: #"""
            ResourceQuotaSpec.hard The most that the namespace may use of each resource.
            ResourceQuotaStatus.used What the namespace uses.
            """#)
}
