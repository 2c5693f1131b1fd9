import Cluster
import Model
import Value

extension Verb {
    /// `log`: the committed writes, who made them, and in answer to what.
    static let log: Verb = {
        var verb = Verb("log", group: .world, summary: "Show what was written, when and by whom")
        verb.usage = "[TYPE/NAME …] [--since 30s] [--tail 20] [--events]"
        verb.examples = ["log", "log deployment/web", "log --since 10s"]
        verb.flags = [
            Flag("since", nil, .duration, "only writes of so long ago at most"),
            Flag("tail", nil, .int, "only so many, the last ones", standard: "40"),
            Flag("events", nil, .bool, "also the writes of Event objects"),
        ]
        verb.completes = .resources
        verb.run = showLog
        return verb
    }()

    private static func showLog(_ call: VerbCall) throws {
        let cluster = call.context.cluster
        var wanted: [ResourceSelection.ObjectReference] = []
        var kinds: [Kind] = []
        for word in call.arguments {
            switch try call.resources.parse([word]) {
            case .objects(let objects): wanted += objects
            case .kinds(let infos): kinds += infos.map(\.kind)
            }
        }
        let since = call.flags.milliseconds("since").map { cluster.clock.now - $0 } ?? .min
        let lines = cluster.log.changes(after: 0).filter { change in
            change.time >= since
                && (call.flags.bool("events") || kinds.contains(.event) || change.kind != .event)
                && (call.arguments.isEmpty || kinds.contains(change.kind)
                    || wanted.contains {
                        $0.info.kind == change.kind && $0.name == change.object.name
                    })
        }
        for change in lines.suffix(call.flags.int("tail")) {
            call.context.output.line(ChangeText.line(change, in: cluster))
        }
    }
}

/// One line about a write, for `log` and for failure reports.
package enum ChangeText {
    /// `12.345s pod/web-0 changed by kubelet, node-1: .status.phase Pending → Running`.
    package static func line(_ change: Change, in cluster: SimulatedCluster) -> String {
        let info = cluster.api.kinds[change.kind]
        let actor = cluster.actor(change.cause.actor).description
        var text =
            "\(instant(change.time)) \(info.singular)/\(change.object.name) \(verb(change)) by \(actor)"
        if let key = change.cause.key { text += " (syncing \(key))" }
        let fields = fields(change)
        return fields.isEmpty ? text : "\(text): \(fields)"
    }

    /// Virtual time with its thousandths: "12.345s".
    package static func instant(_ time: Milliseconds) -> String {
        "\(time / 1_000).\(String(1_000 + time % 1_000).dropFirst())s"
    }

    private static func verb(_ change: Change) -> String {
        switch change.type {
        case .added: "created"
        case .deleted: "deleted"
        case .modified: change.cause.verb == .delete ? "marked for deletion" : "changed"
        }
    }

    private static func fields(_ change: Change) -> String {
        guard change.type == .modified, let old = change.old else { return "" }
        let differences = Diff.differences(from: old.value, to: change.object.value)
        let shown = differences.prefix(3).map {
            "\($0.path.text) \(brief($0.old)) → \(brief($0.new))"
        }
        let more = differences.count > 3 ? " and \(differences.count - 3) more" : ""
        return shown.joined(separator: ", ") + more
    }

    private static func brief(_ value: Value?) -> String {
        guard let value else { return "none" }
        let text = value.string ?? JSON.text(value)
        return text.count > 40 ? text.prefix(39) + "…" : text
    }
}
