import Support
import Value

extension KindDescriptor {
    /// The older version of the autoscaler: a target for processors, all else in annotations.
    static func horizontalPodAutoscalerV1(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "HorizontalPodAutoscaler", plural: "horizontalpodautoscalers",
            shortNames: ["hpa"], group: "autoscaling", version: "v1",
            conversion: KindConversion(
                stored: .horizontalPodAutoscaler,
                toStored: AutoscalerVersions.toV2, fromStored: AutoscalerVersions.toV1),
            categories: ["all"], subresources: ["status"],
            rules: KindRules(
                defaults: { object in object.ifPresent(.spec) { $0.fill(.minReplicas, 1) } }))
    }
}

/// The two versions of autoscalers. What the older one has no field for stands in annotations.
/// Source: pkg/apis/autoscaling/v1/conversion.go.
package enum AutoscalerVersions {
    private static let metricsKey = Key("autoscaling.alpha.kubernetes.io/metrics")
    private static let statusesKey = Key("autoscaling.alpha.kubernetes.io/current-metrics")
    private static let conditionsKey = Key("autoscaling.alpha.kubernetes.io/conditions")
    private static let behaviorKey = Key("autoscaling.alpha.kubernetes.io/behavior")
    private static let keys = [metricsKey, statusesKey, conditionsKey, behaviorKey]

    /// An autoscaler of any version as one of autoscaling/v2.
    package static func asV2(_ object: Value) -> Value {
        object[.apiVersion] == "autoscaling/v1" ? toV2(object) : object
    }

    // MARK: To the older version

    static func toV1(_ object: Value) -> Value {
        var result = withoutAnnotations(object)
        var spec = object[.spec]
        let metrics = spec[.metrics].elements
        spec[.metrics] = .null
        spec[.behavior] = .null
        spec["targetCPUUtilizationPercentage"] =
            metrics.first(where: isUtilization)?[.resource][.target][.averageUtilization] ?? .null
        result[.spec] = spec
        var status = object[.status]
        let current = status[.currentMetrics].elements
        let conditions = status[.conditions].elements
        status[.currentMetrics] = .null
        status[.conditions] = .null
        let cpu = current.first { $0.text(.type) == "Resource" && $0[.resource][.name] == "cpu" }
        status[.currentCPUUtilizationPercentage] =
            cpu?[.resource][.current][.averageUtilization] ?? .null
        result[.status] = status
        let others = metrics.filter { !isUtilization($0) }.map(olderMetric)
        annotate(&result, metricsKey, others)
        annotate(&result, statusesKey, current.map(olderStatus))
        let behavior = object[.spec][.behavior]
        if !behavior.isNull {
            result[.metadata][.annotations][behaviorKey] = Value(
                JSON.text(GoFields.capitalized(behavior)))
        }
        annotate(&result, conditionsKey, conditions.map(olderCondition))
        return result
    }

    private static func annotate(_ object: inout Value, _ key: Key, _ list: [Value]) {
        if list.isEmpty { return }
        object[.metadata][.annotations][key] = Value(JSON.text(.array(list)))
    }

    private static func withoutAnnotations(_ object: Value) -> Value {
        var result = object
        for key in keys where !object[.metadata][.annotations][key].isNull {
            result[.metadata][.annotations][key] = .null
        }
        if result[.metadata][.annotations].fields.isEmpty {
            result[.metadata][.annotations] = .null
        }
        return result
    }

    /// Whether the older version has a field for a metric.
    private static func isUtilization(_ metric: Value) -> Bool {
        metric.text(.type) == "Resource" && metric[.resource][.name] == "cpu"
            && !metric[.resource][.target][.averageUtilization].isNull
    }

    private static func ordered(_ fields: [(Key, Value)]) -> Value {
        .object(Object(fields: fields.filter { !$0.1.isNull }))
    }

    private static func olderMetric(_ metric: Value) -> Value {
        let type = metric.text(.type)
        let source = metric[sourceKey(type)]
        let (target, identifier) = (source[.target], source["metric"])
        let fields: [(Key, Value)] =
            switch type {
            case "Object":
                [
                    (.target, reference(source["describedObject"])),
                    ("metricName", identifier[.name]),
                    ("targetValue", target[.value].isNull ? "0" : target[.value]),
                    (.selector, identifier[.selector]), (.averageValue, target[.averageValue]),
                ]
            case "Pods":
                [
                    ("metricName", identifier[.name]),
                    ("targetAverageValue", target[.averageValue]),
                    (.selector, identifier[.selector]),
                ]
            case "External":
                [
                    ("metricName", identifier[.name]),
                    ("metricSelector", identifier[.selector]), ("targetValue", target[.value]),
                    ("targetAverageValue", target[.averageValue]),
                ]
            default:
                [
                    (.name, source[.name]),
                    ("targetAverageUtilization", target[.averageUtilization]),
                    ("targetAverageValue", target[.averageValue]),
                    ("container", source["container"]),
                ]
            }
        return ordered([(.type, Value(type)), (sourceKey(type), ordered(fields))])
    }

    private static func olderStatus(_ metric: Value) -> Value {
        let type = metric.text(.type)
        let source = metric[sourceKey(type)]
        let (current, identifier) = (source[.current], source["metric"])
        let fields: [(Key, Value)] =
            switch type {
            case "Object":
                [
                    (.target, reference(source["describedObject"])),
                    ("metricName", identifier[.name]),
                    ("currentValue", current[.value].isNull ? "0" : current[.value]),
                    (.selector, identifier[.selector]), (.averageValue, current[.averageValue]),
                ]
            case "Pods":
                [
                    ("metricName", identifier[.name]),
                    ("currentAverageValue", current[.averageValue]),
                    (.selector, identifier[.selector]),
                ]
            case "External":
                [
                    ("metricName", identifier[.name]),
                    ("metricSelector", identifier[.selector]),
                    ("currentValue", current[.value].isNull ? "0" : current[.value]),
                    ("currentAverageValue", current[.averageValue]),
                ]
            case "": []
            default:
                [
                    (.name, source[.name]),
                    ("currentAverageUtilization", current[.averageUtilization]),
                    ("currentAverageValue", current[.averageValue]),
                    ("container", source["container"]),
                ]
            }
        let part = fields.isEmpty ? Value.null : ordered(fields)
        return ordered([(.type, Value(type)), (sourceKey(type), part)])
    }

    private static func olderCondition(_ condition: Value) -> Value {
        let order: [Key] = [.type, .status, .lastTransitionTime, .reason, .message]
        return ordered(order.map { ($0, condition[$0]) })
    }

    private static func reference(_ object: Value) -> Value {
        ordered([Key.kind, .name, .apiVersion].map { ($0, object[$0]) })
    }

    /// The field of a metric that its type names: "ContainerResource" → `containerResource`.
    private static func sourceKey(_ type: String) -> Key {
        Key(type.prefix(1).lowercased() + type.dropFirst())
    }

    // MARK: From the older version

    static func toV2(_ object: Value) -> Value {
        var result = withoutAnnotations(object)
        let annotations = object[.metadata][.annotations]
        var metrics = list(annotations[metricsKey]).map(newerMetric)
        var spec = object[.spec]
        let percentage = spec["targetCPUUtilizationPercentage"]
        spec["targetCPUUtilizationPercentage"] = .null
        if percentage.isNull, metrics.isEmpty { metrics = [utilization(80)] }
        if !percentage.isNull { metrics.append(utilization(percentage)) }
        spec[.metrics] = .array(metrics)
        if let text = annotations[behaviorKey].string, let parsed = try? JSON.parse(text) {
            let behavior = GoFields.lowered(parsed)
            if !behavior.fields.isEmpty { spec[.behavior] = behavior }
        }
        result[.spec] = spec
        var status = object[.status]
        status[.currentCPUUtilizationPercentage] = .null
        let current = list(annotations[statusesKey]).map(newerStatus)
        if !current.isEmpty { status[.currentMetrics] = .array(current) }
        let conditions = list(annotations[conditionsKey])
        if !conditions.isEmpty { status[.conditions] = .array(conditions) }
        result[.status] = status
        return result
    }

    private static func list(_ annotation: Value) -> [Value] {
        guard let text = annotation.string, let value = try? JSON.parse(text) else { return [] }
        return value.elements
    }

    private static func utilization(_ percentage: Value) -> Value {
        [
            .resource: [
                .name: "cpu", .target: [.averageUtilization: percentage, .type: "Utilization"],
            ], .type: "Resource",
        ]
    }

    private static func identifier(_ source: Value, selector: Key = .selector) -> Value {
        ordered([(.name, source["metricName"]), (.selector, source[selector])])
    }

    private static func target(
        _ type: String, value: Value = .null, average: Value = .null, utilization: Value = .null
    ) -> Value {
        ordered([
            (.averageUtilization, utilization), (.averageValue, average), (.type, Value(type)),
            (.value, value),
        ])
    }

    private static func newerMetric(_ metric: Value) -> Value {
        let type = metric.text(.type)
        let source = metric[sourceKey(type)]
        let (value, average) = (source["targetValue"], source["targetAverageValue"])
        let fields: [(Key, Value)]
        switch type {
        case "Object":
            let own = source[.averageValue]
            let isZero = value.isNull || value == "0"
            fields = [
                ("describedObject", source[.target]), ("metric", identifier(source)),
                (
                    .target,
                    own.isNull
                        ? target("Value", value: value)
                        : target("AverageValue", value: isZero ? .null : value, average: own)
                ),
            ]
        case "Pods":
            fields = [
                ("metric", identifier(source)),
                (.target, target("AverageValue", average: average)),
            ]
        case "External":
            fields = [
                ("metric", identifier(source, selector: "metricSelector")),
                (
                    .target,
                    target(
                        value.isNull ? "AverageValue" : "Value", value: value, average: average)
                ),
            ]
        default:
            let percentage = source["targetAverageUtilization"]
            fields = [
                ("container", source["container"]), (.name, source[.name]),
                (
                    .target,
                    target(
                        percentage.isNull ? "AverageValue" : "Utilization", average: average,
                        utilization: percentage)
                ),
            ]
        }
        return ordered([(sourceKey(type), ordered(fields)), (.type, Value(type))])
    }

    private static func newerStatus(_ metric: Value) -> Value {
        let type = metric.text(.type)
        if type.isEmpty { return metric }
        let source = metric[sourceKey(type)]
        let average = source["currentAverageValue"]
        let fields: [(Key, Value)]
        switch type {
        case "Object":
            fields = [
                (
                    .current,
                    ordered([
                        (.averageValue, source[.averageValue]), (.value, source["currentValue"]),
                    ])
                ),
                ("describedObject", source[.target]), ("metric", identifier(source)),
            ]
        case "Pods":
            fields = [
                (.current, ordered([(.averageValue, average)])), ("metric", identifier(source)),
            ]
        case "External":
            fields = [
                (
                    .current,
                    ordered([(.averageValue, average), (.value, source["currentValue"])])
                ), ("metric", identifier(source, selector: "metricSelector")),
            ]
        default:
            fields = [
                ("container", source["container"]),
                (
                    .current,
                    ordered([
                        (.averageUtilization, source["currentAverageUtilization"]),
                        (.averageValue, average),
                    ])
                ), (.name, source[.name]),
            ]
        }
        return ordered([(sourceKey(type), ordered(fields)), (.type, Value(type))])
    }
}

/// Objects with the names that Go's fields have: the annotation of the behaviour holds the server's own
/// form.
private enum GoFields {
    static func capitalized(_ value: Value) -> Value {
        renamed(value) { $0.prefix(1).uppercased() + $0.dropFirst() }
    }

    static func lowered(_ value: Value) -> Value {
        renamed(value) { $0.prefix(1).lowercased() + $0.dropFirst() }
    }

    private static func renamed(_ value: Value, _ rename: (String) -> String) -> Value {
        switch value {
        case .object(let object):
            var result = Object()
            for field in object where !field.value.isNull {
                result.set(Key(rename(field.key.name)), to: renamed(field.value, rename))
            }
            return .object(result)
        case .array(let elements): return .array(elements.map { renamed($0, rename) })
        default: return value
        }
    }
}
