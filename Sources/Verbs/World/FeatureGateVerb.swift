import API
import Support

extension Verb {
    /// `feature-gate MaxUnavailableStatefulSet=true`.
    static let featureGate: Verb = {
        var verb = Verb(
            "feature-gate", group: .world,
            summary: "Open or shut a feature gate of the whole control plane")
        verb.usage = "NAME=true|false …"
        verb.examples = ["feature-gate MaxUnavailableStatefulSet=true"]
        verb.completes = .words(FeatureGate.allCases.map { $0.rawValue + "=" })
        verb.run = { call in
            guard !call.arguments.isEmpty else {
                throw VerbError.message(
                    "feature-gate takes gates as in: feature-gate MaxUnavailableStatefulSet=true")
            }
            var settings: [String: Bool] = [:]
            for word in call.arguments {
                let (gate, isOn) = try gateSetting(word)
                settings[gate.rawValue] = isOn
            }
            try call.context.session.setFeatureGates(settings)
        }
        return verb
    }()

    /// One `NAME=true`.
    private static func gateSetting(_ word: String) throws(VerbError) -> (FeatureGate, Bool) {
        let halves = word.split(separator: "=", maxSplits: 1).map(String.init)
        guard halves.count == 2, let isOn = Bool(halves[1]) else {
            throw .message("a feature gate is set with NAME=true or NAME=false; found \(word)")
        }
        guard let gate = FeatureGate(rawValue: halves[0]) else {
            let names = FeatureGate.allCases.map(\.rawValue)
            let hint = nearestName(to: halves[0], among: names) ?? names.joined(separator: ", ")
            throw .message(
                "no feature gate \(halves[0]) changes anything here; there is \(hint)")
        }
        return (gate, isOn)
    }
}
