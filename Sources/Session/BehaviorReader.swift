import Cluster
import Language
import Model
import Support
import Value

/// Reads a `behavior` statement: which containers it is for, and how they act.
///
/// The target is an image pattern (`nginx:*`), `pod/NAME-PATTERN` or a workload (`statefulset/web`),
/// narrowed by `pod=…`, `ordinal=…`, `container=…` and `namespace=…`.
enum BehaviorReader {
    static let settings = BehaviorSettings.names(of: .containers)

    static func read(
        _ target: [String], _ values: [BehaviorValue], kinds: KindRegistry
    ) throws -> (BehaviorPattern, ContainerBehavior) {
        var behavior = ContainerBehavior()
        for value in values { try set(value, &behavior) }
        return (try pattern(target, kinds), behavior)
    }

    private static func pattern(
        _ words: [String], _ kinds: KindRegistry
    ) throws -> BehaviorPattern {
        var pattern = BehaviorPattern()
        var said: [String: String] = [:]
        for word in words {
            let part = part(of: word, kinds)
            if let other = said.updateValue(word, forKey: part) {
                throw HostError(
                    "a behavior is for one \(part), not for `\(other)` and `\(word)`",
                    hint: kinds.kind(named: other) != nil
                        ? "did you mean `\(other)/\(word)`?"
                        : "write one statement for each")
            }
            let halves = word.split(separator: "=", maxSplits: 1).map(String.init)
            if halves.count == 2 {
                switch halves[0] {
                case "image": pattern.image = halves[1]
                case "pod": pattern.pod = halves[1]
                case "container": pattern.container = halves[1]
                case "namespace": pattern.namespace = halves[1]
                case "ordinal":
                    guard let ordinal = Int(halves[1]), ordinal >= 0 else {
                        throw HostError(
                            "an ordinal is a number from 0, not `\(halves[1])`",
                            hint: "as in: behavior statefulset/web ordinal=0 { ready: false }")
                    }
                    pattern.ordinal = ordinal
                default:
                    throw HostError(
                        "containers are not selected by `\(halves[0])`",
                        hint: "by image, pod, ordinal, container or namespace")
                }
            } else if let owner = owner(word, kinds) {
                pattern.owner = owner
            } else if let name = podName(word) {
                pattern.pod = name
            } else {
                pattern.image = word
            }
        }
        return pattern
    }

    /// What a word of the target narrows.
    private static func part(of word: String, _ kinds: KindRegistry) -> String {
        if let equals = word.firstIndex(of: "=") { return String(word[..<equals]) }
        if owner(word, kinds) != nil { return "workload" }
        return podName(word) != nil ? "pod" : "image"
    }

    /// `pod/web-*`: the name of a pod.
    private static func podName(_ word: String) -> String? {
        ["pod/", "pods/", "po/"].first { word.hasPrefix($0) }.map {
            String(word.dropFirst($0.count))
        }
    }

    /// `statefulset/web`, `deploy/web`: a workload by any name that kubectl takes for its kind.
    private static func owner(_ word: String, _ kinds: KindRegistry) -> BehaviorPattern.Owner? {
        let halves = word.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, !word.contains(":"),
            let kind = kinds.kind(named: String(halves[0])), kinds[kind].makesPods
        else { return nil }
        return BehaviorPattern.Owner(kind: kinds[kind].name, name: String(halves[1]))
    }

    private static func set(_ setting: BehaviorValue, _ behavior: inout ContainerBehavior) throws {
        switch setting.name {
        case "startDelay": behavior.startDelay = try duration(setting)
        case "readyAfter": behavior.readyAfter = try duration(setting)
        case "ready": behavior.isReady = try bool(setting)
        case "exitAfter": behavior.exitAfter = try duration(setting)
        case "exitCode": behavior.exitCode = try number(setting, 0...255, "an exit code")
        case "exitTimes": behavior.exitTimes = try number(setting, 0...1_000_000, "a count")
        case "message": behavior.terminationMessage = try words(setting)
        case "outOfMemory": behavior.isOutOfMemory = try bool(setting)
        case "pullFails": behavior.pullFailure = try failure(setting, otherwise: "not found")
        case "pullTime": behavior.pullTime = try duration(setting)
        case "startFails":
            behavior.startFailure = try failure(
                setting, otherwise: "exec: \"/app\": stat /app: no such file or directory")
        case "stopAfter": behavior.stopAfter = try duration(setting)
        case "postStart": behavior.postStart = try hook(setting)
        case "preStop": behavior.preStop = try hook(setting)
        case "memory": behavior.memory = try usage(setting)
        case "disk": behavior.disk = try usage(setting)
        case "listens": behavior.listens = try ports(setting)
        case "http": behavior.http = try http(setting)
        case "logs": behavior.logs = try logs(setting)
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
        let ends = behavior.exitCode != nil || behavior.isOutOfMemory == true
        if ends, behavior.exitAfter == nil { behavior.exitAfter = 1_000 }
    }
}

// What the values of settings are.
extension BehaviorReader {
    /// `false`, or answers over time: `[{from: 0s, ok: true}, {from: 30s, ok: false}]`.
    private static func probes(
        _ setting: BehaviorValue, _ kind: ProbeAnswer.Kind
    ) throws -> [ProbeAnswer] {
        if let flag = setting.value.bool {
            return [ProbeAnswer(kind: kind, from: 0, succeeds: flag)]
        }
        let form = "true, false or a list such as [{from: 30s, ok: false}]"
        return try steps(setting, form, ["from", "ok", "takes", "message"]).map { entry in
            guard let from = time(entry["from"]), let takes = time(entry["takes"]) else {
                throw expected(form, setting)
            }
            return ProbeAnswer(
                kind: kind, from: from, succeeds: try flag(entry["ok"], form, setting),
                takes: takes, message: try message(entry["message"], form, setting))
        }
    }

