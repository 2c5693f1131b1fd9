import API
import Model
import Value

/// One line about a write, for `log` and for failure reports.
package enum WriteText {
    /// `12.345s pod/web-0 changed by kubelet, node-1: .status.phase Pending → Running`.
    package static func line(_ write: WriteRecord, kinds: KindRegistry) -> String {
        var text =
            "\(instant(write.time)) \(kinds[write.kind].singular)/\(write.key.name) \(verb(write)) "
            + "by \(write.actor.description)"
        if let key = write.syncing { text += " (syncing \(key))" }
        let fields = fields(write)
        return fields.isEmpty ? text : "\(text): \(fields)"
    }

    /// Virtual time with its thousandths: "12.345s".
    package static func instant(_ time: Milliseconds) -> String {
        "\(time / 1_000).\(String(1_000 + time % 1_000).dropFirst())s"
    }

    private static func verb(_ write: WriteRecord) -> String {
        switch write.type {
        case .added: "created"
        case .deleted: "deleted"
        case .modified: write.verb == .delete ? "marked for deletion" : "changed"
        }
    }

    private static func fields(_ write: WriteRecord) -> String {
        guard write.type == .modified, let old = write.old else { return "" }
        let differences = Diff.differences(from: old, to: write.object)
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
