import Support

/// The text of a pod that does not fit: `0/3 nodes are available: 1 Insufficient cpu, 2 node(s)
/// ….`, with what the scheduler had to say of help by 1.36: ` no new claims to deallocate,
/// preemption: 0/3 nodes are available: ….`, or ` not found` where no node was looked at.
struct SchedulingMessage {
    /// What stands before the message in its line.
    var lead: String
    /// What stands after it.
    var tail: String
    /// How many nodes the cluster has.
    var nodes: Int
    /// Reasons with the number of nodes each holds for; nil where a reason holds for the pod
    /// itself.
    var reasons: [(count: Int?, text: String)]
    /// The text after `preemption: `, without the final period.
    var preemption: String?
    /// Whether no help was looked for, as no node was looked at.
    var isWithoutHelp = false

    private static let helpMark = ". no new claims to deallocate, preemption: "
    private static let noHelpMark = ". not found"
    private static let start = TextReplacement("0/([0-9]+) nodes are available: ", "")

    /// Finds the message in a line.
    init?(_ line: String) {
        guard let groups = Self.start.groups(in: line), let nodes = Int(groups[1]),
            let hit = line.range(of: groups[0])
        else { return nil }
        lead = String(line[..<hit.lowerBound])
        self.nodes = nodes
        var rest = String(line[hit.upperBound...])
        tail = ""
        if rest.hasSuffix(Self.noHelpMark) {
            rest.removeLast(Self.noHelpMark.count)
            isWithoutHelp = true
        } else if let mark = rest.range(of: Self.helpMark) {
            var text = String(rest[mark.upperBound...])
            rest = String(rest[..<mark.lowerBound])
            if text.hasSuffix(".") { text.removeLast() }
            preemption = text
        } else {
            guard let end = rest.lastIndex(of: ".") else { return nil }
            tail = String(rest[rest.index(after: end)...])
            rest = String(rest[..<end])
        }
        reasons = Self.split(rest)
    }

    /// `1 Insufficient cpu, 2 node(s) had taint {a: b}, that the pod didn't tolerate` as its
    /// reasons. A comma parts reasons only before a number.
    private static func split(_ text: String) -> [(count: Int?, text: String)] {
        var result: [(count: Int?, text: String)] = []
        for piece in parts(text, at: ", ") {
            let words = piece.split(separator: " ", maxSplits: 1)
            if words.count == 2, let count = Int(words[0]) {
                result.append((count, String(words[1])))
            } else if result.isEmpty {
                result.append((nil, piece))
            } else {
                result[result.count - 1].text += ", " + piece
            }
        }
        return result
    }

    private static func parts(_ text: String, at separator: String) -> [String] {
        var result: [String] = []
        var rest = text
        while let hit = rest.range(of: separator) {
            result.append(String(rest[..<hit.lowerBound]))
            rest = String(rest[hit.upperBound...])
        }
        return result + [rest]
    }

    /// The line again, with the reasons in the scheduler's order: sorted as text.
    var line: String {
        let texts = reasons.map { reason in
            reason.count.map { "\($0) \(reason.text)" } ?? reason.text
        }
        let sorted = texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let help = isWithoutHelp ? Self.noHelpMark : preemption.map { Self.helpMark + $0 } ?? ""
        let end = isWithoutHelp ? "" : "."
        return
            "\(lead)0/\(nodes) nodes are available: \(sorted.joined(separator: ", "))\(help)\(end)\(tail)"
    }

    /// Whether what is said of help can follow from the reasons: there is none where they concern
    /// the pod itself; else it names every node once, and counts as helpless at least those that
    /// are out for a reason which no eviction changes. (A node that lacks a resource may be either:
    /// that depends on its size.)
    var isHelpConsistent: Bool {
        let concernsPod = reasons.contains { $0.count == nil }
        guard let preemption, !concernsPod else { return isWithoutHelp && concernsPod }
        if preemption == "not eligible due to preemptionPolicy=Never" { return true }
        guard let message = SchedulingMessage(preemption + "."), message.nodes == nodes else {
            return false
        }
        var helpless = 0
        var fruitless = 0
        for reason in message.reasons {
            switch reason.text {
            case "Preemption is not helpful for scheduling": helpless += reason.count ?? 0
            case "No preemption victims found for incoming pod": fruitless += reason.count ?? 0
            default: return false
            }
        }
        guard helpless + fruitless == nodes else { return false }
        let fixed = reasons.filter { Self.isUnresolvable($0.text) }.map { $0.count ?? 0 }
        let open = reasons.filter { !Self.isUnresolvable($0.text) }.map { $0.count ?? 0 }
        return helpless >= (fixed.max() ?? 0) && fruitless <= open.reduce(0, +)
    }

    /// Reasons of which the scheduler's plugins say UnschedulableAndUnresolvable.
    private static func isUnresolvable(_ text: String) -> Bool {
        let beginnings = [
            "node(s) didn't match Pod's node affinity", "node(s) had untolerated taint",
            "node(s) were unschedulable", "node(s) didn't match pod affinity rules",
            "node(s) didn't satisfy plugin(s)",
            "node(s) didn't match PersistentVolume's node affinity",
            "node(s) didn't match the requested node name",
            "node(s) didn't find available persistent volumes",
        ]
        return beginnings.contains { text.hasPrefix($0) }
    }
}
