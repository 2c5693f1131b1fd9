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
        let world = try call.context.world()
        var wanted: [ResourceSelection.ObjectReference] = []
        var kinds: [Kind] = []
        for word in call.arguments {
            switch try call.resources.parse([word]) {
            case .objects(let objects): wanted += objects
            case .kinds(let infos): kinds += infos.map(\.kind)
            }
        }
        let since = call.flags.milliseconds("since").map { call.context.clock.now - $0 } ?? .min
        let showsEvents = call.flags.bool("events") || kinds.contains(.event)
        let writes = world.writes(since: since, last: call.flags.int("tail")) { kind, key in
            (showsEvents || kind != .event)
                && (call.arguments.isEmpty || kinds.contains(kind)
                    || wanted.contains { $0.info.kind == kind && $0.name == key.name })
        }
        for write in writes {
            call.context.output.line(WriteText.line(write, kinds: call.context.kinds))
        }
    }
}
