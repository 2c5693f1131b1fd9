import Model
import Support
import Value

extension KindPrinter {
    static let horizontalPodAutoscaler = KindPrinter(
        table: .horizontalPodAutoscaler, description: .horizontalPodAutoscaler)
}

extension Table {
    static let horizontalPodAutoscaler = Table(
        .name,
        TableColumn("REFERENCE") { object, _ in
            let target = object[.spec][.scaleTargetRef]
            return "\(target[.kind].cellText)/\(target[.name].cellText)"
        },
        TableColumn("TARGETS") { object, _ in autoscalerTargets(AutoscalerVersions.asV2(object))
        },
        .text("MINPODS", or: "<unset>") { $0[.spec][.minReplicas] },
        .int("MAXPODS") { $0[.spec][.maxReplicas] },
        .int("REPLICAS") { $0[.status][.currentReplicas] },
        .age)
}

extension Description {
    static let horizontalPodAutoscaler = Description { object, _, writer in
        let autoscaler = AutoscalerVersions.asV2(object)
        let spec = autoscaler[.spec]
        let status = autoscaler[.status]
        let target = spec[.scaleTargetRef]
        writer.heading(autoscaler)
        writer.labelsAndAnnotations(autoscaler)
        writer.creation(autoscaler)
        writer.line(0, "Reference:\t\(target[.kind].cellText)/\(target[.name].cellText)")
        writer.line(0, "Metrics:\t( current / target )")
        for (index, metric) in spec[.metrics].elements.enumerated() {
            writer.metric(
                AutoscalerMetric(spec: metric, status: status[.currentMetrics][index]))
        }
        writer.line(0, "Min replicas:\t\(spec[.minReplicas].cellText(or: "<unset>"))")
        writer.line(0, "Max replicas:\t\(spec[.maxReplicas].cellInt)")
        let behavior = spec[.behavior]
        if !behavior.isNull {
            writer.line(0, "Behavior:")
            writer.scalingRules("Scale Up", behavior[.scaleUp])
            writer.scalingRules("Scale Down", behavior[.scaleDown])
        }
        writer.line(
            0,
            "\(target[.kind].cellText) pods:\t\(status[.currentReplicas].cellInt) current"
                + " / \(status[.desiredReplicas].cellInt) desired")
        writer.autoscalerConditions(status[.conditions].elements)
    }
}

extension DescriptionWriter {
    fileprivate mutating func metric(_ metric: AutoscalerMetric) {
        let name = metric.source["metric"][.name].cellText
        let quoted = JSON.text(Value(name))
        switch metric.type {
        case "External":
            let kind = metric.wantsAverageValue ? "target average value" : "target value"
            line(1, "\(quoted) (\(kind)):\t\(amounts(metric, metric.wantsAverageValue))")
        case "Pods":
            line(1, "\(quoted) on pods:\t\(amounts(metric, true))")
        case "Object":
            let object = metric.source["describedObject"]
            let isAverage = metric.target[.type].string == "AverageValue"
            let kind = isAverage ? "target average value" : "target value"
            line(
                1,
                "\"\(name)\" on \(object[.kind].cellText)/\(object[.name].cellText) "
                    + "(\(kind)):\t\(amounts(metric, isAverage))")
        case "Resource":
            resourceMetric("resource \(metric.source[.name].cellText) on pods", metric)
        case "ContainerResource":
            let container = metric.source["container"].cellText
            resourceMetric(
                "resource \(metric.source[.name].cellText) of container \"\(container)\" on pods",
                metric)
        default:
            line(1, "<unknown metric type \(JSON.text(Value(metric.type)))>")
        }
    }

    private func amounts(_ metric: AutoscalerMetric, _ isAverage: Bool) -> String {
        let field = isAverage ? Key.averageValue : .value
        return "\(metric.measured(field)) / \(metric.target[field].quantityText)"
    }

    private mutating func resourceMetric(_ title: String, _ metric: AutoscalerMetric) {
        write(1, title)
        guard !metric.wantsAverageValue else { return line(0, ":\t\(amounts(metric, true))") }
        var current = metric.measuredUtilization
        if current != "<unknown>" {
            current += " (\(metric.current[.averageValue].quantityText))"
        }
        // kubectl begins this part as if it were a line: two blanks.
        line(1, "(as a percentage of request):\t\(current) / \(metric.wantedUtilization)")
    }

    fileprivate mutating func scalingRules(_ title: String, _ rules: Value) {
        guard !rules.isNull else { return }
        line(1, "\(title):")
        if let seconds = rules[.stabilizationWindowSeconds].int {
            line(2, "Stabilization Window: \(seconds) seconds")
        }
        let policies = rules[.policies].elements
        guard !policies.isEmpty else { return }
        line(2, "Select Policy: \(rules[.selectPolicy].cellText(or: "Max"))")
        line(2, "Policies:")
        for policy in policies {
            line(
                3,
                "- Type: \(policy[.type].cellText)\tValue: \(policy[.value].cellInt)\t"
                    + "Period: \(policy[.periodSeconds].cellInt) seconds")
        }
    }

    fileprivate mutating func autoscalerConditions(_ conditions: [Value]) {
        guard !conditions.isEmpty else { return }
        line(0, "Conditions:")
        line(1, "Type\tStatus\tReason\tMessage")
        line(1, "----\t------\t------\t-------")
        for condition in conditions {
            line(
                1,
                "\(condition[.type].cellText)\t\(condition[.status].cellText)\t"
                    + "\(condition[.reason].cellText)\t\(condition[.message].cellText)")
        }
    }
}
