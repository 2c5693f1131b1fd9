import API
import Model
import Printers
import Support
import Value

extension Verb {
    /// `kubectl rollout history`.
    static let rolloutHistory: Verb = {
        var verb = Verb("history", summary: "Show the revisions of a workload")
        verb.usage = "(TYPE NAME | TYPE/NAME) [flags]"
        verb.examples = ["rollout history deploy/web", "rollout history ds/agent --revision=2"]
        verb.flags = rolloutFlags + [Flag("revision", nil, .int, "show this revision in detail")]
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = { call in
            let printer = try ResultPrinter(call)
            try call.forEachRolloutTarget { object throws(VerbError) in
                try history(object, call, printer)
            }
        }
        return verb
    }()

    private static func history(
        _ object: FoundObject, _ call: VerbCall, _ printer: ResultPrinter
    ) throws(VerbError) {
        let number = call.flags.int("revision")
        if number < 0 { throw .message("revision must be a positive integer: \(number)") }
        let revisions = try Revisions(of: object, call)
        // With -o, the object that keeps the revision: the one asked for, or all of them.
        if !printer.isPlain {
            let entries = revisions.entries.filter { number == 0 || $0.number == number }
            if entries.isEmpty, number > 0 {
                throw .message("unable to find the specified revision")
            }
            for entry in entries { try printer.write(entry.object) }
            return
        }
        if number == 0 {
            return call.context.output.write(revisions.history.print(of: object.value))
        }
        guard let text = revisions.history.print(of: object.value, revision: number) else {
            throw .message("unable to find the specified revision")
        }
        call.context.output.write(text)
    }
}

/// The revisions of a workload, in the objects that keep them, by ascending number.
struct Revisions {
    /// What keeps them.
    let keeper: Rollout.History
    /// The number of a revision and the object that keeps it.
    let entries: [(number: Int, object: Value)]
    let history: RolloutHistory

    /// - Parameter what: what the kind lacks where it keeps no revisions.
    init(
        of object: FoundObject, _ call: VerbCall, orSay what: String = "history viewer"
    ) throws(VerbError) {
        guard let rollout = object.info.rollout else {
            let group = object.info.group.isEmpty ? "" : ".\(object.info.group)"
            throw .message(
                "no \(what) has been implemented for \"\(object.info.name)\(group)\"")
        }
        let items: [Value]
        do throws(APIError) {
            items = try call.context.client.list(
                rollout.history.kind, namespace: object.namespace, options: ListOptions()
            ).items
        } catch {
            throw .api(error, object.info)
        }
        let uid = object.value[.metadata].text(.uid)
        let owned = items.filter {
            ObjectMeta($0[.metadata]).controllerReference?.uid == uid
        }
        let keeper = rollout.history
        self.keeper = keeper
        history = RolloutHistory(keeper, in: owned)
        entries = owned.compactMap { object in
            RolloutHistory.number(of: object, keeper).map { ($0, object) }
        }.sorted { $0.number < $1.number }
    }
}
