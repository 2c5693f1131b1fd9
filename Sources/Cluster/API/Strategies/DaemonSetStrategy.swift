import Model
import Value

extension KindStrategy {
    static let daemonSet = with { strategy in
        strategy.initialStatus = [
            .currentNumberScheduled: 0, .desiredNumberScheduled: 0, .numberMisscheduled: 0,
            .numberReady: 0,
        ]
        strategy.completeNew = { set, _, _, _ in setTemplateGeneration(&set, old: nil) }
        strategy.carryOver = { set, old in setTemplateGeneration(&set, old: old) }
    }

    /// Counts the templates that a DaemonSet had, in the annotation by which apps/v1 shows the field
    /// of extensions/v1beta1; its pods carry the number as a label. Clients cannot change it.
    /// Source: the daemonset strategy and the apps/v1 conversion.
    private static func setTemplateGeneration(_ set: inout Value, old: Value?) {
        let key = WellKnown.deprecatedTemplateGeneration
        let before = old?[.metadata][.annotations][key].string.flatMap { Int($0) } ?? 0
        let isNew = old.map { $0[.spec][.template] != set[.spec][.template] } ?? true
        set[.metadata][.annotations][key] = Value(String(isNew ? before + 1 : before))
    }
}
