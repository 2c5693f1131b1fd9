import Support
import Value

extension KindDescriptor {
    /// Sets the replicas of a workload by what its pods use.
    static func horizontalPodAutoscaler(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "HorizontalPodAutoscaler", plural: "horizontalpodautoscalers",
            shortNames: ["hpa"], group: "autoscaling", version: "v2",
            categories: ["all"], subresources: ["status"],
            rules: KindRules(
                defaults: Defaults.horizontalPodAutoscaler,
                object: { $0.horizontalPodAutoscaler($1[.spec], ErrorPath("spec")) },
                status: { validator, new, _, _ in validator.autoscalerStatus(new) }),
            texts: .horizontalPodAutoscaler)
    }
}

extension Defaults {
    /// SetDefaults_HorizontalPodAutoscaler of autoscaling/v2, with the scaling rules' defaults.
    static func horizontalPodAutoscaler(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill(.minReplicas, 1)
            if spec.list(.metrics).isEmpty {
                spec[.metrics] = [
                    [
                        .resource: [
                            .name: "cpu",
                            .target: [.averageUtilization: 80, .type: "Utilization"],
                        ],
                        .type: "Resource",
                    ]
                ]
            }
            spec.ifPresent(.behavior) { behavior in
                scalingRules(
                    &behavior[.scaleUp], window: 0,
                    policies: [
                        [.periodSeconds: 15, .type: "Pods", .value: 4],
                        [.periodSeconds: 15, .type: "Percent", .value: 100],
                    ])
                scalingRules(
                    &behavior[.scaleDown], window: nil,
                    policies: [[.periodSeconds: 15, .type: "Percent", .value: 100]])
            }
        }
    }

    private static func scalingRules(_ rules: inout Value, window: Int?, policies: Value) {
        rules.fill(.policies, policies)
        rules.fill(.selectPolicy, "Max")
        if let window { rules.fill(.stabilizationWindowSeconds, Value(window)) }
    }
}

// Origin: pkg/apis/autoscaling/validation/validation.go.
extension Validator {
    /// ValidateHorizontalPodAutoscaler.
    mutating func horizontalPodAutoscaler(_ spec: Value, _ path: ErrorPath) {
        let least = spec[.minReplicas]
        if let count = least.int, count < 1 {
            add(
                .invalid(
                    path.child("minReplicas"), least, "must be greater than or equal to 1"))
        }
        let most = spec.int(.maxReplicas)
        if most == 0 {
            add(.required(path.child("maxReplicas"), "must be set and greater than 0"))
        } else if most < 0 {
            add(
                .invalid(
                    path.child("maxReplicas"), Value(most), "must be greater than or equal to 1"))
        }
        if let count = least.int, most < count {
            add(
                .invalid(
                    path.child("maxReplicas"), Value(most),
                    "must be greater than or equal to `minReplicas`"))
        }
        let target = path.child("scaleTargetRef")
        reference(spec[.scaleTargetRef], target)
        let version = spec[.scaleTargetRef].text(.apiVersion)
        if !version.contains("/") {
            add(
                .invalid(
                    target.child("apiVersion"), Value(version),
                    "apiVersion must specify API group"))
        }
        for (index, metric) in spec.list(.metrics).enumerated() {
            autoscalerMetric(metric, path.child("metrics")[index])
        }
        let scalesToZero = spec.list(.metrics).contains {
            $0[.type] == "Object" || $0[.type] == "External"
        }
        if least.int == 0, !scalesToZero {
            add(
                .forbidden(
                    path.child("metrics"),
                    "must specify at least one Object or External metric to support scaling to zero "
                        + "replicas"))
        }
        for key in [Key.scaleUp, .scaleDown] where !spec[.behavior][key].isNull {
            scalingRules(spec[.behavior][key], path.child("behavior").child(key))
        }
    }

    // MARK: Metrics

    private static let sources = [
        "ContainerResource", "External", "Object", "Pods", "Resource",
    ]

    /// validateMetricSpec: one source, that of the type.
    private mutating func autoscalerMetric(_ metric: Value, _ path: ErrorPath) {
        let type = metric.text(.type)
        if type.isEmpty {
            add(.required(path.child("type"), "must specify a metric source type"))
        }
        if !Self.sources.contains(type) {
            return add(.notSupported(path.child("type"), metric[.type], Self.sources))
        }
        func field(_ type: String) -> String { type.prefix(1).lowercased() + type.dropFirst() }
        for other in Self.sources where other != type && !metric[Key(field(other))].isNull {
            add(
                .forbidden(
                    path.child(field(other)), "must populate the given metric source only"))
        }
        let source = metric[Key(field(type))]
        let place = path.child(field(type))
        if source.isNull {
            return add(
                .required(place, "must populate information for the given metric source"))
        }
        metricSource(source, type, place)
        metricTarget(source[.target], place.child("target"))
        targetFits(source[.target], type, place.child("target"))
    }

    private mutating func metricSource(_ source: Value, _ type: String, _ path: ErrorPath) {
        switch type {
        case "Resource", "ContainerResource":
            if source.text(.name).isEmpty {
                add(.required(path.child("name"), "must specify a resource name"))
            }
            if type == "ContainerResource", source.text("container").isEmpty {
                add(.required(path.child("container"), "must specify a container"))
            }
        default:
            if type == "Object" {
                reference(source["describedObject"], path.child("describedObject"))
            }
            let place = path.child("metric").child("name")
            let name = source["metric"].text(.name)
            if name.isEmpty {
                add(.required(place, "must specify a metric name"))
            } else {
                messages(NameRules.pathSegment(name), name, place)
            }
        }
    }

