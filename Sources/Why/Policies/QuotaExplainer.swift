import API
import Cluster
import Model
import Value

/// A quota: how much of it is used up, and by what.
enum QuotaExplainer: Explainer {
    static let kinds = [Kind.resourceQuota]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        let rows = rows(object)
        let full = rows.filter(\.isFull)
        let table = Finding.Table(
            ["RESOURCE", "USED", "HARD"], rows.map { [$0.name, $0.used, $0.hard] })
        guard !full.isEmpty else {
            return Finding(
                inquiry.name(object), "has room", state: .fine, table: rows.isEmpty ? nil : table)
        }
        return Finding(
            inquiry.name(object), "is used up",
            inquiry.list(full.map { "\($0.name) \($0.used) of \($0.hard)" }), table: table,
            hints: [hint(object, full[0], inquiry)])
    }

    /// The quota as the cause of a refusal, whose words say what was asked for.
    static func full(_ object: StoredObject, _ message: String, _ inquiry: Inquiry) -> Finding {
        let rows = rows(object)
        if message.contains("failed quota") { return demanding(object, message, inquiry) }
        let asked = rows.filter {
            message.contains("limited: \($0.name)=") || $0.isNamed(in: message)
        }
        let shown = asked.isEmpty ? rows.filter(\.isFull) : asked
        let words = shown.map { "\($0.name) \($0.used) of \($0.hard) used" }
        return Finding(
            inquiry.name(object), "leaves no room", inquiry.list(words),
            hints: shown.first.map { [hint(object, $0, inquiry)] } ?? [])
    }

    /// "failed quota: q: must specify cpu for: c".
    private static func demanding(
        _ object: StoredObject, _ message: String, _ inquiry: Inquiry
    ) -> Finding {
        Finding(
            inquiry.name(object), "counts what the pods do not say",
            message.components(parted: "failed quota: ").last.map(String.init) ?? message,
            hints: [
                Finding.Hint(
                    "",
                    "give the containers requests (or limits), or the namespace a LimitRange with "
                        + "defaults")
            ])
    }

    // MARK: Rows

    struct Row {
        let name: String
        let used: String
        let hard: String
        let isFull: Bool

        /// Whether a message such as "requested: pods=1, used: pods=2, limited: pods=2" names it.
        func isNamed(in message: String) -> Bool {
            message.contains("requested: \(name)=") || message.contains(",\(name)=")
        }
    }

    static func rows(_ object: StoredObject) -> [Row] {
        let status = object.value[.status]
        let hard = status["hard"].isNull ? object.value[.spec]["hard"] : status["hard"]
        return hard.fields.sortedByName.map { field in
            let used = status["used"][field.key]
            let isFull =
                (Quantity(used) ?? .zero) >= (Quantity(field.value) ?? .zero)
            return Row(
                name: field.key.name, used: text(used), hard: text(field.value), isFull: isFull)
        }
    }

    private static func text(_ value: Value) -> String {
        value.string ?? value.int.map(String.init) ?? "0"
    }

    private static func hint(
        _ object: StoredObject, _ row: Row, _ inquiry: Inquiry
    ) -> Finding.Hint {
        let doubled = (try? Quantity(parsing: row.hard)).flatMap { quantity in
            (try? Quantity(parsing: "2")).flatMap { quantity.multiplied(by: $0)?.text }
        }
        return Finding.Hint(
            inquiry.command(
                "patch quota \(object.name) -p "
                    + "'{\"spec\":{\"hard\":{\"\(row.name)\":\"\(doubled ?? row.hard)\"}}}'",
                in: object.namespace), "allows twice as much")
    }
}
