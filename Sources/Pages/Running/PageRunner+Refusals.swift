import Cluster
import Model
import Support
import Value

/// Errors that a cluster gives as well, because of what the page itself has done before.
///
/// Each is one that the API server or kubectl itself gives; the cause is a line of the page, found in the log
/// of what was written and why, or a version of the API that is gone. Without a cause that can be shown there
/// is no refusal, and the command has failed.
extension PageRunner {
    /// The error and its cause; nil where none of the page's lines is the cause.
    func refusal(_ lines: [String], _ command: PageCommand) -> (error: String, cause: String)? {
        for line in lines {
            if let cause = cause(of: line) { return (PageText.trimmed(line), cause) }
        }
        let stuck = [
            "timed out waiting for the condition", "exceeded its progress deadline",
            "does not have a host assigned",
        ]
        guard let line = lines.first(where: { line in stuck.contains(where: line.contains) }),
            let cause = closedNode(command)
        else { return nil }
        return (PageText.trimmed(line), cause)
    }

    private func cause(of line: String) -> String? {
        if line.contains("NotFound"), line.hasSuffix("not found"),
            let (resource, name) = Self.quoted(line), let end = ending(resource, name),
            let (there, isDeletion) = origin(of: end)
        {
            return isDeletion
                ? "line \(there) has deleted it" : "what line \(there) began has ended it"
        }
        if line.hasSuffix("already exists"), let (resource, name) = Self.quoted(line),
            let there = creation(resource, name)
        {
            return "line \(there) has made it"
        }
        if line.contains("' already has a value ("), let there = setting(line) {
            return "line \(there) has set it; --overwrite would change it"
        }
        if line.contains("no matches for kind \"") { return goneVersion(line) }
        if line.contains("exceeded quota: ") {
            return quota(line)
        }
        if let there = user(line) {
            return "line \(there) has made a pod that uses it, and while there is one it stays"
        }
        let fixed = [
            "field is immutable", "may not change fields other than", "may not add or remove",
        ]
        if fixed.contains(where: line.contains), let there = maker(line) {
            return "line \(there) has made it, and that cannot be changed afterwards"
        }
        return nil
    }

    // MARK: Causes in the log

    /// The line of the page that a write goes back to: the user's own write in the chain of those that answer
    /// one another.
    private func line(of change: Change) -> Int? { origin(of: change)?.line }

    /// The line, and whether it has deleted something.
    private func origin(of change: Change) -> (line: Int, isDeletion: Bool)? {
        let log = world.session.cluster.log
        var change = change
        for _ in 0..<64 {
            if change.cause.actor == .user {
                guard let line = moments.first(where: { $0.time >= change.time })?.line else {
                    return nil
                }
                let isAsked = !(change.new?.value[.metadata][.deletionTimestamp].isNull ?? true)
                return (line, change.new == nil || isAsked)
            }
            guard change.cause.trigger > 0, let before = log[change.cause.trigger] else {
                return nil
            }
            change = before
        }
        return nil
    }

    /// The writes of the last object of a name, the newest first.
    private func writes(_ resource: String, _ name: String) -> [Change] {
        let cluster = world.session.cluster
        guard let kind = cluster.kinds.kind(named: resource) else { return [] }
        let found = cluster.log.changes(after: 0).filter {
            $0.kind == kind && $0.object.name == name
        }
        let start = found.lastIndex { $0.old == nil } ?? found.startIndex
        return found[start...].reversed()
    }

    /// The write that has ended an object.
    private func ending(_ resource: String, _ name: String) -> Change? {
        let changes = writes(resource, name)
        // With a period of grace the end comes later, from elsewhere: what asked for it is the cause.
        let asked = changes.first { change in
            !(change.new?.value[.metadata][.deletionTimestamp].isNull ?? true)
                && (change.old?.value[.metadata][.deletionTimestamp].isNull ?? true)
        }
        return asked ?? changes.first { $0.new == nil }
    }

    /// The line that has made an object which is there.
    private func creation(_ resource: String, _ name: String) -> Int? {
        writes(resource, name).last.flatMap { $0.old == nil ? line(of: $0) : nil }
    }