    /// ValidateCrossVersionObjectReference, without the version.
    private mutating func reference(_ object: Value, _ path: ErrorPath) {
        for key in [Key.kind, .name] {
            let text = object.text(key)
            if text.isEmpty {
                add(.required(path.child(key)))
            } else {
                messages(NameRules.pathSegment(text), text, path.child(key))
            }
        }
    }

    /// validateMetricTarget.
    private mutating func metricTarget(_ target: Value, _ path: ErrorPath) {
        let type = target.text(.type)
        if type.isEmpty {
            add(.required(path.child("type"), "must specify a metric target type"))
        }
        if !["Utilization", "Value", "AverageValue"].contains(type) {
            add(
                .invalid(
                    path.child("type"), Value(type),
                    "must be either Utilization, Value, or AverageValue"))
        }
        for key in [Key.value, .averageValue] {
            if let amount = Quantity(target[key]), amount <= .zero {
                add(.invalid(path.child(key), target[key], "must be positive"))
            }
        }
        if let percent = target[.averageUtilization].int, percent < 1 {
            add(
                .invalid(
                    path.child("averageUtilization"), target[.averageUtilization],
                    "must be greater than 0"))
        }
    }

    /// Which of the wanted amounts go with a source.
    private mutating func targetFits(_ target: Value, _ type: String, _ path: ErrorPath) {
        let hasAverage = !target[.averageValue].isNull
        let hasValue = !target[.value].isNull
        let hasUtilization = !target[.averageUtilization].isNull
        switch type {
        case "Pods":
            if !hasAverage {
                add(
                    .required(
                        path.child("averageValue"), "must specify a positive target averageValue"))
            }
        case "Object":
            if !hasAverage, !hasValue {
                add(
                    .required(
                        path.child("averageValue"), "must set either a target value or averageValue"
                    )
                )
            }
        case "External":
            if !hasAverage, !hasValue {
                add(
                    .required(
                        path.child("averageValue"),
                        "must set either a target value for metric or a per-pod target"))
            } else if hasAverage, hasValue {
                add(
                    .forbidden(
                        path.child("value"),
                        "may not set both a target value for metric and a per-pod target"))
            }
        default:
            if !hasAverage, !hasUtilization {
                add(
                    .required(
                        path.child("averageUtilization"),
                        "must set either a target raw value or a target utilization"))
            } else if hasAverage, hasUtilization {
                add(
                    .forbidden(
                        path.child("averageValue"),
                        "may not set both a target raw value and a target utilization"))
            }
        }
    }

    // MARK: Behavior

    /// validateScalingRules.
    private mutating func scalingRules(_ rules: Value, _ path: ErrorPath) {
        let window = rules[.stabilizationWindowSeconds]
        if let seconds = window.int, seconds < 0 || seconds > 3_600 {
            add(
                .invalid(
                    path.child("stabilizationWindowSeconds"), window,
                    seconds < 0
                        ? "must be greater than or equal to zero"
                        : "must be less than or equal to 3600"))
        }
        optionalOneOf(
            rules[.selectPolicy], ["Disabled", "Max", "Min"], path.child("selectPolicy"))
        let policies = rules.list(.policies)
        if policies.isEmpty {
            add(.required(path.child("policies"), "must specify at least one Policy"))
        }
        for (index, policy) in policies.enumerated() {
            let place = path.child("policies")[index]
            oneOf(policy[.type], ["Percent", "Pods"], place.child("type"))
            for key in [Key.value, .periodSeconds] where policy.int(key) <= 0 {
                add(
                    .invalid(
                        place.child(key), Value(policy.int(key)), "must be greater than zero"))
            }
            if policy.int(.periodSeconds) > 1_800 {
                add(
                    .invalid(
                        place.child("periodSeconds"), policy[.periodSeconds],
                        "must be less than or equal to 1800"))
            }
        }
        nonnegativeQuantity(rules["tolerance"], path.child("tolerance"))
    }
}

extension KindTexts {
    static let horizontalPodAutoscaler = KindTexts(
        summaries: #"""
            autoscaling.v2.HorizontalPodAutoscalerSpec.behavior How fast it scales up and down.
            autoscaling.v2.HorizontalPodAutoscalerSpec.maxReplicas The most replicas it asks for.
            autoscaling.v2.HorizontalPodAutoscalerSpec.metrics What it goes by; the greatest demand
             wins; cpu at 80 percent where none are given.
            autoscaling.v2.HorizontalPodAutoscalerSpec.minReplicas The fewest replicas it asks for;
             1 where none is given.
            autoscaling.v2.HorizontalPodAutoscalerSpec.scaleTargetRef What it scales.
            autoscaling.v2.HorizontalPodAutoscalerStatus.currentReplicas Replicas at the last look.
            autoscaling.v2.HorizontalPodAutoscalerStatus.desiredReplicas Replicas it asked for last.
            autoscaling.v2.HPAScalingRules.policies How many pods or per cent may change in a
             period.
            autoscaling.v2.HPAScalingRules.selectPolicy Which of the policies wins; Max where none
             is given, Disabled stops the direction.
            autoscaling.v2.HPAScalingRules.stabilizationWindowSeconds Seconds of past
             recommendations that hold back; 300 for down, 0 for up where none is given.
            """#)
}
