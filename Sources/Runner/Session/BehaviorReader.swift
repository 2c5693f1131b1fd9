import Cluster
import Language
import Support
import Value

/// Reads a `behavior` statement: which containers it is for, and how they act.
///
/// The target is an image pattern (`nginx:*`), or `pod/NAME-PATTERN`, narrowed by `pod=…`,
/// `container=…` and `namespace=…`.
enum BehaviorReader {
    static let settings = [
        "startDelay", "readyAfter", "ready", "exitAfter", "exitCode", "outOfMemory", "pullFails",
        "stopAfter", "memory", "liveness", "readiness", "startup",
    ]

    static func read(
        _ target: [String], _ values: [BehaviorValue]
    ) throws -> (BehaviorPattern, ContainerBehavior) {
        var behavior = ContainerBehavior()
        for value in values { try set(value, &behavior) }
        return (try pattern(target), behavior)
    }

    private static func pattern(_ words: [String]) throws -> BehaviorPattern {
        var pattern = BehaviorPattern()
        for word in words {
            let halves = word.split(separator: "=", maxSplits: 1).map(String.init)
            if halves.count == 2 {
                switch halves[0] {
                case "image": pattern.image = halves[1]
                case "pod": pattern.pod = halves[1]
                case "container": pattern.container = halves[1]
                case "namespace": pattern.namespace = halves[1]
                default:
                    throw HostError(
                        "containers are not selected by `\(halves[0])`",
                        hint: "by image, pod, container or namespace")
                }
            } else if word.hasPrefix("pod/") || word.hasPrefix("pods/") {
                pattern.pod = word.split(separator: "/", maxSplits: 1).last.map(String.init)
            } else {
                // A name without tag stands for every tag.
                pattern.image = word.contains(":") || word.contains("*") ? word : "\(word)*"
            }
        }
        return pattern
    }

    private static func set(_ setting: BehaviorValue, _ behavior: inout ContainerBehavior) throws {
        switch setting.name {
        case "startDelay": behavior.startDelay = try duration(setting)
        case "readyAfter": behavior.readyAfter = try duration(setting)
        case "ready": behavior.isReady = try bool(setting)
        case "exitAfter": behavior.exitAfter = try duration(setting)
        case "exitCode":
            guard let code = setting.value.int, (0...255).contains(code) else {
                throw expected("an exit code from 0 to 255", setting)
            }
            behavior.exitCode = code
            if behavior.exitAfter == nil { behavior.exitAfter = 1_000 }
        case "outOfMemory":
            behavior.isOutOfMemory = try bool(setting)
            if behavior.exitAfter == nil { behavior.exitAfter = 1_000 }
        case "pullFails":
            if let text = setting.value.string {
                behavior.pullFailure = text
            } else if try bool(setting) {
                behavior.pullFailure = "not found"
            }
        case "stopAfter": behavior.stopAfter = try duration(setting)
        case "memory":
            guard let text = text(setting.value), let quantity = try? Quantity(parsing: text) else {
                throw expected("a quantity such as 128Mi", setting)
            }
            behavior.memoryUse = quantity.value
        case "liveness", "readiness", "startup":
            let kind = ProbeAnswer.Kind(rawValue: setting.name)!
            behavior.probes += try probes(setting, kind)
        default:
            let nearest = nearestName(to: setting.name, among: settings)
            throw HostError(
                "a behavior has no setting `\(setting.name)`",
                hint: nearest.map { "did you mean `\($0)`?" }
                    ?? "it has \(settings.joined(separator: ", "))", span: setting.span)
        }
    }

    /// `false`, or answers over time: `[{from: 0s, ok: true}, {from: 30s, ok: false}]`.
    private static func probes(
        _ setting: BehaviorValue, _ kind: ProbeAnswer.Kind
    ) throws -> [ProbeAnswer] {
        if let flag = setting.value.bool {
            return [ProbeAnswer(kind: kind, from: 0, succeeds: flag)]
        }
        guard case .array(let entries) = setting.value else {
            throw expected("true, false or a list such as [{from: 30s, ok: false}]", setting)
        }
        return try entries.map { entry in
            let from = entry["from"].isNull ? 0 : milliseconds(entry["from"])
            guard let from, let succeeds = entry["ok"].bool else {
                throw expected("a list such as [{from: 30s, ok: false}]", setting)
            }
            return ProbeAnswer(kind: kind, from: from, succeeds: succeeds)
        }
    }

    private static func text(_ value: Value) -> String? {
        if case .opaque(let opaque) = value { return opaque.text }
        return value.string ?? value.int.map(String.init)
    }

    private static func milliseconds(_ value: Value) -> Int64? {
        if let seconds = value.int { return Int64(seconds) * 1_000 }
        guard let text = text(value), let duration = try? Duration(parsing: text, allowsDays: true)
        else { return nil }
        return duration.milliseconds
    }

    private static func duration(_ setting: BehaviorValue) throws -> Int64 {
        guard let time = milliseconds(setting.value), time >= 0 else {
            throw expected("a duration such as 2s", setting)
        }
        return time
    }

    private static func bool(_ setting: BehaviorValue) throws -> Bool {
        guard let flag = setting.value.bool else { throw expected("true or false", setting) }
        return flag
    }

    private static func expected(_ what: String, _ setting: BehaviorValue) -> HostError {
        HostError(
            "`\(setting.name)` of a behavior is \(what), not a \(setting.value.typeName)",
            span: setting.span)
    }
}