    /// The line that has given a label or an annotation the value of which kubectl says that it is there.
    private func setting(_ text: String) -> Int? {
        guard let mark = text.firstRange(of: "' already has a value ("),
            let quote = text[..<mark.lowerBound].lastIndex(of: "'")
        else { return nil }
        let key = String(text[text.index(after: quote)..<mark.lowerBound])
        let value = String(text[mark.upperBound...].prefix { $0 != ")" })
        return world.session.cluster.log.changes(after: 0).reversed().first { change in
            [Key.labels, .annotations].contains { field in
                change.new?.value[.metadata][field][key].string == value
                    && change.old?.value[.metadata][field][key].string != value
            }
        }.flatMap(line)
    }

    /// `no matches for kind "Ingress" in version "extensions/v1beta1"`.
    private func goneVersion(_ text: String) -> String? {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
        guard let place = parts.firstIndex(where: { $0.hasSuffix("no matches for kind ") }),
            place + 3 < parts.count,
            let since = OldManifest.goneSince(parts[place + 1], in: parts[place + 3])
        else { return nil }
        return "\(parts[place + 3]) has served no \(parts[place + 1]) since Kubernetes \(since)"
    }

    /// `exceeded quota: my-rq, requested: …`.
    private func quota(_ text: String) -> String? {
        guard let range = text.firstRange(of: "exceeded quota: ") else { return nil }
        let name = String(text[range.upperBound...].prefix { $0 != "," })
        return creation("resourcequotas", name).map { "line \($0) has made that quota" }
    }

    /// The line that has made the object of `The Deployment "web" is invalid: …`.
    private func maker(_ text: String) -> Int? {
        guard let start = text.firstRange(of: "The "),
            let end = text.firstRange(of: "\" is invalid"),
            start.upperBound < end.lowerBound
        else { return nil }
        return Self.quoted("\(text[start.upperBound..<end.lowerBound])\"").flatMap {
            creation($0.resource, $0.name)
        }
    }

    /// The line that has made a pod which keeps a claim from being deleted.
    private func user(_ text: String) -> Int? {
        let start = "error: waited one hour of virtual time for persistentvolumeclaim/"
        guard text.hasPrefix(start) else { return nil }
        let claim = text.dropFirst(start.count).prefix { $0 != " " }
        let pods = world.session.cluster.state.list(.pod, namespace: nil)
        let pod = pods.first { pod in
            (pod.value[.spec][.volumes].array ?? []).contains {
                $0[.persistentVolumeClaim][.claimName].string == String(claim)
            }
        }
        return pod.flatMap { pod in writes("pods", pod.name).last.flatMap(line) }
    }

    // MARK: Machines that take nothing

    /// The line that has closed machines for a pod which waits for one: by a taint, or by a cordon.
    private func closedNode(_ command: PageCommand) -> String? {
        let names = PageText.words(command.text).map { Self.lastPart($0) }
        let log = world.session.cluster.log.changes(after: 0)
        let waiting = log.reversed().first { change in
            change.kind == .pod && names.contains { change.object.name.hasPrefix($0) }
                && !Self.refusals(of: change.object).isEmpty
        }
        guard let waiting else { return nil }
        let words = Self.refusals(of: waiting.object)
        let isTaint = words.contains("untolerated taint")
        let closing = log.reversed().first { change in
            guard change.kind == .node, change.cause.actor == .user, let new = change.new?.value
            else { return false }
            let old = change.old?.value ?? .null
            return isTaint
                ? (new[.spec][.taints].array?.count ?? 0) > (old[.spec][.taints].array?.count ?? 0)
                : new[.spec][.unschedulable].bool == true
                    && old[.spec][.unschedulable].bool != true
        }
        guard let closing, let there = line(of: closing) else { return nil }
        let deed = isTaint ? "tainted" : "cordoned"
        return "line \(there) has \(deed) \(closing.object.name), and no machine takes the pod"
    }

    /// What the scheduler says of a pod that no machine takes because of its taints or a cordon.
    private static func refusals(of pod: StoredObject) -> String {
        let conditions = pod.value[.status][.conditions].array ?? []
        let message = conditions.lazy.compactMap { condition -> String? in
            guard condition[.reason].string == "Unschedulable" else { return nil }
            return condition[.message].string
        }.first
        let signs = ["untolerated taint", "were unschedulable"]
        return signs.contains { message?.contains($0) == true } ? message ?? "" : ""
    }
}
