import Cluster
import Language
import Model
import Support
import Value
import YAML

/// Reads `behavior kind/NAME { … }`: how the operator of a kind acts.
enum OperatorBehaviorReader {
    static let settings = BehaviorSettings.names(of: .operator)

    /// Which objects of which kind a target names.
    struct Target {
        let kind: String
        var name = "*"
        var namespace = "*"
    }

    /// What the target names; nil where it names no kind.
    static func target(_ words: [String], kinds: KindRegistry) throws -> Target? {
        guard let first = words.first, first.hasPrefix("kind/") else { return nil }
        var target = Target(kind: String(first.dropFirst("kind/".count)))
        if let kind = kinds.kind(named: target.kind), kind == .pod || kinds[kind].makesPods {
            throw HostError(
                "the simulator plays the controller of \(kinds[kind].plural) itself",
                hint: "`behavior kind/NAME` is for custom kinds, which have no controller")
        }
        for word in words.dropFirst() {
            let halves = word.split(separator: "=", maxSplits: 1).map(String.init)
            switch (halves.first, halves.count) {
            case ("name"?, 2): target.name = halves[1]
            case ("namespace"?, 2): target.namespace = halves[1]
            default:
                throw HostError(
                    "objects of a kind are not selected by `\(word)`",
                    hint: "by name=… and namespace=…")
            }
        }
        return target
    }

    static func read(_ values: [BehaviorValue]) throws -> OperatorBehavior {
        var behavior = OperatorBehavior()
        for value in values {
            switch value.name {
            case "after": behavior.after = try BehaviorReader.duration(value)
            case "creates": behavior.creates = try manifests(value)
            case "deletes": behavior.deletes = try names(value)
            case "status": behavior.status = try map(value)
            case "whenReady": behavior.whenReady = try map(value)
            case "fails":
                behavior.failure = try BehaviorReader.failure(value, otherwise: "it does not work")
            case "failTimes":
                behavior.failTimes = try BehaviorReader.number(value, 0...1_000_000, "a count")
            default:
                let nearest = nearestName(to: value.name, among: settings)
                throw HostError(
                    "the behavior of an operator has no setting `\(value.name)`",
                    hint: nearest.map { "did you mean `\($0)`?" }
                        ?? "it has \(settings.joined(separator: ", "))", span: value.span)
            }
        }
        return behavior
    }

    private static func map(_ setting: BehaviorValue) throws -> Value {
        guard case .object = setting.value else {
            throw BehaviorReader.expected("a map such as {phase: \"Ready\"}", setting)
        }
        return setting.value
    }

    private static func names(_ setting: BehaviorValue) throws -> [String] {
        let form = "a name such as \"configmap/old\", or a list of them"
        let values = setting.value.string.map { [Value($0)] } ?? setting.value.elements
        let names = values.compactMap(\.string)
        guard !names.isEmpty, names.count == values.count,
            names.allSatisfy({ $0.contains("/") })
        else { throw BehaviorReader.expected(form, setting) }
        return names
    }

    /// One manifest as a map, several in a list, or a text of YAML.
    private static func manifests(_ setting: BehaviorValue) throws -> [Value] {
        let form = "a manifest: a map, a list of them, or a text of YAML"
        var values: [Value]
        if let text = setting.value.string {
            let stream = YAML.read(text)
            if let error = stream.error {
                throw HostError(
                    "`creates` cannot be read: \(error.message)", span: setting.span)
            }
            values = stream.documents.map(\.value)
        } else if case .object = setting.value {
            values = [setting.value]
        } else {
            values = setting.value.elements
        }
        let isComplete = values.allSatisfy {
            !$0.text(.apiVersion).isEmpty && !$0.text(.kind).isEmpty
        }
        guard !values.isEmpty, isComplete else { throw BehaviorReader.expected(form, setting) }
        return values
    }
}
