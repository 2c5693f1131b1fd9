import Support
import Value

/// The TARGETS cell of a HorizontalPodAutoscaler: `cpu: 10%/50%, memory: <unknown>/1Gi`, at most two
/// metrics. Source: Kubernetes 1.36, pkg/printers/internalversion, formatHPAMetrics.
func autoscalerTargets(_ autoscaler: Value) -> String {
    let limit = 2
    let specs = autoscaler[.spec][.metrics].elements
    guard !specs.isEmpty else { return "<none>" }
    let list = specs.enumerated().map { index, spec in
        AutoscalerMetric(spec: spec, status: autoscaler[.status][.currentMetrics][index]).text
    }
    let shown = list.prefix(limit).joined(separator: ", ")
    return list.count > limit ? "\(shown) + \(list.count - limit) more..." : shown
}

/// One metric of a HorizontalPodAutoscaler with the state that belongs to it, or null.
struct AutoscalerMetric {
    /// "Resource", "ContainerResource", "Pods", "Object" or "External".
    let type: String
    /// The part of the metric that its type names.
    let source: Value
    /// What was measured, or null.
    let current: Value
    /// Whether there is a state of the same type.
    let hasStatus: Bool

    init(spec: Value, status: Value) {
        type = spec[.type].cellText
        let field = type.isEmpty ? "" : type.prefix(1).lowercased() + type.dropFirst()
        source = spec[field]
        hasStatus = !status[field].isNull
        current = status[field][.current]
    }

    /// The wanted amounts.
    var target: Value { source[.target] }

    /// Whether an average over the pods is wanted.
    var wantsAverageValue: Bool { !target[.averageValue].isNull }

    /// What is measured of `field`, or `<unknown>` where nothing is known yet.
    func measured(_ field: Key) -> String {
        guard hasStatus else { return "<unknown>" }
        let isOptional = field == .averageValue && (type == "External" || type == "Object")
        return isOptional && current[field].isNull ? "<unknown>" : current[field].quantityText
    }

    /// `10%`, or `<unknown>`.
    var measuredUtilization: String {
        current[.averageUtilization].int.map { "\($0)%" } ?? "<unknown>"
    }

    /// `50%`, or `<auto>`.
    var wantedUtilization: String {
        target[.averageUtilization].int.map { "\($0)%" } ?? "<auto>"
    }

    fileprivate var text: String {
        switch type {
        case "Resource", "ContainerResource":
            let name = source[.name].cellText
            return wantsAverageValue
                ? "\(name): \(measured(.averageValue))/\(target[.averageValue].quantityText)"
                : "\(name): \(measuredUtilization)/\(wantedUtilization)"
        case "Pods":
            return "\(measured(.averageValue))/\(target[.averageValue].quantityText)"
        case "Object", "External":
            return wantsAverageValue
                ? "\(measured(.averageValue))/\(target[.averageValue].quantityText) (avg)"
                : "\(measured(.value))/\(target[.value].quantityText)"
        default:
            return "<unknown type>"
        }
    }
}
