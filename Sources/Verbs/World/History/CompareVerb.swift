import Model
import Support
import Value

extension Verb {
    /// `compare before now`.
    static let compare: Verb = {
        var verb = Verb("compare", group: .world, summary: "Show how two worlds differ")
        verb.usage = "A B [--all]"
        verb.examples = ["compare before now", "compare 10s now", "compare now canary"]
        verb.flags = [
            Flag(
                "all", nil, .bool,
                "also events, generations, heartbeats and every field of a long difference")
        ]
        verb.advancesTime = true
        verb.movesInTime = true
        verb.completes = .words(["now"])
        verb.run = { call in
            guard call.arguments.count == 2 else {
                throw VerbError.message(
                    "compare takes two of: now, an instant such as 10s, the name of a snapshot or branch"
                )
            }
            let differences = try call.context.past().differences(
                from: call.arguments[0], to: call.arguments[1])
            var report = DifferenceReport(
                showsAll: call.flags.bool("all"), namespace: call.context.namespace)
            for difference in differences { report.add(difference) }
            call.context.output.write(report.text.isEmpty ? "no differences\n" : report.text)
        }
        return verb
    }()
}

/// The differences of two worlds as people read them.
private struct DifferenceReport {
    let showsAll: Bool
    let namespace: String
    var text = ""

    /// How many fields of an object are shown.
    private static let most = 12

    mutating func add(_ difference: ObjectDifference) {
        if !showsAll, difference.info.kind == .event { return }
        let name = name(of: difference)
        guard let old = difference.old else {
            text += "+ \(name)\n"
            return
        }
        guard let new = difference.new else {
            text += "- \(name)\n"
            return
        }
        let isAnew = old[.metadata].text(.uid) != new[.metadata].text(.uid)
        let fields = Diff.differences(from: old, to: new, mergeKeys: Self.mergeKeys).filter {
            showsAll || !Self.isNoise($0.path) && !(isAnew && $0.path.text == ".metadata.uid")
        }
        guard isAnew || !fields.isEmpty else { return }
        text += "~ \(name)\(isAnew ? " (another object of that name)" : "")\n"
        let shown = showsAll ? fields.count : min(fields.count, Self.most)
        for field in fields.prefix(shown) {
            text += "    \(field.path.text): \(Self.brief(field.old)) → \(Self.brief(field.new))\n"
        }
        if fields.count > shown { text += "    … and \(fields.count - shown) more (--all)\n" }
    }

    private func name(of difference: ObjectDifference) -> String {
        let key = difference.key
        let place =
            key.namespace.isEmpty || key.namespace == namespace ? "" : "@\(key.namespace)"
        return "\(difference.info.singular)/\(key.name)\(place)"
    }

    /// The fields that tell the items of a list apart.
    private static func mergeKeys(_ path: FieldPath) -> [Key] {
        guard case .field(let key)? = path.segments.last(where: { $0 != .all }) else {
            return [.name]
        }
        return switch key {
        case .conditions: [.type]
        case .volumeMounts: [.mountPath]
        case .taints, .tolerations: [.key]
        default: [.name]
        }
    }

    /// What changes with every write, or with time alone.
    private static func isNoise(_ path: FieldPath) -> Bool {
        guard case .field(let last)? = path.segments.last else { return false }
        return switch last {
        case .resourceVersion, .managedFields, .generation, .observedGeneration, .lastHeartbeatTime,
            .lastProbeTime, .lastUpdateTime:
            true
        default: false
        }
    }

    private static func brief(_ value: Value?) -> String {
        guard let value else { return "none" }
        let text = value.string ?? JSON.text(value)
        return text.count > 60 ? text.prefix(59) + "…" : text
    }
}
