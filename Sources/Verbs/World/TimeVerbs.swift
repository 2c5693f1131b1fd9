import API
import Model
import Value

extension Verb {
    /// `advance 30s`.
    static let advance: Verb = {
        var verb = Verb("advance", group: .world, summary: "Let virtual time pass")
        verb.usage = "DURATION"
        verb.examples = ["advance 30s", "advance 5m"]
        verb.advancesTime = true
        verb.run = { call in
            guard call.arguments.count == 1, let word = call.arguments.first else {
                throw VerbError.message("advance takes one duration, as in: advance 30s")
            }
            guard let duration = try? Duration(parsing: word, allowsDays: true),
                duration.milliseconds >= 0
            else {
                throw VerbError.message("\(word) is no duration; write 30s, 5m or 1h30m")
            }
            try call.context.advance(by: duration.milliseconds)
        }
        return verb
    }()

    /// `settle`: until nothing but resyncs and far timers is left (DECISIONS 17).
    static let settle: Verb = {
        var verb = Verb(
            "settle", group: .world, summary: "Let time pass until the cluster has come to rest")
        verb.usage = ""
        verb.examples = ["settle"]
        verb.advancesTime = true
        verb.run = { call in
            guard call.arguments.isEmpty else {
                throw VerbError.message(
                    "settle takes nothing after it; `advance \(call.arguments[0])` would let a "
                        + "given time pass")
            }
            switch try call.context.world().settle() {
            case .settled: return
            case .stopped: throw VerbInterruption.stopped
            case .restless(let restlessness):
                throw VerbError.message(restlessness.message(call.context.kinds))
            }
        }
        return verb
    }()
}

extension Restlessness {
    /// What `settle` says of it.
    fileprivate func message(_ kinds: KindRegistry) -> String {
        let names = changed.filter { $0.kind != .event }.prefix(6).map {
            "\(kinds[$0.kind].singular)/\($0.key.name)"
        }
        let work = activities.prefix(3).map { activity in
            let times = activity.count == 1 ? "once" : "\(activity.count) times"
            return "\(activity.component) " + (activity.key.map { "on \($0) " } ?? "") + times
        }
        var text = "the cluster did not come to rest within ten minutes; in the last one "
        text += names.isEmpty ? "nothing changed" : names.joined(separator: ", ") + " changed"
        if !work.isEmpty { text += "; at work were " + work.joined(separator: ", ") }
        return text + " (advance DURATION lets time pass all the same)"
    }
}