    /// `128Mi`, or amounts over time: `[{from: 0s, use: 100Mi}, {from: 1m, use: 2Gi}]`.
    private static func usage(_ setting: BehaviorValue) throws -> [Usage] {
        if let amount = amount(setting.value) { return [Usage(from: 0, amount: amount)] }
        let form = "a quantity such as 128Mi or a list such as [{from: 1m, use: 2Gi}]"
        return try steps(setting, form, ["from", "use"]).map { entry in
            guard let from = time(entry["from"]), let amount = amount(entry["use"]) else {
                throw expected(form, setting)
            }
            return Usage(from: from, amount: amount)
        }
    }

    /// `5s`, `false`, or `{takes: 5s, ok: false}`.
    private static func hook(_ setting: BehaviorValue) throws -> HookBehavior {
        if let flag = setting.value.bool { return HookBehavior(succeeds: flag) }
        if let takes = milliseconds(setting.value), takes >= 0 { return HookBehavior(takes: takes) }
        let form = "a duration such as 5s, false or a map such as {takes: 5s, ok: false}"
        guard case .object(let entry) = setting.value,
            entry.allSatisfy({ ["takes", "ok"].contains($0.key.name) })
        else { throw expected(form, setting) }
        let takes = setting.value["takes"]
        guard takes.isNull || time(takes) != nil else { throw expected(form, setting) }
        return HookBehavior(
            takes: takes.isNull ? nil : time(takes),
            succeeds: try flag(setting.value["ok"], form, setting))
    }

    /// Whether it goes well; it does where nothing is said.
    private static func flag(
        _ value: Value, _ form: String, _ setting: BehaviorValue
    ) throws -> Bool {
        if value.isNull { return true }
        guard let flag = value.bool else { throw expected(form, setting) }
        return flag
    }

    private static func message(
        _ value: Value, _ form: String, _ setting: BehaviorValue
    ) throws -> String? {
        if value.isNull { return nil }
        guard let text = value.string else { throw expected(form, setting) }
        return text
    }

    /// The maps of a list, with none but the known keys.
    private static func steps(
        _ setting: BehaviorValue, _ form: String, _ known: [String]
    ) throws -> [Value] {
        guard case .array(let entries) = setting.value else { throw expected(form, setting) }
        for entry in entries {
            guard case .object(let fields) = entry else { throw expected(form, setting) }
            for field in fields where !known.contains(field.key.name) {
                throw HostError(
                    "a step of `\(setting.name)` has no `\(field.key.name)`",
                    hint: "it has \(known.joined(separator: ", "))", span: setting.span)
            }
        }
        return entries
    }

    /// Whether something fails, or with which words; empty where it does not.
    static func failure(
        _ setting: BehaviorValue, otherwise words: String
    ) throws -> String {
        if let text = setting.value.string { return text }
        return try bool(setting) ? words : ""
    }

    private static func words(_ setting: BehaviorValue) throws -> String {
        guard let text = setting.value.string else { throw expected("a text", setting) }
        return text
    }

    static func number(
        _ setting: BehaviorValue, _ range: ClosedRange<Int>, _ what: String
    ) throws -> Int {
        guard let number = setting.value.int, range.contains(number) else {
            throw expected("\(what) from \(range.lowerBound) to \(range.upperBound)", setting)
        }
        return number
    }

    private static func text(_ value: Value) -> String? {
        if case .opaque(let opaque) = value { return opaque.text }
        return value.string ?? value.int.map(String.init)
    }

    private static func amount(_ value: Value) -> Int64? {
        guard let text = text(value), let quantity = try? Quantity(parsing: text) else {
            return nil
        }
        // More than a petabyte is a slip, and would not add up.
        return 0...1_000_000_000_000_000 ~= quantity.value ? quantity.value : nil
    }

    static func milliseconds(_ value: Value) -> Int64? {
        // A bare number has no unit: whoever writes 5 may mean seconds or milliseconds.
        if let number = value.int { return number == 0 ? 0 : nil }
        guard let text = text(value), let duration = try? Duration(parsing: text, allowsDays: true)
        else { return nil }
        return Int64(atMost: duration.milliseconds)
    }

    /// A time from 0 on; 0 where there is none.
    private static func time(_ value: Value) -> Int64? {
        if value.isNull { return 0 }
        return milliseconds(value).flatMap { $0 < 0 ? nil : $0 }
    }

    static func duration(_ setting: BehaviorValue) throws -> Int64 {
        guard let time = milliseconds(setting.value), time >= 0 else {
            throw expected("a duration such as 2s", setting)
        }
        return time
    }

    static func bool(_ setting: BehaviorValue) throws -> Bool {
        guard let flag = setting.value.bool else { throw expected("true or false", setting) }
        return flag
    }

    private static func shown(_ value: Value) -> String {
        text(value) ?? (value.isNull ? "null" : "a \(value.typeName)")
    }

    static func expected(_ what: String, _ setting: BehaviorValue) -> HostError {
        HostError(
            "`\(setting.name)` of a behavior is \(what), not \(shown(setting.value))",
            span: setting.span)
    }
}
